"""The row of entries: by work, for each kind of viewer its own, and no page lies in two entries or in none."""

from __future__ import annotations

import re
from datetime import date

import pytest

from shared.events.roster import Office
from shared.events.vocabulary import HALL_PATROL, OrganisationKind
from shared.pages.navigation import PLACES, ViewerKind, beside, groups, kind_of, open_to, place_of, ways
from shared.pages.templates import static_files
from shared.roster.organisations import Standing
from shared.services import SERVICES

COUNTY, OTHER = "150424", "150424-D09"


def standing(kind: OrganisationKind, *offices: Office) -> Standing:
    return Standing(since=date(2018, 1, 1), name="某单位", kind=kind, offices=offices)


@pytest.mark.parametrize(
    ("code", "stands", "kind"),
    [
        ("", None, ViewerKind.NOBODY),
        (COUNTY, None, ViewerKind.COUNTY),
        (OTHER, None, ViewerKind.DEPARTMENT),
        (OTHER, standing(OrganisationKind.DEPARTMENT), ViewerKind.DEPARTMENT),
        (OTHER, standing(OrganisationKind.STATE_ENTERPRISE), ViewerKind.DEPARTMENT),
        (OTHER, standing(OrganisationKind.DEPARTMENT, Office(office=HALL_PATROL, scope=COUNTY)), ViewerKind.HALL),
        ("150424100", standing(OrganisationKind.TOWNSHIP), ViewerKind.TOWNSHIP),
        ("150424100202", standing(OrganisationKind.VILLAGE), ViewerKind.VILLAGE),
    ],
)
def test_what_somebody_has_to_do_follows_from_what_it_is(code: str, stands: Standing | None, kind: ViewerKind) -> None:
    assert kind_of(code, COUNTY, stands) is kind


@pytest.mark.parametrize("kind", ViewerKind)
def test_every_page_that_is_looked_for_lies_in_one_entry_of_every_row(kind: ViewerKind) -> None:
    keys = [(one.service, one.page.key) for one in PLACES]
    for service, key in [*keys, ("roster", "more"), ("inspection", "submissions")]:
        assert [way.is_current for way in ways(kind, OTHER, service, key)].count(True) == 1, (service, key)
    assert not any(way.is_current for way in ways(kind, OTHER, "roster", ""))


@pytest.mark.parametrize("kind", ViewerKind)
def test_a_phone_has_four_entries_at_hand_the_rest_in_the_last(kind: ViewerKind) -> None:
    row = [*ways(kind, OTHER, "roster", "")]
    at_hand = [way for way in row if way.is_at_hand]
    assert (len(at_hand), at_hand[-1].name) == (4, "更多")
    icons = static_files()["icons.svg"].body.decode()
    assert all(f'<symbol id="{way.icon}"' in icons for way in row)


@pytest.mark.parametrize("kind", ViewerKind)
def test_an_entry_leads_to_a_page_of_a_service_and_to_ones_own_where_it_says_so(kind: ViewerKind) -> None:
    for way in ways(kind, OTHER, "feedback", ""):
        assert re.match(rf"/({'|'.join(SERVICES)})/", way.url)
        assert "{" not in way.url
    is_own = any(OTHER in way.url for way in ways(kind, OTHER, "feedback", ""))
    assert is_own is (kind not in (ViewerKind.COUNTY, ViewerKind.NOBODY))


@pytest.mark.parametrize("kind", ViewerKind)
def test_what_waits_stands_first_for_whoever_is_signed_in(kind: ViewerKind) -> None:
    first = next(ways(kind, OTHER, "greenchannel", "todo"))
    is_signed_in = kind is not ViewerKind.NOBODY
    assert ((first.name, first.url) == ("待办", "/greenchannel/todo")) is is_signed_in
    assert first.is_current is first.is_at_hand is True or not is_signed_in


def test_what_lies_in_a_row_that_has_it_not_is_found_in_the_last_entry() -> None:
    assert [way.name for way in ways(ViewerKind.VILLAGE, OTHER, "inspection", "patrols") if way.is_current] == ["更多"]
    assert [way.name for way in ways(ViewerKind.NOBODY, "", "inspection", "excellence") if way.is_current] == [
        "四优窗口"
    ]
    assert [way.name for way in ways(ViewerKind.COUNTY, COUNTY, "inspection", "excellence") if way.is_current] == [
        "更多"
    ]


def test_the_last_entry_lists_all_that_opens_by_work() -> None:
    for code in ("", OTHER, COUNTY):
        listed = groups(open_to(code, COUNTY))
        assert [one for _, found in listed for one in found] == open_to(code, COUNTY)
        assert len({name for name, _ in listed}) == len(listed)
    assert {one.page.key for one in open_to(COUNTY, COUNTY)} - {one.page.key for one in open_to(OTHER, COUNTY)} == {
        "moved",
        "dead-letters",
        "health",
    }


def test_beside_a_page_stand_those_of_its_work_that_open_to_whoever_looks() -> None:
    here = place_of("feedback", "organisations")
    opened = [one.page.key for one in beside(here, open_to(OTHER, COUNTY))]
    assert opened == ["organisations", "changed", "awards", "scheme"]
    assert beside(None, open_to(COUNTY, COUNTY)) == []


def test_every_page_says_what_it_is_for() -> None:
    assert [one.url for one in PLACES if not one.page.says.endswith("。")] == []
