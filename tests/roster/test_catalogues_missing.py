"""A county in which a catalogue lists nothing: its committee finds that in its work, others where they choose."""

from __future__ import annotations

import pytest

from shared.events.roster import PlanTurn, RegisterOrganisation
from shared.events.vocabulary import Catalogue, OrganisationKind
from tests.browsing import browsing, form_in, signed_in, wrong_at
from tests.county import County
from tests.listed import ENTRIES, entering
from tests.sealed import ALLOWED, registers
from tests.submitters import COUNTY, START, committee, just_now, moment, office
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


NOW = "2018-03-05"
FORMS = {
    Catalogue.COMMITMENT: ("inspection", f"/inspection/excellence/{office.code}", "commitment", office.code),
    Catalogue.AWARD: ("feedback", f"/feedback/awards?organisation={office.code}", "grant", committee.code),
    Catalogue.WORK: ("roster", "/roster/turns/2018-1", "work", office.code),
}
CHOICES = {Catalogue.COMMITMENT: "item", Catalogue.AWARD: "award", Catalogue.WORK: "work"}
ENTERED = {
    Catalogue.COMMITMENT: {"person": "P-1", "text": "一次性告知，代为复印"},
    Catalogue.AWARD: {"person": "P-1", "at": f"{NOW}T10:00"},
    Catalogue.WORK: {"quantity": "7", "note": "走访老人", "at": f"{NOW}T09:00"},
}


async def begins(county: County) -> None:
    """A new county with one department that holds a turn, and one of its people."""
    member = RegisterOrganisation(
        code=office.code,
        name="林西县民政局",
        kind=OrganisationKind.DEPARTMENT,
        parent=COUNTY,
        valid_from=START,
        committee_member=True,
        due_in_hall=True,
    )
    turn = PlanTurn(turn="2018-1", holders=[office.code], begins=START, theme="敬老爱老")
    await county.hears(committee.registers(COUNTY, OrganisationKind.COUNTY, None))
    await county.hears(committee.says(member, just_now(), about=office.code))
    await county.settles()
    await county.hears(office.moves_in())
    await county.hears(office.says(registers("P-1", office.code, name="赵敏"), just_now()))
    await county.hears(committee.says(turn, moment("2018-01-01")))
    await county.settles()


@pytest.mark.parametrize("catalogue", list(Catalogue))
async def test_a_form_that_chooses_says_who_lists_it_and_loses_nothing(
    empty_county: County, catalogue: Catalogue
) -> None:
    county, (service, page, key, who) = empty_county, FORMS[catalogue]
    county.allowed = ALLOWED
    name, choice = CHOICES[catalogue], f"{key}-{CHOICES[catalogue]}"
    async with county.working():
        await begins(county)
        async with browsing(county, service) as client, signed_in(client, who, service):
            client.looks_at(moment(NOW, "10:00"))
            shown = (await client.get(page)).text
            action = next(one for one in (f"{page}/{key}", f"/feedback/awards/of/{office.code}/{key}") if one in shown)
            hint = shown.split(f'id="{choice}-hint">')[1].split("</p>")[0]
            assert hint.startswith("还没有设置可选的")
            assert f'<a href="/roster/county/{catalogue}">' in hint
            sent = await client.post(action, data=form_in(shown, action, NOW) | ENTERED[catalogue])
            assert (sent.status_code, wrong_at(sent.text, choice)[:8]) == (422, "还没有设置可选的")
            entered = form_in(sent.text, action)
            assert {**entered, **ENTERED[catalogue]} == entered
        async with browsing(county, "roster") as client:
            assert (await client.get(f"/roster/county/{catalogue}")).status_code == 200
        await county.hears(*(committee.says(entering(one), just_now()) for one in ENTRIES))
        await county.settles()
        async with browsing(county, service) as client, signed_in(client, who, service):
            client.looks_at(moment(NOW, "10:00"))
            shown = (await client.get(page)).text
            assert "还没有设置可选的" not in shown
            assert f'name="{name}"' in shown
