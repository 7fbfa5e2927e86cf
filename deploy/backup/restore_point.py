"""What is to be brought back: an archive, and the parts behind it as far as they are wanted, all of it found whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pyrage import x25519

from deploy.backup.archive import Passed, ReadOn, checked, nobody, whole
from deploy.backup.cluster_time import GoesOn
from deploy.backup.manifest import Manifest, PartNoted
from deploy.backup.row import IS_PART, IS_ROLL, part_of, parts_of
from deploy.embedded.trouble import Trouble
from shared.calendar import CHINA

EARLIER = "备份是{:%Y-%m-%d %H:%M:%S}的，不能恢复到{:%Y-%m-%d %H:%M:%S}：请换用更早的备份。 The archive is of later."
BEYOND = "这份备份及其后续只到{:%Y-%m-%d %H:%M:%S}，不能恢复到{:%Y-%m-%d %H:%M:%S}。 It does not reach that moment."
IS_ONE = "文件{}是备份的后续，请指定它前面的完整备份{}。 It is a part: name the archive that it follows on."
IS_PHOTOS = "文件{}是照片的备份：完整备份恢复以后，执行 lianban restore-photos。 It holds photos alone."
MISSING = "缺少后续文件{}，没有写入任何内容"
FOREIGN = "文件{}不是备份{}的后续，没有写入任何内容"
UP_TO = "{}；其前面的可以恢复：--until {:%Y-%m-%dT%H:%M:%S}。 What comes before it can be brought back."
NO_MOMENT = "时间“{}”不能识别，请写作2026-11-28T14:05。 That is no moment."


def moment(said: str) -> datetime:
    """In China, unless it says otherwise."""
    try:
        read = datetime.fromisoformat(said)
    except ValueError as error:
        raise Trouble(NO_MOMENT.format(said)) from error
    return read if read.tzinfo else read.replace(tzinfo=CHINA)


@dataclass(frozen=True)
class RestorePoint:
    """A county as it was at a moment."""

    file: Path
    manifest: Manifest
    parts: Sequence[tuple[Path, PartNoted]] = ()
    until: int | None = None
    """What was written before this second (since 1970, UTC) is brought back; all there is where it is None."""

    @property
    def files(self) -> Sequence[Path]:
        """The archive, then its parts."""
        return (self.file, *(place for place, _ in self.parts))

    @property
    def moment(self) -> datetime:
        """Of which it is."""
        if self.until is not None and self.parts:
            return datetime.fromtimestamp(self.until, CHINA)
        return self.parts[-1][1].goes_on.at.moment if self.parts else self.manifest.moment.astimezone(CHINA)

    def has(self, seconds: int) -> bool:
        """Whether what was written then is brought back."""
        return self.until is None or seconds < self.until


def lying_there(file: Path) -> int:
    """Bytes of an archive with all that lies behind it: the most that `wanted` reads."""
    return sum(place.stat().st_size for place in (file, *parts_of(file)) if place.exists())


def wanted(
    file: Path, identity: x25519.Identity, until: datetime | None = None, passed: Passed = nobody
) -> RestorePoint:
    """Read to its end; `Trouble` names what is missing, altered or another's, and up to when all is well."""
    if IS_ROLL(file.name):
        raise Trouble(IS_PHOTOS.format(file.name))
    if match := IS_PART(file.name):
        raise Trouble(IS_ONE.format(file.name, file.name.replace(f".{match[1]}.", ".")))
    read = ReadOn(passed)
    manifest = checked(file, identity, read)
    read.next()
    if until is None:
        return RestorePoint(file, manifest, [*_parts(file, manifest, identity, read)])
    if until < manifest.moment.replace(microsecond=0):
        raise Trouble(EARLIER.format(_in_china(manifest.moment), _in_china(until)))
    found = RestorePoint(file, manifest, [*_parts(file, manifest, identity, read, until)], int(until.timestamp()))
    if (reaches := _end(found)) < until:
        raise Trouble(BEYOND.format(_in_china(reaches), _in_china(until)))
    return found


def _end(of: RestorePoint) -> datetime:
    """Of an archive that cannot be followed on its own moment is the last."""
    last = of.parts[-1][1].goes_on if of.parts else of.manifest.goes_on
    return last.at.moment if last else of.manifest.moment


def _parts(
    file: Path, manifest: Manifest, identity: x25519.Identity, read: ReadOn, until: datetime | None = None
) -> Iterator[tuple[Path, PartNoted]]:
    """As far as they are needed."""
    there = parts_of(file)
    if not there or manifest.goes_on is None:
        return
    of, before = _sum(file), manifest.goes_on
    for n in range(1, int(there[-1].name.split(".")[-2]) + 1):
        if until is not None and before.at.moment >= until:
            return
        place = part_of(file, n)
        try:
            part = _found(place, identity, read)
            read.next()
            if why := strange(part, n, of, before, manifest.county):
                raise Trouble(why.format(place.name, file.name))
        except Trouble as trouble:
            raise Trouble(UP_TO.format(trouble, before.at.moment)) from trouble
        before = part.goes_on
        yield place, part


def _found(place: Path, identity: x25519.Identity, read: ReadOn) -> PartNoted:
    if not place.exists():
        raise Trouble(MISSING.format(place.name))
    return whole(place, identity, PartNoted, read)


def strange(part: PartNoted, n: int, of: str, before: GoesOn, county: str) -> str:
    """Why a part does not follow on what comes before it; empty where it does."""
    is_of_it = (part.base, part.n, part.county, part.goes_on.members) == (of, n, county, before.members)
    return "" if is_of_it and part.since == before.at else FOREIGN


def _sum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _in_china(at: datetime) -> datetime:
    return at.astimezone(CHINA)
