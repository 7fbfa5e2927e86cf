"""The photos of an inspection or of submitted work as a page shows them: those that arrived, and why others did not."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from services.inspection.photos import store
from services.inspection.photos.album import Album
from services.inspection.photos.model import AddedPhoto, Cleared, Entry
from shared.calendar import china_day
from shared.database.mongo import Database
from shared.pages.chinese import day_text, size
from shared.pages.words import acting_name
from shared.patience import is_fault
from shared.roster.organisations import Roster

ON_ITS_WAY = timedelta(days=1)
"""So long a photo that has not arrived is waited for."""
LOOK = 1.0
"""Seconds for which the album is asked what lies there."""


@dataclass(frozen=True, slots=True)
class Thumb:
    """A photo in a page: where it is shown small and whole; one without an address says why in `word` and `why`."""

    name: str
    small: str = ""
    whole: str = ""
    note: str = ""
    """Of one that was sent later: when and by whom."""
    word: str = ""
    why: str = ""
    is_amiss: bool = False
    """Whether somebody should see to it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The photos that one submission named; `missing` are those that may be replaced, by their names."""

    sender: str
    thumbs: tuple[Thumb, ...]
    missing: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Named:
    """What a submission named as its photos, since when they are waited for, and what was added to them."""

    sender: str
    photos: Sequence[str]
    since: datetime
    added: Sequence[AddedPhoto] = ()

    @property
    def ids(self) -> list[str]:
        """Of all of them, as they are kept."""
        return [*(f"{self.sender}/{one}" for one in self.photos), *(f"{one.by}/{one.photo}" for one in self.added)]


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What is known of photos: those that are kept, and why others were refused."""

    kept: Collection[str]
    refused: Mapping[str, str]
    cleared: Mapping[str, Cleared] = field(default_factory=dict)
    """Those of the kept whose pictures are kept no longer."""
    lacking: Collection[str] = ()
    """Those of the kept whose pictures did not come back with the county."""

    def thumb(self, name: str, id: str, is_late: bool, note: str = "") -> Thumb:
        """One photo as it is shown."""
        if how := self.cleared.get(id):
            return Thumb(name, note=note, word="已按期清理", why=_why_cleared(id, how))
        if id in self.lacking:
            return Thumb(name, note=note, word="未恢复", why="照片没有从备份中恢复，请联系系统管理员。", is_amiss=True)
        if id in self.kept:
            address = f"/inspection/api/photos/{id}"
            return Thumb(name, f"{address}?size=thumb", address, note)
        if id in self.refused:
            return Thumb(name, note=note, word="未被接收", why=self.refused[id], is_amiss=True)
        return Thumb(name, note=note, word="尚未收到" if is_late else "正在传送")

    def is_missing(self, id: str, is_late: bool) -> bool:
        """Whether it may be replaced."""
        return id not in self.kept and (id in self.refused or is_late)


def _why_cleared(id: str, how: Cleared) -> str:
    """What is still known of it."""
    return (
        f"已按保管期限（{how.years}年）于{day_text(how.on)}清理，原件{size(how.bytes)}，"
        f"校验值（SHA-256）{id.partition('/')[2]}。"
    )


async def evidence(db: Database, album: Album, named: Sequence[Named], roster: Roster, now: datetime) -> list[Evidence]:
    """Of each of these, in their order; looked up together."""
    ids = [id for one in named for id in one.ids]
    if not ids:
        return [Evidence(one.sender, (), {}) for one in named]
    refused = {id: why["zh"] for id, why in (await store.refused(db, ids)).items()}
    entries = await store.entries(db, ids)
    cleared = {id: one.cleared for id, one in entries.items() if one.cleared}
    arrivals = Arrivals(entries.keys(), refused, cleared, await _lacking(album, entries))
    return [seen(one, arrivals, roster, now) for one in named]


async def _lacking(album: Album, entries: Mapping[str, Entry]) -> set[str]:
    """None while the album is away: what is said beside the pictures is shown all the same."""
    try:
        async with asyncio.timeout(LOOK):
            return await album.lacking([id for id, one in entries.items() if one.is_in_album])
    except Exception as error:
        if not is_fault(error):
            raise
        return set()


def seen(named: Named, arrivals: Arrivals, roster: Roster, now: datetime) -> Evidence:
    """Each photo, and behind it what was sent in its place."""
    thumbs, missing = list[Thumb](), dict[str, str]()
    is_late = now - named.since > ON_ITS_WAY
    for n, photo in enumerate(named.photos, 1):
        id, added = f"{named.sender}/{photo}", [one for one in named.added if one.missing == photo]
        original = arrivals.thumb(f"照片{n}", id, is_late)
        thumbs.append(original)
        thumbs += (_added(one, n, arrivals, roster, now) for one in added)
        if arrivals.is_missing(id, is_late) and not _is_replaced(added, arrivals, now):
            missing[photo] = f"照片{n}（{original.word}）"
    return Evidence(named.sender, tuple(thumbs), missing)


def _added(one: AddedPhoto, n: int, arrivals: Arrivals, roster: Roster, now: datetime) -> Thumb:
    day = china_day(one.at)
    note = f"照片{n}，{day_text(day)}由{acting_name(one.by, roster, day)}补传"
    return arrivals.thumb(f"照片{n}（补传）", f"{one.by}/{one.photo}", now - one.at > ON_ITS_WAY, note)


def _is_replaced(added: Iterable[AddedPhoto], arrivals: Arrivals, now: datetime) -> bool:
    """By one that arrived or is on its way."""
    return any(not arrivals.is_missing(f"{one.by}/{one.photo}", now - one.at > ON_ITS_WAY) for one in added)


async def going_along(db: Database, named: Named) -> list[str]:
    """The photos that a correction takes along: for one that was refused, what its sender sent in its place, if any."""
    refused = (await store.refused(db, named.ids)).keys() - await store.known(db, named.ids)
    found = list[str]()
    for photo in named.photos:
        later = [one.photo for one in named.added if (one.missing, one.by) == (photo, named.sender)]
        found += [one for one in (photo, *later[::-1]) if f"{named.sender}/{one}" not in refused][:1]
    return list(dict.fromkeys(found))
