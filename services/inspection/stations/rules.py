"""Rules of connectivity: a connection changes forward in time only; what is known already changes nothing."""

from __future__ import annotations

from datetime import datetime

from services.inspection.stations.model import Connection
from shared.events import Event
from shared.events.inspection import NoteConnected, NoteDisconnected, StationConnected, StationDisconnected
from shared.pipeline.decisions import Accepted, State, Verdict
from shared.roster.organisations import county_of

ConnectionNoted = Event[NoteConnected] | Event[NoteDisconnected]


def note_connected(state: State, event: Event[NoteConnected]) -> Verdict:
    """A station that was away, or was never seen, is connected."""
    before = state.get(Connection, event.organisation)
    if before is not None and (before.connected or event.time <= before.since):
        return Accepted()
    away_since = before.since if before else None
    fact = StationConnected(since=event.time, away_since=away_since, seconds=_seconds(away_since, event.time))
    return Accepted((_now(event, before, connected=True),), (fact,))


def note_disconnected(state: State, event: Event[NoteDisconnected]) -> Verdict:
    """A station that was connected is not any more."""
    before = state.get(Connection, event.organisation)
    if before is None or not before.connected or event.time < before.since:
        return Accepted()
    fact = StationDisconnected(
        since=event.time, connected_since=before.since, seconds=_seconds(before.since, event.time)
    )
    return Accepted((_now(event, before, connected=False),), (fact,))


def _now(event: ConnectionNoted, before: Connection | None, connected: bool) -> Connection:
    return Connection(
        id=event.organisation,
        version=before.version if before else 0,
        county=county_of(event.organisation),
        connected=connected,
        since=event.time,
    )


def _seconds(since: datetime | None, at: datetime) -> int:
    return int((at - since).total_seconds()) if since else 0
