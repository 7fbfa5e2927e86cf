"""A photo that the county has not taken, for too many of the station wait there, is sent once more by itself."""

from __future__ import annotations

import pytest

from services.station.line.line import line, to_county
from services.station.line.picture_post import send_pictures
from services.station.line.verdicts import Verdicts
from services.station.outbox.rows import Answer, State
from shared.bus.photos import photo_verdict
from shared.bus.publishing import publish_each
from shared.events.refusals import reason
from tests.county import County
from tests.station.agents import STATION, Agent
from tests.station.test_pictures import CHUNKS, FAST, JPEG, NO
from tests.submitters import A_MONDAY


@pytest.mark.parametrize(("why", "waits"), [(reason("slow-down"), 1), (NO, 0)], ids=["later", "control"])
async def test_it_is_sent_again_from_its_first_part_and_no_person_is_asked(
    agent: Agent, empty_county: County, why: dict[str, str], waits: int
) -> None:
    pictures = agent.parts.pictures
    digest = pictures.save(STATION, JPEG, A_MONDAY)
    async with line(to_county(agent.parts.hub, agent.folder)) as one:
        await send_pictures(one.client, agent.outbox, pictures, FAST)
        await publish_each(empty_county.client, [photo_verdict(STATION, digest, [why])], 10)
        await Verdicts(one.client, agent.outbox, pictures, STATION).look_up(A_MONDAY.replace(year=2100))
        assert (pictures.waiting(), len(pictures.refused())) == (waits, 1 - waits)
        await send_pictures(one.client, agent.outbox, pictures, FAST)
    sent = await empty_county.bus.following("PHOTOS", ">", 0, 100)
    assert len(sent) == CHUNKS * (1 + waits)


def test_a_part_that_was_on_its_way_does_not_count_for_the_next_sending(agent: Agent) -> None:
    pictures = agent.parts.pictures
    digest = pictures.save(STATION, JPEG, A_MONDAY)
    for _ in range(2):
        on_its_way = pictures.next()
        assert on_its_way is not None
        pictures.sent(on_its_way, A_MONDAY)
    on_its_way = pictures.next()
    assert on_its_way is not None
    pictures.send_again(digest)
    pictures.sent(on_its_way, A_MONDAY)
    first = pictures.next()
    assert first is not None
    assert first.sent == 0


def test_what_is_decided_is_not_sent_again(agent: Agent) -> None:
    pictures = agent.parts.pictures
    digest = pictures.save(STATION, JPEG, A_MONDAY)
    pictures.decided([Answer(STATION, digest, State.ACCEPTED, [])])
    pictures.send_again(digest)
    assert pictures.waiting() == 0
