"""The excellence programme: commitments follow one another, a mark asks for four scores and a clean quarter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inspection.excellence.model.excellence import Commitment, ExcellenceMark
from services.inspection.excellence.model.incidents import Incident
from services.inspection.excellence.rules.excellence import EXCELLENT, quarter_of, upheld_incidents
from services.inspection.handlers import HANDLERS
from shared.database.documents import Document
from shared.events.inspection import (
    AnswerIncident,
    CloseIncident,
    CommitmentPublished,
    ExcellenceMarkGranted,
    ExcellenceMarkWithdrawn,
    FourScores,
    GrantExcellenceMark,
    IncidentKind,
    PublishCommitment,
    ReportIncident,
    WithdrawCommitment,
    WithdrawExcellenceMark,
)
from shared.pipeline.decisions import Accepted, Refused
from tests.asking import COUNTY, OFFICE, STATION, TOWNSHIP, Desk, asked, moment, roster, slugs_in

PROMISE = PublishCommitment(person="P001", item="licence", text="当日受理")
BETTER = PROMISE.model_copy(update={"text": "当场办结"})
WITHDRAWN = WithdrawCommitment(person="P001", item="licence")
GOOD = FourScores(environment=9000, service=9500, management=9200, integrity=10_000)
MARK = GrantExcellenceMark(quarter="2018-Q1", scores=GOOD)
TAKEN_BACK = WithdrawExcellenceMark(quarter="2018-Q1", reason="经查投诉属实")
COMPLAINT = ReportIncident(kind=IncidentKind.COMPLAINT, summary="等候过久")
APRIL, MAY = "2018-04-09", "2018-05-09"


def desk() -> Desk:
    return Desk(HANDLERS, roster())


def with_incident(upheld: bool, at: str) -> Desk:
    """An incident at the office, closed some days after it was reported."""
    county = desk()
    county.agrees(COMPLAINT, OFFICE, at)
    incident = county.only(Incident).incident
    county.agrees(AnswerIncident(incident=incident, answer="已致歉"), OFFICE, at)
    county.agrees(CloseIncident(incident=incident, upheld=upheld), OFFICE, at, by=COUNTY)
    return county


def grants(county: Desk, mark: GrantExcellenceMark = MARK, at: str = APRIL) -> Accepted | Refused:
    """The committee grants; MongoDB's part, the upheld incidents of that organisation and quarter, is done here."""
    event = asked(mark, OFFICE, at, by=COUNTY)
    wanted = upheld_incidents(event)  # type: ignore[arg-type]
    found: list[Document] = [
        one for one in county.kept(Incident) if all(getattr(one, k) == v for k, v in wanted.items())
    ]
    return county.decides(event, found)


def test_a_new_text_follows_the_old_and_both_keep_their_dates() -> None:
    county = desk()
    ((_, first),) = county.agrees(PROMISE, OFFICE, "2018-01-03")
    ((_, second),) = county.agrees(BETTER, OFFICE, "2018-06-01")
    assert isinstance(first, CommitmentPublished)
    assert isinstance(second, CommitmentPublished)
    assert (first.follows, second.follows) == (False, True)
    kept = county.only(Commitment)
    assert [kept.on(moment(day)) for day in ("2018-01-02", "2018-01-03", "2018-05-31", "2018-06-01")] == [
        None,
        "当日受理",
        "当日受理",
        "当场办结",
    ]


def test_a_text_that_arrives_late_finds_its_place_and_the_newer_one_still_holds() -> None:
    county = desk()
    county.agrees(BETTER, OFFICE, "2018-06-01")
    county.agrees(PROMISE, OFFICE, "2018-01-03")
    assert county.only(Commitment).now == "当场办结"
    assert county.only(Commitment).on(moment("2018-02-01")) == "当日受理"


def test_a_withdrawn_commitment_holds_no_longer_and_may_be_given_again() -> None:
    county = desk()
    county.agrees(PROMISE, OFFICE, "2018-01-03")
    county.agrees(WITHDRAWN, OFFICE, "2018-02-01")
    assert county.only(Commitment).now is None
    ((_, again),) = county.agrees(PROMISE, OFFICE, "2018-03-01")
    assert isinstance(again, CommitmentPublished)
    assert not again.follows


@given(st.permutations(list(enumerate(("2018-01-03", "2018-02-01", "2018-03-01", "2018-04-01")))))
def test_whatever_the_order_of_arrival_the_texts_end_in_the_order_of_time(arrivals: list[tuple[int, str]]) -> None:
    county = desk()
    for n, day in arrivals:
        county.agrees(PROMISE.model_copy(update={"text": f"承诺{n}"}), OFFICE, day)
    assert [one.value for one in county.only(Commitment).history] == ["承诺0", "承诺1", "承诺2", "承诺3"]


def test_four_excellent_scores_make_a_mark_and_the_committee_may_take_it_back_and_grant_it_again() -> None:
    county = desk()
    assert grants(county) == Accepted(
        tuple(county.kept(ExcellenceMark)), (ExcellenceMarkGranted(quarter="2018-Q1", scores=GOOD),)
    )
    facts = county.agrees(TAKEN_BACK, OFFICE, MAY, by=COUNTY)
    assert facts == ((OFFICE, ExcellenceMarkWithdrawn(quarter="2018-Q1")),)
    assert (county.only(ExcellenceMark).stands, county.only(ExcellenceMark).reason) == (False, "经查投诉属实")
    assert isinstance(grants(county, at=MAY), Accepted)
    assert county.only(ExcellenceMark).stands


@pytest.mark.parametrize("which", ["environment", "service", "management", "integrity"])
def test_one_score_below_is_enough_for_a_no(which: str) -> None:
    low = GOOD.model_copy(update={which: EXCELLENT - 1})
    verdict = grants(desk(), MARK.model_copy(update={"scores": low}))
    assert isinstance(verdict, Refused)
    assert (verdict.slug, verdict.details["lowest"]) == ("scores-too-low", "89.99")


@pytest.mark.parametrize(
    ("upheld", "at", "slug"),
    [
        (True, "2018-03-30", "incident-upheld"),
        (False, "2018-03-30", None),
        (True, "2018-04-02", None),
        (True, "2018-01-02", "incident-upheld"),
    ],
)
def test_only_an_upheld_incident_of_that_quarter_forbids_its_mark(upheld: bool, at: str, slug: str | None) -> None:
    verdict = grants(with_incident(upheld, at))
    assert (verdict.slug if isinstance(verdict, Refused) else None) == slug


def _granted(county: Desk) -> Desk:
    assert isinstance(grants(county), Accepted)
    return county


REFUSALS: list[tuple[str, Callable[[Desk], object]]] = [
    ("no-window-or-station", lambda county: county.refuses(PROMISE, TOWNSHIP)),
    ("no-window-or-station", lambda county: county.refuses(MARK, TOWNSHIP, APRIL, by=COUNTY)),
    (
        "commitment-already-published",
        lambda county: county.agrees(PROMISE, STATION, "2018-03-05") and county.refuses(PROMISE, STATION, "2018-03-06"),
    ),
    ("unknown-commitment", lambda county: county.refuses(WITHDRAWN, STATION)),
    (
        "unknown-commitment",
        lambda county: (
            county.agrees(PROMISE, STATION, "2018-03-05") and county.refuses(WITHDRAWN, STATION, "2018-03-04")
        ),
    ),
    ("quarter-not-over", lambda county: county.refuses(MARK, OFFICE, "2018-03-31T23:59", by=COUNTY)),
    ("mark-already-granted", lambda county: _granted(county).refuses(MARK, OFFICE, MAY, by=COUNTY)),
    ("unknown-mark", lambda county: county.refuses(TAKEN_BACK, OFFICE, APRIL, by=COUNTY)),
    ("unknown-mark", lambda county: _granted(county).refuses(TAKEN_BACK, OFFICE, "2018-04-01", by=COUNTY)),
]


@pytest.mark.parametrize(("slug", "asks"), REFUSALS)
def test_what_may_not_be_is_refused_with_its_reason(slug: str, asks: Callable[[Desk], object]) -> None:
    assert asks(desk()) == slug


def test_every_reason_the_rules_name_is_given_here() -> None:
    here = {slug for slug, _ in REFUSALS} | {"scores-too-low", "incident-upheld"}
    assert slugs_in("services/inspection/excellence/rules/excellence.py") == here


@pytest.mark.parametrize(
    ("day", "quarter"),
    [("2018-01-01", "2018-Q1"), ("2018-03-31", "2018-Q1"), ("2018-04-01", "2018-Q2"), ("2018-12-31", "2018-Q4")],
)
def test_a_quarter_is_three_months(day: str, quarter: str) -> None:
    assert quarter_of(date.fromisoformat(day)) == quarter
