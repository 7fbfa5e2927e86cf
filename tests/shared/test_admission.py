"""What is asked of every submission before its own rule: known, entitled, at a possible time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.events import EventData, Submission
from shared.events.feedback import ClosePeriod
from shared.events.greenchannel import CompleteCase, RecordGreenService
from shared.events.inspection import IncidentKind, LogInspection, RegisterDevice, ReportIncident
from shared.events.refusals import reason
from shared.events.registry import UnknownType
from shared.events.roster import RegisterOrganisation
from shared.events.vocabulary import AHEAD, HALL_PATROL, ClientGroup, OrganisationKind, PatrolKind, ServiceMode
from shared.pipeline.admission import MISTYPED, admit, too_old
from shared.pipeline.decisions import Refused
from shared.roster.organisations import Ending, Roster
from tests.asking import (
    COUNTY,
    HALL,
    NEIGHBOUR,
    OFFICE,
    OTHER_TOWNSHIP,
    OUTSIDER,
    STATION,
    TOWNSHIP,
    asked,
    moment,
    organisation,
    roster,
    slugs_in,
    standing,
)

NOW = moment("2018-03-05")
SERVED = RecordGreenService(client=ClientGroup.ENTERPRISE, mode=ServiceMode.AGENCY)
WINDOW = LogInspection(patrol=PatrolKind.WINDOW, score=9000)
CLOSING = ClosePeriod(period="2018-02")
FOUNDED = RegisterOrganisation(code=COUNTY, name="县", kind=OrganisationKind.COUNTY, valid_from=date(2018, 1, 1))
STRANGER = "150424100299"
INCIDENT = ReportIncident(kind=IncidentKind.ACCIDENT, summary="摔倒")
CAMERA = RegisterDevice(device="one", name="服务台", link="https://10.0.0.1/")


def refused(
    data: EventData,
    about: str,
    by: str,
    at: datetime | str = NOW,
    received: datetime = NOW,
    known: Roster | None = None,
) -> str | None:
    """The slug of the first reason for a no."""
    no = admit(asked(data, about, at, by), received, roster() if known is None else known, "inspection")
    assert no is None or reason(no.slug, **no.details)
    return no.slug if isinstance(no, Refused) else None


TABLE: list[tuple[str | None, Submission, str, str, str]] = [
    # the slug, what, about whom, by whom, when
    (None, SERVED, STATION, STATION, "2018-03-05"),
    (None, SERVED, STATION, TOWNSHIP, "2018-03-05"),
    (None, SERVED, STATION, COUNTY, "2018-03-05"),
    (None, SERVED, STATION, STATION, "2018-01-01T00:00"),
    (None, CLOSING, COUNTY, COUNTY, "2018-03-05"),
    (None, WINDOW, OFFICE, HALL, "2018-03-05"),
    ("outside-subtree", SERVED, OFFICE, HALL, "2018-03-05"),
    ("outside-subtree", WINDOW, HALL, OFFICE, "2018-03-05"),
    ("outside-subtree", SERVED, NEIGHBOUR, STATION, "2018-03-05"),
    ("outside-subtree", SERVED, TOWNSHIP, STATION, "2018-03-05"),
    ("outside-subtree", SERVED, STATION, OTHER_TOWNSHIP, "2018-03-05"),
    ("committee-only", CLOSING, TOWNSHIP, TOWNSHIP, "2018-03-05"),
    ("committee-only", FOUNDED, COUNTY, HALL, "2018-03-05"),
    ("unknown-organisation", SERVED, STRANGER, COUNTY, "2018-03-05"),
    ("unknown-submitter", SERVED, STATION, STRANGER, "2018-03-05"),
    ("unknown-submitter", SERVED, STATION, "150425", "2018-03-05"),
    ("before-start", SERVED, STATION, STATION, "2017-12-31T23:59:59"),
    ("before-start", FOUNDED, COUNTY, COUNTY, "2017-12-31T23:59:59"),
]


@pytest.mark.parametrize(("slug", "data", "about", "by", "at"), TABLE)
def test_who_may_say_what_about_whom(slug: str | None, data: Submission, about: str, by: str, at: str) -> None:
    assert refused(data, about, by, at) == slug


def test_a_type_the_service_does_not_know_is_refused_before_all_else() -> None:
    assert refused(UnknownType(), STRANGER, STRANGER, "2037-01-01") == "unknown-type"


@given(st.timedeltas(timedelta(days=-60), timedelta(days=60)))
def test_a_clock_may_run_ahead_ten_minutes_and_behind_as_long_as_it_likes(ahead: timedelta) -> None:
    expected = "date-ahead" if ahead > MISTYPED else "time-ahead" if ahead > AHEAD else None
    assert refused(SERVED, STATION, STATION, NOW + ahead) == expected


LONG_AGO, BOUND = "2018-03-04T08:59", timedelta(days=1)


@pytest.mark.parametrize(
    ("about", "by", "slug"),
    [
        (STATION, STATION, "too-old"),
        (STATION, TOWNSHIP, None),
        (STATION, COUNTY, None),
        (TOWNSHIP, TOWNSHIP, "too-old"),
        (TOWNSHIP, COUNTY, None),
        (COUNTY, COUNTY, None),
        (OFFICE, HALL, "too-old"),
    ],
)
def test_what_is_older_than_the_operators_bound_is_told_from_above_alone(about: str, by: str, slug: str | None) -> None:
    no = too_old(asked(SERVED, about, LONG_AGO, by), NOW, roster(), BOUND)
    assert (no and no.slug) == slug
    assert too_old(asked(SERVED, about, "2018-03-04T09:00", by), NOW, roster(), BOUND) is None
    assert too_old(asked(SERVED, about, LONG_AGO, by), NOW, roster(), None) is None


def test_who_was_above_then_and_is_not_any_more_tells_nothing_of_then() -> None:
    moved = standing(OrganisationKind.VILLAGE, OTHER_TOWNSHIP, date(2018, 3, 5))
    known = roster(organisation(STATION, standing(OrganisationKind.VILLAGE, TOWNSHIP), moved))
    no = too_old(asked(SERVED, STATION, LONG_AGO, TOWNSHIP), NOW, known, BOUND)
    assert no
    assert no.slug == "too-old"
    assert too_old(asked(SERVED, STATION, LONG_AGO, OTHER_TOWNSHIP), NOW, known, BOUND) is None


def test_a_county_that_nobody_knows_may_found_itself() -> None:
    assert refused(FOUNDED, COUNTY, COUNTY, known=Roster()) is None
    assert refused(SERVED, COUNTY, COUNTY, known=Roster()) == "unknown-submitter"


def test_an_office_counts_within_its_scope_and_while_it_is_held() -> None:
    held = roster().standing(HALL, NOW)
    assert held is not None
    given_up = held.model_copy(update={"since": date(2018, 3, 1), "offices": ()})
    former = roster(organisation(HALL, held, given_up))
    assert refused(WINDOW, OFFICE, HALL, "2018-02-28T23:59", known=former) is None
    assert refused(WINDOW, OFFICE, HALL, "2018-03-01T00:00", known=former) == "outside-subtree"
    narrow = held.model_copy(update={"offices": (held.offices[0].model_copy(update={"scope": TOWNSHIP}),)})
    assert refused(WINDOW, OFFICE, HALL, known=roster(organisation(HALL, narrow))) == "outside-subtree"
    at_it = held.model_copy(update={"offices": (held.offices[0].model_copy(update={"scope": OFFICE}),)})
    assert refused(WINDOW, OFFICE, HALL, known=roster(organisation(HALL, at_it))) is None


def test_the_halls_patrol_is_of_windows_whatever_its_scope() -> None:
    for about in (STATION, TOWNSHIP, COUNTY, OUTSIDER):
        for what in (WINDOW, SERVED, INCIDENT, CAMERA):
            assert refused(what, about, HALL) == "outside-subtree"
    assert [refused(what, OFFICE, HALL) for what in (WINDOW, INCIDENT, CAMERA)] == [None] * 3
    standing_now = roster().standing(OFFICE, NOW)
    assert standing_now is not None
    left = standing_now.model_copy(update={"since": date(2018, 3, 1), "stationed": None})
    former = roster(organisation(OFFICE, standing_now, left))
    assert refused(WINDOW, OFFICE, HALL, "2018-02-28T23:59", known=former) is None
    assert refused(WINDOW, OFFICE, HALL, "2018-03-01T00:00", known=former) == "outside-subtree"
    assert roster().holder(HALL_PATROL, STATION, NOW) is None
    assert roster().holder(HALL_PATROL, OFFICE, NOW) == HALL


def test_a_township_speaks_for_a_station_only_while_it_lies_below_it() -> None:
    moved = organisation(
        STATION,
        standing(OrganisationKind.VILLAGE, TOWNSHIP),
        standing(OrganisationKind.VILLAGE, OTHER_TOWNSHIP, date(2018, 3, 1)),
    )
    known = roster(moved)
    for township, before, after in ((TOWNSHIP, None, "outside-subtree"), (OTHER_TOWNSHIP, "outside-subtree", None)):
        assert refused(SERVED, STATION, township, "2018-02-28T23:59", known=known) == before
        assert refused(SERVED, STATION, township, "2018-03-01T00:00", known=known) == after


ENDED = standing(OrganisationKind.VILLAGE, TOWNSHIP, date(2018, 3, 1), ended=Ending(followed_by=(NEIGHBOUR,)))
MERGED = roster(organisation(STATION, standing(OrganisationKind.VILLAGE, TOWNSHIP), ENDED))
GOING_ON = CompleteCase(case=f"{'0' * 8}-0000-5000-8000-{'0' * 12}", visits=1, fee=0, posted=False)


@pytest.mark.parametrize(
    ("data", "about", "by", "before", "after"),
    [
        (SERVED, STATION, STATION, None, "submitter-ended"),
        (SERVED, STATION, TOWNSHIP, None, "organisation-ended"),
        (SERVED, STATION, NEIGHBOUR, "outside-subtree", "organisation-ended"),
        (GOING_ON, STATION, NEIGHBOUR, "outside-subtree", None),
        (GOING_ON, STATION, TOWNSHIP, None, None),
        (GOING_ON, STATION, OTHER_TOWNSHIP, "outside-subtree", "outside-subtree"),
    ],
)
def test_once_it_has_ended_who_follows_goes_on_with_what_it_began_and_nobody_begins_anything_for_it(
    data: Submission, about: str, by: str, before: str | None, after: str | None
) -> None:
    assert refused(data, about, by, "2018-02-28T23:59", known=MERGED) == before
    assert refused(data, about, by, "2018-03-01T00:00", known=MERGED) == after


def test_every_reason_admission_names_is_given_above() -> None:
    assert slugs_in("shared/pipeline/admission.py") == {slug for slug, *_ in TABLE if slug} | {
        "unknown-type",
        "time-ahead",
        "submitter-ended",
        "organisation-ended",
        "date-ahead",
        "too-old",
    }
