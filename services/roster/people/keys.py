"""The roster's keys for persons' particulars, read once when a process begins."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from shared.identity.sealing import SealKeys
from shared.process.config import not_right


@lru_cache(maxsize=4)
def read_seal_keys(place: Path) -> SealKeys:
    """The keys in a file, or an end with a sentence that says nothing of what stands there."""
    try:
        return SealKeys.of(place.read_text())
    except OSError as error:
        not_right(f"PEOPLE_KEYS: {place}: {error.strerror}")
    except ValueError:
        are = "a line each, an id and 64 hex digits, the newest first"
        not_right(f"PEOPLE_KEYS: {place} holds no keys of people: {are}")
