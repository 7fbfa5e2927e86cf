"""Checklists: versions follow one another, and a score is what the marks come to."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inspection.handlers import HANDLERS
from services.inspection.patrols.model.checklists import Checklist
from services.inspection.patrols.model.patrols import Inspection
from services.inspection.patrols.model.plans import first_plans
from services.inspection.patrols.sheet import sheet
from shared.events.inspection import (
    Checked,
    ChecklistItem,
    ChecklistPublished,
    InspectionLogged,
    LogInspection,
    PublishChecklist,
)
from shared.events.inspection.scores import score_of
from shared.events.refusals.sentences import InBoth
from shared.events.vocabulary import PatrolKind
from shared.pipeline.decisions import Refused
from tests.asking import STATION, Desk, roster

ITEMS = [
    ChecklistItem(item="guide", name="服务指南齐全", weight=1),
    ChecklistItem(item="extinguisher", name="灭火器有效", weight=2),
]
NEWER = [ChecklistItem(item="lights", name="照明完好", weight=1)]
START, SPRING = date(2018, 1, 1), date(2018, 3, 1)
MARKS = {"guide": 50, "extinguisher": 100}


def published(version: int = 1, since: date = START, items: Any = ITEMS) -> PublishChecklist:
    return PublishChecklist(
        checklist="station-daily", version=version, name="站点检查表", effective_from=since, items=items
    )


def desk(*versions: PublishChecklist) -> Desk:
    county = Desk(HANDLERS, roster())
    for one in versions or (published(),):
        county.agrees(one, at="2018-01-01")
    return county


def patrol(score: int = 8333, version: int = 1, marks: dict[str, int] = MARKS) -> LogInspection:
    checked = Checked(checklist="station-daily", version=version, marks=marks)
    return LogInspection(patrol=PatrolKind.STATION, score=score, checked=checked)


def test_the_fact_and_the_inspection_carry_checklist_and_version_beside_the_score() -> None:
    county = desk()
    ((_, fact), *_) = county.agrees(patrol(), STATION)
    assert isinstance(fact, InspectionLogged)
    assert (fact.score, fact.checklist, fact.version) == (8333, "station-daily", 1)
    assert county.only(Inspection).checked == patrol().checked


def test_a_version_holds_from_its_day_on_and_old_days_keep_the_old_one() -> None:
    county = desk(published(), published(2, SPRING))
    assert county.refuses(patrol(version=1), STATION, "2018-03-16") == "checklist-not-in-force"
    assert county.refuses(patrol(version=2), STATION, "2018-02-28") == "checklist-not-in-force"
    county.agrees(patrol(version=2), STATION, "2018-03-01")
    county.agrees(patrol(version=1), STATION, "2018-02-28")


@pytest.mark.parametrize("day", ["2018-03-01", "2018-03-15"])
def test_a_place_that_has_not_heard_of_a_newer_version_marks_by_the_one_it_knows_and_that_is_told(day: str) -> None:
    county = desk(published(), published(2, SPRING, NEWER))
    ((_, fact), *_) = county.agrees(patrol(version=1), STATION, day)
    assert isinstance(fact, InspectionLogged)
    assert (fact.version, fact.in_force, fact.score) == (1, 2, 8333)
    assert county.refuses(patrol(version=1, score=8334), STATION, day) == "score-mismatch"
    assert county.refuses(patrol(version=1, marks={"lights": 100}), STATION, day) == "marks-incomplete"


def test_what_was_marked_by_the_version_of_its_day_says_nothing_more() -> None:
    county = desk(published(), published(2, SPRING, NEWER))
    ((_, before), *_) = county.agrees(patrol(version=1), STATION, "2018-02-28")
    ((_, after), *_) = county.agrees(patrol(10_000, 2, {"lights": 100}), STATION, "2018-03-01")
    assert isinstance(before, InspectionLogged)
    assert isinstance(after, InspectionLogged)
    assert (before.in_force, after.in_force) == (None, None)


@pytest.mark.parametrize("version", [3, 1000])
def test_a_version_that_is_not_there_yet_is_none(version: int) -> None:
    county = desk(published(), published(2, SPRING, NEWER))
    assert county.refuses(patrol(version=version), STATION, "2018-03-02") == "checklist-not-in-force"


def test_two_newer_versions_within_the_fortnight_leave_the_oldest_usable() -> None:
    county = desk(published(), published(2, SPRING, NEWER), published(3, date(2018, 3, 10), NEWER))
    ((_, fact), *_) = county.agrees(patrol(version=1), STATION, "2018-03-12")
    assert isinstance(fact, InspectionLogged)
    assert (fact.version, fact.in_force) == (1, 3)
    assert county.refuses(patrol(version=1), STATION, "2018-03-16") == "checklist-not-in-force"


def test_a_score_that_is_not_what_the_marks_come_to_names_both() -> None:
    verdict = desk().answers(patrol(score=8334), STATION)
    assert verdict == Refused("score-mismatch", score=InBoth("83.34", "8334"), computed=InBoth("83.33", "8333"))


def test_publishing_tells_of_the_version() -> None:
    ((_, fact),) = Desk(HANDLERS, roster()).agrees(published())
    assert fact == ChecklistPublished(checklist="station-daily", version=1, name="站点检查表", effective_from=START)


REFUSALS = [
    ("checklist-version-out-of-order", lambda c: c.refuses(published(3, SPRING))),
    ("checklist-version-out-of-order", lambda c: c.refuses(published(1))),
    ("checklist-version-out-of-order", lambda c: c.refuses(published(2, date(2017, 12, 31)))),
    ("item-listed-twice", lambda c: c.refuses(published(2, SPRING, [*ITEMS, ITEMS[0]]))),
    ("marks-incomplete", lambda c: c.refuses(patrol(marks={"guide": 50}), STATION)),
    ("marks-incomplete", lambda c: c.refuses(patrol(marks={**MARKS, "lights": 1}), STATION)),
    ("checklist-not-in-force", lambda c: c.refuses(patrol(version=2), STATION)),
    ("score-mismatch", lambda c: c.refuses(patrol(score=0), STATION)),
]


@pytest.mark.parametrize(("slug", "asked"), REFUSALS)
def test_what_may_not_be_is_refused_with_its_reason(slug: str, asked: Any) -> None:
    county = desk()
    assert asked(county) == slug
    assert len(county.only(Checklist).versions) == 1


MARKED = st.lists(st.tuples(st.integers(1, 100), st.integers(0, 100)), min_size=1, max_size=40)


@given(MARKED)
def test_a_score_is_the_weighted_mean_rounded_half_up(marked: list[tuple[int, int]]) -> None:
    items = {f"i{n}": weight for n, (weight, _) in enumerate(marked)}
    marks = {f"i{n}": mark for n, (_, mark) in enumerate(marked)}
    weighted, weights = sum(w * m for w, m in marked), sum(w for w, _ in marked)
    exact = (Decimal(100 * weighted) / weights).quantize(Decimal(1), ROUND_HALF_UP)
    assert score_of(items, marks) == int(exact)
    assert 0 <= score_of(items, marks) <= 10_000


@pytest.mark.parametrize(("weights", "marks", "score"), [((7, 1), (100, 0), 8750), ((799, 1), (100, 96), 10_000)])
def test_half_a_hundredth_is_rounded_up(weights: tuple[int, int], marks: tuple[int, int], score: int) -> None:
    items = {f"i{n}": weight for n, weight in enumerate(weights)}
    assert score_of(items, {f"i{n}": mark for n, mark in enumerate(marks)}) == score


@pytest.mark.parametrize(
    ("day", "said"), [("2018-02-28", "（第1版）"), ("2018-03-02", "（第1版，登记时尚未取得当日施行的第2版）")]
)
def test_the_page_of_an_inspection_says_by_which_version_it_was_marked(day: str, said: str) -> None:
    county = desk(published(), published(2, SPRING, NEWER))
    county.agrees(patrol(version=1), STATION, day)
    kept = county.only(Inspection).model_dump(mode="json") | {"received": None, "rectifications": []}
    shown = sheet(kept, county.only(Checklist), first_plans("150424"), roster(), "某某")
    assert shown.checklist == f"站点检查表{said}"
    assert [one.name for one in shown.marks] == [one.name for one in ITEMS]
