"""E-supervision: a head sees its windows, a deputy its stations, an officer all; every look is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from services.inspection.handlers import HANDLERS
from services.inspection.supervision.lines import AT_ONCE, is_open
from services.inspection.supervision.model import Device, Viewing
from shared.calendar import CHINA
from shared.events.inspection import (
    DeviceRegistered,
    DeviceRemoved,
    DeviceViewed,
    GrantViewing,
    RegisterDevice,
    RemoveDevice,
    ViewDevice,
    ViewingGranted,
    ViewingRole,
    ViewingWithdrawn,
    WithdrawViewing,
)
from shared.events.vocabulary import OrganisationKind
from shared.hosts import Hosts
from shared.pipeline.allowance import Allowance
from tests.asking import (
    COUNTY,
    HALL,
    NEIGHBOUR,
    OFFICE,
    OTHER_TOWNSHIP,
    OUTSIDER,
    STATION,
    TOWNSHIP,
    Desk,
    organisation,
    roster,
    slugs_in,
    standing,
)

LINK = "https://10.20.30.40/devices/1"
CAMERA = RegisterDevice(device="counter-1", name="大厅", link=LINK)
HEAD, DEPUTY, OFFICER = ViewingRole.DEPARTMENT_HEAD, ViewingRole.TOWNSHIP_DEPUTY, ViewingRole.DISCIPLINE_OFFICER
ELSEWHERE = "150424101200"
GONE = WithdrawViewing(person="P1")


def desk() -> Desk:
    """A camera at a window, at two stations of one township and at one of another."""
    far = organisation(ELSEWHERE, standing(OrganisationKind.VILLAGE, OTHER_TOWNSHIP))
    county = Desk(HANDLERS, roster(far))
    for shown in (OFFICE, STATION, NEIGHBOUR, ELSEWHERE):
        assert county.agrees(CAMERA, shown, "2018-01-08") == (
            (shown, DeviceRegistered(device="counter-1", name="大厅")),
        )
    return county


def granted(role: ViewingRole, at: str) -> Desk:
    county = desk()
    facts = county.agrees(GrantViewing(person="P1", role=role), at, "2018-01-09", by=COUNTY)
    assert facts == ((at, ViewingGranted(person="P1", role=role)),)
    return county


def looks_at(shown: str, person: str = "P1") -> ViewDevice:
    return ViewDevice(device="counter-1", organisation=shown, person=person)


@pytest.mark.parametrize(
    ("role", "at", "sees"),
    [
        (HEAD, OFFICE, {OFFICE}),
        (HEAD, HALL, set()),
        (DEPUTY, TOWNSHIP, {STATION, NEIGHBOUR}),
        (DEPUTY, OTHER_TOWNSHIP, {ELSEWHERE}),
        (OFFICER, COUNTY, {OFFICE, STATION, NEIGHBOUR, ELSEWHERE}),
    ],
)
def test_a_role_sees_its_own_and_nothing_else(role: ViewingRole, at: str, sees: set[str]) -> None:
    for shown in (OFFICE, STATION, NEIGHBOUR, ELSEWHERE):
        county = granted(role, at)
        if shown in sees:
            facts = county.agrees(looks_at(shown), at, "2018-03-05")
            assert facts == ((shown, DeviceViewed(device="counter-1", person="P1", viewer=at, role=role)),)
            assert county.only(Viewing).organisation == shown
        else:
            assert county.refuses(looks_at(shown), at, "2018-03-05") == "viewing-not-granted"


@pytest.mark.parametrize(
    ("role", "at"),
    [(HEAD, TOWNSHIP), (HEAD, COUNTY), (DEPUTY, OFFICE), (DEPUTY, STATION), (OFFICER, TOWNSHIP), (HEAD, OUTSIDER)],
)
def test_a_role_is_held_where_it_belongs(role: ViewingRole, at: str) -> None:
    assert desk().refuses(GrantViewing(person="P1", role=role), at, by=COUNTY) == "role-elsewhere"


@pytest.mark.parametrize(
    ("day", "may"), [("2018-01-08", False), ("2018-01-09", True), ("2018-03-04", True), ("2018-03-05", False)]
)
def test_a_grant_holds_from_its_day_until_it_is_withdrawn_whenever_the_look_is_learnt(day: str, may: bool) -> None:
    county = granted(DEPUTY, TOWNSHIP)
    assert county.agrees(GONE, TOWNSHIP, "2018-03-05", by=COUNTY) == ((TOWNSHIP, ViewingWithdrawn(person="P1")),)
    if may:
        county.agrees(looks_at(STATION), TOWNSHIP, day)
    else:
        assert county.refuses(looks_at(STATION), TOWNSHIP, day) == "viewing-not-granted"


def test_a_device_registered_anew_has_the_new_link_and_an_older_registration_changes_nothing() -> None:
    county = desk()
    moved = CAMERA.model_copy(update={"link": f"{LINK}?moved"})
    county.agrees(moved, STATION, "2018-06-01")
    assert county.refuses(CAMERA, STATION, "2018-05-01") == "device-already-registered"
    assert {one.link for one in county.kept(Device) if one.organisation == STATION} == {moved.link}


GONE_CAMERA = RemoveDevice(device="counter-1")


def test_a_device_that_is_removed_is_looked_through_no_longer_until_it_is_registered_anew() -> None:
    county = granted(DEPUTY, TOWNSHIP)
    removed = ((STATION, DeviceRemoved(device="counter-1", name="大厅")),)
    assert county.agrees(GONE_CAMERA, STATION, "2018-04-02") == removed
    assert county.refuses(GONE_CAMERA, STATION, "2018-04-03") == "unknown-device"
    assert county.refuses(looks_at(STATION), TOWNSHIP, "2018-04-02") == "unknown-device"
    county.agrees(looks_at(STATION), TOWNSHIP, "2018-04-01")
    assert county.refuses(CAMERA, STATION, "2018-04-01") == "device-already-registered"
    county.agrees(CAMERA, STATION, "2018-05-02")
    county.agrees(looks_at(STATION), TOWNSHIP, "2018-05-03")


def test_a_device_is_not_removed_before_it_was_registered() -> None:
    assert desk().refuses(GONE_CAMERA, STATION, "2018-01-07") == "unknown-device"


def test_the_link_to_the_camera_is_in_no_fact() -> None:
    facts = [fact for _, fact in Desk(HANDLERS, roster()).agrees(CAMERA, STATION)]
    assert facts
    assert not any(LINK in fact.model_dump_json() for fact in facts)


@pytest.mark.parametrize(
    "link",
    [
        "http://camera.example.org/",
        "https://",
        "https://user:word@camera.example.org/",
        "javascript:alert(1)",
        'https://a.example/"',
        "https://a.example/ b",
    ],
)
def test_only_a_plain_https_address_is_a_link(link: str) -> None:
    with pytest.raises(ValueError, match="link"):
        RegisterDevice(device="counter-1", name="大厅", link=link)


LEADS_AWAY = CAMERA.model_copy(update={"link": "https://evil.example/login"})


def test_a_link_leads_only_where_the_operator_allows() -> None:
    listed = Desk(HANDLERS, roster(), allowed=Allowance(cameras=Hosts.of("evil.example")))
    listed.agrees(LEADS_AWAY, STATION)
    assert listed.refuses(CAMERA, NEIGHBOUR) == "camera-elsewhere"


REFUSALS: list[tuple[str, Callable[[Desk], str]]] = [
    ("no-window-or-station", lambda county: county.refuses(CAMERA, TOWNSHIP)),
    ("camera-elsewhere", lambda county: county.refuses(LEADS_AWAY, STATION)),
    ("device-already-registered", lambda county: county.refuses(CAMERA, STATION, "2018-03-06")),
    (
        "viewing-already-granted",
        lambda county: county.refuses(GrantViewing(person="P1", role=DEPUTY), TOWNSHIP, "2018-03-05", by=COUNTY),
    ),
    ("viewing-not-granted", lambda county: county.refuses(WithdrawViewing(person="P2"), TOWNSHIP, by=COUNTY)),
    ("viewing-not-granted", lambda county: county.refuses(looks_at(STATION, "P2"), TOWNSHIP)),
    (
        "unknown-device",
        lambda county: county.refuses(looks_at(STATION).model_copy(update={"device": "counter-2"}), TOWNSHIP),
    ),
]


@pytest.mark.parametrize(("slug", "asks"), REFUSALS)
def test_what_may_not_be_is_refused_with_its_reason(slug: str, asks: Callable[[Desk], str]) -> None:
    assert asks(granted(DEPUTY, TOWNSHIP)) == slug


def test_every_reason_the_rules_name_is_given_here() -> None:
    assert slugs_in("services/inspection/supervision/rules.py") == {slug for slug, _ in REFUSALS} | {"role-elsewhere"}


@pytest.mark.parametrize(
    ("age", "person", "open"),
    [
        (timedelta(0), "P1", True),
        (2 * AT_ONCE, "P1", True),
        (2 * AT_ONCE + timedelta(seconds=1), "P1", False),
        (-2 * AT_ONCE - timedelta(seconds=1), "P1", False),
        (timedelta(0), "P2", False),
    ],
)
def test_the_way_is_open_as_long_as_the_look_is_one_of_now(age: timedelta, person: str, open: bool) -> None:
    now = datetime(2018, 3, 5, 12, tzinfo=CHINA)
    given = {"county": COUNTY, "organisation": STATION, "device": "counter-1", "viewer": TOWNSHIP}
    look = Viewing(id="1", person="P1", role=DEPUTY, at=now - age, **given)
    assert is_open(look, person, now) is open
