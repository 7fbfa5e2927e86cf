"""A heading and its rows add up, also when villages moved within the period."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from services.feedback.county.directory import about, below, directory
from services.feedback.county.lines import HEADS, Figures, Line, lines_below
from services.feedback.measures.model import MonthlyDocument
from shared.events.vocabulary import OrganisationKind
from shared.roster.organisations import Ending, Roster
from tests.asking import (
    COUNTY,
    HALL,
    NEIGHBOUR,
    OFFICE,
    OTHER_TOWNSHIP,
    STATION,
    TOWNSHIP,
    organisation,
    roster,
    standing,
)

VILLAGE = OrganisationKind.VILLAGE
MOVED = roster(organisation(STATION, standing(VILLAGE, TOWNSHIP), standing(VILLAGE, OTHER_TOWNSHIP, date(2018, 5, 16))))
COUNTS = HEADS.index("日常检查（次）")


def did(month: str, path: str, times: int) -> MonthlyDocument:
    at = f"{COUNTY}/{path}"
    return MonthlyDocument(id=f"{month}/{at}", month=month, county=COUNTY, path=at, add={"inspections": times})


MAY = [
    did("2018-05", f"{TOWNSHIP}/{STATION}", 8),
    did("2018-05", f"{OTHER_TOWNSHIP}/{STATION}", 4),
    did("2018-05", f"{TOWNSHIP}/{NEIGHBOUR}", 20),
    did("2018-05", TOWNSHIP, 1),
]


def shown(roster: Roster, above: str, period: str, documents: Iterable[MonthlyDocument]) -> dict[str, tuple[str, str]]:
    lines = below(roster, COUNTY, above, period, list(documents), {})
    return {line.code: (line.figures[COUNTS], line.note) for line in lines}


def test_a_village_that_moved_stands_in_both_townships_with_its_part_and_since_or_until_when() -> None:
    assert shown(MOVED, TOWNSHIP, "2018-05", MAY) == {
        TOWNSHIP: ("1", ""),
        STATION: ("8", "至2018年5月15日"),
        NEIGHBOUR: ("20", ""),
    }
    assert shown(MOVED, OTHER_TOWNSHIP, "2018-05", MAY) == {STATION: ("4", "自2018年5月16日")}
    listed = directory(MOVED, COUNTY, "2018-05", MAY, {})
    heading = {line.code: line.figures[COUNTS] for line in (*listed.townships, *listed.others)}
    assert (heading[TOWNSHIP], heading[OTHER_TOWNSHIP]) == ("29", "4")


def test_before_and_after_the_move_it_stands_in_one_without_a_word() -> None:
    assert shown(MOVED, TOWNSHIP, "2018-04", []) == {STATION: ("0", ""), NEIGHBOUR: ("0", "")}
    assert shown(MOVED, OTHER_TOWNSHIP, "2018-04", []) == {}
    assert shown(MOVED, OTHER_TOWNSHIP, "2018-06", []) == {STATION: ("0", "")}


def test_what_a_late_move_left_at_the_old_place_stands_there_too() -> None:
    known = roster(organisation(STATION, standing(VILLAGE, OTHER_TOWNSHIP)))
    assert shown(known, TOWNSHIP, "2018-05", MAY)[STATION] == ("8", "按发生时的隶属关系")


def test_a_village_that_ended_stands_until_its_last_day() -> None:
    over = standing(VILLAGE, TOWNSHIP, date(2018, 5, 16)).model_copy(update={"ended": Ending()})
    known = roster(organisation(STATION, standing(VILLAGE, TOWNSHIP), over))
    assert shown(known, TOWNSHIP, "2018-05", MAY)[STATION] == ("8", "至2018年5月15日")


def test_what_ended_within_the_period_is_listed_until_its_last_day_with_what_it_did() -> None:
    ends = standing(OrganisationKind.DEPARTMENT, COUNTY, date(2018, 5, 16), ended=Ending(followed_by=(HALL,)))
    known = roster(organisation(OFFICE, standing(OrganisationKind.DEPARTMENT, COUNTY, feedback_recipient=True), ends))
    work = [did("2018-05", OFFICE, 5), did("2018-05", HALL, 7)]
    listed = directory(known, COUNTY, "2018-05", work, {})
    assert [(line.code, line.figures[COUNTS], line.note) for line in listed.ended] == [(OFFICE, "5", "至2018年5月15日")]
    rows = (*listed.departments, *listed.townships, *listed.others, *listed.ended)
    assert sum(int(line.figures[COUNTS]) for line in rows if line.code != COUNTY) == 12
    assert directory(known, COUNTY, "2018-06", work, {}).ended == ()


def test_whoever_was_set_up_anew_is_a_recipient_or_not_as_it_was_when_it_ended() -> None:
    ends = standing(OrganisationKind.DEPARTMENT, COUNTY, date(2018, 5, 16), ended=Ending())
    first = standing(OrganisationKind.DEPARTMENT, COUNTY, feedback_recipient=True)
    anew = standing(OrganisationKind.DEPARTMENT, COUNTY, date(2019, 1, 1))
    shown = about(roster(organisation(OFFICE, first, ends, anew)), OFFICE, date(2018, 6, 30), "2018-06")
    assert shown is not None
    assert shown.is_recipient


def test_a_change_of_name_within_the_period_is_no_move() -> None:
    renamed = organisation(STATION, standing(VILLAGE, TOWNSHIP), standing(VILLAGE, TOWNSHIP, date(2018, 5, 16)))
    assert shown(roster(renamed), TOWNSHIP, "2018-05", MAY)[STATION] == ("8", "")


def test_what_one_holds_is_where_it_stands_when_the_period_ends() -> None:
    open_ = {"rectifications-open": 2}
    held = {STATION: open_, OTHER_TOWNSHIP: open_, COUNTY: open_}
    figures, at = Figures.of(MAY, ["2018-05"], held), HEADS.index("期末未销号（项）")

    def held_by(above: str) -> dict[str, str]:
        return {line.code: line.figures[at] for line in lines_below(MOVED, above, "2018-05", figures)}

    assert held_by(OTHER_TOWNSHIP) == {STATION: "2"}
    assert held_by(TOWNSHIP)[STATION] == "0"


PLACES = [f"{TOWNSHIP}/{STATION}", f"{OTHER_TOWNSHIP}/{STATION}", f"{TOWNSHIP}/{NEIGHBOUR}", TOWNSHIP]


@given(st.lists(st.tuples(st.sampled_from(["2018-05", "2018-06"]), st.sampled_from(PLACES), st.integers(1, 50))))
def test_whatever_happened_where_a_heading_is_the_sum_of_its_rows(happened: list[tuple[str, str, int]]) -> None:
    documents = [did(month, path, times) for month, path, times in happened]
    for period in ("2018-05", "2018-06", "2018-Q2", "2018"):
        listed = directory(MOVED, COUNTY, period, documents, {})
        for township in chain(listed.townships, listed.others):
            if township.below:
                assert _count(township) == sum(_count(line) for line in township.below)


def _count(line: Line) -> int:
    return int(line.figures[COUNTS].replace(",", ""))
