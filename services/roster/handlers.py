"""Which rule decides which submission, and what it needs to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.roster import duty, enrolment, learning, meetings, registration
from services.roster.model import Attendance, Certificate, Duty, GuideList, Issue, Lesson, Process, Turn
from shared.decisions import Handler, Handlers, Key
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
from shared.roster import Organisation, county_of


def _organisation(event: Event[Any]) -> Iterator[Key]:
    yield Key(Organisation, event.organisation)


def _turn(event: Event[Any]) -> Iterator[Key]:
    yield Key(Turn, duty.turn_id(event.organisation, event.data.turn))


def _plan(event: Event[PlanTurn]) -> Iterator[Key]:
    yield from _turn(event)
    yield Key(Duty, county_of(event.organisation))


def _issue(event: Event[Any]) -> Iterator[Key]:
    yield Key(Issue, meetings.of_county(event.organisation, event.data.issue))


def _meeting(event: Event[HoldJointMeeting]) -> Iterator[Key]:
    yield from _issue(event)
    for change in event.data.limits:
        yield Key(Process, meetings.of_county(event.organisation, change.process))


def _attendance(event: Event[RecordAttendance]) -> Iterator[Key]:
    yield Key(Lesson, meetings.of_county(event.organisation, event.data.lesson))
    yield Key(Attendance, learning.attendance_id(event))


def _enrolment(event: Event[Any]) -> Iterator[Key]:
    yield Key(enrolment.Enrolment, event.organisation)
    yield from _organisation(event)


def _key(event: Event[EnrolStation]) -> Iterator[Key]:
    yield from _enrolment(event)
    yield Key(enrolment.StationKey, event.data.public_key)


HANDLERS: Handlers = {
    RegisterOrganisation: Handler(registration.register, _organisation),
    StationDepartment: Handler(registration.station, _organisation),
    PlanTurn: Handler(duty.plan, _plan),
    RotateDuty: Handler(duty.rotate, lambda event: [Key(Duty, county_of(event.organisation))]),
    RecordTurnWork: Handler(duty.record_work, _turn),
    SubmitIdea: Handler(duty.submit_idea, _turn),
    PublishGuideItem: Handler(
        meetings.publish_item,
        lambda event: [Key(Process, meetings.of_county(event.organisation, event.data.process))],
    ),
    CompileGuideList: Handler(
        meetings.compile_list,
        lambda event: [Key(GuideList, meetings.of_county(event.organisation, event.data.list))],
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
        lambda event: [Key(Lesson, meetings.of_county(event.organisation, event.data.lesson))],
    ),
    RecordAttendance: Handler(learning.record_attendance, _attendance),
    HoldActivity: Handler(learning.hold_activity),
    InviteStation: Handler(enrolment.invite, _enrolment),
    EnrolStation: Handler(enrolment.enrol, _key),
    RevokeStation: Handler(enrolment.revoke, _enrolment),
}
