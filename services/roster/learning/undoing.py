"""How sub-plans, certificates, attendances and activities are taken back: what was told of them counts no longer."""

from __future__ import annotations

from collections.abc import Iterator

from services.roster.learning.model import Attendance, Certificate, Subplan
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
from shared.roster.organisations import of_county


def subplan(original: Original) -> Iterator[Key]:
    """The sub-plan."""
    yield Key(Subplan, original.key)


def undo_subplan(state: State, original: Original) -> Verdict:
    """Nobody leads it."""
    kept = state.get(Subplan, original.key)
    withdrawn = (kept.having(withdrawn=True),) if kept else ()
    return Accepted(withdrawn, tuple(one.taken_back(SubplanWithdrawn) for one in original.facts))


def certificate(original: Original) -> Iterator[Key]:
    """The certificate, by kind and number."""
    issued = fact_of(original, CertificateIssued)
    yield Key(Certificate, of_county(original.organisation, f"{issued.certificate}/{issued.number}"))


def undo_certificate(state: State, original: Original) -> Verdict:
    """Its number is free again."""
    (key,) = certificate(original)
    kept = state.get(Certificate, key.id)
    withdrawn = (kept.having(withdrawn=True),) if kept else ()
    return Accepted(withdrawn, tuple(one.taken_back(CertificateWithdrawn) for one in original.facts))


def attendance(original: Original) -> Iterator[Key]:
    """The organisation's attendance at the lesson."""
    yield Key(Attendance, f"{fact_of(original, AttendanceRecorded).lesson}/{original.organisation}")


def undo_attendance(state: State, original: Original) -> Verdict:
    """The organisation may record it anew."""
    (key,) = attendance(original)
    kept = state.get(Attendance, key.id)
    withdrawn = (kept.having(withdrawn=True),) if kept else ()
    return Accepted(withdrawn, tuple(one.taken_back(AttendanceWithdrawn) for one in original.facts))


def undo_activity(state: State, original: Original) -> Verdict:
    """It was not held, or otherwise."""
    return Accepted((), tuple(one.taken_back(ActivityWithdrawn) for one in original.facts))
