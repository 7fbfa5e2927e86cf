"""Photos leave behind the submissions, chunk by chunk, go on where they stopped, and are answered."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from services.station.line.line import line, to_county
from services.station.line.picture_post import send_pictures
from services.station.outbox.outbox import KEPT_DAYS as RECORDS_KEPT_DAYS
from services.station.outbox.pictures import KEPT_DAYS, Picture
from services.station.outbox.rows import Answer, State
from shared.bus.connection import Bus
from shared.bus.photos import photo_verdict
from shared.events.photos import CHUNK, MOST_BYTES
from tests.county import County
from tests.station.agents import STATION, Agent, drafts, until
from tests.submitters import A_MONDAY

JPEG = b"\xff\xd8\xff" + bytes(range(256)) * 800
CHUNKS = -(-len(JPEG) // CHUNK)
FAST = 1 << 30
PATIENCE = 60.0
NO = {"slug": "not-a-picture", "zh": "照片无法打开。", "en": "It is no picture."}


@pytest.fixture
def photos(empty_county: County) -> Bus:
    """The county's stream keeps what arrives: nobody takes it in here."""
    return empty_county.bus


async def arrived(bus: Bus) -> list[tuple[str, str, bytes]]:
    """What the stream keeps."""
    found = await bus.following("PHOTOS", ">", 0, 100)
    return [(one.subject, one.headers["photo-chunks"], one.body) for one in found]


async def test_a_photo_arrives_in_its_chunks(agent: Agent, photos: Bus) -> None:
    digest = agent.parts.pictures.save(STATION, JPEG, A_MONDAY)
    async with line(to_county(agent.parts.hub, agent.folder)) as one:
        await send_pictures(one.client, agent.outbox, agent.parts.pictures, FAST)
    found = await arrived(photos)
    assert [subject for subject, _, _ in found] == [f"photo.{STATION}.{digest}.{n}" for n in range(CHUNKS)]
    assert {total for _, total, _ in found} == {str(CHUNKS)}
    assert hashlib.sha256(b"".join(body for _, _, body in found)).hexdigest() == digest
    assert agent.parts.pictures.waiting() == 0


async def test_a_submission_goes_first_and_the_photo_goes_on_where_it_stopped(agent: Agent, photos: Bus) -> None:
    agent.parts.pictures.save(STATION, JPEG, A_MONDAY)
    picture = agent.parts.pictures.next()
    assert picture
    agent.parts.pictures.sent(picture, A_MONDAY)
    agent.saves(*drafts(1))
    async with line(to_county(agent.parts.hub, agent.folder)) as one:
        await send_pictures(one.client, agent.outbox, agent.parts.pictures, FAST)
        assert await arrived(photos) == []
        agent.outbox.delivered([(1, 1)], A_MONDAY)
        await send_pictures(one.client, agent.outbox, agent.parts.pictures, FAST)
    assert [int(subject.rsplit(".", 1)[1]) for subject, _, _ in await arrived(photos)] == list(range(1, CHUNKS))


@pytest.mark.parametrize("live", [True, False])
async def test_what_the_county_says_of_a_photo_is_noted(agent: Agent, photos: Bus, live: bool) -> None:
    digest = agent.parts.pictures.save(STATION, JPEG, A_MONDAY)
    answer = photo_verdict(STATION, digest, [NO])
    if live:
        async with agent.sending():
            await until(lambda: agent.parts.pictures.waiting() == 0)
            await photos.publish([answer])
            await until(agent.parts.pictures.refused)
    else:
        async with line(to_county(agent.parts.hub, agent.folder)) as one:
            await send_pictures(one.client, agent.outbox, agent.parts.pictures, FAST)
        await photos.publish([answer])
        async with agent.sending():
            await until(agent.parts.pictures.refused)
    assert agent.parts.pictures.refused() == [(digest, NO["zh"])]


async def test_what_is_decided_on_a_photo_stays_so(agent: Agent) -> None:
    digest, pictures = agent.parts.pictures.save(STATION, JPEG, A_MONDAY), agent.parts.pictures
    pictures.decided([Answer(STATION, digest, State.REFUSED, [NO])])
    pictures.decided([Answer(STATION, digest, State.ACCEPTED, [])])
    assert pictures.refused() == [(digest, NO["zh"])]


async def test_a_photo_whose_file_is_gone_does_not_hold_up_the_others(agent: Agent, photos: Bus) -> None:
    lost = agent.parts.pictures.save(STATION, JPEG, A_MONDAY)
    (agent.folder.photos / lost).unlink()
    agent.parts.pictures.save(STATION, JPEG + b"2", A_MONDAY + timedelta(seconds=1))
    async with line(to_county(agent.parts.hub, agent.folder)) as one:
        await send_pictures(one.client, agent.outbox, agent.parts.pictures, FAST)
    assert [sha256 for sha256, _ in agent.parts.pictures.refused()] == [lost]
    assert len(await arrived(photos)) == CHUNKS


@pytest.mark.parametrize("lost", [True, False])
async def test_a_refused_photo_that_is_attached_anew_is_sent_anew(agent: Agent, photos: Bus, lost: bool) -> None:
    pictures = agent.parts.pictures
    digest = pictures.save(STATION, JPEG, A_MONDAY)
    async with line(to_county(agent.parts.hub, agent.folder)) as one:
        if lost:
            (agent.folder.photos / digest).unlink()
        await send_pictures(one.client, agent.outbox, pictures, FAST)
        if not lost:
            pictures.decided([Answer(STATION, digest, State.REFUSED, [NO])])
        assert pictures.refused()
        before = len(await arrived(photos))
        assert pictures.save(STATION, JPEG, A_MONDAY) == digest
        assert (pictures.refused(), pictures.waiting()) == ([], 1)
        await send_pictures(one.client, agent.outbox, pictures, FAST)
    assert len(await arrived(photos)) == before + CHUNKS


@pytest.mark.parametrize("state", [State.DELIVERED, State.ACCEPTED])
async def test_a_photo_that_is_not_refused_is_not_sent_twice(agent: Agent, state: State) -> None:
    digest = agent.parts.pictures.save(STATION, JPEG, A_MONDAY)
    with agent.outbox.writing() as db:
        db.execute("UPDATE photos SET state = ?", (state,))
    assert agent.parts.pictures.save(STATION, JPEG, A_MONDAY) == digest
    assert agent.parts.pictures.waiting() == 0


async def test_a_photo_nobody_answers_for_is_sent_again_once_its_chunks_are_dropped(agent: Agent, photos: Bus) -> None:
    agent.parts.pictures.save(STATION, JPEG, A_MONDAY)
    async with line(to_county(agent.parts.hub, agent.folder)) as one:
        await send_pictures(one.client, agent.outbox, agent.parts.pictures, FAST)
    (silent,) = agent.parts.pictures.unanswered(datetime.now(UTC) + timedelta(days=1))
    agent.parts.pictures.send_again(silent.sha256)
    again = agent.parts.pictures.next()
    assert again
    assert again.sent == 0


async def test_only_pictures_of_a_bearable_size_are_taken(agent: Agent) -> None:
    for body in (b"GIF89a", JPEG + b"0" * MOST_BYTES):
        with pytest.raises(Exception, match="照片"):
            agent.parts.pictures.save(STATION, body, A_MONDAY)
    assert not agent.folder.photos.exists() or not list(agent.folder.photos.iterdir())


async def test_what_is_decided_is_removed_after_a_while_and_why_it_was_refused_is_said_longer(agent: Agent) -> None:
    pictures = agent.parts.pictures
    has, refused, waits = (pictures.save(STATION, JPEG + end, A_MONDAY) for end in (b"1", b"2", b"3"))
    pictures.decided([Answer(STATION, has, State.ACCEPTED, []), Answer(STATION, refused, State.REFUSED, [NO])])
    pictures.sweep(A_MONDAY + timedelta(days=KEPT_DAYS - 1))
    assert {file.name for file in agent.folder.photos.iterdir()} == {has, refused, waits}
    pictures.sweep(A_MONDAY + timedelta(days=KEPT_DAYS + 1))
    assert [file.name for file in agent.folder.photos.iterdir()] == [waits]
    assert pictures.refused() == [(refused, "照片无法打开。")]
    assert pictures.save(STATION, JPEG + b"2", A_MONDAY) == refused
    assert pictures.waiting() == 2
    pictures.given_up(Picture(refused, STATION, 1, 0), "文件已不在。")
    pictures.sweep(A_MONDAY + timedelta(days=RECORDS_KEPT_DAYS + 1))
    assert pictures.refused() == []
    assert [file.name for file in agent.folder.photos.iterdir()] == [waits], "never what the county has not decided"
