"""What is only planned and may still be changed or cancelled: by which forms, and how the page knows each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from services.roster.appraisals.scheme_pages import CHANGING as CHANGING_SCHEME
from services.roster.duty import form as duty
from services.roster.duty.model import Turn
from services.roster.learning import form as learning
from services.roster.learning.model import Lesson
from services.roster.meetings import form as meetings
from services.roster.meetings import guide_form as guide
from services.roster.meetings.model import Process
from services.roster.party import changing as party
from services.roster.people import changing as people
from shared.events import Submission
from shared.events.roster import (
    AdoptAppraisalScheme,
    Appoint,
    CompileGuideList,
    EndPost,
    FileSubplan,
    GuideItemPublished,
    HoldActivity,
    HoldJointMeeting,
    IssueCertificate,
    JoinBranch,
    LeaveBranch,
    LessonScheduled,
    PlanTurn,
    PublishGuideItem,
    RaiseIssue,
    RecordAttendance,
    RecordTurnWork,
    RegisterJointBranch,
    RegisterPartyOrganisation,
    ScheduleLesson,
    StudyIssue,
    SubmitIdea,
    TurnPlanned,
)
from shared.pipeline.decisions import Original, fact_of
from shared.web.records.correctable import Rewriting
from shared.web.records.planned import Keys

REWRITINGS: Mapping[type[Submission], Rewriting] = {
    AdoptAppraisalScheme: CHANGING_SCHEME,
    PlanTurn: duty.CHANGING,
    RecordTurnWork: duty.CHANGING_WORK,
    SubmitIdea: duty.CHANGING_IDEA,
    ScheduleLesson: learning.CHANGING,
    RecordAttendance: learning.CHANGING_ATTENDANCE,
    HoldActivity: learning.CHANGING_ACTIVITY,
    FileSubplan: learning.CHANGING_SUBPLAN,
    IssueCertificate: learning.CHANGING_CERTIFICATE,
    PublishGuideItem: guide.CHANGING_ITEM,
    CompileGuideList: guide.CHANGING_LIST,
    RaiseIssue: meetings.CHANGING_RAISING,
    StudyIssue: meetings.CHANGING_STUDY,
    HoldJointMeeting: meetings.CHANGING_MEETING,
    Appoint: people.CHANGING,
    EndPost: people.CHANGING_END,
    RegisterPartyOrganisation: party.CHANGING_NAME,
    RegisterJointBranch: party.CHANGING_BRANCH,
    JoinBranch: party.CHANGING_JOINING,
    LeaveBranch: party.CHANGING_LEAVING,
}


def _turn(original: Original) -> Iterator[str]:
    yield turn_key(fact_of(original, TurnPlanned).turn)


def _lesson(original: Original) -> Iterator[str]:
    yield lesson_key(fact_of(original, LessonScheduled).lesson)


def _item(original: Original) -> Iterator[str]:
    yield limit_key(fact_of(original, GuideItemPublished).process, None)


def _limits(original: Original) -> Iterator[str]:
    return (limit_key(one.process, one.issue) for one in meetings.limits_of(original))


PLANNED: Mapping[type[Submission], Keys] = {
    PlanTurn: _turn,
    ScheduleLesson: _lesson,
    PublishGuideItem: _item,
    HoldJointMeeting: _limits,
}


def turn_key(turn: str) -> str:
    """A turn, among all that is planned."""
    return f"turn/{turn}"


def lesson_key(lesson: str) -> str:
    """A lesson."""
    return f"lesson/{lesson}"


def limit_key(process: str, issue: str | None) -> str:
    """A limit to come: by the joint meeting of an issue, or as the guide was published."""
    return f"limit/{process}/{issue or ''}"


def still_planned(
    county: str, turns: Iterable[Turn], lessons: Iterable[Lesson], processes: Iterable[Process], today: date
) -> Sequence[str]:
    """About whom something was planned that has not begun: the committee, and whoever answers for an item."""
    coming = [limit for one in processes for limit in one.limits if limit.since > today]
    days = [*(one.begins for one in turns), *(one.day for one in lessons), *(one.since for one in coming if one.issue)]
    of_the_county = [county] if any(day > today for day in days) else []
    return [*of_the_county, *sorted({limit.responsible for limit in coming if not limit.issue})]
