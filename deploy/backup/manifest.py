"""What an archive says of itself, and of the county at the moment of which it is: enough to tell whether it came back.

Also in the open beside the file, without the sums of its members: figures, no name of anybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, Field, ValidationError

from deploy.backup.cluster_time import ClusterTime, GoesOn, Noted
from deploy.embedded.trouble import Trouble
from shared.bus.streams import STREAMS
from shared.process import release

FORMAT = 1
"""Of archives: a later one has a larger number where a program of before could not read it."""
KEPT_FOR_EVER = frozenset(stream.name for stream in STREAMS if not stream.max_age)
NEWER = "备份由更新的版本（{}）制作，本机版本为{}：请安装同一版本或更新的版本后再恢复。 It is of a newer release."
NOT_READ = "备份中的清单不能识别，请换用其他备份。 Its manifest cannot be read."


class StreamNoted(Noted):
    """A stream of the bus."""

    created: str
    """Its identity: another once it is taken back."""
    first: int
    last: int
    messages: int


class PlaceNoted(Noted):
    """How far a subscription had come: what lies in its stream behind it is to be decided again."""

    sequence: int
    fits: bool
    """Whether it is a place in the stream that is there."""


class Figures(Noted):
    """The county in numbers; equal before and after."""

    collections: Mapping[str, int]
    """Documents by `<database>/<collection>`."""
    streams: Mapping[str, StreamNoted]
    places: Mapping[str, PlaceNoted]
    """By subscription."""
    published: Mapping[str, int]
    """Facts in the services' ledgers, by type."""
    heard: Mapping[str, int]
    """Facts in feedback's ledger, by type."""
    months: Mapping[str, int]
    """All figures of a month added up: no measure of its own, but none can change without it."""


class Head(Noted):
    """What every release's manifest says."""

    format: int
    data: int
    release: str


class Contents(Noted):
    """What any file of a backup says of itself; `sums` are SHA-256 of its members."""

    format: int = FORMAT
    data: int = release.FORMAT
    """How the databases are kept."""
    release: str = release.RELEASE
    revision: str
    county: str
    sums: Annotated[Mapping[str, str], Field(repr=False)]

    def as_json(self) -> str:
        """With everything, for the archive itself."""
        return self.model_dump_json(indent=1)

    @classmethod
    def read(cls, content: bytes) -> Self:
        """`Trouble` where a later release wrote what this one would misread."""
        try:
            head = Head.model_validate_json(content)
            if head.format > FORMAT or head.data > release.FORMAT:
                raise Trouble(NEWER.format(head.release, release.RELEASE))
            return cls.model_validate_json(content)
        except ValidationError as error:
            raise Trouble(NOT_READ) from error


class Manifest(Contents):
    """Of a whole county."""

    moment: datetime
    figures: Figures
    goes_on: GoesOn | None = None
    """What its first part follows on; none of an archive of before there were parts."""


class PartNoted(Contents):
    """Of what was written after an archive, or after the part before this one."""

    base: str
    """SHA-256 of the archive's file."""
    n: int
    """The first is 1."""
    since: ClusterTime
    goes_on: GoesOn
    entries: int
    ledgers: Mapping[str, int]
    """Entries of each service's ledgers at its end, by `<database>/<collection>`."""


def unlike(noted: Figures, found: Figures) -> list[str]:
    """What did not come back as it was, a line each; none when all did.

    A stream is to have at least what it had: something may have come while it was copied. What it keeps for a time
    alone may be over by now.
    """
    return [*_unlike(noted, found), *_missing(noted.streams, found.streams)]


def _unlike(noted: Figures, found: Figures) -> Iterator[str]:
    for name in Figures.model_fields.keys() - {"streams"}:
        before, after = getattr(noted, name), getattr(found, name)
        for key in sorted(before.keys() | after.keys()):
            if before.get(key) != after.get(key):
                yield f"{name} {key}: {_said(before.get(key))} -> {_said(after.get(key))}"


def _missing(noted: Mapping[str, StreamNoted], found: Mapping[str, StreamNoted]) -> Iterator[str]:
    for name, before in noted.items():
        after = found.get(name)
        is_there = after is not None and after.last >= before.last
        if not is_there or (name in KEPT_FOR_EVER and after and after.messages < before.messages):
            yield f"streams {name}: {_said(before)} -> {_said(after)}"


def _said(one: object) -> str:
    return one.model_dump_json() if isinstance(one, BaseModel) else str(one)


def not_heard(figures: Figures) -> int:
    """Facts that a service has told and feedback has not heard; 0 as it should be."""
    return sum(max(0, count - figures.heard.get(kind, 0)) for kind, count in figures.published.items())
