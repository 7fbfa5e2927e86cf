"""A county in which a catalogue lists nothing: its committee is told so where its work waits, and nobody else is."""

from __future__ import annotations

from shared.events.vocabulary import OrganisationKind
from tests.browsing import browsing, signed_in
from tests.county import County
from tests.listed import ENTRIES, entering
from tests.submitters import COUNTY, committee, just_now, office
from tests.todo import listed

TO_LIST = ["登记荣誉目录", "登记轮值工作目录", "登记承诺事项目录"]


async def waiting(county: County, code: str) -> list[str]:
    """What waits of catalogues for whoever signs in."""
    async with browsing(county, "roster") as client, signed_in(client, code, "roster"):
        return [one for one in await listed(client, "roster") if one.endswith("目录")]


async def test_what_is_not_listed_yet_waits_for_the_committee_alone(empty_county: County) -> None:
    county = empty_county
    async with county.working():
        await county.hears(committee.registers(COUNTY, OrganisationKind.COUNTY, None))
        await county.hears(committee.registers(office.code, OrganisationKind.DEPARTMENT, COUNTY))
        await county.settles()
        assert sorted(await waiting(county, committee.code)) == sorted(TO_LIST)
        assert await waiting(county, office.code) == []
        await county.hears(*(committee.says(entering(one), just_now()) for one in ENTRIES))
        await county.settles()
        assert await waiting(county, committee.code) == []
