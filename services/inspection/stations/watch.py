"""What heartbeats say of connections: pure, so that any number of copies come to the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.inspection.stations.model import Connection
from shared.calendar import CHINA
from shared.events import Submission
from shared.events.inspection import NoteConnected, NoteDisconnected
from shared.events.outgoing import Outgoing, foretellable, submission_message
from shared.events.ticks import tick_id
from shared.roster.organisations import county_of

TOGETHER = timedelta(minutes=3)
"""Two heartbeats no further apart make a connection: a single one after an outage may be an echo of it."""
SILENCE = timedelta(minutes=5)
"""Ten heartbeats missed: a connection that only wavers is never told."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A station's heartbeats: the last one was heard at `heard`, the row without a gap began `since`."""

    station: str
    since: datetime
    heard: datetime
    waiting: int = 0
    oldest: datetime | None = None
    version: str = ""
    clock_off_seconds: int = 0

    @property
    def is_steady(self) -> bool:
        """Two heartbeats at least, one soon after the other."""
        return self.heard > self.since


@dataclass(frozen=True, slots=True)
class Noted:
    """What is to be said of a station, as of when."""

    station: str
    data: Submission
    at: datetime

    @property
    def message(self) -> Outgoing:
        """The county's submission; its id follows from kind, station and instant."""
        county, at = county_of(self.station), self.at.astimezone(CHINA)
        id = tick_id(self.data.type, self.station, at)
        return foretellable(submission_message(self.data, county, self.station, id, at))


def noted(
    contacts: Iterable[Contact], connections: Mapping[str, Connection], now: datetime, listening: datetime
) -> Iterator[Noted]:
    """What has changed; silence counts from when somebody was `listening` at the earliest."""
    for contact in contacts:
        connection = connections.get(contact.station)
        if connection is not None and connection.connected:
            if now - max(contact.heard, listening) > SILENCE:
                yield Noted(contact.station, NoteDisconnected(), contact.heard)
        elif contact.is_steady and now - contact.heard <= SILENCE:
            yield Noted(contact.station, NoteConnected(), _begun(contact, connection))


def _begun(contact: Contact, connection: Connection | None) -> datetime:
    """A row that is older than the silence it ends (another copy wrote late) counts from its last heartbeat."""
    return contact.since if connection is None or contact.since > connection.since else contact.heard
