"""A unit is found by letters of its name, and the county's committee before all that are called like the county."""

from __future__ import annotations

from datetime import date

from services.roster.accounts.units import units_like
from shared.events.vocabulary import OrganisationKind
from shared.roster.organisations import Organisation, Roster, Standing

START = date(2018, 1, 1)
COUNTY, CIVIL, TRAFFIC, TOWNSHIP = "150424", "150424-D15", "150424-D04", "150424100"


def registered(code: str, name: str, kind: OrganisationKind = OrganisationKind.DEPARTMENT) -> Organisation:
    parent = None if code == COUNTY else COUNTY
    return Organisation(id=code, history=(Standing(since=START, name=name, kind=kind, parent=parent),))


ROSTER = Roster(
    {
        one.id: one
        for one in (
            registered(COUNTY, "林西县", OrganisationKind.COUNTY),
            registered(CIVIL, "林西县民政局"),
            registered(TRAFFIC, "林西县交通运输局"),
            registered(TOWNSHIP, "林西镇", OrganisationKind.TOWNSHIP),
        )
    }
)


def test_by_the_countys_own_name_its_committee_comes_first_and_then_the_shortest() -> None:
    assert [*units_like("林西", ROSTER, START)] == [COUNTY, TOWNSHIP, CIVIL, TRAFFIC]


def test_by_letters_within_a_name_those_are_found_that_have_them() -> None:
    assert [*units_like("民政", ROSTER, START)] == [CIVIL]
    assert [*units_like("民", ROSTER, START)] == []
