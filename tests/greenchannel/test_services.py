"""Green-channel services in their two units, and cases under the limits of the day they were opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.greenchannel.handlers import FOLLOWED, HANDLERS
from services.greenchannel.model import Case, GreenService, Limit, ProcessLimits
from shared.events.greenchannel import (
    CaseCompleted,
    CaseOpened,
    CompleteCase,
    GreenServiceRecorded,
    OpenCase,
    RecordGreenService,
)
from shared.events.roster import GuideItemPublished, ProcessLimitChanged
from shared.events.vocabulary import ClientGroup, OrganisationKind, ServiceMode
from shared.pipeline.decisions import Accepted, Refused
from shared.roster.organisations import Ending
from tests.asking import COUNTY, HALL, OFFICE, STATION, Desk, asked, organisation, roster, slugs_in, standing

START, JUNE = date(2018, 1, 1), date(2018, 6, 1)
PROPERTY = OpenCase(process="property")
NOBODYS = f"{'0' * 8}-0000-5000-8000-{'0' * 12}"


def limits(*limits: tuple[date, int]) -> ProcessLimits:
    return ProcessLimits(id="150424/property", limits=tuple(Limit(since=since, days=days) for since, days in limits))


def desk(*known: tuple[date, int]) -> Desk:
    return Desk(HANDLERS, roster(), limits(*(known or ((START, 10), (JUNE, 3)))))


def completing(case: str, fee: int = 0, visits: int = 1) -> CompleteCase:
    return CompleteCase(case=case, visits=visits, fee=fee, posted=True)


def opened(county: Desk, at: str) -> CaseOpened:
    ((about, fact),) = county.agrees(PROPERTY, OFFICE, at)
    assert about == OFFICE
    assert isinstance(fact, CaseOpened)
    return fact


def completed(county: Desk, at: str) -> CaseCompleted:
    ((_, fact),) = county.agrees(completing(county.only(Case).id.split("/")[1]), OFFICE, at)
    assert isinstance(fact, CaseCompleted)
    return fact


@pytest.mark.parametrize("mode", list(ServiceMode))
@pytest.mark.parametrize(("client", "persons"), [(ClientGroup.ENTERPRISE, 1), (ClientGroup.VULNERABLE, 7)])
def test_enterprises_count_in_cases_and_vulnerable_people_in_person_times(
    client: ClientGroup, persons: int, mode: ServiceMode
) -> None:
    county, given_service = desk(), RecordGreenService(client=client, mode=mode, persons=persons)
    facts = county.agrees(given_service, STATION, "2018-03-05T18:00")
    assert facts == ((STATION, GreenServiceRecorded(client=client, mode=mode, persons=persons)),)
    kept = county.only(GreenService)
    assert (kept.persons, kept.day, kept.organisation) == (persons, date(2018, 3, 5), STATION)


@pytest.mark.parametrize(
    ("at", "days", "due"),
    [
        ("2018-01-01T00:00", 10, date(2018, 1, 15)),
        ("2018-05-31T23:59", 10, date(2018, 6, 14)),
        ("2018-06-01T00:00", 3, date(2018, 6, 6)),
        ("2018-09-28", 3, date(2018, 10, 8)),
    ],
)
def test_a_cases_limit_is_the_one_in_force_on_the_day_it_was_opened(at: str, days: int, due: date) -> None:
    fact = opened(desk(), at)
    assert (fact.limit_days, fact.due, fact.provisional) == (days, due, False)


def test_a_limit_that_changes_meanwhile_does_not_touch_an_open_case() -> None:
    county = desk()
    opened(county, "2018-05-31")
    fact = completed(county, "2018-06-14")
    assert (fact.limit_days, fact.working_days, fact.on_time) == (10, 10, True)


def test_a_limit_of_no_days_ends_on_the_day_it_began() -> None:
    for at, on_time in (("2018-03-05T23:59", True), ("2018-03-06T00:00", False)):
        county = desk((START, 0))
        opened(county, "2018-03-05")
        assert completed(county, at).on_time is on_time


def test_a_case_of_many_years_is_late_and_can_still_be_completed() -> None:
    county = desk()
    opened(county, "2018-03-05")
    fact = completed(county, "2021-03-05")
    assert (fact.working_days, fact.on_time) == (366, False)


@given(st.integers(0, 30), st.integers(0, 60))
def test_a_case_is_in_time_up_to_its_due_day(days: int, after: int) -> None:
    county = desk((START, days))
    due = opened(county, "2018-01-24").due
    day = date(2018, 1, 24) + timedelta(days=after)
    fact = completed(county, f"{day}")
    assert fact.on_time == (day <= due)


VULNERABLE = RecordGreenService(client=ClientGroup.VULNERABLE, mode=ServiceMode.AGENCY, persons=20)
LATE = VULNERABLE.model_copy(update={"mode": ServiceMode.AFTER_HOURS})


@pytest.mark.parametrize("at", ["2018-03-05T08:29", "2018-03-05T12:30", "2018-03-05T17:30", "2018-03-04T10:00"])
def test_a_service_after_hours_is_given_when_offices_are_closed(at: str) -> None:
    desk().agrees(LATE, STATION, at)


def guide(*fees: tuple[date, int | None]) -> ProcessLimits:
    kept = tuple(Limit(since=since, days=5, fee=fee) for since, fee in fees)
    return ProcessLimits(id="150424/property", limits=kept)


@pytest.mark.parametrize(
    ("known", "most"),
    [
        (guide((START, None)), 0),
        (guide((START, 0)), 0),
        (guide((START, 8000)), 8000),
        (guide((START, 8000), (date(2018, 2, 1), None)), 8000),
        (guide((START, 8000), (date(2018, 2, 1), 0)), 0),
        (guide((START, 0), (JUNE, 8000)), 0),
    ],
)
def test_no_more_is_charged_than_the_guide_said_on_the_day_a_case_was_opened(known: ProcessLimits, most: int) -> None:
    county = Desk(HANDLERS, roster(), known)
    opened(county, "2018-03-05")
    case = county.only(Case).id.split("/")[1]
    assert county.refuses(completing(case, most + 1), OFFICE, "2018-07-02") == "fee-not-allowed"
    assert county.refuses(completing(case, visits=21), OFFICE, "2018-07-02") == "beyond-reason"
    county.agrees(completing(case, most), OFFICE, "2018-07-02")


def test_a_case_of_before_that_was_asked_is_completed_as_it_was() -> None:
    county = desk()
    opened(county, "2018-03-05")
    county.keeps([county.only(Case).having(standard=None)])
    county.agrees(completing(county.only(Case).id.split("/")[1], 1_000_000), OFFICE, "2018-03-06")


REFUSALS = [
    ("unknown-process", [], OpenCase(process="other"), "2018-03-05"),
    ("unknown-process", [], PROPERTY, "2017-12-31"),
    ("unknown-case", [], completing(NOBODYS), "2018-03-05"),
    ("completed-before-opened", [PROPERTY], None, "2018-03-04T23:59"),
    ("case-already-completed", [PROPERTY, None], None, "2018-03-06"),
    (
        "enterprise-counts-cases",
        [],
        RecordGreenService(client=ClientGroup.ENTERPRISE, mode=ServiceMode.AGENCY, persons=2),
        "2018-03-05",
    ),
    ("beyond-reason", [], VULNERABLE.model_copy(update={"persons": 21}), "2018-03-05"),
    ("within-office-hours", [], LATE, "2018-03-05T10:00"),
    ("within-office-hours", [], LATE, "2018-03-05T17:29:59"),
]


@pytest.mark.parametrize(("slug", "before", "last", "at"), REFUSALS)
def test_what_may_not_be_is_refused_with_its_reason(
    slug: str, before: list[OpenCase | None], last: OpenCase | CompleteCase | RecordGreenService | None, at: str
) -> None:
    """None completes the one case."""
    county = desk()
    for data in before:
        county.agrees(data or completing(county.only(Case).id.split("/")[1]), OFFICE)
    assert county.refuses(last or completing(county.only(Case).id.split("/")[1]), OFFICE, at, n=1) == slug


def test_every_reason_the_rules_name_is_given_above() -> None:
    elsewhere = {"fee-not-allowed", "id-of-another", "case-of-its-own-code", "completion-stands", "case-withdrawn"}
    named = slugs_in("services/greenchannel", "shared/events/reasonable.py")
    assert named == {slug for slug, *_ in REFUSALS} | elsewhere


def test_two_submitters_with_one_id_for_an_organisation_do_not_share_a_case() -> None:
    county, first = desk(), asked(PROPERTY, OFFICE)
    assert isinstance(county.decides(first), Accepted)
    second = replace(first, submitter=COUNTY, key=f"{COUNTY}/{first.id}")
    assert county.decides(second) == Refused("id-of-another", organisation=OFFICE)


def test_another_organisations_case_is_unknown() -> None:
    county = desk()
    opened(county, "2018-03-05")
    assert county.refuses(completing(county.only(Case).id.split("/")[1]), HALL) == "unknown-case"


def test_who_follows_one_that_has_ended_is_told_under_which_code_its_cases_are_completed() -> None:
    ended = standing(OrganisationKind.DEPARTMENT, COUNTY, date(2018, 3, 5), ended=Ending(followed_by=(HALL,)))
    known = roster(organisation(OFFICE, standing(OrganisationKind.DEPARTMENT, COUNTY), ended))
    county = Desk(HANDLERS, known, limits((START, 10)))
    opened(county, "2018-03-02")
    case = county.only(Case).id.split("/")[1]
    assert county.refuses(completing(case), HALL, "2018-03-05") == "case-of-its-own-code"
    county.agrees(completing(case), OFFICE, "2018-03-05", by=HALL)


def followed(*known: tuple[int, int | None]) -> ProcessLimits:
    """A joint meeting says nothing of the fee."""
    kept = (Limit(since=since, days=days, fee=fee) for since, (days, fee) in zip((START, JUNE), known, strict=False))
    return ProcessLimits(id="150424/property", limits=tuple(kept))


def test_limits_are_followed_in_whatever_order_they_arrive() -> None:
    published = GuideItemPublished(process="property", name="不动产登记", limit_days=10, effective_from=START)
    changed = ProcessLimitChanged(process="property", before_days=10, limit_days=3, effective_from=JUNE, issue="faster")
    for order in ([published, changed], [changed, published], [published, changed, published, changed]):
        county = Desk(FOLLOWED, roster())
        for n, fact in enumerate(order):
            county.decides(asked(fact, OFFICE, n=n))
        assert county.only(ProcessLimits) == followed((10, 0), (3, None))


def test_a_limit_told_anew_for_a_day_takes_the_place_of_the_old_one() -> None:
    county = Desk(FOLLOWED, roster())
    for days in (10, 7):
        item = GuideItemPublished(process="property", name="不动产登记", limit_days=days, effective_from=START)
        county.decides(asked(item, OFFICE))
    assert county.only(ProcessLimits) == followed((7, 0))
