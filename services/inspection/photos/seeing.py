"""Who may see a photo: whoever may see its sender, or an organisation of whose inspection it is evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.inspection.photos import store
from shared.database.mongo import Database


@dataclass(frozen=True, slots=True)
class Thumb:
    """A photo in a page: where it is shown small and whole; one that has not arrived has no address."""

    name: str
    small: str = ""
    whole: str = ""


async def thumbs(db: Database, submitter: str, photos: Sequence[str]) -> tuple[Thumb, ...]:
    """The photos that an inspection names, for a page that is shown to those who may see them."""
    arrived = await store.known(db, (f"{submitter}/{sha256}" for sha256 in photos))
    return tuple(_thumb(n, submitter, sha256, f"{submitter}/{sha256}" in arrived) for n, sha256 in enumerate(photos, 1))


def _thumb(n: int, submitter: str, sha256: str, arrived: bool) -> Thumb:
    address = f"/inspection/api/photos/{submitter}/{sha256}"
    return Thumb(f"照片{n}", f"{address}?size=thumb", address) if arrived else Thumb(f"照片{n}")
