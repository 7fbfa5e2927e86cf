"""Events of connectivity: a station is connected or not, as its heartbeats tell; `ce-time` is when that began."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Instant

Seconds = Annotated[int, Field(ge=0, le=4_000_000_000, strict=True)]
Before = Annotated[Instant | None, Field(description="Since when it had been otherwise; null when never seen before.")]


# Submissions


class NoteConnected(Submission, service="inspection", committee_only=True):
    """The watch: the heartbeats of the station concerned come (again) since the time of this submission."""


class NoteDisconnected(Submission, service="inspection", committee_only=True):
    """The watch: nothing was heard of the station concerned since the time of this submission."""


# Facts


class StationConnected(Fact, service="inspection"):
    """A station is connected; how long it had been away, 0 seconds when it was never seen before."""

    since: Instant
    away_since: Before
    seconds: Seconds


class StationDisconnected(Fact, service="inspection"):
    """A station was last heard at an instant; how long it had been connected then."""

    since: Instant
    connected_since: Instant
    seconds: Seconds
