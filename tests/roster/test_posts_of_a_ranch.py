"""Every kind of organisation has its officers: those of a ranch are appointed, sign in, and find their work."""

from __future__ import annotations

import pytest

from shared.events.roster import RegisterOrganisation
from shared.events.roster.people import Post
from shared.events.vocabulary import OrganisationKind
from shared.roster.organisations import Standing
from shared.roster.posts import POSTS
from tests.browsing import browsing, does, signed_in
from tests.county import County
from tests.entrants import SINCE, Entrant, first_time, given_code, is_in
from tests.sealed import ALLOWED, registers
from tests.submitters import COUNTY, START, Submitter, committee, moment

RANCH = Submitter(f"{COUNTY}-P77")
HERDER = Entrant("p-herder", "白云", RANCH.code, Post.STATION_CLERK)
NAME = HERDER.unit
IS_MEMBER = {OrganisationKind.DEPARTMENT, OrganisationKind.STATE_ENTERPRISE}


@pytest.mark.parametrize("kind", list(OrganisationKind))
def test_in_an_organisation_of_each_kind_there_is_a_post_that_somebody_may_hold(kind: OrganisationKind) -> None:
    stands = Standing(since=START, name="某单位", kind=kind, parent=COUNTY, committee_member=kind in IS_MEMBER)
    assert [post for post, rule in POSTS.items() if rule.fits(stands)], kind


async def test_a_ranchs_officer_is_appointed_on_its_page_and_signs_in(county: County) -> None:
    county.allowed = ALLOWED
    ranch = RegisterOrganisation(
        code=RANCH.code, name=NAME, kind=OrganisationKind.RANCH, parent=COUNTY, valid_from=START
    )
    async with county.working():
        await county.hears(committee.says(ranch, SINCE, about=RANCH.code))
        await county.settles()
        known = registers(HERDER.id, RANCH.code, START, name=HERDER.name)
        await county.hears(committee.says(known, SINCE, RANCH.code))
        await county.settles()
        async with browsing(county, "roster") as client:
            client.looks_at(moment("2018-06-13"))
            async with signed_in(client, committee.code, "roster"):
                said = {"person": HERDER.id, "post": "station-clerk", "since": "2018-06-01"}
                shown = await does(county, client, f"/roster/people/of/{RANCH.code}", "appoint", "2018-06-13", **said)
                assert "站长（代办员）" in shown
        async with browsing(county, "roster") as client:
            code = await given_code(client, HERDER, by=committee.code)
            await first_time(client, HERDER, code)
            assert await is_in(client, HERDER)
            assert (await client.get("/roster/todo")).status_code == 200
