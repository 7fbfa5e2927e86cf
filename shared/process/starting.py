"""Starts a service with less memory than Python takes by itself: what is set before anything else is loaded."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from contextlib import suppress
from importlib import import_module

M_ARENA_MAX = -8
"""glibc's number for how many heaps there are: by default several a thread, of which each keeps what it has freed."""
NOT_WANTED = ("rich",)
"""Draws tracebacks on a terminal where it happens to be installed; a service writes JSON."""


def lean() -> None:
    """Once, at the beginning."""
    for name in NOT_WANTED:
        sys.modules[name] = None  # type: ignore[assignment]
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, 1)


def start(app: str) -> None:
    """Loads a service's `app` and runs it.

    Told to end before it has anything in hand, while it loads or waits for the bus, it ends at once: the first process
    of a container hears no signal that it has not asked for.
    """
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    lean()
    import_module(app).main()
