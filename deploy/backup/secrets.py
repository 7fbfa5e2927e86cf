"""The secrets of a county as they are saved: all but the key that opens what is saved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from deploy.backup.keys import IDENTITY


def secrets_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Each as a member of an archive, by its name."""
    for place in sorted(one for one in folder.rglob("*") if one.is_file()):
        below = place.relative_to(folder)
        if below != IDENTITY:
            yield f"secrets/{below.as_posix()}", place.read_bytes()


def digest_of(folder: Path) -> str:
    """Another where one of them is; of what leaves the machine nothing, for its leaving changes nothing."""
    found = hashlib.sha256()
    for name, content in secrets_of(folder):
        if not name.startswith(f"secrets/{IDENTITY.parent}/"):
            found.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    return found.hexdigest()
