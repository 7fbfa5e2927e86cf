"""Which revision of the source lies here, as the makefile names an image by it."""

from __future__ import annotations

import subprocess
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UNKNOWN = "unknown"


@lru_cache
def revision() -> str:
    """The commit, and whether anything was changed since. A source that was carried here bears it in a file."""
    asked = ("git", "-C", str(ROOT), "describe", "--always", "--dirty", "--exclude", "*")
    try:
        found = subprocess.run(asked, capture_output=True, text=True, check=False)
    except OSError:
        return _carried()
    return found.stdout.strip() or _carried()


def _carried() -> str:
    note = ROOT / "REVISION"
    return note.read_text().strip() if note.exists() else UNKNOWN
