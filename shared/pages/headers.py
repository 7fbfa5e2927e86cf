"""What is said with every answer, unless it says otherwise itself: no browser guesses its type, nobody keeps it."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders

ALWAYS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


def with_always(headers: MutableHeaders) -> None:
    """What is said already stands."""
    for name, value in ALWAYS.items():
        headers.setdefault(name, value)
