"""What is only planned is changed and cancelled from its own page, by whoever may, until it begins."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from services.roster.duty.model import Turn
from shared.database.kept import document
from shared.events.inspection import AdoptPatrolPlan, ChecklistItem, PublishChecklist
from shared.events.roster import HoldJointMeeting, LimitChange, PlanTurn, RaiseIssue, ScheduleLesson, StudyIssue
from shared.events.vocabulary import PatrolKind, Rhythm
from tests.browser_fields import fields_in
from tests.browsing import browsing, token
from tests.county import County
from tests.processes_here import Browser
from tests.submitters import COUNTY, Said, committee, hall, just_now, office

NOW = just_now()
TODAY = NOW.date()
SOON = TODAY + timedelta(days=40)
NEXT = (TODAY.replace(day=1) + timedelta(days=32)).replace(day=1)
TURN = committee.says(PlanTurn(turn="2099-1", holders=[hall.code], begins=NEXT, months=3, theme="主题"), NOW)
LESSON = committee.says(ScheduleLesson(lesson="first", title="初心党课", day=SOON), NOW)
LIMITS = [LimitChange(process="licence", limit_days=3)]
MEETING = (
    office.says(RaiseIssue(issue="faster", title="提速", consulted=[hall.code]), NOW),
    committee.says(StudyIssue(issue="faster", plan="方案"), NOW),
    committee.says(HoldJointMeeting(issue="faster", resolution="通过", limits=LIMITS, effective_from=SOON), NOW),
)
LIST = committee.says(
    PublishChecklist(
        checklist="new",
        version=1,
        name="新检查表",
        effective_from=SOON,
        items=[ChecklistItem(item="open", name="开门", weight=100)],
    ),
    NOW,
)
PLAN = committee.says(
    AdoptPatrolPlan(
        plan="yearend",
        name="年终周巡查",
        patrol=PatrolKind.STATION,
        rhythm=Rhythm.WEEKLY,
        weekday=3,
        until="16:00",
        silent_after_days=2,
        effective_from=SOON,
    ),
    NOW,
)


@pytest.fixture
async def roster(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "roster") as client, county.working():
        yield client


@pytest.fixture
async def inspection(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "inspection") as client, county.working():
        yield client


async def way(browser: Browser, page: str, label: str, who: str = COUNTY) -> str:
    """Where the link of that name leads; empty when nobody is offered it."""
    text = (await browser.get(page, auth=token(who))).text
    found = re.search(rf'<a href="([^"]+)" aria-label="{label}">', text)
    return found[1] if found else ""


async def sent(browser: Browser, at: str, **entered: str) -> str:
    """The page to which the form leads, filled in as it stands but for what is entered."""
    form = fields_in((await browser.get(at, auth=token(COUNTY))).text, at)
    answer = await browser.post(at, data={**form, **entered}, auth=token(COUNTY))
    assert answer.status_code == 303, answer.text
    return (await browser.get(answer.headers["location"], auth=token(COUNTY))).text


async def decided(county: County, *said: Said) -> None:
    await county.hears(*said)
    await county.settles()


async def test_a_turn_is_changed_from_the_page_of_turns_and_keeps_what_was_not_touched(
    county: County, roster: Browser
) -> None:
    await decided(county, TURN)
    before = await sent(roster, await way(roster, "/roster/", "更改：2099年第1期"), months="6")
    assert "主题" not in before.split("已更正", 1)[1]  # the first record does not show what its change says
    kept = await document(county.db("roster"), Turn, f"{COUNTY}/2099-1")
    assert kept is not None
    assert (kept.months, kept.holders, kept.theme, kept.begins) == (6, (hall.code,), "主题", NEXT)


async def test_a_lesson_is_cancelled_there(county: County, roster: Browser) -> None:
    await decided(county, LESSON)
    cancel = await way(roster, "/roster/", "取消：初心党课")
    assert "确认取消" in (await roster.get(cancel, auth=token(COUNTY))).text
    assert "已受理" in await sent(roster, cancel, reason="场地冲突")
    await county.settles()
    assert "没有待开的党课" in (await roster.get("/roster/", auth=token(COUNTY))).text


async def test_a_limit_to_come_is_not_the_one_in_force_and_leads_to_its_meeting(
    county: County, roster: Browser
) -> None:
    await decided(county, *MEETING)
    page = (await roster.get("/roster/", auth=token(COUNTY))).text
    row = next(one for one in page.split("<tr>") if "起3个工作日" in one)
    assert ">5个工作日</td>" in row
    at = next(one for one in re.findall(r'<a href="([^"]+)" aria-label="更改', page) if "change-meeting" in one)
    form = fields_in((await roster.get(at, auth=token(COUNTY))).text, at)
    assert (form["resolution"], form["limits-0-process"], form["limits-0-limit_days"]) == ("通过", "licence", "3")
    await sent(roster, at, **{"limits-0-limit_days": "4"})
    await county.settles()
    assert "起4个工作日" in (await roster.get("/roster/", auth=token(COUNTY))).text


async def test_a_plan_that_is_not_in_force_stands_on_the_page_of_plans(county: County, inspection: Browser) -> None:
    await decided(county, PLAN, LIST)
    assert "取消：新检查表（第1版）" in (await inspection.get("/inspection/patrols", auth=token(COUNTY))).text
    change = await way(inspection, "/inspection/patrols", "更改：年终周巡查")
    await sent(inspection, change, weekday="5", until="１５：００")
    await county.settles()
    page = (await inspection.get("/inspection/patrols", auth=token(COUNTY))).text
    coming = page.split("拟施行的计划", 1)[1]
    assert ("每周五" in coming, "15:00" in coming, "每周三" in coming) == (True, True, False)
    await sent(inspection, await way(inspection, "/inspection/patrols", "取消：年终周巡查"), reason="不再需要")
    await county.settles()
    assert "拟施行的计划" not in (await inspection.get("/inspection/patrols", auth=token(COUNTY))).text


async def test_nobody_else_is_led_there_nor_where_it_has_begun(county: County, roster: Browser) -> None:
    begun = committee.says(
        PlanTurn(turn="2098-1", holders=[hall.code], begins=TODAY.replace(day=1), months=1, theme="主题"), NOW
    )
    await decided(county, TURN, begun)
    assert await way(roster, "/roster/", "更改：2099年第1期")
    assert not await way(roster, "/roster/", "更改：2099年第1期", hall.code)
    assert "更改" not in (await roster.get("/roster/")).text
    assert not await way(roster, "/roster/", "取消：2098年第1期")
