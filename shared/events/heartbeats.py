"""A station's sign of life: a plain request every 30 seconds, answered with the hub's time, stored nowhere."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.events.vocabulary import Count, Instant


class Heartbeat(BaseModel):
    """How a station is: what waits in its outbox, and what its clock says."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    waiting: Annotated[Count, Field(description="Submissions that the bus has not stored yet.")]
    oldest: Annotated[Instant | None, Field(description="When the longest waiting one was saved.")]
    version: Annotated[str, Field(max_length=40, description="Of the station's program.")]
    clock: Annotated[Instant, Field(description="The station's clock, RFC 3339 with its offset.")]


class HeartbeatAnswer(BaseModel):
    """What the hub answers: what a clock that runs ahead by more than ten minutes sends is refused."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    time: Annotated[Instant, Field(description="The hub's clock, RFC 3339 with its offset.")]
