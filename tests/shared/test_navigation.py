"""The row of entries: by work, for each kind of viewer its own, and no page lies in two entries or in none."""

from __future__ import annotations

import re
from datetime import date

import pytest

from shared.events.roster import Office
from shared.events.roster.people import Post
from shared.events.vocabulary import HALL_PATROL, OrganisationKind
from shared.identity.audience import To
from shared.pages.navigation import (
    ADMINISTRATORS,
    PLACES,
    ViewerKind,
    beside,
    groups,
    in_a_line,
    kind_of,
    open_to,
    place_of,
    ways,
)
from shared.pages.templates import static_files
from shared.roster.organisations import Standing
from shared.services import SERVICES, listed
from shared.web.reading import declared
from tests.processes_here import application

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
    assert is_own is (kind not in (ViewerKind.COUNTY, ViewerKind.ADMINISTRATOR, ViewerKind.NOBODY))


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
        "start",
        "moved",
        "drafts",
        "overdue-documents",
        "filing",
        "vetoes",
        "accounts",
        "dead-letters",
        "health",
        "rebuilds",
    }


def test_beside_a_page_stand_those_of_its_work_that_open_to_whoever_looks() -> None:
    here = place_of("feedback", "organisations")
    opened = [one.page.key for one in beside(here, open_to(OTHER, COUNTY))]
    assert opened == [
        "organisations",
        "courses",
        "deliveries",
        "changed",
        "assessments",
        "packages",
        "yearbook",
        "awards",
        "nominations",
        "training-up",
        "scheme",
        "document-scheme",
        "assessment-scheme",
    ]
    assert beside(None, open_to(COUNTY, COUNTY)) == []


@pytest.mark.parametrize("code", [COUNTY, OTHER])
def test_the_pages_of_a_work_stand_in_one_line_and_the_rest_behind_it(code: str) -> None:
    """A letter is 16 points wide, a tab 28 wider than its name; beside the sign of help there are 1188 at 1366."""
    for _, places in groups(open_to(code, COUNTY)):
        row = in_a_line(places)
        assert [*row.at_hand, *row.rest] == places, "each is reached by its name"
        names = [one.page.name for one in row.at_hand] + ["▸更多"] * bool(row.rest)
        assert sum(16 * len(name) + 28 for name in names) <= 1188
        assert row.is_long or not row.rest


def test_to_a_person_opens_what_its_posts_read_and_the_row_leads_nowhere_else() -> None:
    def seen(*posts: Post) -> set[str]:
        return {one.page.key for one in open_to(COUNTY, COUNTY, frozenset(posts))}

    by_token = {one.page.key for one in open_to(COUNTY, COUNTY)}
    assert seen(Post.OFFICE_CLERK) == by_token - {"accounts", "dead-letters", "health", "rebuilds"}
    assert seen(Post.SYSTEM_ADMIN) >= {"dead-letters", "health", "rebuilds", "organisations"}
    assert seen(Post.SYSTEM_ADMIN).isdisjoint({"people", "cases", "inspections", "moved", "certificates"})
    assert {"accounts", "people"} <= seen(Post.SECURITY_ADMIN)
    assert seen(Post.AUDITOR).isdisjoint({"accounts", "people", "cases", "dead-letters", "health"})
    for posts in (frozenset(), *(frozenset([post]) for post in Post)):
        opening = open_to(COUNTY, COUNTY, posts)
        for way in ways(kind_of(COUNTY, COUNTY, None, posts), COUNTY, "feedback", "", opening):
            place = next((one for one in PLACES if one.url == way.url.partition("?")[0]), None)
            assert place is None or place in opening, (posts, way.url)


def test_administrators_and_who_holds_no_post_have_rows_of_their_own() -> None:
    assert kind_of(COUNTY, COUNTY, None, frozenset({Post.AUDITOR})) is ViewerKind.ADMINISTRATOR
    assert kind_of(COUNTY, COUNTY, None, frozenset({Post.AUDITOR, Post.OFFICE_CLERK})) is ViewerKind.COUNTY
    assert kind_of(COUNTY, COUNTY, None, frozenset()) is ViewerKind.NOBODY
    assert {Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR, Post.MONITOR} == ADMINISTRATORS


@pytest.mark.parametrize("service", SERVICES)
def test_a_page_of_the_table_opens_as_its_route_does(service: str) -> None:
    rules = {one.path: one.rule for one in declared(application(service)) if "GET" in one.methods}
    for one in listed(service).shown:
        rule = rules[f"/{service}/{one.path}"]
        assert rule is not None
        to = To.SIGNED_IN if rule.to is To.CONCERNED else rule.to
        assert (one.to, one.matter) == (to, rule.kind), one.key


def test_every_page_says_what_it_is_for() -> None:
    assert [one.url for one in PLACES if not one.page.says.endswith("。")] == []
