"""What the roster is told beside what every service is told: the keys with which it lets stations in and out,
and those of persons' particulars."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pydantic import Field

from services.roster.people.keys import read_seal_keys
from shared.identity.sealing import SealKeys
from shared.pipeline.allowance import Allowance
from shared.process.config import Settings


class RosterSettings(Settings):
    """Without the keys everything else works, and enrolment says in a sentence that it does not."""

    station_signing_key: Path | None = Field(default=None, description="Signs stations in: account and seed, two lines")
    operator_signing_key: Path | None = Field(default=None, description="Signs which stations are revoked")
    system_creds: Path | None = Field(default=None, description="Tells the bus which stations are revoked")
    people_keys: Path | None = Field(default=None, description="Opens persons' particulars: keys, the newest first")
    station_bus: str | None = Field(
        default=None, description="Where stations reach the bus, comma-separated; NATS_URL unless told"
    )

    gateway_address: str | None = Field(
        default=None, pattern=r"^[^\s/]+:[0-9]{1,5}$", description="Where the gateway shows its certificate: host:port"
    )
    watched_disk: Path | None = Field(default=None, description="A folder on the disk whose room is watched")
    audit_days: int = Field(default=400, ge=180, description="Days for which rows of the audit are kept")

    @property
    def seals(self) -> SealKeys | None:
        """The keys of persons' particulars; without them nobody is registered."""
        return read_seal_keys(self.people_keys) if self.people_keys else None

    @property
    def allowed(self) -> Allowance:
        """As every service's, and what only the roster opens."""
        return replace(super().allowed, seals=self.seals)
