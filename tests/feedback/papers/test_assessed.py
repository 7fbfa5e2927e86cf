"""A year's document bears its assessment: a sentence with score, grade and place, and its first annex term by term."""

from __future__ import annotations

from datetime import date

from services.feedback.assessment.result import Result
from services.feedback.assessment.scoring import score_of, terms_of
from services.feedback.papers.drawing_up import sheet_of
from services.feedback.papers.sheet import Paragraph, SheetTable
from services.feedback.reports.sheet import sheet
from shared.events.assessment import Grade
from tests.feedback.assessing import MANAGED, PUT_RIGHT, UPHELD
from tests.feedback.papers.sheets import reported

FIGURES = {"score": {"n": 180_00, "d": 2}, "rectified-on-time": {"n": 9, "d": 10}, "incidents-upheld": 2}
TERMS = terms_of([MANAGED, PUT_RIGHT, UPHELD], FIGURES, 1)
GOOD = Result(score=score_of(TERMS), grade=Grade.PASSING, rank=5, among=17, approved_on=date(2019, 1, 8), terms=TERMS)
SAID = "全年考核得分79.00分，等次为合格，在同类单位中列第5名（共17个）。经2019年1月8日书记办公会审定。"


def test_it_says_score_grade_and_place_and_who_approved_them() -> None:
    drawn = sheet_of(reported("2018").having(assessed=GOOD))
    assert SAID in [block.text for block in drawn.blocks if isinstance(block, Paragraph)]


def test_its_first_annex_adds_up_as_printed() -> None:
    first = sheet_of(reported("2018").having(assessed=GOOD)).annexes[0]
    (table,) = first.blocks
    assert isinstance(table, SheetTable)
    points = [row.cells[-1].value for row in table.rows]
    assert (first.title, points) == ("2018年度考核分项得分", [45.0, 36.0, -2.0, 79.0])
    assert [cell.text for cell in table.rows[0].cells[1:4]] == [
        "180.00÷2",
        "90.00分",
        "（90.00分－60.00分）÷（100.00分－60.00分）×60.00",
    ]


def test_what_is_kept_down_and_what_cannot_be_assessed_say_so() -> None:
    vetoed = GOOD.model_copy(update={"is_vetoed": True})
    none = Result(terms=terms_of([MANAGED], {}, 1))
    shown = [sheet(reported("2018").having(assessed=one)).assessed for one in (vetoed, none)]
    said = [one.sentence if one else "" for one in shown]
    assert "等次为合格（一票否决）" in said[0]
    assert said[1] == "全年没有可以考核的数据，不评定等次。"


def test_a_document_without_an_assessment_is_as_it_was() -> None:
    plain = reported("2018")
    assert sheet(plain).assessed is None
    assert "考核分项得分" not in sheet_of(plain).model_dump_json()
