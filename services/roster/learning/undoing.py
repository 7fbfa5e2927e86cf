"""How sub-plans, certificates, attendances and activities are taken back: what was told of them counts no longer."""

from __future__ import annotations

from services.roster.learning.model import Attendance, Certificate, Subplan
from shared.events.roster import (
    ActivityWithdrawn,
    AttendanceRecorded,
    AttendanceWithdrawn,
    CertificateIssued,
    CertificateWithdrawn,
    SubplanWithdrawn,
)
from shared.pipeline.decisions import Accepted, Original, State, Verdict, fact_of
from shared.pipeline.withdrawing import Withdrawing
from shared.roster.organisations import of_county


def _number(original: Original) -> str:
    issued = fact_of(original, CertificateIssued)
    return of_county(original.organisation, f"{issued.certificate}/{issued.number}")


def _attendance(original: Original) -> str:
    return f"{fact_of(original, AttendanceRecorded).lesson}/{original.organisation}"


SUBPLAN = Withdrawing(Subplan, lambda original: original.key, SubplanWithdrawn)
"""Nobody leads it."""
CERTIFICATE = Withdrawing(Certificate, _number, CertificateWithdrawn)
"""Its number is free again."""
ATTENDANCE = Withdrawing(Attendance, _attendance, AttendanceWithdrawn)
"""The organisation may record it anew."""


def undo_activity(state: State, original: Original) -> Verdict:
    """It was not held, or otherwise."""
    return Accepted((), original.taken_back(ActivityWithdrawn))
