"""The database's own clock: every write has its place by it, and a snapshot is of one such place."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from bson import Timestamp
from pydantic import BaseModel, ConfigDict

from shared.calendar import CHINA


class Noted(BaseModel):
    """As JSON; what a later release says beside it is passed over, where the format is one that we know."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class ClusterTime(Noted):
    """A second since 1970 in UTC, and the how manieth write within it."""

    seconds: int
    nth: int

    @classmethod
    def of(cls, stamp: Timestamp) -> Self:
        """As the database says it."""
        return cls(seconds=stamp.time, nth=stamp.inc)

    @property
    def stamp(self) -> Timestamp:
        """As the database is asked for it."""
        return Timestamp(self.seconds, self.nth)

    @property
    def moment(self) -> datetime:
        """In China, to the second."""
        return datetime.fromtimestamp(self.seconds, CHINA)


class GoesOn(Noted):
    """What the next part follows on."""

    at: ClusterTime
    """All up to there is saved, and nothing behind it."""
    members: str
    """Which replica set the database was: another one numbers its writes anew."""
    secrets: str
    """The digest of all secrets then: a part brings them along where they are others."""
