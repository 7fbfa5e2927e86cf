"""Secrets as files: each made once, whole or not at all, and its owner's alone."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path


def kept(place: Path, make: Callable[[], str]) -> str:
    """What the file says; what `make` gives when there is none yet, and from then on the same for ever."""
    if not place.exists():
        written(place, make())
    return place.read_text()


def written(place: Path, text: str) -> None:
    """Replaced as a whole (mode 0600, folders 0700) and on the disk before anybody reads it; the same is left alone."""
    if place.exists() and place.read_text() == text:
        return
    _folder(place.parent)
    draft = place.with_name(f"{place.name}.new")
    draft.unlink(missing_ok=True)
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    _given(draft)
    draft.replace(place)


def _folder(folder: Path) -> None:
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700)
        _given(folder)


def _given(place: Path) -> None:
    """What root makes among a county's secrets is the county's, whose processes read it."""
    if os.geteuid() == 0:
        owner = place.parent.stat()
        os.chown(place, owner.st_uid, owner.st_gid)
