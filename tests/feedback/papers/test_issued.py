"""What a signed report says in print: its number, opinions with their days, what is asked; a correction what it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.feedback.papers.drawing_up import sheet_of
from services.feedback.papers.issued import issue_of
from services.feedback.papers.sheet import Heading, Items, Paragraph, Sheet
from services.feedback.reports.model import Report, Required, Revised
from tests.feedback.papers.sheets import reported

REQUIRED = Required(
    problem="公示栏未更新", requirement="核对并更新", finish_by=date(2018, 4, 20), responsible="首席代表"
)


def signed(period: str = "2018-Q1", **more: Any) -> Report:
    said: dict[str, Any] = {
        "number": "某联党函〔2018〕7号",
        "required": (REQUIRED,),
        "closing": "请于收到之日起2个工作日内签收。",
    }
    return reported(period).having(**{**said, **more})


def drawn_up(report: Report) -> Sheet:
    return sheet_of(report, issue=issue_of(report, {}))


def items(sheet: Sheet) -> list[str]:
    return [item.said for block in sheet.blocks if isinstance(block, Items) for item in block.items]


def test_a_signed_document_bears_its_number_its_opinions_and_what_is_asked() -> None:
    sheet = drawn_up(signed())
    assert sheet.number == "某联党函〔2018〕7号"
    assert any("公示栏未更新。核对并更新。责任人：首席代表。" in one and "2018年4月20日" in one for one in items(sheet))
    last = sheet.blocks[-1]
    assert isinstance(last, Paragraph)
    assert "".join(run.text for run in last.runs) == "请于收到之日起2个工作日内签收。"


def test_a_months_feedback_is_called_by_its_month_also_when_it_is_signed() -> None:
    assert drawn_up(signed("2018-03", number="2018年第3期")).number.startswith("电子反馈")


def test_what_was_issued_without_a_signature_reads_as_before() -> None:
    report = reported("2018-Q1")
    assert drawn_up(report) == sheet_of(report)


def test_a_correction_says_which_document_it_corrects_why_and_each_figure() -> None:
    revised = (Revised(measure="findings", of="measures", old=3, new=4),)
    report = signed(revision=1, corrects="某联党函〔2018〕2号", because="补报3月28日的巡查", revised=revised)
    sheet = drawn_up(report)
    assert (sheet.mark, "关于更正某联党函〔2018〕2号有关数据的函" in sheet.title) == ("更正第1次", True)
    assert any("发现问题由3项更正为4项。" in one for one in items(sheet))
    first = next(n for n, block in enumerate(sheet.blocks) if isinstance(block, Items))
    assert first < next(n for n, block in enumerate(sheet.blocks) if isinstance(block, Heading))


def test_what_is_void_says_so_on_every_page() -> None:
    assert drawn_up(signed(withdrawn="写错")).mark == "已撤回作废"
