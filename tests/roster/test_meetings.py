"""The three stages of a joint meeting, the service guide whose limits it changes, and what was learnt."""

from __future__ import annotations

from datetime import date

from services.roster.handlers import HANDLERS
from services.roster.learning.model import Attendance, Certificate, Lesson, Subplan
from services.roster.meetings.model import GuideList, Issue, Process, Stage
from shared.events import roster as events
from shared.events.roster import (
    CompileGuideList,
    FileSubplan,
    HoldActivity,
    HoldJointMeeting,
    IssueCertificate,
    LimitChange,
    PublishGuideItem,
    RaiseIssue,
    RecordAttendance,
    ScheduleLesson,
    StudyIssue,
)
from tests.asking import COUNTY, HALL, OFFICE, OUTSIDER, STATION, Desk, roster

START, JUNE = date(2018, 1, 1), date(2018, 6, 1)
ITEM = PublishGuideItem(process="property", name="不动产登记", limit_days=10, effective_from=START)


def studied() -> Desk:
    desk = Desk(HANDLERS, roster())
    desk.agrees(ITEM, OFFICE)
    desk.agrees(RaiseIssue(issue="faster", title="提速", consulted=[HALL, OFFICE]), HALL)
    desk.agrees(StudyIssue(issue="faster", plan="并联办理"))
    return desk


def test_an_issue_goes_through_its_three_stages_and_sets_a_limit_from_a_day_on() -> None:
    desk = studied()
    held = HoldJointMeeting(
        issue="faster",
        resolution="通过",
        limits=[LimitChange(process="property", limit_days=3)],
        effective_from=JUNE,
    )
    assert desk.agrees(held) == (
        (COUNTY, events.JointMeetingHeld(issue="faster", effective_from=JUNE)),
        (
            OFFICE,
            events.ProcessLimitChanged(
                process="property", before_days=10, limit_days=3, effective_from=JUNE, issue="faster"
            ),
        ),
    )
    assert (desk.only(Issue).stage, desk.only(Issue).resolution) == (Stage.RESOLVED, "通过")
    days = [desk.only(Process).limit_on(day) for day in (date(2017, 12, 31), date(2018, 5, 31), JUNE)]
    assert [limit and limit.days for limit in days] == [None, 10, 3]


def test_a_resolution_without_limits_leaves_the_guide_alone() -> None:
    desk = studied()
    facts = desk.agrees(HoldJointMeeting(issue="faster", resolution="通过", effective_from=JUNE))
    assert [fact.type for _, fact in facts] == ["joint-meeting-held"]
    assert len(desk.only(Process).limits) == 1


def test_a_meeting_that_names_one_unknown_process_changes_none() -> None:
    desk = studied()
    limits = [LimitChange(process="property", limit_days=3), LimitChange(process="other", limit_days=3)]
    held = HoldJointMeeting(issue="faster", resolution="通过", limits=limits, effective_from=JUNE)
    assert desk.refuses(held) == "unknown-process"


def test_a_limit_cannot_be_set_for_a_day_on_which_one_is_set_already() -> None:
    desk = studied()
    limits = [LimitChange(process="property", limit_days=3)]
    held = HoldJointMeeting(issue="faster", resolution="通过", limits=limits, effective_from=START)
    assert desk.refuses(held) == "unknown-process"


def test_an_item_published_anew_keeps_its_earlier_limits() -> None:
    desk = Desk(HANDLERS, roster())
    desk.agrees(ITEM, OFFICE)
    desk.agrees(ITEM.model_copy(update={"limit_days": 5, "effective_from": JUNE}), OFFICE)
    assert [(limit.since, limit.days) for limit in desk.only(Process).limits] == [(START, 10), (JUNE, 5)]


def test_lists_lessons_and_what_was_attended_are_kept_once() -> None:
    desk = Desk(HANDLERS, roster())
    desk.agrees(CompileGuideList(list="powers", name="权责清单", items=3216))
    desk.agrees(ScheduleLesson(lesson="first", title="党课", day=JUNE))
    ((about, fact),) = desk.agrees(RecordAttendance(lesson="first", attended=30), STATION, "2018-06-01")
    assert (about, fact) == (STATION, events.AttendanceRecorded(lesson="first", attended=30))
    assert (desk.only(GuideList).items, desk.only(Lesson).day, desk.only(Attendance).attended) == (3216, JUNE, 30)


def test_a_certificate_number_counts_by_its_kind() -> None:
    desk = Desk(HANDLERS, roster())
    for kind in ("first-aid", "fire-safety"):
        asked = IssueCertificate(certificate=kind, number="lx-1", person="P1", home=STATION)
        ((about, fact),) = desk.agrees(asked, HALL)
        assert (about, fact) == (HALL, events.CertificateIssued(certificate=kind, number="lx-1", home=STATION))
    assert len(desk.kept(Certificate)) == 2


def test_members_lead_sub_plans_and_anybody_holds_activities() -> None:
    desk = Desk(HANDLERS, roster())
    desk.agrees(FileSubplan(title="子方案"), OFFICE)
    held = HoldActivity(title="走访", prescribed=False, participants=12)
    ((about, fact),) = desk.agrees(held, OUTSIDER)
    assert (about, fact) == (OUTSIDER, events.ActivityHeld(**held.model_dump()))
    assert desk.only(Subplan).organisation == OFFICE
