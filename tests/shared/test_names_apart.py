"""Two organisations of the same name are told apart by who is above them, on the day that is asked for."""

from __future__ import annotations

from datetime import date

from shared.events.vocabulary import OrganisationKind
from shared.pages.words import name_of, names_on
from shared.roster.organisations import Roster
from tests.asking import organisation, standing

DAY = date(2018, 3, 5)
COUNTY, FIRST, OTHER = "150424", "150424100", "150424106"
VILLAGES = {"150424100202": "冬不冷村", "150424100218": "东风村", "150424106208": "东风村"}


def county() -> Roster:
    """Two townships, with a village of the same name in each."""
    known = [organisation(COUNTY, standing(OrganisationKind.COUNTY, None, name="林西县"))]
    for code, name in ((FIRST, "林西镇"), (OTHER, "统部镇")):
        known.append(organisation(code, standing(OrganisationKind.TOWNSHIP, COUNTY, name=name)))
    for code, name in VILLAGES.items():
        known.append(organisation(code, standing(OrganisationKind.VILLAGE, code[:9], name=name)))
    return Roster().having(*known)


def test_a_name_that_two_have_says_which_and_any_other_is_left_as_it_is() -> None:
    called = names_on(county(), DAY)
    assert [called[code] for code in VILLAGES] == ["冬不冷村", "东风村（林西镇）", "东风村（统部镇）"]
    assert (called[COUNTY], called[FIRST]) == ("林西县", "林西镇")


def test_a_county_that_is_not_registered_yet_is_not_called_by_a_number() -> None:
    assert name_of(COUNTY, Roster(), DAY) == "全县"
    assert (name_of(FIRST, Roster(), DAY), name_of(COUNTY, county(), DAY)) == (FIRST, "林西县")
