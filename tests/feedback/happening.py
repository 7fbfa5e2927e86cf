"""Any facts that may happen in a year, and the documents that they add up to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from services.feedback.measures.balances import held_on
from services.feedback.measures.model import Balance, MonthlyDocument
from services.feedback.measures.rules import add_up
from services.feedback.measures.totals import total
from services.feedback.reports import periods
from shared.database.documents import Increment, WorkingCopy
from shared.events import Event, Fact, documents, feedback, greenchannel, inspection, roster
from shared.events.vocabulary import ClientGroup, Hall, PatrolKind, ServiceMode, Severity
from shared.pipeline.decisions import Accepted, State
from shared.roster.organisations import Roster
from tests.asking import OFFICE, OTHER_TOWNSHIP, STATION, TOWNSHIP, asked, moments
from tests.asking import roster as known
from tests.listed import AWARDS

DOCUMENT = f"2018-03_{OFFICE}"
CASE = f"{'0' * 8}-0000-5000-8000-{'0' * 12}"
DAY = date(2018, 3, 5)
PATHS = [f"150424/{TOWNSHIP}/{STATION}", f"150424/{OTHER_TOWNSHIP}/{STATION}", f"150424/{OFFICE}"]


def patrolled(
    score: int, first: bool, on_time: bool, day: int, patrol: PatrolKind = PatrolKind.STATION, made_up: bool = False
) -> Fact:
    return inspection.InspectionLogged(
        inspection=CASE,
        patrol=patrol,
        plan=f"{patrol}s",
        day=DAY + timedelta(days=day),
        due=DAY + timedelta(days=day),
        score=score,
        findings=1,
        first_of_day=first or made_up,
        on_time=on_time,
        made_up=made_up,
    )


def case_done(days: int, on_time: bool, visits: int, fee: int) -> Fact:
    return greenchannel.CaseCompleted(
        case=CASE,
        process="property",
        limit_days=10,
        working_days=days,
        on_time=on_time,
        visits=visits,
        fee=fee,
        posted=on_time,
    )


ANY = st.booleans()
MANY = st.integers(0, 10_000)
FACTS: SearchStrategy[Fact] = st.one_of(
    st.builds(patrolled, st.integers(0, 10_000), ANY, ANY, st.integers(0, 3), st.sampled_from(PatrolKind), ANY),
    st.builds(lambda kind: inspection.PatrolMissed(patrol=kind, plan="p", day=DAY), st.sampled_from(PatrolKind)),
    st.builds(
        lambda kind: inspection.MissedPatrolWithdrawn(patrol=kind, plan="p", day=DAY), st.sampled_from(PatrolKind)
    ),
    st.builds(
        lambda severity, repeats: inspection.RectificationOpened(
            rectification=f"{CASE}/0",
            item="项",
            severity=severity,
            deadline=DAY,
            provisional=False,
            repeats=f"{CASE}/1" if repeats else None,
        ),
        st.sampled_from(Severity),
        ANY,
    ),
    st.builds(
        lambda on_time, overdue: inspection.RectificationVerified(
            rectification=f"{CASE}/0", on_time=on_time, was_overdue=overdue
        ),
        ANY,
        ANY,
    ),
    st.builds(lambda: inspection.RectificationOverdue(rectification=f"{CASE}/0", deadline=DAY)),
    st.builds(
        lambda on_time: inspection.RectificationSubmitted(rectification=f"{CASE}/0", on_time=on_time),
        ANY,
    ),
    st.builds(
        lambda kind, in_time: kind(rectification=f"{CASE}/0", due=DAY, in_time=in_time),
        st.sampled_from([inspection.RectificationFellDue, inspection.FellDueWithdrawn]),
        ANY,
    ),
    st.builds(case_done, st.integers(0, 20), ANY, st.integers(0, 4), MANY),
    st.builds(
        lambda client, mode: greenchannel.GreenServiceRecorded(client=client, mode=mode, persons=2),
        st.sampled_from(ClientGroup),
        st.sampled_from(ServiceMode),
    ),
    st.builds(
        lambda work, quantity: roster.TurnWorkRecorded(turn="2018-1", work=work, quantity=quantity),
        st.sampled_from(["banner", "visit"]),
        st.integers(1, 100),
    ),
    st.builds(
        lambda kind, on_time: kind(report=DOCUMENT, period="2018-03", on_time=on_time, was_overdue=not on_time),
        st.sampled_from([documents.ReportReceived, documents.ReceiptWithdrawn, documents.ReportReplied]),
        ANY,
    ),
    st.builds(
        lambda kind, step, again: kind(report=DOCUMENT, period="2018-03", step=step, due=DAY, again=again),
        st.sampled_from([documents.DocumentOverdue, documents.DocumentOverdueWithdrawn]),
        st.sampled_from(documents.DocumentStep),
        ANY,
    ),
    st.builds(lambda: roster.DepartmentStationed(hall=Hall.HALL, valid_from=DAY)),
    st.builds(lambda award: feedback.AwardGranted(award=award, holder=OFFICE), st.sampled_from(list(AWARDS))),
)
TIMES = moments(2018, 2018)


def _happened(fact: Fact, at: datetime, path: str) -> tuple[Fact, datetime, str]:
    """A patrol counts for the day on which it happened."""
    return (fact.model_copy(update={"day": at.date()}) if "made_up" in fact.model_fields_set else fact), at, path


HAPPENED = st.lists(st.builds(_happened, FACTS, TIMES, st.sampled_from(PATHS)), max_size=25)
Happened = Sequence[tuple[Fact, datetime, str]]


def event_of(fact: Fact, at: datetime, path: str) -> Event[Any]:
    event = asked(fact, path.rsplit("/", 1)[-1], at)
    return replace(event, path=path)


def increments(facts: Happened) -> dict[Any, Increment]:
    """What a batch of these facts writes."""
    copy = WorkingCopy()
    for fact in facts:
        verdict = add_up(State(Roster()), event_of(*fact))
        assert isinstance(verdict, Accepted)
        copy.apply(verdict.changes)
    return copy.increments


def monthly_documents(facts: Happened) -> list[MonthlyDocument]:
    """The monthly documents that these facts add up to."""
    found = (one for one in increments(facts).values() if one.collection == MonthlyDocument.collection)
    return [_document(increment) for increment in found]


def balances(facts: Happened) -> list[Balance]:
    """The stocks that these facts change."""
    found = (one for one in increments(facts).values() if one.collection == Balance.collection)
    return [Balance(id=one.id, add=_nested(one.add), **one.once) for one in found]


def totalled(facts: Happened, who: str, months: Sequence[str]) -> dict[str, Any]:
    """The finished measures, as the roster stands."""
    held = held_on(balances(facts), known(), periods.last_day(max(months)))
    return total(monthly_documents(facts), who, months, held)


def _document(increment: Increment) -> MonthlyDocument:
    return MonthlyDocument(id=increment.id, add=_nested(increment.add), **increment.once)


def _nested(counts: Mapping[str, int]) -> dict[str, Any]:
    add: dict[str, Any] = {}
    for name, amount in counts.items():
        _, measure, *part = name.split(".", 2)
        if part:
            add.setdefault(measure, {})[part[0]] = amount
        else:
            add[measure] = amount
    return add
