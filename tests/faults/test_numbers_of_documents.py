"""Signing, numbering and issuing are one: killed between any two steps no number is given twice and none is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import pytest

from services.feedback.documents.model import Delivery, NumbersGiven
from services.feedback.reports.model import Report
from shared.events.documents import AdoptDocumentScheme, PassReports, SignReports
from tests.county import County, Outcome
from tests.faults.crashing import CRASH_POINTS, Crashes, Once
from tests.faults.numbering_apart import NumbersApart
from tests.submitters import Said, closes_period, committee, founding, hall, moment, office, township

QUARTERS = {"2018-Q1": "2018-04", "2018-Q2": "2018-07"}
RECIPIENTS = tuple(sorted((hall.code, office.code, township.code)))
SIGNING = "feedback-submissions"
ALL = [f"某联党函〔2018〕{n}号" for n in range(1, 7)]


def reviewed() -> list[Sequence[Said]]:
    """Two quarters whose drafts are found in order by a clerk."""
    scheme = AdoptDocumentScheme(effective_from=date(2018, 1, 1), prefix="某联党")
    closed = [closes_period(quarter, f"{month}-01") for quarter, month in QUARTERS.items()]
    passed = [
        committee.says(PassReports(drafts=drafts(quarter)), moment(f"{month}-03")).heading(actor="p-clerk")
        for quarter, month in QUARTERS.items()
    ]
    return [[*founding()], [committee.says(scheme, moment("2018-01-02"))], closed, passed]


def signatures() -> list[Said]:
    """Of each quarter two in one list, the third alone; they are decided together."""
    return [
        committee.says(SignReports(drafts=part), moment(f"{month}-04", f"15:0{n}")).heading(actor="p-secretary")
        for quarter, month in QUARTERS.items()
        for n, part in enumerate((drafts(quarter)[:2], drafts(quarter)[2:]))
    ]


def drafts(quarter: str) -> list[str]:
    return [f"{quarter}_{code}@1" for code in RECIPIENTS]


async def signed(county: County, crashes: Crashes) -> Outcome:
    """What it comes to."""
    await county.begins_anew()
    async with county.working():
        for phase in reviewed():
            await county.hears(*phase)
            await county.settles()
    async with crashes.befall():
        await county.hears(*signatures())
        await county.settles()
    return await county.outcome()


async def numbers(county: County) -> list[str]:
    """On documents as delivered, which are those as issued, in the order of their numbers."""
    db = county.db("feedback")
    delivered = sorted([one["number"] async for one in db[Delivery.collection].find()], key=nth)
    issued = sorted([one["number"] async for one in db[Report.collection].find()], key=nth)
    assert delivered == issued
    return delivered


def nth(number: str) -> int:
    found = re.search(r"〕(\d+)号", number)
    assert found, number
    return int(found[1])


async def test_killed_at_any_point_of_signing_every_number_is_given_once(empty_county: County) -> None:
    expected = await signed(empty_county, Once(empty_county, 0, loop=SIGNING))
    assert (await numbers(empty_county), expected.differences) == (ALL, [])
    for point in CRASH_POINTS:
        crashes = Once(empty_county, 0, loop=SIGNING, point=point)
        outcome = await signed(empty_county, crashes)
        assert crashes.at == {point: 1}, f"not killed at {point}"
        assert await numbers(empty_county) == ALL, point
        counter = await empty_county.db("feedback")[NumbersGiven.collection].find_one({})
        assert counter is not None
        assert counter["last"] == len(ALL), point
        assert outcome.unlike(expected) == [], point


@pytest.mark.parametrize(("point", "is_whole"), [("", True), ("entered", False)])
async def test_control_numbers_taken_apart_from_the_decision_leave_a_gap_after_a_kill(
    empty_county: County, point: str, is_whole: bool
) -> None:
    empty_county.batch = 1
    await signed(empty_county, Once(empty_county, 0, {SIGNING: NumbersApart}, loop=SIGNING, point=point))
    assert (await numbers(empty_county) == ALL) is is_whole
