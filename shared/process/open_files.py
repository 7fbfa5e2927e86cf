"""How many files, and so connections, a process may have open: a system's usual 1,024 is soon taken by a stranger."""

from __future__ import annotations

import resource

ENOUGH = 65_536
"""More than that costs programs that go through all of them."""


def may_open_many() -> None:
    """Up to what this process is allowed to ask for; those that it makes may as many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = ENOUGH if hard == resource.RLIM_INFINITY else min(hard, ENOUGH)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
