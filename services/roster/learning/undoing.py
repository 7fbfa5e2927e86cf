"""How sub-plans, certificates, attendances and activities are taken back: what was told of them counts no longer."""

from __future__ import annotations

from collections.abc import Iterator

from services.roster.learning.model import Activity, Attendance, Certificate, Subplan
from services.roster.learning.rules import numbered, once_numbered
from shared.database.documents import Key
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


def _attendance(original: Original) -> str:
    return f"{fact_of(original, AttendanceRecorded).lesson}/{original.organisation}"


SUBPLAN = Withdrawing(Subplan, lambda original: original.key, SubplanWithdrawn)
"""Nobody leads it."""
ATTENDANCE = Withdrawing(Attendance, _attendance, AttendanceWithdrawn)
"""The organisation may record it anew."""
ACTIVITY = Withdrawing(Activity, lambda original: original.key, ActivityWithdrawn)
"""It was not held, or otherwise."""


def certificates(original: Original) -> Iterator[Key]:
    """The certificate, as it is numbered now and as it once was."""
    issued = fact_of(original, CertificateIssued)
    for id in (numbered(original.organisation, issued), once_numbered(original.organisation, issued)):
        yield Key(Certificate, id)


def undo_certificate(state: State, original: Original) -> Verdict:
    """Its number is free again."""
    kept = (state.get(Certificate, key.id) for key in certificates(original))
    standing = next((one for one in kept if one is not None and not one.withdrawn), None)
    changed = (standing.having(withdrawn=True),) if standing else ()
    return Accepted(changed, original.taken_back(CertificateWithdrawn))
