"""Persons and posts on the real bus and database: corrected, found twice, and nowhere in the clear."""

from __future__ import annotations

import pytest

from services.roster.people.model import Person
from shared.bus.streams import STREAMS
from shared.database.kept import document
from shared.events.roster import Appoint, Post
from shared.roster.staff import Staff
from tests.county import County
from tests.sealed import ALLOWED, id_number, registers
from tests.submitters import START, Said, just_now, office

ID_NUMBER = id_number()


async def answers(county: County, *said: Said) -> list[str]:
    """What becomes of these, in one batch."""
    county.allowed = ALLOWED
    await county.hears(*said)
    async with county.working():
        await county.settles()
    verdicts = [await county.verdict(one) for one in said]
    return [one["reasons"][0]["slug"] if one["reasons"] else one["verdict"] for one in verdicts if one]


def registered(person: str = "p-1", **more: object) -> Said:
    return office.says(registers(person, **more), just_now())  # type: ignore[arg-type]


def appointed(person: str, post: Post) -> Said:
    return office.says(Appoint(person=person, post=post, since=START), just_now())


async def everything(county: County) -> list[str]:
    """All that lies on the bus and in the databases, as it lies there."""
    found = []
    for stream in STREAMS:
        sequence = 0
        while page := await county.bus.following(stream.name, ">", sequence, 500):
            sequence = page[-1].sequence
            found += [f"{message.headers}{message.body!r}" for message in page]
    for service in ("roster", "feedback"):
        for name in await county.db(service).list_collection_names():
            found += [str(raw) async for raw in county.db(service)[name].find()]
    return found


@pytest.mark.asyncio
async def test_an_identity_number_comes_once_even_within_one_batch(county: County) -> None:
    twice = (registered("p-1", id_number=ID_NUMBER), registered("p-2", id_number=ID_NUMBER), registered("p-3"))
    assert await answers(county, *twice) == ["accepted", "identity-number-registered", "accepted"]


@pytest.mark.asyncio
async def test_a_post_is_corrected_as_any_other_submission(county: County) -> None:
    wrong = appointed("p-1", Post.WINDOW_CLERK)
    right = office.instead_of(wrong, appointed("p-1", Post.WINDOW_CHIEF))
    assert await answers(county, registered(), wrong, right) == ["accepted"] * 3
    staff = await document(county.db("roster"), Staff, office.code)
    assert staff
    assert [(one.person, one.post) for one in staff.posts] == [("p-1", Post.WINDOW_CHIEF)]
    assert await answers(county, office.takes_back(right)) == ["accepted"]
    staff = await document(county.db("roster"), Staff, office.code)
    assert staff
    assert staff.posts == ()


@pytest.mark.asyncio
async def test_no_stream_and_no_collection_holds_a_number_in_the_clear(county: County) -> None:
    said = registers(mobile="13800138000", id_number=ID_NUMBER)
    anothers = office.says(said.model_copy(update={"person": "p-2"}), just_now())
    assert await answers(county, office.says(said, just_now()), anothers, registered("p-3", mobile="139")) == [
        "accepted",
        "unreadable-person",
        "unfit-mobile",
    ]
    for place in await everything(county):
        assert "13800138000" not in place
        assert ID_NUMBER not in place
    assert await document(county.db("roster"), Person, "p-1")
