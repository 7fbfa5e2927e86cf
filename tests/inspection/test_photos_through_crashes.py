"""Whatever ends between any two steps, each photo is kept once or refused, and its sender answered."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from services.inspection.photos import judge, keeper, store, waiting
from services.inspection.photos.judge import Judge
from services.inspection.photos.judging import LEASE, Judging
from services.inspection.photos.keeper import Keeper, Taken
from services.inspection.photos.looking import LIMITS, WORK
from services.inspection.photos.waiting import Whole
from shared.bus.connection import Message
from shared.bus.photos import cut, digest_of
from shared.bus.streams import PHOTO_CHUNKS, PHOTOS
from shared.database.lease import Lease, LeaseLost
from shared.database.mongo import Session
from shared.foreign.apart import Apart, Exhausted
from shared.pipeline.dead_letters import dead_letters, drive_again
from tests.county import County
from tests.photographs import album, answer, drained, hears, keeping, photograph, sent, unjudged
from tests.submitters import station

pytestmark = pytest.mark.asyncio(loop_scope="module")
PHOTO = photograph(480, 360)
CUT = list(cut(station.code, PHOTO))


@pytest.fixture
def county(photoless: County) -> County:
    return photoless


async def kept(county: County) -> int:
    return await county.db("inspection")[store.PHOTOS].count_documents({})


async def parts(county: County) -> int:
    return await county.db("inspection")[store.CHUNKS].count_documents({})


class Crashed(BaseException):
    """The process ends here."""


async def crashed_and_back(county: County, point: str, photo: bytes, judges: type[Judge] = Judge) -> str:
    """A photo, chunk by chunk; the process ends at a point of the last one, another takes over."""
    chunks = list(cut(station.code, photo))
    left = 1 if point in judge.POINTS else len(chunks)

    async def step(reached: str) -> None:
        nonlocal left
        left -= reached == point
        if reached == point and left == 0:
            raise Crashed

    async with keeping(county, step, 1, judges=judges) as task:
        await hears(county, *chunks)
        with pytest.raises(Crashed):
            await task
    async with keeping(county, batch=1, judges=judges):
        await drained(county)
    return await answer(county, station, digest_of(photo))


@pytest.mark.parametrize("point", [*keeper.POINTS, "acknowledged", *(one for one in judge.POINTS if one != "buried")])
async def test_a_crash_at_any_point_leaves_each_photo_answered_once_another_took_over(
    county: County, point: str
) -> None:
    assert await crashed_and_back(county, point, PHOTO) == "accepted"
    assert await crashed_and_back(county, point, PHOTO[:-2_000]) == "not-a-picture"
    assert (await kept(county), await unjudged(county)) == (1, 0)
    assert await album(county).pictures(f"{station.code}/{digest_of(PHOTO)}")
    assert await parts(county) <= 1, "a refused photo's last chunk that came again after its answer waits for the sweep"


class AtItsEnd(Apart):
    """Its processor is used up at once (`tests/abuse/test_photos_made_to_harm.py` uses it up)."""

    async def ask(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Never answers."""
        raise Exhausted("processor")


class Burdened(Judge):
    """Every photo takes more than is allowed."""

    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self._apart = AtItsEnd(WORK, LIMITS)


@pytest.mark.parametrize("point", judge.POINTS)
async def test_what_takes_too_much_is_buried_once_wherever_it_is_cut_short(county: County, point: str) -> None:
    assert await crashed_and_back(county, point, PHOTO, Burdened) == "photo-too-much-work"
    (letter,) = (await dead_letters(county.bus, 10))["items"]
    assert (letter["reason"], letter["bytes"]) == ("photo-too-much-work", len(CUT[-1].body))
    assert (await kept(county), await unjudged(county), await parts(county)) == (0, 0, 0)


class Hasty(Judge):
    """Drops what it has decided without having noted what it is about to say."""

    async def _decide(self, whole: Whole, *parts: Any) -> None:
        await super()._decide(whole, *parts)
        session: Session = parts[-1]
        await self._db[waiting.WAITING].delete_one({"_id": whole.photo}, session=session)


async def test_control_a_judge_that_notes_no_answer_leaves_a_sender_without_one(county: County) -> None:
    assert await crashed_and_back(county, "decided", PHOTO[:-2_000], Hasty) == ""


async def test_two_copies_that_work_on_the_same_chunks_do_no_harm(county: County) -> None:
    await hears(county, *CUT)
    messages = await county.bus.following("PHOTOS", "photo.>", 0, len(CUT))
    db, bus = county.db("inspection"), county.bus
    lease = Lease(db, PHOTO_CHUNKS.name, "test-1")
    assert await lease.acquire()
    keepers = [Keeper(db, bus, lease, asyncio.Event()) for _ in range(2)]
    judges = [Judge(db, bus, lease, album(county)) for _ in keepers]
    done = [await copy.decide(messages) for copy in keepers]
    waits = [await one.next() for one in judges]
    for one, whole in zip(judges, waits, strict=True):
        assert whole is not None
        await one.answer(whole)
        await one.close()
    for copy, taken in zip(keepers, done, strict=True):
        await copy.tell(messages, taken)
    await lease.release()
    assert await answer(county, station, digest_of(PHOTO)) == "accepted"
    assert (await kept(county), await parts(county), await unjudged(county)) == (1, 0, 0)


async def test_a_copy_that_lost_its_lease_while_it_looked_keeps_and_says_nothing(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = county.db("inspection")
    leases = [Lease(db, LEASE, f"test-{n}", lasts_ms=1) for n in range(2)]
    await sent(county, station, PHOTO)
    monkeypatch.setattr(Judging, "_turn", _stands_still)
    async with keeping(county), asyncio.timeout(30):
        while not await unjudged(county):
            await asyncio.sleep(0.01)
    for lease in leases:
        async with asyncio.timeout(30):
            while not await lease.acquire():
                await asyncio.sleep(0.05)
    first, second = (Judge(db, county.bus, lease, album(county)) for lease in leases)
    whole = await first.next()
    assert whole is not None
    with pytest.raises(LeaseLost):
        await first.answer(whole)
    assert (await kept(county), await answer(county, station, whole.sha256)) == (0, "")
    await second.answer(whole)
    for one in (first, second):
        await one.close()
    assert (await kept(county), await answer(county, station, whole.sha256)) == (1, "accepted")


async def _stands_still(_: Judging) -> None:
    await asyncio.sleep(0.05)


class Unlucky(Keeper):
    """Has a mistake in it."""

    async def decide(self, messages: Sequence[Message]) -> Taken:
        """Fails whenever the second chunk is among them."""
        if any(message.subject == CUT[1].subject for message in messages):
            raise ZeroDivisionError("a mistake")
        return await super().decide(messages)


async def test_a_part_that_fails_alone_five_times_is_buried_and_taken_after_the_repair(county: County) -> None:
    async with keeping(county, takes=Unlucky):
        await hears(county, *CUT)
        await drained(county)
    (letter,) = await county.dead()
    assert (letter.headers["lianban-reason"], await parts(county)) == ("service-error", len(CUT) - 1)
    assert await drive_again(county.bus, letter.sequence) == CUT[1].subject
    async with keeping(county):
        await drained(county)
    assert await answer(county, station, digest_of(PHOTO)) == "accepted"


class Mistaken(Judge):
    """Has a mistake in it."""

    async def _decide(self, *parts: Any) -> None:
        raise ZeroDivisionError("a mistake")


async def test_a_photo_that_fails_so_often_is_buried_and_judged_after_the_repair(county: County) -> None:
    async with keeping(county, judges=Mistaken):
        await sent(county, station, PHOTO)
        await drained(county)
    (letter,) = await county.dead()
    assert (letter.headers["lianban-reason"], await parts(county)) == ("service-error", len(CUT))
    assert await answer(county, station, digest_of(PHOTO)) == ""
    assert await drive_again(county.bus, letter.sequence) == CUT[-1].subject
    async with keeping(county):
        await drained(county)
    assert await answer(county, station, digest_of(PHOTO)) == "accepted"


@pytest.mark.parametrize("stored", [1, len(CUT)], ids=["half sent", "whole and not judged"])
async def test_what_the_version_before_had_kept_and_not_answered_is_answered(county: County, stored: int) -> None:
    """It acknowledged the parts of a photo when it had been answered; those of one that was half sent as they came."""
    await hears(county, *CUT)
    for n, one in enumerate(CUT[:stored]):
        place = {"photo": f"{station.code}/{digest_of(PHOTO)}", "total": len(CUT), "n": n}
        old = {"_id": f"{place['photo']}/{len(CUT)}/{n}", **place, "received": datetime.now(UTC), "data": one.body}
        await county.db("inspection")[store.CHUNKS].insert_one(old | ({} if n else {"tried": 2}))
    if stored < len(CUT):
        await county.bus.api(f"STREAM.PURGE.{PHOTOS.name}", {"seq": stored + 1})
    async with keeping(county):
        await drained(county)
    assert await answer(county, station, digest_of(PHOTO)) == "accepted"
    assert (await kept(county), await parts(county), await unjudged(county)) == (1, 0, 0)
