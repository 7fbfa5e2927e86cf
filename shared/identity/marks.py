"""What a page says because of its address only, it says of an address that was written here and for whoever looks.

`?sent=<id>~<mark>`: anybody can make a link to a page, and nobody else's link makes it say that something was done.
"""

from __future__ import annotations

import hashlib
import hmac

BETWEEN = "~"


class AddressMarks:
    """By one key; a mark is of the value and of what else it was written for, as who is to read it."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def put(self, value: str, *of: str) -> str:
        """The value with its mark, as an address carries both."""
        return f"{value}{BETWEEN}{self._mark(value, of)}"

    def read(self, marked: str, *of: str) -> str:
        """The value, when it was marked so; else nothing."""
        value, _, mark = marked.rpartition(BETWEEN)
        return value if hmac.compare_digest(mark.encode(), self._mark(value, of).encode()) else ""

    def _mark(self, value: str, of: tuple[str, ...]) -> str:
        said = "\n".join(("lianban/mark", value, *of)).encode()
        return hmac.new(self._key, said, hashlib.sha256).hexdigest()[:24]
