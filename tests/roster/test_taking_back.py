"""What is planned is cancelled or planned otherwise until it begins; what has begun stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.greenchannel.model import ProcessLimits
from services.roster.duty.model import Duty, Turn
from services.roster.learning.model import Lesson
from services.roster.meetings.model import Issue, Process, Stage
from shared.database.kept import document
from shared.events import Submission
from shared.events.roster import (
    CompileGuideList,
    HoldJointMeeting,
    LimitChange,
    PlanTurn,
    PublishGuideItem,
    RaiseIssue,
    RecordAttendance,
    ScheduleLesson,
    StudyIssue,
)
from shared.pipeline.ledger import ledger
from tests.county import County
from tests.greenchannel.test_corrections import answers
from tests.submitters import COUNTY, Said, committee, hall, just_now, office, station

NOW = just_now()
TODAY = NOW.date()
SOON = TODAY + timedelta(days=40)
NEXT = (TODAY.replace(day=1) + timedelta(days=32)).replace(day=1)
"""The first of next month."""
TURN = PlanTurn(turn="2099-1", holders=[hall.code], begins=NEXT, months=3, theme="主题")
LESSON = ScheduleLesson(lesson="first", title="党课", day=SOON)
ITEM = PublishGuideItem(process="permit", name="许可", limit_days=9, effective_from=SOON)
MEETING = HoldJointMeeting(
    issue="faster", resolution="通过", limits=[LimitChange(process="licence", limit_days=3)], effective_from=SOON
)
LIST = CompileGuideList(list="powers", name="权责清单", items=3)


def says(data: Submission, n: int = 0) -> Said:
    return committee.says(data, NOW, n=n)


def changed(data: Submission, **changes: Any) -> Said:
    return says(data.model_copy(update=changes))


async def facts_of(county: County, service: str, said: Said) -> list[str]:
    """The types of the facts that followed from it."""
    entry = await ledger(county.db(service)).find_one({"_id": f"{COUNTY}/{said.id}"})
    assert entry is not None
    return [fact["type"] for fact in entry["facts"]]


async def resolved(county: County) -> None:
    raised = says(RaiseIssue(issue="faster", title="提速", consulted=[hall.code]))
    assert await answers(county, raised, says(StudyIssue(issue="faster", plan="方案"))) == ["accepted"] * 2


async def test_a_planned_turn_is_cancelled_and_its_number_and_term_are_free_again(county: County) -> None:
    planned = says(TURN)
    cancelled = committee.takes_back(planned)
    again = changed(TURN, holders=[office.code])
    assert await answers(county, planned, cancelled, again) == ["accepted"] * 3
    assert await facts_of(county, "roster", cancelled) == ["turn-cancelled"]
    turn, duty = (
        await document(county.db("roster"), Turn, f"{COUNTY}/2099-1"),
        await document(county.db("roster"), Duty, COUNTY),
    )
    assert turn is not None
    assert duty is not None
    assert (turn.holders, turn.cancelled) == ((office.code,), False)
    assert [one.holders for one in duty.planned] == [(office.code,)]


async def test_a_planned_turn_is_planned_otherwise_by_a_correction(county: County) -> None:
    planned = says(TURN)
    otherwise = committee.instead_of(planned, changed(TURN, theme="另一主题", holders=[office.code]))
    assert await answers(county, planned, otherwise) == ["accepted"] * 2
    assert await facts_of(county, "roster", otherwise) == ["turn-cancelled", "turn-planned"]
    turn = await document(county.db("roster"), Turn, f"{COUNTY}/2099-1")
    assert turn is not None
    assert (turn.theme, turn.holders) == ("另一主题", (office.code,))


async def test_a_cancelled_lesson_has_no_attendance_and_may_be_scheduled_again(county: County) -> None:
    lesson = says(LESSON)
    early, late = (station.says(RecordAttendance(lesson="first", attended=9), NOW, n=n) for n in (1, 2))
    verdicts = await answers(county, lesson, early, committee.takes_back(lesson), late)
    assert verdicts == ["accepted", "lesson-not-held-yet", "accepted", "lesson-cancelled"]
    kept = await document(county.db("roster"), Lesson, f"{COUNTY}/first")
    assert kept is not None
    assert kept.cancelled
    assert await answers(county, changed(LESSON, title="另一课")) == ["accepted"]


async def test_a_limit_that_is_not_in_force_is_taken_back_everywhere(county: County) -> None:
    await resolved(county)
    item, meeting = says(ITEM), says(MEETING)
    assert await answers(county, item, meeting) == ["accepted"] * 2
    back = [committee.takes_back(item), committee.takes_back(meeting)]
    assert await answers(county, *back) == ["accepted"] * 2
    assert await facts_of(county, "roster", back[1]) == ["joint-meeting-withdrawn", "process-limit-withdrawn"]
    for process, days in (("permit", []), ("licence", [5])):
        kept = await document(county.db("roster"), Process, f"{COUNTY}/{process}")
        followed = await document(county.db("greenchannel"), ProcessLimits, f"{COUNTY}/{process}")
        assert kept is not None
        assert followed is not None
        assert [one.days for one in kept.limits] == [one.days for one in followed.limits] == days
    issue = await document(county.db("roster"), Issue, f"{COUNTY}/faster")
    assert issue is not None
    assert (issue.stage, issue.resolution) == (Stage.STUDIED, "")
    assert await answers(county, changed(MEETING, resolution="再议通过"), says(ITEM, n=1)) == ["accepted"] * 2


async def test_the_item_before_goes_on_under_its_name_when_the_next_is_taken_back(county: County) -> None:
    first = changed(ITEM, effective_from=TODAY)
    second = office.says(ITEM.model_copy(update={"name": "新名称", "limit_days": 2}), NOW)
    second = committee.says_for(second)
    assert await answers(county, first, second, committee.takes_back(second)) == ["accepted"] * 3
    kept = await document(county.db("roster"), Process, f"{COUNTY}/permit")
    assert kept is not None
    assert (kept.name, kept.responsible, [one.days for one in kept.limits]) == ("许可", COUNTY, [9])


async def test_a_list_is_compiled_otherwise(county: County) -> None:
    wrong = says(LIST)
    right = committee.instead_of(wrong, changed(LIST, items=4))
    assert await answers(county, wrong, right) == ["accepted"] * 2
    assert await facts_of(county, "roster", right) == ["guide-list-withdrawn", "guide-list-compiled"]


@pytest.mark.parametrize(
    ("data", "slug"),
    [
        (TURN.model_copy(update={"begins": TODAY.replace(day=1)}), "turn-begun"),
        (LESSON.model_copy(update={"day": TODAY}), "lesson-begun"),
        (ITEM.model_copy(update={"effective_from": TODAY}), "limit-in-force"),
    ],
)
async def test_what_has_begun_stays_whoever_asks_and_says_why(county: County, data: Submission, slug: str) -> None:
    begun = says(data)
    assert await answers(county, begun, committee.takes_back(begun)) == ["accepted", slug]
    assert await answers(county, committee.instead_of(begun, begun, "有误")) == [slug]
