"""However the clock, recipients and late facts come upon one another, documents come to the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.feedback.documents.model import Delivery, DeliveryState
from services.feedback.measures.adding import added
from services.feedback.reports.model import Report
from shared.calendar import CHINA
from shared.events import Fact, inspection
from shared.events.documents import (
    CancelRevision,
    OrderRevision,
    PassReports,
    ReceiveReport,
    RedeliverReport,
    RedraftReports,
    ReturnGround,
    ReturnReport,
    SignReports,
)
from shared.events.vocabulary import PatrolKind
from shared.pipeline.decisions import About, Accepted, Refused
from tests.asking import OFFICE
from tests.feedback.clocked import ONE, RECEIPT_DUE, Clocked
from tests.feedback.documenting import CLERK, MARCH, OTHER_CLERK, SECRETARY, DocumentDesk
from tests.feedback.happening import FACTS, Happened, monthly_documents

SIGNED = date(2018, 4, 3)
PATH = f"150424/{OFFICE}"
DAYS = st.integers(1, 25).map(lambda n: SIGNED + timedelta(days=n))
AT = datetime(2018, 3, 20, 10, tzinfo=CHINA)
MISSED: dict[str, Any] = {"patrol": PatrolKind.STATION, "plan": "p", "day": AT.date()}
TAKEN_BACK = [inspection.PatrolMissed(**MISSED), inspection.MissedPatrolWithdrawn(**MISSED)]
FACTS_OF_MARCH = st.tuples(st.lists(FACTS, max_size=5), st.integers(0, 2)).map(
    lambda drawn: [(one, AT, PATH) for one in (*drawn[0], *(TAKEN_BACK * drawn[1]))]
)
"""Some of them take others of them back."""


def rate(said: Sequence[Fact]) -> tuple[int, int]:
    """按时签收率 of all that was told, numerator and denominator."""
    counted: Counter[str] = Counter()
    for one in said:
        counted.update(added(one))
    return counted["receipts-on-time.n"], counted["receipts-on-time.d"]


def about_office(verdict: Accepted) -> list[Fact]:
    found = (one for one in verdict.facts if isinstance(one, About))
    return [one.fact for one in found if one.organisation == OFFICE]


@settings(max_examples=60, deadline=None)
@given(DAYS, st.sets(DAYS, max_size=6), st.sets(DAYS, max_size=6))
def test_a_receipt_counts_once_however_often_the_clock_looked_before_it_reached_us(
    received: date, before: set[date], after: set[date]
) -> None:
    """It may reach us long after it was signed for: the clock may have looked at any day by then."""
    desk = Clocked()
    desk.signs()
    said = [fact for day in sorted(before) for fact in about_office(desk.looks(day))]
    said += desk.receives(at=f"{received}T10:00")
    said += [fact for day in sorted(after) for fact in about_office(desk.looks(day))]
    assert rate(said) == (int(received <= RECEIPT_DUE), 1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(DAYS, st.sampled_from(["receive", "return", "redeliver", "look"])), max_size=12))
def test_the_rate_is_what_the_document_says_in_the_end(acts: list[tuple[date, str]]) -> None:
    """Signed for in time, late or marked: it counts for one; sent back, or not looked at since it was due: for none."""
    desk = Clocked()
    desk.signs()
    said, is_marked = list[Fact](), False
    for day, act in sorted(acts):
        found = about_office(desk.looks(day)) if act == "look" else _done(desk, act, day)
        said += found
        if act == "look":
            is_marked |= day > desk.kept().due
        elif act == "redeliver" and found:
            is_marked = False
    one = desk.kept()
    expected = {
        DeliveryState.RETURNED: (0, 0),
        DeliveryState.RECEIVED: (int(one.on_time is True), 1),
        DeliveryState.DELIVERED: (0, int(is_marked)),
    }
    assert rate(said) == expected[one.state]


def _done(desk: Clocked, act: str, day: date) -> list[Fact]:
    asked, by, of = {
        "receive": (ReceiveReport(report=ONE), "p-liaison", OFFICE),
        "return": (ReturnReport(report=ONE, ground=ReturnGround.UNREADABLE), "p-liaison", OFFICE),
        "redeliver": (RedeliverReport(report=ONE), CLERK, "150424"),
    }[act]
    verdict = desk.says(asked, by, f"{day}T10:00", of)
    return about_office(verdict) if isinstance(verdict, Accepted) else []


@settings(max_examples=40, deadline=None)
@given(st.data(), FACTS_OF_MARCH)
def test_any_order_of_late_facts_ends_in_the_same_versions_and_the_same_corrections(
    data: st.DataObject, late: Happened
) -> None:
    """Also where some come when the correction is under way, and others before."""
    other = data.draw(st.permutations(late))
    parts = [data.draw(st.integers(0, len(late))) for _ in range(2)]
    once, again = (corrected(facts, ordered_after) for facts, ordered_after in zip((late, other), parts, strict=True))
    assert once == again


def corrected(late: Happened, ordered_after: int) -> tuple[object, ...]:
    """March is issued, facts come late, it is corrected after so many; what is issued then."""
    desk = DocumentDesk()
    desk.counts(findings=3)
    issued = [*desk.figures]
    desk.closes(MARCH)
    desk.signed(MARCH)
    desk.receives()
    for n in sorted({ordered_after, len(late)}):
        came = (one.having(id=f"{one.id}/late") for one in monthly_documents(late[:n]))
        desk.figures = [*issued, *came]
        _orders(desk)
    draft = desk.draft()
    if draft.report.revision:
        desk.agrees(PassReports(drafts=[draft.named]), OTHER_CLERK, "2018-05-09T09:00")
        desk.agrees(SignReports(drafts=[draft.named]), SECRETARY, "2018-05-09T15:00")
    report = next(one for one in desk.desk.kept(Report) if one.id == ONE)
    delivery = next(one for one in desk.desk.kept(Delivery) if one.id == ONE)
    return report.measures, report.revised, report.revision, report.number, delivery.state, delivery.number


def _orders(desk: DocumentDesk) -> None:
    """Where something has changed; under way it is drafted anew, and cancelled where nothing is changed any more."""
    desk.says(OrderRevision(reports=[ONE], reason="补报"), CLERK, "2018-05-08T09:00")
    draft = desk.draft()
    if draft.report.revision:
        anew = desk.says(RedraftReports(drafts=[draft.named]), CLERK, "2018-05-08T10:00")
        if isinstance(anew, Refused):
            assert anew.slug == "nothing-to-revise"
            desk.agrees(CancelRevision(report=ONE, reason="补报已经撤回"), CLERK, "2018-05-08T11:00")
