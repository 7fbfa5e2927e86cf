"""Units of a kind side by side: a fair measure of each over the periods up to one, with the mean of its kind."""

from __future__ import annotations

from typing import Any

import pytest

from services.feedback.county.courses import FAIR, called, courses, said, up_to
from services.feedback.measures.model import MonthlyDocument
from shared.events.vocabulary import OrganisationKind
from shared.pages.drawn import line, scale_of
from tests.asking import COUNTY, HALL, OFFICE, STATION, TOWNSHIP, roster

DEPARTMENT, OF_TOWNSHIP = OrganisationKind.DEPARTMENT, OrganisationKind.TOWNSHIP


def of(code: str, month: str, **add: Any) -> MonthlyDocument:
    path = f"{COUNTY}/{TOWNSHIP}/{code}" if code == STATION else f"{COUNTY}/{code}"
    return MonthlyDocument(id=f"{month}/{path}", month=month, county=COUNTY, path=path, add=add)


def score(points: int, times: int) -> dict[str, int]:
    return {"n": points, "d": times}


@pytest.mark.parametrize(
    ("period", "first", "count"), [("2018-12", "2018-01", 12), ("2018-Q2", "2016-Q3", 8), ("2018", "2014", 5)]
)
def test_a_year_of_months_two_of_quarters_and_five_years_are_shown(period: str, first: str, count: int) -> None:
    found = up_to(period)
    assert (found[0], found[-1], len(found)) == (first, period, count)


def test_each_unit_has_its_value_in_each_period_and_the_mean_is_of_those_that_have_one() -> None:
    documents = [
        of(OFFICE, "2018-02", score=score(19_000, 2)),
        of(OFFICE, "2018-03", score=score(18_000, 2)),
        of(HALL, "2018-03", score=score(8_000, 1)),
    ]
    found = courses(documents, roster(), COUNTY, DEPARTMENT, "score", "2018-03")
    values = {one.code: [said("score", value) for value in one.values[-3:]] for one in found.units}
    assert values == {HALL: ["—", "—", "80.00"], OFFICE: ["—", "95.00", "90.00"]}
    assert [said("score", value) for value in found.means[-3:]] == ["—", "95.00", "85.00"]


def test_a_count_is_of_each_station_and_nothing_that_grows_with_size_is_offered() -> None:
    documents = [of(STATION, "2018-03", inspections=40)]
    (township,) = courses(documents, roster(), COUNTY, OF_TOWNSHIP, "inspections", "2018-03").units
    assert (township.code, said("inspections", township.values[-1])) == (TOWNSHIP, "20.0")
    assert called("inspections", OF_TOWNSHIP) == "每站日常检查（次）"
    assert "activities" not in FAIR


def test_lines_on_one_scale_are_as_high_as_their_values() -> None:
    low, high = line([90, 90], "", scale=(80, 100)), line([100, 100], "", scale=(80, 100))
    ends = [one.paths[0].d.split("L")[0].split()[1] for one in (low, high)]
    assert ends == ["14", "3"]
    assert scale_of([None, 80, 100]) == (80, 100)
    assert scale_of([None]) is None
