"""Revoked stations are kept out by the bus itself: their keys stand in the stations' account, which the roster signs.

The account is told again whenever a key was revoked, after every reconnection and from time to time; telling it what
it holds already does nothing. So it may run in every copy of the service, and a bus that lost its accounts has them
back within `LOOK_AGAIN`.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass

import nats.errors
import structlog
from nats.aio.client import Client

from services.roster.enrolment.model import RevokedKey
from services.roster.enrolment.settings import RosterSettings
from services.roster.enrolment.signing import read_key
from shared.bus.connection import TIMEOUT, BusRefused
from shared.bus.requests import request
from shared.database.mongo import Database
from shared.identity.access import Access, enter
from shared.identity.nats_jwt import SigningKey, claims_in, signed
from shared.patience import again
from shared.process.clock import no_beat, no_time
from shared.process.running import RECONNECT_WAIT, Running

LOOK = 0.5
"""Seconds between two looks at whether a key was revoked."""
LOOK_AGAIN = 15.0
"""Seconds after which the bus is asked what it holds even when no key was revoked."""
FOR_EVER = 253_402_300_799
"""JWTs of a revoked key that were issued up to then (Unix seconds, the end of 9999) are void: it never comes back."""
UPDATE = "$SYS.REQ.CLAIMS.UPDATE"

log = structlog.get_logger()


class SystemConnectionLost(Exception):
    """The client has given the connection to the bus's system account up; a new process makes another."""


@dataclass
class Teller:
    """Tells the bus, on a connection to its system account."""

    client: Client
    operator: SigningKey
    account: str

    async def tells(self, revoked: set[str]) -> None:
        """The account with these keys revoked beside those that it knows; later than it is, or it would not count."""
        asked = f"$SYS.REQ.ACCOUNT.{self.account}.CLAIMS.LOOKUP"
        held = claims_in((await request(self.client, asked, b"", TIMEOUT)).data.decode())
        known = held["nats"].get("revocations", {})
        if revoked <= known.keys():
            return
        ends = {**known, **dict.fromkeys(sorted(revoked), FOR_EVER)}
        claims = {"sub": held["sub"], "name": held["name"], "nats": {**held["nats"], "revocations": ends}}
        jwt = signed(claims, self.operator.seed, max(int(time.time()), held["iat"] + 1))
        answer = json.loads((await request(self.client, UPDATE, jwt.encode(), TIMEOUT)).data)
        if "error" in answer:
            raise BusRefused(UPDATE, answer["error"])
        log.info("stations revoked", keys=len(ends))


async def keep_revoked(parts: Running, settings: RosterSettings) -> None:
    """For as long as the service runs; without the keys to tell the bus, nothing."""
    operator, stations, creds = settings.operator_signing_key, settings.station_signing_key, settings.system_creds
    if operator is None or stations is None or creds is None:
        return await no_time(parts)
    account = read_key("STATION_SIGNING_KEY", stations).account
    access = Access(creds, settings.nats_ca)
    client = await enter(
        settings.nats_url, access, name="roster-system", max_reconnect_attempts=-1, reconnect_time_wait=RECONNECT_WAIT
    )
    try:
        await _keep(parts.db, Teller(client, read_key("OPERATOR_SIGNING_KEY", operator), account))
    finally:
        await client.close()


async def _keep(db: Database, teller: Teller) -> None:
    seen, since = (-1, -1), 0.0
    while True:
        count = await again(db[RevokedKey.collection].estimated_document_count, no_beat, "revocations")
        reconnects = int(teller.client.stats["reconnects"])
        if seen != (count, reconnects) or time.monotonic() - since > LOOK_AGAIN:
            seen = await again(lambda: _tell(db, teller), no_beat, "revocations"), reconnects
            since = time.monotonic()
        await asyncio.sleep(LOOK)


async def _tell(db: Database, teller: Teller) -> int:
    """How many keys the database showed: one that was counted before it could be read is told at the next look."""
    if teller.client.is_closed:
        raise SystemConnectionLost
    revoked = {one["_id"] async for one in db[RevokedKey.collection].find({}, {"_id": 1})}
    try:
        await teller.tells(revoked)
    except nats.errors.MaxPayloadError:
        log.critical("too many revoked keys for one message to the bus", keys=len(revoked))
    return len(revoked)
