"""Who is signed in: a signed statement that a browser keeps for a working day, and what ended before that.

Nobody can make one up or lengthen it; that one has ended stands in a bucket of the bus until it would have ended by
itself, so that every service knows it within `LOOK` seconds and nothing is kept of those that go on. Of a person all
end at once by a number: each session bears that of its account, and those with a smaller one than the bucket has are
over. No clocks are compared.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from itsdangerous import BadData, URLSafeSerializer

from shared.bus.catching_up import pages_up_to
from shared.bus.connection import Bus, Message
from shared.bus.streams import SESSIONS, WORKING_DAY
from shared.events.outgoing import Outgoing
from shared.patience import is_fault

LOOK = 1.0
"""Seconds for which a service goes on with what it knows."""
WAIT = 3.0
"""Seconds after which a page does."""
SUBJECT = "$KV.sessions."
OF = "of."
"""Before a person's id, where an account's number stands; a session's own id has no dot."""
IDLE = 30 * 60
"""Seconds without a sign of the person after which a person's session is over."""
SEEN_EVERY = 60
"""Seconds after which a sign of the person is written into the cookie anew."""
CLOCKS_APART = 60
"""Seconds by which two copies of a service may differ in what time it is."""
PROVEN_FOR = 5 * 60
"""Seconds for which it counts that a person has shown the password again."""


class SignIn(NamedTuple):
    """Who signed in, by which of its tokens or as which person, and when (Unix seconds).

    Of a person `seen` is when it last looked or sent something, `epoch` the number of its account then; a browser that
    is to remember the person keeps even what is over, as a sign that nobody signed out there.
    """

    id: str
    code: str
    serial: str
    since: int
    person: str = ""
    seen: int = 0
    epoch: int = 0
    is_remembered: bool = False
    by_two: bool = True
    """Whether a second factor was shown, now or when the browser was told to remember the person."""
    proved: int = 0
    """When the person last showed the password again, with the digits where there are any; to sign in is none such."""

    @classmethod
    def begun(
        cls,
        code: str,
        serial: str,
        person: str = "",
        epoch: int = 0,
        is_remembered: bool = False,
        by_two: bool = True,
    ) -> SignIn:
        """Now."""
        now, id = int(time.time()), secrets.token_urlsafe(16)
        return cls(id, code, serial, now, person, now if person else 0, epoch, is_remembered, by_two)

    def goes_on(self, now: float) -> bool:
        """Whether it is not over by itself: for a working day, and of a person while there is a sign of it."""
        is_idle = bool(self.person) and now - max(self.seen, self.since) >= IDLE
        return -CLOCKS_APART < now - self.since < WORKING_DAY and not is_idle

    def is_proven(self, now: float) -> bool:
        """Whether the person has shown to be that within the last minutes."""
        return bool(self.person) and -CLOCKS_APART < now - self.proved < PROVEN_FOR

    def is_proven_now(self) -> bool:
        """By this process's clock, as everything of a session."""
        return self.is_proven(time.time())

    def proven_now(self) -> SignIn:
        """The same, after the person has shown the password again."""
        now = int(time.time())
        return self._replace(proved=now, seen=now)

    def seen_now(self) -> SignIn | None:
        """The same with a newer sign of the person, where that is due."""
        now = int(time.time())
        is_due = bool(self.person) and now - max(self.seen, self.since) >= SEEN_EVERY
        return self._replace(seen=now) if is_due else None


def sealed(session: SignIn, secret: str) -> str:
    """For a cookie; that of an organisation says nothing of a person.

    What a person has not done is left out, so that a copy of an older release reads it too.
    """
    text = _sealing(secret).dumps(_said(session))
    return text.decode() if isinstance(text, bytes) else text


def _said(session: SignIn) -> tuple[object, ...]:
    if not session.person:
        return session[: SignIn._fields.index("seen")]
    return session if session.proved else session[: SignIn._fields.index("proved")]


def opened(text: str, secret: str) -> SignIn | None:
    """Nothing when it was not sealed here, or is over by itself."""
    session = _read(text, secret)
    return session if session and session.goes_on(time.time()) else None


def lapsed(text: str, secret: str) -> SignIn | None:
    """A person's that is over by itself: had the person signed out, the browser would have it no longer."""
    session = _read(text, secret)
    return session if session and session.person and not session.goes_on(time.time()) else None


def _read(text: str, secret: str) -> SignIn | None:
    try:
        session = SignIn(*_sealing(secret).loads(text))
        return session if session.since >= 0 else None
    except (BadData, TypeError):
        return None


def _sealing(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt="lianban/session")


class EndedSessions:
    """Those that were ended before their time, by whichever service; nobody is believed before they were read once."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._ended: dict[str, datetime] = {}
        self._epochs: dict[str, tuple[int, datetime]] = {}
        self._untold: dict[str, bytes] = {}
        self._sequence = 0
        self._looked: float | None = None
        self._is_known = False
        self._one_at_a_time = asyncio.Lock()

    async def has_ended(self, id: str, person: str = "", epoch: int = 0) -> bool:
        """As it was known at most `LOOK` seconds ago, or last known while the bus is away."""
        await self._look()
        return not self._is_known or id in self._ended or epoch < self._epoch(person)

    async def ended(self) -> Mapping[str, datetime] | None:
        """Those that were ended singly and when, of the last working day; None while that is not known."""
        await self._look()
        return dict(self._ended) if self._is_known and self._bus.connected else None

    async def end(self, id: str) -> None:
        """Here at once, everywhere within `LOOK` of the bus's answer; while it is away it is told again and again."""
        self._ended[id] = datetime.now(UTC)
        await self._soon(id, b"")

    async def end_before(self, person: str, epoch: int) -> None:
        """All of a person's with a smaller number than its account has now; as `end`. A number only grows."""
        if epoch < self._epoch(person):
            return
        self._epochs[person] = (epoch, datetime.now(UTC))
        await self._soon(OF + person, str(epoch).encode())

    def _epoch(self, person: str) -> int:
        return self._epochs.get(person, (0, None))[0]

    async def _soon(self, key: str, said: bytes) -> None:
        self._untold[key] = said
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
        for key, said in sorted(self._untold.items()):
            await self._bus.publish([Outgoing(SUBJECT + key, said, {})])
            if self._untold.get(key) == said:
                del self._untold[key]

    async def _follow(self) -> None:
        """To the bucket's end; one that begins again, as after a restored bus, is read from its beginning."""
        everything = f"{SUBJECT}>"
        newest = await self._bus.last_stored(SESSIONS.name, everything)
        if newest is None or newest.sequence < self._sequence:
            self._sequence = 0
        if newest is not None and newest.sequence > self._sequence:
            async for page in pages_up_to(self._bus, SESSIONS.name, everything, self._sequence, newest.sequence):
                for message in page:
                    self._learn(message.subject.removeprefix(SUBJECT), message)
                self._sequence = page[-1].sequence
            self._forget()
        self._is_known = True

    def _learn(self, key: str, message: Message) -> None:
        if not key.startswith(OF):
            self._ended[key] = message.received
        elif message.body.isdigit() and int(message.body) >= self._epoch(person := key.removeprefix(OF)):
            self._epochs[person] = (int(message.body), message.received)

    def _forget(self) -> None:
        """What has ended by itself meanwhile."""
        begun = datetime.now(UTC) - timedelta(seconds=WORKING_DAY + CLOCKS_APART)
        self._ended = {id: at for id, at in self._ended.items() if at > begun}
        self._epochs = {person: one for person, one in self._epochs.items() if one[1] > begun}
