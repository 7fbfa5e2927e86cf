"""Which revision of the source lies here, as the makefile names an image by it."""

from __future__ import annotations

import subprocess
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UNKNOWN = "unknown"


@lru_cache
def revision() -> str:
    """The commit, and whether anything was changed since; unknown where this is no checkout."""
    asked = ("git", "-C", str(ROOT), "describe", "--always", "--dirty", "--exclude", "*")
    try:
        found = subprocess.run(asked, capture_output=True, text=True, check=False)
    except OSError:
        return UNKNOWN
    return found.stdout.strip() or UNKNOWN
