"""How many archives stay in a folder: the newest so many of a county, by their names."""

from __future__ import annotations

import re
import time
from pathlib import Path

from deploy.backup.saving import UNFINISHED, beside

LEFT_BEHIND = 24 * 3600
"""Seconds after which nobody writes on at what a backup that was killed has left."""


def keep(folder: Path, county: str, most: int) -> list[Path]:
    """Removes the older ones with what stands beside them; which they were. All stay where `most` is 0.

    And what a backup that was killed has left behind.

    Called when a new one has been read back: the last that can be opened is never removed for one that cannot.
    """
    ours = re.compile(rf"lianban-{county}-\d{{8}}T\d{{6}}\.age").fullmatch
    found = sorted(place for place in folder.iterdir() if ours(place.name))
    old = found[:-most] if most else []
    for draft in folder.glob(f"lianban-{county}-*.age{UNFINISHED}"):
        if time.time() - draft.stat().st_mtime > LEFT_BEHIND:
            draft.unlink()
    for place in old:
        place.unlink()
        beside(place).unlink(missing_ok=True)
    return old
