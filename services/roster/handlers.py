"""Which rule decides which submission, and what it needs to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.roster.duty import rules as duty
from services.roster.duty.model import Duty, Turn
from services.roster.enrolment import model as enrolment_model
from services.roster.enrolment import rules as enrolment
from services.roster.learning import rules as learning
from services.roster.learning.model import Attendance, Certificate, Lesson
from services.roster.meetings import rules as meetings
from services.roster.meetings.model import GuideList, Issue, Process
from services.roster.organisations import rules as registration
from shared.events import Event
from shared.events.enrolment import EnrolStation, InviteStation, RevokeStation
from shared.events.roster import (
    CompileGuideList,
    FileSubplan,
    HoldActivity,
    HoldJointMeeting,
    IssueCertificate,
    PlanTurn,
    PublishGuideItem,
    RaiseIssue,
    RecordAttendance,
    RecordTurnWork,
    RegisterOrganisation,
    RotateDuty,
    ScheduleLesson,
    StationDepartment,
    StudyIssue,
    SubmitIdea,
)
from shared.pipeline.decisions import Handler, Handlers, Key
from shared.roster import organisations as roster_organisations
from shared.roster.organisations import Organisation, county_of


def _organisation(event: Event[Any]) -> Iterator[Key]:
    yield Key(Organisation, event.organisation)


def _turn(event: Event[Any]) -> Iterator[Key]:
    yield Key(Turn, roster_organisations.of_county(event.organisation, event.data.turn))


def _plan(event: Event[PlanTurn]) -> Iterator[Key]:
    yield from _turn(event)
    yield Key(Duty, county_of(event.organisation))


def _issue(event: Event[Any]) -> Iterator[Key]:
    yield Key(Issue, roster_organisations.of_county(event.organisation, event.data.issue))


def _meeting(event: Event[HoldJointMeeting]) -> Iterator[Key]:
    yield from _issue(event)
    for change in event.data.limits:
        yield Key(Process, roster_organisations.of_county(event.organisation, change.process))


def _attendance(event: Event[RecordAttendance]) -> Iterator[Key]:
    yield Key(Lesson, roster_organisations.of_county(event.organisation, event.data.lesson))
    yield Key(Attendance, learning.attendance_id(event))


def _enrolment(event: Event[Any]) -> Iterator[Key]:
    yield Key(enrolment_model.Enrolment, event.organisation)
    yield from _organisation(event)


def _key(event: Event[EnrolStation]) -> Iterator[Key]:
    yield from _enrolment(event)
    yield Key(enrolment_model.StationKey, event.data.public_key)


HANDLERS: Handlers = {
    RegisterOrganisation: Handler(registration.register, _organisation),
    StationDepartment: Handler(registration.station, _organisation),
    PlanTurn: Handler(duty.plan, _plan),
    RotateDuty: Handler(duty.rotate, lambda event: [Key(Duty, county_of(event.organisation))]),
    RecordTurnWork: Handler(duty.record_work, _turn),
    SubmitIdea: Handler(duty.submit_idea, _turn),
    PublishGuideItem: Handler(
        meetings.publish_item,
        lambda event: [Key(Process, roster_organisations.of_county(event.organisation, event.data.process))],
    ),
    CompileGuideList: Handler(
        meetings.compile_list,
        lambda event: [Key(GuideList, roster_organisations.of_county(event.organisation, event.data.list))],
    ),
    RaiseIssue: Handler(meetings.raise_issue, _issue),
    StudyIssue: Handler(meetings.study_issue, _issue),
    HoldJointMeeting: Handler(meetings.hold_meeting, _meeting),
    FileSubplan: Handler(learning.file_subplan),
    IssueCertificate: Handler(
        learning.issue_certificate, lambda event: [Key(Certificate, learning.certificate_id(event))]
    ),
    ScheduleLesson: Handler(
        learning.schedule_lesson,
        lambda event: [Key(Lesson, roster_organisations.of_county(event.organisation, event.data.lesson))],
    ),
    RecordAttendance: Handler(learning.record_attendance, _attendance),
    HoldActivity: Handler(learning.hold_activity),
    InviteStation: Handler(enrolment.invite, _enrolment),
    EnrolStation: Handler(enrolment.enrol, _key),
    RevokeStation: Handler(enrolment.revoke, _enrolment),
}
