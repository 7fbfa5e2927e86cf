"""Rules of learning and reform work: sub-plans, certificates, lessons and who attended, activities."""

from __future__ import annotations

from services.roster.learning.model import Attendance, Certificate, Lesson, Subplan
from shared.events import Event
from shared.events.roster import (
    ActivityHeld,
    AttendanceRecorded,
    CertificateIssued,
    FileSubplan,
    HoldActivity,
    IssueCertificate,
    LessonScheduled,
    RecordAttendance,
    ScheduleLesson,
    SubplanFiled,
)
from shared.pipeline.decisions import Accepted, Refused, State, Verdict
from shared.roster.organisations import of_county


def file_subplan(state: State, event: Event[FileSubplan]) -> Verdict:
    """A member of the committee leads the sub-plan."""
    asked = event.data
    if not state.standing(event).committee_member:
        return Refused("not-a-member", organisation=event.organisation)
    subplan = Subplan(id=event.key, organisation=event.organisation, title=asked.title)
    return Accepted((subplan,), (SubplanFiled(title=asked.title),))


def issue_certificate(state: State, event: Event[IssueCertificate]) -> Verdict:
    """A number is given once for each kind of certificate; the holder's home organisation exists."""
    asked = event.data
    at = certificate_id(event)
    before = state.get(Certificate, at)
    if before and not before.withdrawn:
        return Refused("certificate-already-issued", number=asked.number)
    if not state.roster.path(asked.home, event.time):
        return Refused("unknown-organisation", organisation=asked.home)
    certificate = Certificate(
        id=at,
        version=before.version if before else 0,
        certificate=asked.certificate,
        number=asked.number,
        person=asked.person,
        home=asked.home,
    )
    fact = CertificateIssued(certificate=asked.certificate, number=asked.number, home=asked.home)
    return Accepted((certificate,), (fact,))


def certificate_id(event: Event[IssueCertificate]) -> str:
    """Certificates are numbered by kind within a county."""
    return of_county(event.organisation, f"{event.data.certificate}/{event.data.number}")


def schedule_lesson(state: State, event: Event[ScheduleLesson]) -> Verdict:
    """A lesson is scheduled once."""
    asked = event.data
    at = of_county(event.organisation, asked.lesson)
    before = state.get(Lesson, at) or Lesson(id=at, title=asked.title, day=asked.day, cancelled=True)
    if not before.cancelled:
        return Refused("lesson-already-scheduled", lesson=asked.lesson, title=before.title)
    lesson = before.having(title=asked.title, day=asked.day, cancelled=False)
    return Accepted((lesson,), (LessonScheduled(**asked.model_dump()),))


def record_attendance(state: State, event: Event[RecordAttendance]) -> Verdict:
    """Each organisation's attendance at a lesson is recorded once, on its day or later."""
    asked = event.data
    lesson = state.get(Lesson, of_county(event.organisation, asked.lesson))
    if lesson is None:
        return Refused("unknown-lesson", lesson=asked.lesson)
    if lesson.cancelled:
        return Refused("lesson-cancelled", lesson=asked.lesson, title=lesson.title)
    if event.day < lesson.day:
        return Refused("lesson-not-held-yet", lesson=asked.lesson, title=lesson.title, day=lesson.day)
    at = attendance_id(event)
    before = state.get(Attendance, at) or Attendance(
        id=at, lesson=asked.lesson, organisation=event.organisation, attended=0, withdrawn=True
    )
    if not before.withdrawn:
        return Refused("attendance-already-recorded", lesson=asked.lesson, title=lesson.title)
    attendance = before.having(attended=asked.attended, withdrawn=False)
    return Accepted((attendance,), (AttendanceRecorded(**asked.model_dump()),))


def attendance_id(event: Event[RecordAttendance]) -> str:
    """One attendance for a lesson and an organisation."""
    return f"{event.data.lesson}/{event.organisation}"


def hold_activity(state: State, event: Event[HoldActivity]) -> Verdict:
    """Prescribed or optional, it is told as it was held."""
    return Accepted((), (ActivityHeld(**event.data.model_dump()),))
