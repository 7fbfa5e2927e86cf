"""Who is signed in: a signed statement that a browser keeps for a working day, and the ids of those that ended before.

Nobody can make one up or lengthen it; that one has ended stands in a bucket of the bus until it would have ended by
itself, so that every service knows it within `LOOK` seconds and nothing is kept of those that go on.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from itsdangerous import BadData, URLSafeSerializer

from shared.bus.connection import Bus
from shared.bus.streams import SESSIONS, WORKING_DAY
from shared.events.outgoing import Outgoing
from shared.patience import is_fault

LOOK = 1.0
"""Seconds for which a service goes on with what it knows."""
WAIT = 3.0
"""Seconds after which a page does."""
PAGE = 1000
SUBJECT = "$KV.sessions."
CLOCKS_APART = 60
"""Seconds by which two copies of a service may differ in what time it is."""


class SignIn(NamedTuple):
    """Who signed in, by which of its tokens or as which person, and when (Unix seconds)."""

    id: str
    code: str
    serial: str
    since: int
    person: str = ""

    @classmethod
    def begun(cls, code: str, serial: str, person: str = "") -> SignIn:
        """Now."""
        return cls(secrets.token_urlsafe(16), code, serial, int(time.time()), person)


def sealed(session: SignIn, secret: str) -> str:
    """For a cookie."""
    text = _sealing(secret).dumps(session)
    return text.decode() if isinstance(text, bytes) else text


def opened(text: str, secret: str) -> SignIn | None:
    """Nothing when it was not sealed here, or a working day ago."""
    try:
        session = SignIn(*_sealing(secret).loads(text))
        age = time.time() - session.since
    except (BadData, TypeError):
        return None
    return session if -CLOCKS_APART < age < WORKING_DAY else None


def _sealing(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="lianban/session")


class EndedSessions:
    """Those that were ended before their time, by whichever service; nobody is believed before they were read once."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._ended: dict[str, datetime] = {}
        self._untold: set[str] = set()
        self._sequence = 0
        self._looked: float | None = None
        self._is_known = False
        self._one_at_a_time = asyncio.Lock()

    async def has_ended(self, id: str) -> bool:
        """As it was known at most `LOOK` seconds ago, or last known while the bus is away."""
        await self._look()
        return not self._is_known or id in self._ended

    async def end(self, id: str) -> None:
        """Here at once, everywhere within `LOOK` of the bus's answer; while it is away it is told again and again."""
        self._ended[id] = datetime.now(UTC)
        self._untold.add(id)
        self._looked = None
        await self._look()

    async def _look(self) -> None:
        async with self._one_at_a_time:
            if not self._bus.connected or not self._is_due():
                return
            try:
                async with asyncio.timeout(WAIT):
                    await self._tell()
                    await self._follow()
            except Exception as error:
                if not is_fault(error):
                    raise
            self._looked = time.monotonic()

    def _is_due(self) -> bool:
        return self._looked is None or time.monotonic() - self._looked >= LOOK

    async def _tell(self) -> None:
        for id in sorted(self._untold):
            await self._bus.publish([Outgoing(SUBJECT + id, b"", {})])
            self._untold.discard(id)

    async def _follow(self) -> None:
        """To the bucket's end; one that begins again, as after a restored bus, is read from its beginning."""
        newest = await self._bus.last(SESSIONS.name, f"{SUBJECT}>")
        if newest is None or newest.sequence < self._sequence:
            self._sequence = 0
        if newest is not None and newest.sequence > self._sequence:
            while page := await self._bus.following(SESSIONS.name, f"{SUBJECT}>", self._sequence, PAGE):
                self._ended |= {one.subject.removeprefix(SUBJECT): one.received for one in page}
                self._sequence = page[-1].sequence
            self._forget()
        self._is_known = True

    def _forget(self) -> None:
        """What has ended by itself meanwhile."""
        begun = datetime.now(UTC) - timedelta(seconds=WORKING_DAY + CLOCKS_APART)
        self._ended = {id: at for id, at in self._ended.items() if at > begun}
