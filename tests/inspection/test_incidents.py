"""Incidents: reported, answered in time or late, closed from above, and what the month counts of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.feedback.measures.adding import added
from services.inspection.excellence.model.incidents import Incident, IncidentStage
from services.inspection.handlers import HANDLERS
from shared.calendar import due_after
from shared.events import Fact
from shared.events.inspection import (
    AnswerIncident,
    CloseIncident,
    IncidentAnswered,
    IncidentClosed,
    IncidentKind,
    IncidentReported,
    IncidentUnanswered,
    MarkUnanswered,
    ReportIncident,
)
from shared.pipeline.decisions import Accepted
from tests.asking import (
    COUNTY,
    HALL,
    NEIGHBOUR,
    OFFICE,
    STATION,
    TOWNSHIP,
    Desk,
    asked,
    facts,
    moment,
    roster,
    slugs_in,
)

REPORT = ReportIncident(kind=IncidentKind.COMPLAINT, summary="等候过久，未作说明", person="150424-D02-P7")
REPORTED, DUE = date(2018, 3, 5), date(2018, 3, 12)
"""A Monday; five working days later."""


def with_report(about: str = OFFICE) -> Desk:
    county = Desk(HANDLERS, roster())
    county.agrees(REPORT, about, by=HALL)
    return county


def answer(county: Desk) -> AnswerIncident:
    return AnswerIncident(incident=county.only(Incident).incident, answer="已致歉并整改")


def closing(county: Desk, upheld: bool = True) -> CloseIncident:
    return CloseIncident(incident=county.only(Incident).incident, upheld=upheld)


def looks(county: Desk, day: date) -> tuple[tuple[str, Fact], ...]:
    """The tick of a day; MongoDB's part of it, reported and past due, is done here."""
    late = [one for one in county.kept(Incident) if one.stage is IncidentStage.REPORTED and one.due < day]
    verdict = county.decides(asked(MarkUnanswered(day=day), COUNTY, moment(f"{day}T00:00")), late)
    assert isinstance(verdict, Accepted)
    return facts(verdict, COUNTY)


def test_a_report_says_what_kind_and_by_when_but_not_what_it_is_about() -> None:
    ((about, fact),) = Desk(HANDLERS, roster()).agrees(REPORT, OFFICE, by=HALL)
    assert about == OFFICE
    assert isinstance(fact, IncidentReported)
    assert (fact.kind, fact.person, fact.due, fact.provisional) == (
        IncidentKind.COMPLAINT,
        "150424-D02-P7",
        DUE,
        False,
    )
    assert REPORT.summary not in fact.model_dump_json()


@pytest.mark.parametrize(("at", "on_time"), [("2018-03-12T23:59", True), ("2018-03-13T00:00", False)])
def test_an_answer_is_in_time_on_the_due_day_and_not_the_day_after(at: str, on_time: bool) -> None:
    county = with_report()
    ((_, fact),) = county.agrees(answer(county), OFFICE, at)
    assert isinstance(fact, IncidentAnswered)
    assert (fact.on_time, fact.was_unanswered) == (on_time, False)


def test_what_is_past_due_is_unanswered_once() -> None:
    county = with_report()
    assert looks(county, DUE) == ()
    incident = county.only(Incident).incident
    unanswered = IncidentUnanswered(incident=incident, kind=IncidentKind.COMPLAINT, due=DUE)
    assert looks(county, DUE + timedelta(days=1)) == ((OFFICE, unanswered),)
    assert looks(county, DUE + timedelta(days=2)) == ()


@pytest.mark.parametrize("upheld", [True, False])
def test_the_committee_closes_what_is_answered_and_says_whether_it_is_founded(upheld: bool) -> None:
    county = with_report()
    county.agrees(answer(county), OFFICE, "2018-03-06")
    ((about, fact),) = county.agrees(closing(county, upheld), OFFICE, "2018-03-07", by=COUNTY)
    assert about == OFFICE
    assert fact == IncidentClosed(incident=county.only(Incident).incident, kind=IncidentKind.COMPLAINT, upheld=upheld)
    assert county.only(Incident).upheld is upheld


def test_a_township_closes_its_stations_incidents() -> None:
    county = with_report(STATION)
    county.agrees(answer(county), STATION, "2018-03-06")
    county.agrees(closing(county), STATION, "2018-03-07", by=TOWNSHIP)
    assert county.only(Incident).stage is IncidentStage.CLOSED


def test_an_incident_that_stays_unanswered_is_closed_without_an_answer() -> None:
    county = with_report()
    looks(county, DUE + timedelta(days=1))
    county.agrees(closing(county), OFFICE, "2018-03-13", by=COUNTY)
    assert (county.only(Incident).stage, county.only(Incident).answered) == (IncidentStage.CLOSED, None)


def _answered(county: Desk) -> Desk:
    county.agrees(answer(county), OFFICE, "2018-03-07")
    return county


def _closed(county: Desk) -> Desk:
    _answered(county).agrees(closing(county), OFFICE, "2018-03-08", by=COUNTY)
    return county


def _asked_twice(county: Desk) -> str:
    again = asked(REPORT, OFFICE, by=HALL)
    first = county.only(Incident).incident
    verdict = county.decides(replace(again, id=first))
    return getattr(verdict, "slug", "")


UNKNOWN = AnswerIncident(incident=f"{'0' * 8}-0000-5000-8000-{'0' * 12}", answer="已整改")
REFUSALS: list[tuple[str, Callable[[Desk], str]]] = [
    ("incident-already-reported", _asked_twice),
    ("unknown-incident", lambda county: county.refuses(UNKNOWN, OFFICE)),
    ("unknown-incident", lambda county: county.refuses(answer(county), NEIGHBOUR)),
    ("unknown-incident", lambda county: county.refuses(closing(county), NEIGHBOUR, by=COUNTY)),
    ("answer-not-its-own", lambda county: county.refuses(answer(county), OFFICE, by=COUNTY)),
    ("incident-already-answered", lambda county: _answered(county).refuses(answer(county), OFFICE, "2018-03-09")),
    ("incident-already-answered", lambda county: _closed(county).refuses(answer(county), OFFICE, "2018-03-09")),
    ("incident-later", lambda county: county.refuses(answer(county), OFFICE, "2018-03-04")),
    ("incident-later", lambda county: _answered(county).refuses(closing(county), OFFICE, "2018-03-06", by=COUNTY)),
    ("own-incident", lambda county: _answered(county).refuses(closing(county), OFFICE, "2018-03-08")),
    ("incident-not-answered", lambda county: county.refuses(closing(county), OFFICE, "2018-03-08", by=COUNTY)),
    (
        "incident-already-closed",
        lambda county: _closed(county).refuses(closing(county), OFFICE, "2018-03-09", by=COUNTY),
    ),
]


@pytest.mark.parametrize(("slug", "asks"), REFUSALS)
def test_what_may_not_be_is_refused_with_its_reason(slug: str, asks: Callable[[Desk], str]) -> None:
    assert asks(with_report()) == slug


def test_every_reason_the_rules_name_is_given_here() -> None:
    given = {slug for slug, _ in REFUSALS} | {"incident-withdrawn"}
    assert slugs_in("services/inspection/excellence/rules/incidents.py") == given, "or by tests of taking back"


@given(st.integers(0, 12), st.booleans(), st.booleans())
def test_an_incident_counts_once_among_those_due_an_answer_however_late_it_is_learnt(
    after: int, learnt_late: bool, never: bool
) -> None:
    county, day = with_report(), REPORTED + timedelta(days=after)
    facts: list[Fact] = []
    for n in range(40 if learnt_late or never else after + 1):
        facts += [fact for _, fact in looks(county, REPORTED + timedelta(days=n))]
    if not never:
        facts += [fact for _, fact in county.agrees(answer(county), OFFICE, f"{day}")]
    sums: Counter[str] = Counter()
    for fact in facts:
        sums.update(added(fact))
    on_time = not never and day <= due_after(REPORTED, 5).day
    assert (sums["incidents-answered.n"], sums["incidents-answered.d"]) == (int(on_time), 1)
    marked = not on_time and (never or learnt_late or due_after(REPORTED, 5).day < day)
    assert sums["incidents-unanswered"] == int(marked)
