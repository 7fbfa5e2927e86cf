"""The container's health check, in Python: the base image need not have curl."""

from __future__ import annotations

from urllib.error import URLError
from urllib.request import ProxyHandler, build_opener

from deploy.container.processes import Process

PATIENCE = 4.0
"""Seconds; the engine gives the check five."""


def is_healthy(process: Process) -> bool:
    """Whether it says that it lives; a process with an end of its own is healthy while it runs."""
    if process.alive is None:
        return True
    try:
        with build_opener(ProxyHandler({})).open(process.alive, timeout=PATIENCE) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
