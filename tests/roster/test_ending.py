"""Organisations end: abolished, merged, split, given another code; who follows answers for what is left open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.feedback.measures.adding import held
from services.roster.handlers import HANDLERS
from shared.events.roster import (
    DissolutionWithdrawn,
    DissolveOrganisation,
    OrganisationDissolved,
    OrganisationRegistered,
    RegisterOrganisation,
    StationDepartment,
    WithdrawDissolution,
)
from shared.events.vocabulary import Hall, OrganisationKind, PatrolKind
from shared.pipeline.decisions import About, Accepted
from shared.roster.organisations import Organisation, Roster
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
    asked,
    facts,
    moment,
    roster,
)

LAST = date(2018, 6, 14)
AFTER = LAST + timedelta(days=1)


def desk() -> Desk:
    return Desk(HANDLERS, roster(), *roster())


def ends(county: Desk, code: str, *followed_by: str, last_day: date = LAST, n: int = 0) -> object:
    """Entered in March; whoever is below it is found, as the database would find it."""
    asking = DissolveOrganisation(last_day=last_day, followed_by=list(followed_by), basis="合并")
    return county.decides(asked(asking, code, by=COUNTY, n=n), below(county, code))


def below(county: Desk, code: str) -> list[Organisation]:
    known = county.kept(Organisation)
    return [one for one in known if any(code in (stood.parent, stood.passed_from) for stood in one.history)]


def refused(county: Desk, code: str, *followed_by: str, last_day: date = LAST) -> str:
    verdict = ends(county, code, *followed_by, last_day=last_day)
    assert not isinstance(verdict, Accepted)
    return str(getattr(verdict, "slug", ""))


def test_a_village_that_was_merged_stands_no_more_from_the_day_after() -> None:
    county = desk()
    ends(county, STATION, NEIGHBOUR)
    assert county.roster.standing(STATION, LAST) is not None
    assert county.roster.path(STATION, LAST) == f"{COUNTY}/{TOWNSHIP}/{STATION}"
    assert county.roster.standing(STATION, AFTER) is None
    assert county.roster.path(STATION, AFTER) == ""
    due = {PatrolKind.STATION: [NEIGHBOUR], PatrolKind.WINDOW: [OFFICE]}
    assert county.roster.patrolled(COUNTY, AFTER) == {code: kind for kind, codes in due.items() for code in codes}


def test_who_follows_answers_for_what_it_left_open_and_so_does_whoever_is_above() -> None:
    county = desk()
    ends(county, STATION, NEIGHBOUR)
    assert county.roster.answering(STATION, LAST) == STATION
    assert county.roster.answering(STATION, AFTER) == NEIGHBOUR
    assert county.roster.answers_for(NEIGHBOUR, AFTER) == (STATION,)
    assert county.roster.may_speak_for(NEIGHBOUR, STATION, None, AFTER)
    assert county.roster.may_speak_for(TOWNSHIP, STATION, None, AFTER)
    assert not county.roster.may_speak_for(NEIGHBOUR, STATION, None, LAST)
    assert not county.roster.may_speak_for(STATION, STATION, None, AFTER)


def test_several_may_be_merged_into_one_which_may_be_followed_itself() -> None:
    county = desk()
    ends(county, STATION, NEIGHBOUR)
    ends(county, OUTSIDER, NEIGHBOUR)
    ends(county, NEIGHBOUR, OTHER_TOWNSHIP, last_day=date(2018, 9, 30))
    assert county.roster.answers_for(NEIGHBOUR, AFTER) == (OUTSIDER, STATION)
    assert county.roster.answering(STATION, date(2018, 10, 1)) == OTHER_TOWNSHIP


def test_without_a_successor_the_one_above_answers() -> None:
    county = desk()
    ends(county, STATION)
    assert county.roster.answering(STATION, AFTER) == TOWNSHIP


def test_the_fact_happens_on_the_last_day_and_says_whether_a_window_ended() -> None:
    county = desk()
    verdict = ends(county, OFFICE, HALL)
    assert isinstance(verdict, Accepted)
    fact = OrganisationDissolved(last_day=LAST, followed_by=[HALL], stationed=True)
    assert facts(verdict, OFFICE) == ((OFFICE, fact),)
    assert [fact.time.date() for fact in verdict.facts if isinstance(fact, About) and fact.time] == [LAST]


def test_a_township_that_ends_leaves_its_villages_to_its_successor() -> None:
    county = desk()
    verdict = ends(county, TOWNSHIP, OTHER_TOWNSHIP)
    assert county.roster.path(STATION, LAST) == f"{COUNTY}/{TOWNSHIP}/{STATION}"
    assert county.roster.path(STATION, AFTER) == f"{COUNTY}/{OTHER_TOWNSHIP}/{STATION}"
    assert isinstance(verdict, Accepted)
    followed = [(code, fact) for code, fact in facts(verdict, TOWNSHIP) if isinstance(fact, OrganisationRegistered)]
    assert [(code, fact.parent, fact.valid_from) for code, fact in followed] == [
        (STATION, OTHER_TOWNSHIP, AFTER),
        (NEIGHBOUR, OTHER_TOWNSHIP, AFTER),
    ]


def test_a_village_whose_move_below_it_was_entered_for_later_goes_to_the_successor_as_well() -> None:
    county = desk()
    later = RegisterOrganisation(
        code=OUTSIDER, name="牧场", kind=OrganisationKind.RANCH, parent=TOWNSHIP, valid_from=date(2018, 7, 1)
    )
    county.agrees(later, OUTSIDER, by=COUNTY)
    ends(county, TOWNSHIP, OTHER_TOWNSHIP)
    assert county.roster.path(OUTSIDER, AFTER) == f"{COUNTY}/{OUTSIDER}"
    assert county.roster.path(OUTSIDER, date(2018, 7, 1)) == f"{COUNTY}/{OTHER_TOWNSHIP}/{OUTSIDER}"


def test_nobody_is_left_below_nobody() -> None:
    assert refused(desk(), TOWNSHIP) == "still-below"


@pytest.mark.parametrize("successor", [STATION, "150424100999", "150525"], ids=["below it", "unknown", "elsewhere"])
def test_a_successor_stands_in_the_county_and_not_below_it(successor: str) -> None:
    assert refused(desk(), TOWNSHIP, successor) == "unfit-successor"


def test_a_county_does_not_end_and_nothing_ends_before_its_last_change() -> None:
    county = desk()
    assert refused(county, COUNTY) == "county-stays"
    county.agrees(StationDepartment(hall=Hall.HALL, valid_from=AFTER), HALL, by=COUNTY)
    assert refused(county, HALL) == "registered-earlier"


def test_entered_again_it_changes_nothing_and_with_another_day_it_is_corrected() -> None:
    county = desk()
    ends(county, TOWNSHIP, OTHER_TOWNSHIP)
    assert ends(county, TOWNSHIP, OTHER_TOWNSHIP, n=1) == Accepted()
    verdict = ends(county, TOWNSHIP, OTHER_TOWNSHIP, last_day=date(2018, 6, 30), n=2)
    assert isinstance(verdict, Accepted)
    assert isinstance(facts(verdict, TOWNSHIP)[0][1], DissolutionWithdrawn)
    assert county.roster.path(STATION, date(2018, 6, 30)) == f"{COUNTY}/{TOWNSHIP}/{STATION}"
    assert county.roster.path(STATION, date(2018, 7, 1)) == f"{COUNTY}/{OTHER_TOWNSHIP}/{STATION}"


def test_withdrawn_everything_is_as_if_it_had_never_been_entered() -> None:
    county, before = desk(), roster()
    ends(county, TOWNSHIP, OTHER_TOWNSHIP)
    ends(county, OFFICE, HALL)
    for code in (TOWNSHIP, OFFICE):
        verdict = county.decides(asked(WithdrawDissolution(reason="缓"), code, by=COUNTY), below(county, code))
        assert isinstance(verdict, Accepted)
        assert DissolutionWithdrawn(last_day=LAST, stationed=code == OFFICE) in [
            fact for _, fact in facts(verdict, code)
        ]
    assert {one.id: one.history for one in county.roster} == {one.id: one.history for one in before}
    again = county.decides(asked(WithdrawDissolution(reason="缓"), OFFICE, by=COUNTY, n=1))
    assert getattr(again, "slug", "") == "not-dissolved"


def test_of_several_decisions_about_one_day_a_window_is_counted_out_once_in_whatever_order_they_are_added() -> None:
    county = desk()
    first = ends(county, OFFICE, HALL)
    ended = county.roster.organisation(OFFICE)
    assert ended is not None
    county.keeps([ended.having(version=1)])
    again = ends(county, OFFICE, TOWNSHIP)
    assert isinstance(first, Accepted)
    assert isinstance(again, Accepted)
    dated = [one for one in (*first.facts, *again.facts) if isinstance(one, About) and one.time]
    assert {one.time for one in dated} == {moment(f"{LAST}T23:59:59")}
    assert sum(held(one.fact).get("stationed", 0) for one in dated) == -1


def test_what_ends_takes_no_change_and_nobody_in_until_its_end_is_withdrawn() -> None:
    county = desk()
    ends(county, TOWNSHIP, OTHER_TOWNSHIP)
    ends(county, HALL, OFFICE)
    village = RegisterOrganisation(
        code="150424100204", name="新村", kind=OrganisationKind.VILLAGE, parent=TOWNSHIP, valid_from=date(2018, 4, 1)
    )
    assert county.refuses(village, village.code, by=COUNTY) == "organisation-ends"
    assert county.refuses(StationDepartment(hall=Hall.HALL, valid_from=LAST), HALL, by=COUNTY) == "organisation-ends"


def test_a_code_that_has_ended_may_be_set_up_anew_later() -> None:
    county = desk()
    ends(county, STATION, NEIGHBOUR)
    anew = RegisterOrganisation(
        code=STATION, name="甲村", kind=OrganisationKind.VILLAGE, parent=TOWNSHIP, valid_from=date(2019, 1, 1)
    )
    county.agrees(anew, STATION, by=COUNTY)
    assert county.roster.standing(STATION, AFTER) is None
    assert county.roster.answering(STATION, date(2019, 1, 1)) == STATION


def test_another_service_reads_the_end_as_it_was_written() -> None:
    county = desk()
    ends(county, STATION, NEIGHBOUR)
    written = county.roster.organisation(STATION)
    assert written is not None
    read = Organisation.model_validate_json(written.model_dump_json())
    assert Roster().having(*roster(), read).answering(STATION, AFTER) == NEIGHBOUR
