"""How many archives stay in a folder: the newest so many of a county, by their names."""

from __future__ import annotations

import time
from pathlib import Path

from deploy.backup.row import bases, parts_of
from deploy.backup.saving import UNFINISHED, beside

LEFT_BEHIND = 24 * 3600
"""Seconds after which nobody writes on at what a backup that was killed has left."""


def keep(folder: Path, county: str, most: int) -> list[Path]:
    """Removes the older ones with their parts and what stands beside; which they were. All stay where `most` is 0.

    And what a backup that was killed has left behind.

    Called when a new one has been read back: the last that can be opened is never removed for one that cannot.
    """
    old = bases(folder, county)[:-most] if most else []
    for draft in folder.glob(f"lianban-{county}-*.age{UNFINISHED}"):
        if time.time() - draft.stat().st_mtime > LEFT_BEHIND:
            draft.unlink()
    for place in old:
        for one in (*parts_of(place), place):  # an archive last: what is killed in between leaves no part alone
            one.unlink()
            beside(one).unlink(missing_ok=True)
    return old
