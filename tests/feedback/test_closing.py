"""Periods are closed once, recipients get reports, and a longer period may take a shorter one's place."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from itertools import pairwise

import pytest

from services.feedback.awards.model import GrantedAward
from services.feedback.handlers import HANDLERS
from services.feedback.measures.model import MonthlyDocument
from services.feedback.reports import periods
from services.feedback.reports.model import PeriodRecord, Report, ReportingScheme
from services.feedback.reports.opinions import NOTHING
from shared.events.feedback import AdoptReportingScheme, AwardGranted, ClosePeriod, GrantAward, PeriodClosed
from shared.events.vocabulary import OrganisationKind, ReportKind
from shared.pipeline.decisions import Accepted, Refused
from tests.asking import (
    COUNTY,
    HALL,
    OFFICE,
    STATION,
    TOWNSHIP,
    Desk,
    asked,
    facts,
    organisation,
    roster,
    slugs_in,
    standing,
)
from tests.listed import ENTRIES

YEAR = [f"2018-{month:02}" for month in range(1, 13)] + [f"2018-Q{n}" for n in range(1, 5)] + ["2018"]
RECIPIENTS = 28


def scheme(
    december: bool = True, fourth: bool = True, last_month: bool = False, since: str = "2018-01-01"
) -> AdoptReportingScheme:
    return AdoptReportingScheme(
        effective_from=date.fromisoformat(since),
        year_replaces_december=december,
        year_replaces_fourth_quarter=fourth,
        quarter_replaces_last_month=last_month,
    )


def closes(desk: Desk, period: str, *documents: MonthlyDocument, at: datetime | None = None) -> Accepted | Refused:
    """The tick of a period; the monthly documents are what its query finds."""
    return desk.decides(asked(ClosePeriod(period=period), COUNTY, at or periods.over_at(period)), documents)


def closed(desk: Desk, period: str, *documents: MonthlyDocument) -> PeriodClosed:
    verdict = closes(desk, period, *documents)
    assert isinstance(verdict, Accepted)
    (_, fact), *issued = facts(verdict, COUNTY)
    assert isinstance(fact, PeriodClosed)
    assert fact.reports == len(issued)
    return fact


def month(month: str, path: str, **add: object) -> MonthlyDocument:
    return MonthlyDocument(
        id=f"{month}/{path}",
        month=month,
        county=COUNTY,
        path=path,
        add={name.replace("_", "-"): n for name, n in add.items()},
    )


def linxi() -> Desk:
    """Twenty-eight recipients; the county's own roster has three, twenty-five more join them."""
    more = [
        organisation(f"150424-D{n}", standing(OrganisationKind.DEPARTMENT, COUNTY, feedback_recipient=True))
        for n in range(40, 40 + RECIPIENTS - 3)
    ]
    return Desk(HANDLERS, roster(*more))


@pytest.mark.parametrize(
    ("adopted", "reports"),
    [
        (scheme(), {ReportKind.MONTHLY: 308, ReportKind.QUARTERLY: 84, ReportKind.ANNUAL: 28}),
        (scheme(fourth=False), {ReportKind.MONTHLY: 308, ReportKind.QUARTERLY: 112, ReportKind.ANNUAL: 28}),
        (scheme(december=False), {ReportKind.MONTHLY: 336, ReportKind.QUARTERLY: 84, ReportKind.ANNUAL: 28}),
        (scheme(last_month=True), {ReportKind.MONTHLY: 224, ReportKind.QUARTERLY: 84, ReportKind.ANNUAL: 28}),
        (None, {ReportKind.MONTHLY: 336, ReportKind.QUARTERLY: 112, ReportKind.ANNUAL: 28}),
    ],
)
def test_how_many_reports_a_year_has_is_a_matter_of_the_scheme(
    adopted: AdoptReportingScheme | None, reports: dict[ReportKind, int]
) -> None:
    desk = linxi()
    if adopted:
        desk.agrees(adopted)
    for period in YEAR:
        closed(desk, period)
    assert Counter(report.kind for report in desk.kept(Report)) == reports


def test_in_2018_the_year_takes_the_place_of_december_and_of_the_fourth_quarter() -> None:
    desk = linxi()
    desk.agrees(scheme())
    facts_of = {period: closed(desk, period) for period in YEAR}
    replaced = {period: fact.replaced_by for period, fact in facts_of.items() if fact.replaced_by}
    assert replaced == {"2018-12": "2018", "2018-Q4": "2018"}
    assert len(desk.kept(PeriodRecord)) == len(YEAR)


def test_a_quarter_may_take_the_place_of_its_last_month_and_the_year_of_december() -> None:
    desk = linxi()
    desk.agrees(scheme(last_month=True))
    replaced = {period: closed(desk, period).replaced_by for period in ("2018-03", "2018-04", "2018-12")}
    assert replaced == {"2018-03": "2018-Q1", "2018-04": None, "2018-12": "2018"}


def test_a_scheme_counts_from_its_day_on_and_the_newest_on_the_last_day_of_a_period_counts() -> None:
    desk = linxi()
    desk.agrees(scheme(since="2018-12-31"))
    desk.agrees(scheme(december=False, since="2019-06-01"))
    assert [closed(desk, period).replaced_by for period in ("2017-12", "2018-12", "2019-12")] == [None, "2018", None]
    assert len(desk.only(ReportingScheme).history) == 2


def test_recipients_are_those_of_the_last_day_of_the_period() -> None:
    receives = standing(OrganisationKind.RANCH, COUNTY, feedback_recipient=True)
    ceased = receives.model_copy(update={"since": date(2018, 4, 1), "feedback_recipient": False})
    joined = standing(OrganisationKind.RANCH, COUNTY, date(2018, 3, 31), feedback_recipient=True)
    elsewhere = organisation("150425-P01", standing(OrganisationKind.RANCH, "150425", feedback_recipient=True))
    known = roster(organisation("150424-P08", receives, ceased), organisation("150424-P09", joined), elsewhere)
    received = {}
    for period in ("2018-02", "2018-03", "2018-04"):
        desk = Desk(HANDLERS, known)
        closed(desk, period)
        received[period] = {report.organisation for report in desk.kept(Report)} - {HALL, OFFICE, TOWNSHIP}
    assert received == {"2018-02": {"150424-P08"}, "2018-03": {"150424-P08", "150424-P09"}, "2018-04": {"150424-P09"}}


def test_a_report_has_its_measures_those_of_the_period_before_and_the_mean_of_its_kind() -> None:
    desk = Desk(HANDLERS, roster())
    documents = [
        month("2018-03", f"{COUNTY}/{HALL}", inspections=10),
        month("2018-03", f"{COUNTY}/{OFFICE}", inspections=20),
        month("2018-02", f"{COUNTY}/{HALL}", inspections=4),
        month("2018-03", f"{COUNTY}/{TOWNSHIP}/{STATION}", inspections=7),
    ]
    closed(desk, "2018-03", *documents)
    reports = {report.organisation: report for report in desk.kept(Report)}
    inspections = {code: (one.measures["inspections"], one.before["inspections"]) for code, one in reports.items()}
    assert inspections == {HALL: (10, 4), OFFICE: (20, 0), TOWNSHIP: (7, 0)}
    assert {code: (one.peers["inspections"], one.peer_count) for code, one in reports.items()} == {
        HALL: (20.0, 2),
        OFFICE: (20.0, 2),
        TOWNSHIP: (3.5, 1),
    }
    assert [reports[code].places for code in (HALL, OFFICE, TOWNSHIP)] == [0, 1, 2]
    assert reports[HALL].id == f"2018-03_{HALL}"
    assert reports[HALL].opinions == ()


def test_only_the_annual_report_carries_opinions() -> None:
    desk = Desk(HANDLERS, roster())
    late = {"n": 8, "d": 10}
    documents = [
        month("2018-03", f"{COUNTY}/{HALL}", rectifications_overdue=2, patrol_rate=late, patrols_missed=2),
        month("2018-03", f"{COUNTY}/{OFFICE}", rectified_on_time=late, cases_on_time=late),
        month("2018-03", f"{COUNTY}/{TOWNSHIP}", inspections=1),
    ]
    for period in ("2018-03", "2018-Q1"):
        closed(desk, period, *documents)
        assert all(report.opinions == () for report in desk.kept(Report))
    closed(desk, "2018", *documents)
    opinions = {one.organisation: one.opinions for one in desk.kept(Report) if one.kind is ReportKind.ANNUAL}
    assert [len(opinions[code]) for code in (HALL, OFFICE, TOWNSHIP)] == [2, 2, 1]
    assert "漏巡2次" in opinions[HALL][0]
    assert opinions[TOWNSHIP] == (NOTHING,)
    assert not any("{" in sentence for given in opinions.values() for sentence in given)


def test_closing_twice_changes_nothing() -> None:
    desk = Desk(HANDLERS, roster())
    closed(desk, "2018-03")
    reports = desk.kept(Report)
    again = closes(desk, "2018-03", at=datetime.fromisoformat("2018-04-02T09:00:00+08:00"))
    assert isinstance(again, Refused)
    assert again.slug == "period-already-closed"
    assert desk.kept(Report) == reports


@pytest.mark.parametrize("period", YEAR)
def test_a_period_is_not_closed_a_second_before_it_is_over(period: str) -> None:
    desk = Desk(HANDLERS, roster())
    early = datetime.fromtimestamp(periods.over_at(period).timestamp() - 1, periods.over_at(period).tzinfo)
    verdict = closes(desk, period, at=early)
    assert isinstance(verdict, Refused)
    assert verdict.slug == "period-not-over"


def test_schemes_follow_one_another_by_date() -> None:
    desk = Desk(HANDLERS, roster())
    desk.agrees(scheme())
    assert desk.refuses(scheme(), n=1) == "scheme-exists"
    assert desk.refuses(scheme(since="2017-01-01")) == "scheme-exists"
    desk.agrees(scheme(since="2019-01-01"))
    days = [one.effective_from for one in desk.only(ReportingScheme).history]
    assert all(before < after for before, after in pairwise(days))


def test_a_person_is_given_an_award_once_a_year() -> None:
    desk, asked_for = Desk(HANDLERS, roster()), GrantAward(award="chifeng-good-person", person="P1")
    facts = desk.agrees(asked_for, OFFICE, "2018-12-31T23:59", by=COUNTY)
    assert facts == ((OFFICE, AwardGranted(award="chifeng-good-person", holder=OFFICE)),)
    assert desk.refuses(asked_for, OFFICE, "2018-01-01T00:00", by=COUNTY) == "award-already-granted"
    desk.agrees(asked_for, OFFICE, "2019-01-01T00:00", by=COUNTY)
    desk.agrees(GrantAward(award="county-service-model", person="P1"), OFFICE, "2018-12-31", by=COUNTY)
    assert len(desk.kept(GrantedAward)) == 3


def test_people_of_two_counties_may_bear_one_id() -> None:
    other = organisation("150425", standing(OrganisationKind.COUNTY, None)).having(catalogues=ENTRIES)
    desk, asked_for = Desk(HANDLERS, roster(other)), GrantAward(award="chifeng-good-person", person="P1")
    desk.agrees(asked_for, OFFICE, by=COUNTY)
    desk.agrees(asked_for, "150425-D02", by="150425")


def test_every_reason_the_rules_name_is_given_above() -> None:
    assert slugs_in("services/feedback/reports", "services/feedback/awards/rules.py") == {
        "scheme-exists",
        "period-not-over",
        "period-already-closed",
        "period-in-grace",
        "award-already-granted",
        "award-moved-on",
        "award-needs-nomination",
        "award-not-found",
        "award-quota-used",
        "nomination-not-found",
        "nomination-not-published",
        "nomination-still-public",
        "closed-under-it",
    }
