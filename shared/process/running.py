"""What a started process has: its connections to bus and database, held as long as it runs."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import structlog
from faststream.nats import NatsBroker
from faststream.nats.security import NatsCredentials, NatsSecurity

from shared.bus.addresses import servers_in
from shared.bus.connection import Bus
from shared.database import mongo
from shared.database.alive import called
from shared.database.mongo import Client, Database
from shared.identity.access import Access, Hearing
from shared.identity.attempts import Attempts
from shared.identity.audit_outbox import AuditOutbox
from shared.identity.marks import AddressMarks
from shared.identity.presented import PresentedTokens
from shared.identity.sessions import EndedSessions
from shared.identity.used import UsedTokens
from shared.process import gauges
from shared.process.condition import OtherProcess
from shared.process.config import Settings
from shared.roster.feed import FollowedRoster
from shared.roster.known import KnownRoster
from shared.roster.people import KnownPeople

log = structlog.get_logger()
RECONNECT_WAIT = 1
PING, UNANSWERED = 2, 2
"""Seconds between two pings, and how many may stay unanswered: a server that falls silent is left after 4 to 6 s."""
GREETING = 3
"""Seconds for a connection and its greeting: also a server that stands still takes connections."""
AT_ONCE = 2


def connect_broker(urls: str, name: str, access: Access, hearing: Hearing) -> NatsBroker:
    """A broker that never gives its connection up: by default it freezes after a few attempts.

    With several servers of one bus, it goes on at another when it has lost one.
    """
    return NatsBroker(
        servers_in(urls),
        name=name,
        security=security(access),
        inbox_prefix=access.inbox,
        error_cb=hearing.hears,
        max_reconnect_attempts=-1,
        reconnect_time_wait=RECONNECT_WAIT,
        ping_interval=PING,
        max_outstanding_pings=UNANSWERED,
        connect_timeout=GREETING,
        logger=None,
    )


def security(access: Access) -> NatsSecurity | None:
    """As FastStream takes it: credentials, the authority, both or neither."""
    if access.creds is not None:
        return NatsCredentials.from_file(str(access.creds), ssl_context=access.tls)
    return NatsSecurity(ssl_context=access.tls) if access.tls else None


@dataclass
class Running:
    """What a started process has: connections and loops. Pages read the database, `readyz` asks both."""

    settings: Settings
    service: str
    broker: NatsBroker
    client: Client
    db: Database
    bus: Bus
    looks: gauges.Looks | None = None
    decider: OtherProcess | None = None
    """The process beside this one, where this one answers."""
    searches: Any = None
    """What its pages find under some words, for every service's search."""
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    """Of answers that take long to put together."""
    roster: KnownRoster = field(init=False)
    people: KnownPeople = field(init=False)
    sessions: EndedSessions = field(init=False)
    tokens: PresentedTokens = field(init=False)
    marks: AddressMarks = field(init=False)
    audit: AuditOutbox = field(init=False)
    attempts: Attempts = field(default_factory=Attempts)

    def __post_init__(self) -> None:
        """Pages and sign-in share one roster; each loop follows its own."""
        self.roster = KnownRoster(self.bus, FollowedRoster(self.bus))
        self.people = KnownPeople(self.bus)
        self.sessions = EndedSessions(self.bus)
        self.audit = AuditOutbox(self.bus, self.service)
        secret, until = self.settings.token_secret, self.settings.first_tokens_until
        self.tokens = PresentedTokens(self.roster, UsedTokens(self.bus), secret, until)
        self.marks = AddressMarks(self.settings.token_secret or "")

    async def ready(self) -> dict[str, bool]:
        """Whether bus and database answer both processes now; `NotDeciding` when the other stands still."""
        asked = self.decider.reaches() if self.decider else self.reaches()
        own, other = await asyncio.gather(self.reaches(), asked)
        return {name: answers and other[name] for name, answers in own.items()}

    async def reaches(self) -> dict[str, bool]:
        """Whether bus and database answer this process."""
        return {"bus": self.bus.connected, "database": await self._database_answers()}

    async def _database_answers(self) -> bool:
        try:
            async with asyncio.timeout(2):
                await self.client.admin.command("ping")
        except Exception:
            return False
        return True


@asynccontextmanager
async def running(settings: Settings, service: str, what: str = "deciding") -> AsyncIterator[Running]:
    """Both connections, for as long as the process runs."""
    hearing = Hearing()
    broker = connect_broker(settings.nats_url, f"{service} {settings.instance} {what}", settings.access, hearing)
    connection = await hearing.connected(broker.connect(), lambda: log.warning("waiting", what="connect to the bus"))
    client = mongo.connect(settings.mongo_url, called(settings.instance))
    try:
        yield Running(settings, service, broker, client, mongo.database(client, service), Bus(connection))
    finally:
        with suppress(Exception):
            async with asyncio.timeout(5):
                await broker.stop()
        client.close()
