"""What each type of fact adds to the monthly document of the organisation it concerns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from services.feedback.measures.amounts import Adds, taken_back
from services.feedback.measures.catalogue import GREEN, award_measure
from services.feedback.measures.patrolling import PATROLLING
from services.feedback.measures.rectifying import HELD, RECTIFYING
from shared.events import EventData, documents, feedback, greenchannel, inspection, roster
from shared.events.vocabulary import ReportKind


def case_done(fact: greenchannel.CaseCompleted) -> Adds:
    """A case done within so many working days."""
    return {
        "cases-completed": 1,
        "cases-on-time.n": int(fact.on_time),
        "cases-on-time.d": 1,
        f"case-days.{bucket(fact.working_days)}": 1,
        "visits.n": fact.visits,
        "visits.d": 1,
        "fees": fact.fee,
        "certificates-posted": int(fact.posted),
    }


def case_retimed(fact: greenchannel.CaseTimingRevised) -> Adds:
    """What changes when a completed case turns out to have been in time or late, or longer under way than was told."""
    days: Counter[str] = Counter()
    days[f"case-days.{bucket(fact.working_days)}"] += 1
    days[f"case-days.{bucket(fact.working_days_before)}"] -= 1
    return {"cases-on-time.n": int(fact.on_time) - int(fact.on_time_before), **days}


def bucket(working_days: int) -> str:
    """The bucket of a duration: the same day, up to 3, up to 10, more."""
    if working_days == 0:
        return "0"
    return "1-3" if working_days <= 3 else "4-10" if working_days <= 10 else "11+"


def green(fact: greenchannel.GreenServiceRecorded) -> Adds:
    """One case for an enterprise; so many person-times for vulnerable people."""
    return {GREEN[fact.client, fact.mode].name: fact.persons}


def incident_reported(fact: inspection.IncidentReported) -> Adds:
    """An incident by its kind."""
    return {f"incidents.{fact.kind}": 1}


def incident_closed(fact: inspection.IncidentClosed) -> Adds:
    """An incident that was founded."""
    return {"incidents-upheld": int(fact.upheld)}


def answered(fact: inspection.IncidentAnswered) -> Adds:
    """An answer; one that comes late after the incident was marked unanswered is counted as due already."""
    counted = fact.on_time or not fact.was_unanswered
    return {"incidents-answered.n": int(fact.on_time), "incidents-answered.d": int(counted)}


def case_opened(_: greenchannel.CaseOpened) -> Adds:
    """A case that was taken in."""
    return {"cases-opened": 1}


def award_granted(fact: feedback.AwardGranted) -> Adds:
    """An award of its kind."""
    return {award_measure(fact.award): 1}


def answer_revised(fact: inspection.IncidentAnswerRevised) -> Adds:
    """What changes when an answer turns out to have come in time or late."""
    changed = int(fact.on_time) - int(fact.on_time_before)
    return {"incidents-answered.n": changed, "incidents-answered.d": int(fact.was_unanswered)}


def one_more(measure: str) -> Callable[[Any], Adds]:
    """A fact that counts one, whatever it says."""
    return lambda _: {measure: 1}


REPORTS = {
    ReportKind.MONTHLY: "monthly-reports",
    ReportKind.QUARTERLY: "quarterly-reports",
    ReportKind.ANNUAL: "annual-reports",
}


def report_void(fact: documents.ReportWithdrawn) -> Adds:
    """A report that does not count, by its kind."""
    return {REPORTS[fact.kind]: -1}


def received(fact: documents.ReportReceived) -> Adds:
    """A receipt; one that comes late after it was told to be overdue is counted as due already."""
    return {"receipts-on-time.n": int(fact.on_time), "receipts-on-time.d": int(not fact.was_overdue)}


def replied(fact: documents.ReportReplied) -> Adds:
    """The first reply to a document, likewise."""
    if fact.again:
        return {}
    return {"replies-on-time.n": int(fact.on_time), "replies-on-time.d": int(not fact.was_overdue)}


DUE_OF_RECIPIENT = {
    documents.DocumentStep.RECEIPT: "receipts-on-time",
    documents.DocumentStep.REPLY: "replies-on-time",
}


def overdue(fact: documents.DocumentOverdue) -> Adds:
    """What a recipient was to do and did not is in the rate; what the office leaves is nobody's figure."""
    rate = DUE_OF_RECIPIENT.get(fact.step)
    return {f"{rate}.d": 1} if rate and not fact.again else {}


def attended(fact: roster.AttendanceRecorded) -> Adds:
    """The people who attended a lesson."""
    return {"lesson-attendance": fact.attended}


def worked(fact: roster.TurnWorkRecorded) -> Adds:
    """What was done in a turn, by its kind."""
    return {f"turn-work.{fact.work}": fact.quantity}


AddsByFact = Mapping[type[EventData], Callable[[Any], Adds]]
"""What each type of fact adds."""

ADDS: AddsByFact = {
    **PATROLLING,
    **RECTIFYING,
    inspection.IncidentReported: incident_reported,
    inspection.IncidentReportWithdrawn: taken_back(incident_reported),
    inspection.IncidentAnswered: answered,
    inspection.IncidentAnswerWithdrawn: taken_back(answered),
    inspection.IncidentAnswerRevised: answer_revised,
    inspection.IncidentUnanswered: lambda _: {"incidents-unanswered": 1, "incidents-answered.d": 1},
    inspection.UnansweredWithdrawn: lambda _: {"incidents-unanswered": -1, "incidents-answered.d": -1},
    inspection.IncidentClosed: incident_closed,
    inspection.IncidentClosingWithdrawn: taken_back(incident_closed),
    greenchannel.GreenServiceRecorded: green,
    greenchannel.GreenServiceWithdrawn: taken_back(green),
    greenchannel.CaseOpened: case_opened,
    greenchannel.CaseOpeningWithdrawn: taken_back(case_opened),
    greenchannel.CaseCompleted: case_done,
    greenchannel.CaseCompletionWithdrawn: taken_back(case_done),
    greenchannel.CaseTimingRevised: case_retimed,
    roster.SubplanFiled: one_more("subplans"),
    roster.SubplanWithdrawn: taken_back(one_more("subplans")),
    roster.IdeaSubmitted: one_more("ideas"),
    roster.IdeaWithdrawn: taken_back(one_more("ideas")),
    roster.CertificateIssued: one_more("certificates"),
    roster.CertificateWithdrawn: taken_back(one_more("certificates")),
    roster.ActivityHeld: one_more("activities"),
    roster.ActivityWithdrawn: taken_back(one_more("activities")),
    roster.AttendanceRecorded: attended,
    roster.AttendanceWithdrawn: taken_back(attended),
    roster.TurnBegun: lambda fact: {"joint-turns-held" if fact.others else "turns-held": 1},
    roster.TurnWorkRecorded: worked,
    roster.TurnWorkWithdrawn: taken_back(worked),
    feedback.AwardGranted: award_granted,
    feedback.AwardWithdrawn: taken_back(award_granted),
    feedback.MonthlyReportIssued: lambda _: {"monthly-reports": 1},
    feedback.QuarterlyReportIssued: lambda _: {"quarterly-reports": 1},
    feedback.AnnualReportIssued: lambda _: {"annual-reports": 1},
    documents.ReportWithdrawn: report_void,
    documents.ReportReceived: received,
    documents.ReceiptWithdrawn: taken_back(received),
    documents.ReportReplied: replied,
    documents.DocumentOverdue: overdue,
    documents.DocumentOverdueWithdrawn: taken_back(overdue),
}


def added(fact: EventData) -> dict[str, int]:
    """What a fact adds, by `measure` or `measure.part`; nothing for facts that no measure counts."""
    return _by(ADDS, fact)


def stationed(fact: roster.DepartmentStationed) -> Adds:
    """A department that had no window in a hall before."""
    return {"stationed": int(fact.before is None)}


STOCKS: AddsByFact = {
    **HELD,
    roster.DepartmentStationed: stationed,
    roster.StationingWithdrawn: taken_back(stationed),
    roster.OrganisationDissolved: lambda fact: {"stationed": -int(fact.stationed)},
    roster.DissolutionWithdrawn: lambda fact: {"stationed": int(fact.stationed)},
}


def held(fact: EventData) -> dict[str, int]:
    """What a fact adds to a stock that is a balance of all facts before it, or takes from it."""
    return _by(STOCKS, fact)


COUNTED: Sequence[str] = sorted({of.type for of in (*ADDS, *STOCKS)})
"""The types of facts that add to anything, by name."""


def _by(adds: AddsByFact, fact: EventData) -> dict[str, int]:
    found = adds.get(type(fact))
    return {name: amount for name, amount in found(fact).items() if amount} if found else {}
