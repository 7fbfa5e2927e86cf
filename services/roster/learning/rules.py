"""Rules of learning and reform work: sub-plans, certificates, lessons and who attended, activities."""

from __future__ import annotations

from datetime import date

from services.roster.learning.model import Activity, Attendance, Certificate, Lesson, Subplan
from shared.events import Event
from shared.events.reasonable import ATTENDED, MOST_PEOPLE, TOOK_PART
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
    issuing,
)
from shared.pipeline.decisions import Accepted, Refused, State, Verdict
from shared.roster.organisations import Roster, Standing, of_county


def file_subplan(state: State, event: Event[FileSubplan]) -> Verdict:
    """A member of the committee leads the sub-plan."""
    asked = event.data
    if not may_lead(state.standing(event)):
        return Refused("not-a-member", organisation=event.organisation)
    subplan = Subplan(id=event.key, organisation=event.organisation, title=asked.title, day=event.day)
    return Accepted((subplan,), (SubplanFiled(title=asked.title),))


def may_lead(standing: Standing | None) -> bool:
    """Whether it may file a sub-plan."""
    return standing is not None and standing.committee_member


def issue_certificate(state: State, event: Event[IssueCertificate]) -> Verdict:
    """By its issuer alone, for people of its scope; each issuer gives a number once for each kind."""
    asked, at = event.data, certificate_id(event)
    if not state.roster.path(asked.home, event.time):
        return Refused("unknown-organisation", organisation=asked.home)
    if not may_issue(state.roster, event.organisation, asked.certificate, asked.home, event.day):
        return Refused("not-its-issuer", organisation=event.organisation)
    given = [state.get(Certificate, id) for id in (at, once_numbered(event.organisation, asked))]
    if any(one is not None and not one.withdrawn for one in given):
        return Refused("certificate-already-issued", number=asked.number)
    certificate = Certificate(
        id=at,
        version=given[0].version if given[0] else 0,
        certificate=asked.certificate,
        number=asked.number,
        person=asked.person,
        home=asked.home,
        issuer=event.organisation,
        day=event.day,
        record=event.key,
    )
    fact = CertificateIssued(certificate=asked.certificate, number=asked.number, home=asked.home)
    return Accepted((certificate,), (fact,))


def may_issue(roster: Roster, issuer: str, certificate: str, home: str, day: date) -> bool:
    """Whether it holds the office of that kind for whoever the person belongs to."""
    path, stands = roster.path(home, day), roster.standing(issuer, day)
    return bool(path) and stands is not None and stands.holds(issuing(certificate), path.split("/"))


def certificate_id(event: Event[IssueCertificate]) -> str:
    """Certificates are numbered by kind and by who issues them: nobody takes a number from another."""
    return numbered(event.organisation, event.data)


def numbered(issuer: str, issued: IssueCertificate | CertificateIssued) -> str:
    """The id of a certificate."""
    return f"{issuer}/{issued.certificate}/{issued.number}"


def once_numbered(issuer: str, issued: IssueCertificate | CertificateIssued) -> str:
    """The id of one that was issued when numbers were a county's."""
    return of_county(issuer, f"{issued.certificate}/{issued.number}")


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
    """Each organisation's attendance at a lesson is recorded once, on its day or later, of as many as can be."""
    asked = event.data
    if asked.attended > MOST_PEOPLE:
        return Refused("beyond-reason", what=ATTENDED, most=MOST_PEOPLE)
    lesson, at = state.get(Lesson, of_county(event.organisation, asked.lesson)), attendance_id(event)
    before = state.get(Attendance, at)
    if no := not_attended(lesson, asked.lesson, before, event.day):
        return no
    begun = before or Attendance(id=at, lesson=asked.lesson, organisation=event.organisation, attended=0)
    attendance = begun.having(attended=asked.attended, withdrawn=False, record=event.key)
    return Accepted((attendance,), (AttendanceRecorded(**asked.model_dump()),))


def not_attended(lesson: Lesson | None, name: str, before: Attendance | None, day: date) -> Refused | None:
    """Why an organisation's attendance cannot be recorded on a day."""
    if lesson is None:
        return Refused("unknown-lesson", lesson=name)
    if lesson.cancelled:
        return Refused("lesson-cancelled", lesson=name, title=lesson.title)
    if day < lesson.day:
        return Refused("lesson-not-held-yet", lesson=name, title=lesson.title, day=lesson.day)
    if before is not None and not before.withdrawn:
        return Refused("attendance-already-recorded", lesson=name, title=lesson.title)
    return None


def attendance_id(event: Event[RecordAttendance]) -> str:
    """One attendance for a lesson and an organisation."""
    return attended_by(event.data.lesson, event.organisation)


def attended_by(lesson: str, organisation: str) -> str:
    """The id of an attendance."""
    return f"{lesson}/{organisation}"


def hold_activity(state: State, event: Event[HoldActivity]) -> Verdict:
    """Prescribed or optional, it is told as it was held, with as many as can be."""
    if event.data.participants > MOST_PEOPLE:
        return Refused("beyond-reason", what=TOOK_PART, most=MOST_PEOPLE)
    held = Activity(id=event.key, organisation=event.organisation, day=event.day, **event.data.model_dump())
    return Accepted((held,), (ActivityHeld(**event.data.model_dump()),))
