"""Which rule decides what is said of learning and activities, and what it needs to look at."""

from __future__ import annotations

from collections.abc import Iterator

from services.roster.learning import cancelling, undoing
from services.roster.learning import rules as learning
from services.roster.learning.model import Attendance, Certificate, Lesson
from shared.events import Event
from shared.events.roster import FileSubplan, HoldActivity, IssueCertificate, RecordAttendance, ScheduleLesson
from shared.pipeline.decisions import Handler, Handlers, Key
from shared.roster.organisations import of_county


def _attendance(event: Event[RecordAttendance]) -> Iterator[Key]:
    yield Key(Lesson, of_county(event.organisation, event.data.lesson))
    yield Key(Attendance, learning.attendance_id(event))


def _certificate(event: Event[IssueCertificate]) -> Iterator[Key]:
    yield Key(Certificate, learning.certificate_id(event))
    yield Key(Certificate, learning.once_numbered(event.organisation, event.data))


LEARNING: Handlers = {
    FileSubplan: Handler(learning.file_subplan, undo=undoing.SUBPLAN.undo, undo_needs=undoing.SUBPLAN.needs),
    IssueCertificate: Handler(
        learning.issue_certificate,
        _certificate,
        undoing.undo_certificate,
        undoing.certificates,
    ),
    ScheduleLesson: Handler(
        learning.schedule_lesson,
        lambda event: [Key(Lesson, of_county(event.organisation, event.data.lesson))],
        cancelling.LESSON.undo,
        cancelling.LESSON.needs,
        cancelling.before_its_day,
        "lesson-begun",
    ),
    RecordAttendance: Handler(
        learning.record_attendance, _attendance, undoing.ATTENDANCE.undo, undoing.ATTENDANCE.needs
    ),
    HoldActivity: Handler(learning.hold_activity, undo=undoing.ACTIVITY.undo, undo_needs=undoing.ACTIVITY.needs),
}
