"""An opinion opens once, is put right and files its document, however often whoever follows is abandoned on the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shared.events import Submission
from shared.events.documents import (
    AdoptDocumentScheme,
    GivenOpinion,
    PassReports,
    ReceiveReport,
    ReturnGround,
    ReturnReport,
    ReviewReport,
    SignMonthlyReports,
    WithdrawReport,
)
from shared.events.inspection import SubmitRectification, VerifyRectification
from tests.county import County
from tests.faults.controls import PublishesOnlyWhatIsNew
from tests.faults.crashing import Crashes, calm, stormy
from tests.submitters import (
    Said,
    closes_period,
    committee,
    founding,
    hall,
    marks_overdue,
    moment,
    office,
    township,
)

MARCH, RUNS = "2018-03", 12
FOLLOWS = "inspection-facts"
OPINIONS = [
    GivenOpinion(problem="公示栏未更新", requirement="核对并更新", finish_by=date(2018, 4, 20)),
    GivenOpinion(problem="无人补位", requirement="排定补位人员", finish_by=date(2018, 5, 10)),
]
SCHEME = AdoptDocumentScheme(effective_from=date(2018, 3, 1), prefix="某联党")


def report(of: str) -> str:
    return f"{MARCH}_{of}"


def by(person: str, data: Submission, at: str) -> Said:
    """A person of the committee's office."""
    return committee.says(data, moment(at)).heading(actor=person)


def phases() -> list[Sequence[Said]]:
    """Two documents with opinions: one is put right and filed, the other withdrawn; phase by phase decided."""
    others, two = [f"{report(hall.code)}@1"], (office, township)
    reviewed = [
        by("p-clerk", ReviewReport(draft=f"{report(one.code)}@1", opinions=OPINIONS), "2018-04-02") for one in two
    ]
    signed = SignMonthlyReports(drafts=[*others, *(f"{report(one.code)}@2" for one in two)])
    received = [one.says(ReceiveReport(report=report(one.code)), moment("2018-04-04")) for one in two]
    mine = [f"{received[0].id}/{n}" for n in (51, 52)]
    back = ReturnReport(report=report(township.code), ground=ReturnGround.WRONG_ADDRESSEE)
    void = WithdrawReport(report=report(township.code), reason="主送单位有误")
    return [
        list(founding()),
        [committee.says(SCHEME, moment("2018-03-02"))],
        [closes_period(MARCH, "2018-04-01")],
        [*reviewed, by("p-clerk", PassReports(drafts=others), "2018-04-02")],
        [by("p-director", signed, "2018-04-03")],
        [*received, received[0].repeated()],
        [*(office.says(SubmitRectification(rectification=one), moment("2018-04-10")) for one in mine)],
        [township.says(back, moment("2018-04-11"))],
        [by("p-director", void, "2018-04-12")],
        [committee.says(VerifyRectification(rectification=one), moment("2018-04-13"), office.code) for one in mine],
        [marks_overdue("2018-05-14")],
    ]


async def test_crashes_between_any_two_steps_open_nothing_twice_and_lose_nothing(empty_county: County) -> None:
    expected = await calm(empty_county, phases())
    assert (expected.differences, expected.dead) == ([], [])
    kept = await empty_county.db("inspection")["rectifications"].find().sort("_id", 1).to_list(None)
    assert [one["stage"] for one in kept] == ["closed", "closed", "withdrawn", "withdrawn"]
    document = await empty_county.db("feedback")["deliveries"].find_one({"_id": report(office.code)})
    assert document is not None
    assert document["filed"] == "2018-05-14"
    met = 0
    for seed in range(RUNS):
        crashes = Crashes(empty_county, seed)
        outcome = await stormy(crashes, phases())
        assert outcome.unlike(expected) == [], f"seed {seed}, crashes {crashes.at}"
        met += crashes.at.total()
    assert met > RUNS


async def test_control_a_follower_that_tells_only_what_is_new_loses_facts(empty_county: County) -> None:
    expected = await calm(empty_county, phases())
    lost = 0
    for seed in range(RUNS):
        outcome = await stormy(Crashes(empty_county, seed, {FOLLOWS: PublishesOnlyWhatIsNew}), phases())
        lost += len(expected.facts.keys() - outcome.facts.keys())
    assert lost > 0
