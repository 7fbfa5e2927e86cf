"""Credentials that tests make for themselves with the county's keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import nats
from nats.aio.client import Client

from deploy.embedded.servers.readiness import PAUSE
from shared.bus.round_trip import round_trip
from shared.identity.access import Access
from shared.identity.nats_jwt import KeyKind, SigningKey, creds, new_seed, public_key, signed, user_claims


def everything(secrets: Path) -> Access:
    """A user of the county's account that may do anything: what a test looks at with."""
    place = secrets / "tests.creds"
    if not place.exists():
        seed = new_seed(KeyKind.USER)
        everywhere: dict[str, dict[str, list[str]]] = {"pub": {}, "sub": {}}
        jwt = signed(user_claims("tests", public_key(seed), permissions=everywhere), _seed(secrets, "COUNTY"))
        place.write_text(creds(jwt, seed))
    return Access(place, secrets / "ca.pem")


def of(secrets: Path, user: str) -> Access:
    """As a process of the county has it."""
    return Access(secrets / user / "bus.creds", secrets / "ca.pem")


def station(secrets: Path, code: str, seed: str | None = None) -> Access:
    """As a station that enrolled has it."""
    seed = seed or new_seed(KeyKind.USER)
    key = SigningKey.read((secrets / "roster" / "stations.key").read_text())
    place = secrets / f"{code}-{public_key(seed)[:8]}.creds"
    place.write_text(creds(signed(user_claims(code, public_key(seed), key.account), key.seed), seed))
    return Access(place, secrets / "ca.pem")


def _seed(secrets: Path, name: str) -> str:
    return (secrets / "offline" / f"{name}.seed").read_text()


def denied(log: Path, account: str) -> list[str]:
    """What the bus has not let an account's users do, by its log."""
    lines = log.read_text().splitlines()
    return [line for line in lines if "Violation" in line and f"/{account}/" in line]


class Guest:
    """A connection, and what the bus has told it was wrong."""

    def __init__(self) -> None:
        self.client = Client()
        self.errors: list[str] = []

    async def hears(self, error: Exception) -> None:
        self.errors.append(str(error))

    async def complaints(self) -> list[str]:
        """What was wrong since it was asked last, when the bus has said it all."""
        await round_trip(self.client)
        errors, self.errors = self.errors, []
        return errors


@asynccontextmanager
async def guest(url: str, access: Access, inbox: str | None = None, reconnects: int = -1) -> AsyncIterator[Guest]:
    """A client that keeps what it hears; `inbox` is the one it pretends to."""
    one = Guest()
    options = access.options | ({"inbox_prefix": inbox} if inbox else {})
    one.client = await nats.connect(
        url, error_cb=one.hears, max_reconnect_attempts=reconnects, reconnect_time_wait=PAUSE, **options
    )
    try:
        yield one
    finally:
        await one.client.close()


__all__ = ["Guest", "denied", "everything", "guest", "of", "station"]
