"""Learning: plans, certificates, lessons and activities."""

from __future__ import annotations

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Code, Count, Day, PersonId, Slug, Title


def issuing(certificate: str) -> str:
    """The office of issuing certificates of a kind: the county registers who holds it, and for whom."""
    return f"issue-{certificate}"


class FileSubplan(Submission, service="roster"):
    """A reform sub-plan that a member with approval powers leads."""

    title: Title


class IssueCertificate(Submission, service="roster"):
    """A certificate that a person gained in a training: first aid by the Red Cross, which holds `issue-first-aid`."""

    certificate: Slug
    number: Slug
    person: PersonId
    home: Code


class ScheduleLesson(Submission, service="roster", committee_only=True):
    """A lesson held in the county hall that stations attend over the intranet (线上+线下)."""

    lesson: Slug
    title: Title
    day: Day


class RecordAttendance(Submission, service="roster"):
    """How many people attended a lesson at a station or an office."""

    lesson: Slug
    attended: Count


class HoldActivity(Submission, service="roster"):
    """A prescribed or optional activity that an organisation held (规定+自选)."""

    title: Title
    prescribed: bool
    participants: Count


class SubplanFiled(Fact, service="roster"):
    """A member leads a reform sub-plan."""

    title: Title


class CertificateIssued(Fact, service="roster"):
    """A person gained a certificate."""

    certificate: Slug
    number: Slug
    home: Code


class LessonScheduled(Fact, service="roster"):
    """A lesson is to be held."""

    lesson: Slug
    title: Title
    day: Day


class LessonCancelled(LessonScheduled, service="roster"):
    """A lesson is not held, or otherwise, as was said before its day: what was told, as of then."""


class AttendanceRecorded(Fact, service="roster"):
    """A station or office attended a lesson."""

    lesson: Slug
    attended: Count


class ActivityHeld(Fact, service="roster"):
    """An organisation held an activity."""

    title: Title
    prescribed: bool
    participants: Count


class SubplanWithdrawn(SubplanFiled, service="roster"):
    """A sub-plan was corrected or withdrawn: what its filing told, as of then."""


class CertificateWithdrawn(CertificateIssued, service="roster"):
    """A certificate was corrected or withdrawn: what its issue told, as of then."""


class AttendanceWithdrawn(AttendanceRecorded, service="roster"):
    """An attendance was corrected or withdrawn: what its record told, as of then."""


class ActivityWithdrawn(ActivityHeld, service="roster"):
    """An activity was corrected or withdrawn: what was told of it, as of then."""
