"""Signs stations in: a JWT of the stations' account for a key that enrolled. The bus keeps nothing of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from services.roster.enrolment.settings import RosterSettings
from shared.identity.nats_jwt import SigningKey, signed, user_claims
from shared.identity.tokens import token_of
from shared.process.config import not_right
from shared.roster.organisations import Organisation


def read_key(name: str, place: Path) -> SigningKey:
    """The key in a file, or an end with a sentence."""
    try:
        return SigningKey.read(_read(name, place))
    except ValueError:
        not_right(f"{name}: {place} holds no signing key")


def _read(name: str, place: Path) -> str:
    try:
        return place.read_text()
    except OSError as error:
        not_right(f"{name}: {place}: {error.strerror}")


@dataclass(frozen=True, slots=True)
class Signer:
    """What a station is given when it enrols."""

    key: SigningKey
    bus: tuple[str, ...]
    ca: str | None
    token_secret: str | None

    @classmethod
    def of(cls, settings: RosterSettings) -> Signer | None:
        """None when the roster has no key to sign with."""
        if settings.station_signing_key is None:
            return None
        key = read_key("STATION_SIGNING_KEY", settings.station_signing_key)
        ca = _read("NATS_CA", settings.nats_ca) if settings.nats_ca else None
        bus = tuple(url.strip() for url in (settings.station_bus or settings.nats_url).split(","))
        return cls(key, bus, ca, settings.token_secret)

    def lets_in(self, station: Organisation, public_key: str, since: datetime) -> dict[str, Any]:
        """Everything that the station's program needs beside the secret part of its key; the same whenever asked."""
        claims = user_claims(station.id, public_key, self.key.account)
        return {
            "station": station.id,
            "name": station.history[-1].name,
            "jwt": signed(claims, self.key.seed, int(since.timestamp())),
            "bus": list(self.bus),
            "ca": self.ca,
            "token": token_of(station.id, self.token_secret, station.keys_ended) if self.token_secret else None,
        }
