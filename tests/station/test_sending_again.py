"""What a county that was brought back from a backup has lost goes once more, in its order; nothing else does."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler

import pytest

from services.inspection import brought_back
from services.station.folder import Folder
from services.station.outbox.notes import Notes
from services.station.outbox.outbox import Outbox
from services.station.outbox.pictures import Pictures
from services.station.outbox.rows import Answer, State
from services.station.sending_again import SLACK, send_again
from tests.county import County
from tests.photographs import photograph
from tests.station.agents import STATION, Agent, drafts
from tests.station.local_page import DESK
from tests.station.serving import serving

BACK, AT = datetime(2027, 3, 1, 14, tzinfo=UTC), datetime(2027, 3, 1, 18, tzinfo=UTC)
SAID = {"brought_back": {"to": BACK.isoformat(), "at": AT.isoformat()}}
DELIVERED = (
    BACK - SLACK - timedelta(seconds=1),
    BACK - SLACK,
    BACK + timedelta(hours=1),
    AT + SLACK,
    AT + SLACK + timedelta(seconds=1),
)


@pytest.fixture
def outbox(folder: Folder) -> Outbox:
    """One submission delivered at each of these moments, with a verdict of two; and one that was never sent."""
    outbox, made = Outbox(folder.outbox), drafts(len(DELIVERED) + 1)
    outbox.save(made, BACK)
    for n, at in enumerate(DELIVERED, 1):
        outbox.delivered([(n, 100 + n)], at)
    answers = [Answer(STATION, made[n].id, state, []) for n, state in ((0, State.ACCEPTED), (2, State.REFUSED))]
    outbox.decided(answers, AT)
    return outbox


def pending(outbox: Outbox) -> list[int]:
    return [row.n for row in outbox.pending(10)]


def test_what_was_delivered_since_the_moment_goes_once_more_whatever_became_of_it(outbox: Outbox) -> None:
    assert pending(outbox) == [6]
    assert send_again(Notes(outbox), SAID, AT) == 3
    assert pending(outbox) == [2, 3, 4, 6]
    assert [row.reasons for row in outbox.pending(10)] == [[], [], [], []]


def test_each_time_counts_once_and_another_time_anew(outbox: Outbox) -> None:
    send_again(Notes(outbox), SAID, AT)
    outbox.delivered([(2, 1), (3, 2)], AT)
    assert send_again(Notes(outbox), SAID, AT) == 0
    assert pending(outbox) == [4, 6]
    again = {"brought_back": SAID["brought_back"] | {"at": (AT + timedelta(days=1)).isoformat()}}
    assert send_again(Notes(outbox), again, AT) == 3


@pytest.mark.parametrize("desk", [{}, {"brought_back": None}])
def test_a_county_that_never_was_asks_for_nothing(outbox: Outbox, desk: dict[str, None]) -> None:
    assert send_again(Notes(outbox), desk, AT) == 0
    assert pending(outbox) == [6]


def test_a_picture_goes_from_its_first_part(folder: Folder, outbox: Outbox) -> None:
    pictures = Pictures(outbox, folder.photos)
    digest = pictures.save(STATION, photograph(), BACK)
    while one := pictures.next():
        pictures.sent(one, BACK)
    pictures.decided([Answer(STATION, digest, State.ACCEPTED, [])])
    assert send_again(Notes(outbox), SAID, AT) == 4
    found = pictures.next()
    assert found
    assert (found.sha256, found.sent) == (digest, 0)


class Desks(BaseHTTPRequestHandler):
    """Of the three services that an agent asks."""

    def do_GET(self) -> None:
        said = {**DESK, **SAID} if self.path == "/inspection/api/desk" else {}
        body = json.dumps(said, default=str).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


async def test_an_agent_that_asks_for_its_desk_acts_on_it(folder: Folder) -> None:
    with serving(Desks) as url:
        agent = Agent.enrolled(folder, ["nats://127.0.0.1:1"], url)
        (id,) = agent.saves(*drafts(1))
        agent.outbox.delivered([(1, 7)], AT)
        agent.outbox.decided([Answer(STATION, id, State.ACCEPTED, [])], AT)
        await agent.parts.refresh()
        assert agent.row(id).state is State.PENDING
        agent.close()


async def test_the_desk_says_what_was_noted_last(empty_county: County) -> None:
    db = empty_county.db("inspection")
    assert await brought_back.newest(db) is None
    await brought_back.note(db, BACK - timedelta(days=9), AT)
    await brought_back.note(db, BACK, AT)
    assert await brought_back.newest(db) == SAID["brought_back"]
