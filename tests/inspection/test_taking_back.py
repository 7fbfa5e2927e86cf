"""Patrol plans and checklists are taken back until the day before they are in force; what is in force stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.inspection.patrols.model.checklists import Checklist
from services.inspection.patrols.model.plans import PatrolPlans
from shared.database.kept import document
from shared.events import Submission
from shared.events.inspection import AdoptPatrolPlan, ChecklistItem, PublishChecklist
from shared.events.vocabulary import PatrolKind, Rhythm
from tests.county import County
from tests.greenchannel.test_corrections import answers
from tests.roster.test_taking_back import SOON, TODAY, changed, facts_of, says
from tests.submitters import COUNTY, committee

CAMPAIGN = AdoptPatrolPlan(
    plan="fire-safety",
    name="消防专项巡查",
    patrol=PatrolKind.CAMPAIGN,
    rhythm=Rhythm.CAMPAIGN,
    until="17:30",
    silent_after_days=1,
    effective_from=SOON,
    effective_to=SOON + timedelta(days=20),
)
CHECKLIST = PublishChecklist(
    checklist="fire",
    version=1,
    name="消防检查表",
    effective_from=SOON,
    items=[ChecklistItem(item="exits", name="通道", weight=100)],
)


async def test_a_campaign_and_a_checklist_are_taken_back_before_their_first_day(county: County) -> None:
    checklist, campaign = says(CHECKLIST), changed(CAMPAIGN, checklist="fire")
    again = says(CAMPAIGN)
    verdicts = await answers(
        county, checklist, campaign, committee.takes_back(campaign), committee.takes_back(checklist), again
    )
    assert verdicts == ["accepted"] * 5
    assert await answers(county, changed(CAMPAIGN, plan="other", checklist="fire")) == ["unknown-checklist"]
    plans = await document(county.db("inspection"), PatrolPlans, COUNTY)
    known = await document(county.db("inspection"), Checklist, f"{COUNTY}/fire")
    assert plans is not None
    assert known is not None
    assert [one.checklist for one in plans.history if one.plan == "fire-safety"] == [None]
    assert known.versions == ()


async def test_a_plan_is_adopted_otherwise_by_a_correction(county: County) -> None:
    wrong = says(CAMPAIGN)
    right = committee.instead_of(wrong, changed(CAMPAIGN, effective_to=SOON + timedelta(days=30)))
    assert await answers(county, wrong, right) == ["accepted"] * 2
    assert await facts_of(county, "inspection", right) == ["patrol-plan-withdrawn", "patrol-plan-adopted"]


async def test_an_older_version_of_a_checklist_waits_for_the_newer(county: County) -> None:
    first, second = says(CHECKLIST), changed(CHECKLIST, version=2)
    verdicts = await answers(county, first, second, committee.takes_back(first))
    assert verdicts == ["accepted", "accepted", "checklist-version-followed"]
    assert await answers(county, committee.takes_back(second), committee.takes_back(first, n=1)) == ["accepted"] * 2


@pytest.mark.parametrize(
    ("data", "slug"),
    [
        (CAMPAIGN.model_copy(update={"effective_from": TODAY}), "plan-begun"),
        (CHECKLIST.model_copy(update={"effective_from": date(2018, 1, 1)}), "checklist-in-force"),
    ],
)
async def test_what_is_in_force_stays_whoever_asks_and_says_why(county: County, data: Submission, slug: str) -> None:
    begun = says(data)
    assert await answers(county, begun, committee.takes_back(begun)) == ["accepted", slug]
    assert await answers(county, committee.instead_of(begun, begun, "有误")) == [slug]
