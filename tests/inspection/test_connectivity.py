"""What is said of a station's connection: forward in time, once, and only after long enough a silence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.inspection.handlers import HANDLERS
from services.inspection.stations.model import Connection
from services.inspection.stations.watch import SILENCE, Contact, Noted, noted
from shared.events.inspection import NoteConnected, NoteDisconnected, StationConnected, StationDisconnected
from tests.asking import COUNTY, STATION, Desk, moment, roster
from tests.inspection.listening import HOUR, MINUTE, SECOND

NOON = moment("2018-03-05T12:00")


def test_a_station_is_connected_disconnected_and_connected_again_each_with_how_long() -> None:
    desk = Desk(HANDLERS, roster())
    first, lost, back = NOON, NOON + HOUR, NOON + 3 * HOUR
    facts = [
        *desk.agrees(NoteConnected(), STATION, first, by=COUNTY),
        *desk.agrees(NoteDisconnected(), STATION, lost, by=COUNTY),
        *desk.agrees(NoteConnected(), STATION, back, by=COUNTY),
    ]
    assert facts == [
        (STATION, StationConnected(since=first, away_since=None, seconds=0)),
        (STATION, StationDisconnected(since=lost, connected_since=first, seconds=3600)),
        (STATION, StationConnected(since=back, away_since=lost, seconds=7200)),
    ]


def test_what_is_known_and_what_is_older_change_nothing() -> None:
    desk = Desk(HANDLERS, roster())
    assert desk.agrees(NoteDisconnected(), STATION, NOON, by=COUNTY) == ()
    desk.agrees(NoteConnected(), STATION, NOON, by=COUNTY)
    assert desk.agrees(NoteConnected(), STATION, NOON + MINUTE, by=COUNTY) == ()
    assert desk.agrees(NoteDisconnected(), STATION, NOON - MINUTE, by=COUNTY) == ()
    desk.agrees(NoteDisconnected(), STATION, NOON + HOUR, by=COUNTY)
    assert desk.agrees(NoteConnected(), STATION, NOON + MINUTE, by=COUNTY) == ()
    assert desk.only(Connection) == Connection(
        id=STATION, county=COUNTY, connected=False, since=NOON + HOUR, version=desk.only(Connection).version
    )


def connection(connected: bool, since: datetime) -> dict[str, Connection]:
    return {STATION: Connection(id=STATION, county=COUNTY, connected=connected, since=since)}


HEARD = Contact(STATION, since=NOON, heard=NOON + HOUR)
ONCE = Contact(STATION, since=NOON + HOUR, heard=NOON + HOUR)
LAST = NOON + HOUR
LONG_LISTENING = NOON - HOUR


@pytest.mark.parametrize(
    ("contact", "connections", "now", "listening", "expected"),
    [
        (HEARD, {}, LAST, LONG_LISTENING, Noted(STATION, NoteConnected(), NOON)),
        (ONCE, {}, LAST, LONG_LISTENING, None),
        (HEARD, connection(True, NOON), LAST + SILENCE, LONG_LISTENING, None),
        (
            HEARD,
            connection(True, NOON),
            LAST + SILENCE + SECOND,
            LONG_LISTENING,
            Noted(STATION, NoteDisconnected(), LAST),
        ),
        (HEARD, connection(True, NOON), LAST + HOUR, LAST + HOUR - SILENCE, None),
        (
            HEARD,
            connection(True, NOON),
            LAST + HOUR,
            LAST + HOUR - SILENCE - SECOND,
            Noted(STATION, NoteDisconnected(), LAST),
        ),
        (HEARD, connection(False, NOON - HOUR), LAST, LONG_LISTENING, Noted(STATION, NoteConnected(), NOON)),
        (HEARD, connection(False, NOON + MINUTE), LAST, LONG_LISTENING, Noted(STATION, NoteConnected(), LAST)),
        (HEARD, connection(False, LAST), LAST + SILENCE + SECOND, LONG_LISTENING, None),
    ],
    ids=[
        "two heartbeats connect, as of the first",
        "one heartbeat does not",
        "five minutes of silence are borne",
        "more are not, as of the last heartbeat",
        "silence counts from when we listen",
        "and not for ever",
        "it is back",
        "it is back, though another copy wrote late",
        "what was told of an outage is not told again",
    ],
)
def test_what_is_said_of_a_station(
    contact: Contact, connections: dict[str, Connection], now: datetime, listening: datetime, expected: Noted | None
) -> None:
    assert next(noted([contact], connections, now, listening), None) == expected


def test_a_note_is_the_countys_submission_about_the_station_the_same_from_every_copy() -> None:
    one, other = (Noted(STATION, NoteConnected(), at) for at in (NOON, NOON.astimezone(UTC)))
    assert one.message == other.message
    assert one.message.subject == f"submit.inspection.note-connected.{COUNTY}"
    assert (one.message.headers["ce-source"], one.message.headers["ce-subject"]) == (COUNTY, STATION)
