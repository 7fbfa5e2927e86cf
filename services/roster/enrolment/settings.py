"""What the roster is told beside what every service is told: the keys with which it lets stations in and out."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from shared.process.config import Settings


class RosterSettings(Settings):
    """Without the keys everything else works, and enrolment says in a sentence that it does not."""

    station_signing_key: Path | None = Field(default=None, description="Signs stations in: account and seed, two lines")
    operator_signing_key: Path | None = Field(default=None, description="Signs which stations are revoked")
    system_creds: Path | None = Field(default=None, description="Tells the bus which stations are revoked")
    station_bus: str | None = Field(
        default=None, description="Where stations reach the bus, comma-separated; NATS_URL unless told"
    )
