"""What a month's, a quarter's and a year's document says: each part with its figures, or left out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.feedback.measures.catalogue import finished
from services.feedback.papers.drawing_up import Issue, sheet_of
from services.feedback.papers.sheet import Heading, Item, Items, Layout, Paragraph, Sheet, SheetChart, SheetTable
from services.feedback.reports import periods
from services.feedback.reports.model import ListedProblem, Rank, TrendPoint
from shared.calendar import CHINA
from tests.feedback.papers.sheets import COMMITTEE, MADE, reported

SILENT = finished({"add": {}, "held": {}})
WINDOW = {"150424-D09": "民政局窗口"}


def drawn(period: str = "2018-03", issue: Issue | None = None, **more: Any) -> Sheet:
    return sheet_of(reported(period, **more), WINDOW, COMMITTEE, issue or Issue())


def headings(sheet: Sheet) -> list[str]:
    return [block.text for block in sheet.blocks if isinstance(block, Heading)]


def words(sheet: Sheet) -> list[str]:
    return [block.text for block in sheet.blocks if isinstance(block, Paragraph)]


def items(sheet: Sheet) -> list[list[str]]:
    return [[item.said for item in block.items] for block in sheet.blocks if isinstance(block, Items)]


def test_a_month_is_an_electronic_page_that_is_called_by_its_month() -> None:
    sheet = drawn()
    assert (sheet.layout, sheet.number) == (Layout.ELECTRONIC, "电子反馈　2018年第3期")
    assert sheet.title == "民政局2018年3月履职情况反馈（2018年第3期）"
    assert (sheet.to, sheet.signed) == ("民政局党组织：", f"{COMMITTEE}办公室")
    assert headings(sheet) == ["一、总体情况", "二、存在问题"]
    assert words(sheet)[0] == "现将你单位2018年3月在联合党委的履职情况反馈如下。"
    assert words(sheet)[1].startswith("本月自查248次，自查率99.2%。接受巡查61次、抽查3次，平均得分95.16分。")
    assert "特此反馈" not in str(sheet)
    assert (sheet.copies_to, sheet.printed_by, sheet.printed_on) == ((), "", None)


def test_what_went_wrong_is_listed_with_its_place_and_what_is_still_open() -> None:
    assert items(drawn()) == [
        [
            "漏自查2次（民政局窗口2次）。",
            "整改曾逾期1项次，超期完成整改0项。",
            "截至2018年3月31日尚未销号1项，其中逾期0项。",
        ]
    ]


def test_a_quarter_is_a_letter_by_subjects_in_levels_with_its_tables_behind() -> None:
    months = {month: reported(month).measures for month in periods.months_of("2018-Q1")}
    sheet = drawn("2018-Q1", Issue(months=months))
    assert (sheet.layout, sheet.number) == (Layout.OFFICIAL, "")
    assert sheet.title_lines == (COMMITTEE, "关于反馈2018年第一季度履职情况的函")
    assert headings(sheet) == [
        "一、履职情况",
        "（一）窗口管理",
        "（二）办件和服务",
        "（三）党建和轮值",
        "二、存在的主要问题",
    ]
    assert (sheet.copies_to, sheet.printed_by) == (("县委组织部",), f"{COMMITTEE}办公室")
    figures, compared = sheet.annexes
    assert (figures.title, compared.title) == ("2018年第一季度履职数据", "2018年第一季度履职情况对比")
    by_month, chart = compared.blocks
    assert isinstance(by_month, SheetTable)
    assert [row.cells[0].text for row in by_month.rows] == ["1月", "2月", "3月"]
    assert isinstance(chart, SheetChart)
    assert {one.name for one in chart.series} == {"本季度", "上季度", "同类平均"}


def test_a_year_carries_its_opinions_and_says_the_whole_year() -> None:
    sheet = drawn("2018", opinions=("请加强自查。", "请逐项销号。"))
    assert sheet.title == f"{COMMITTEE}关于反馈2018年度考核结果的函"
    assert headings(sheet)[-1] == "三、整改意见"
    assert items(sheet)[-1] == ["请加强自查。", "请逐项销号。"]
    assert "本期" not in str(sheet)


@pytest.mark.parametrize("period", ["2018-03", "2018-Q1", "2018"])
def test_of_a_period_in_which_nothing_happened_it_says_so_and_has_no_table(period: str) -> None:
    sheet = drawn(period, measures=SILENT, before=SILENT, peers={})
    assert sheet.annexes == ()
    assert words(sheet)[1].startswith(f"{periods.spoken(period).now}无巡查和自查、问题整改、办件")
    assert len([one for one in headings(sheet) if "、" in one]) == 1


def test_each_number_leads_to_the_pages_of_whom_it_is_about() -> None:
    sheet = drawn()
    runs = [run for block in sheet.blocks if isinstance(block, Paragraph) for run in block.runs]
    linked = {run.text for run in runs if run.link}
    assert {"248", "99.2", "95.16", "62"} <= linked
    facts = "/feedback/organisations/150424-D09/facts?measure={}&period=2018-03"
    assert {run.text: run.link for run in runs if run.text in ("95.16", "62")} == {
        "95.16": facts.format("score"),
        "62": facts.format("cases-completed"),
    }
    (table,) = [block for block in sheet.annexes[0].blocks if isinstance(block, SheetTable)]
    (checked,) = [row for row in table.rows if row.cells[0].text == "自查率"]
    assert [cell.link for cell in checked.cells[2:]] == [
        facts.format("self-check-rate"),
        facts.format("self-check-rate").replace("2018-03", "2018-02"),
        "",
    ], "the mean is of others, whose facts are theirs"


LATE = ListedProblem(
    problem="150424-D09/a/0",
    what="公示栏未更新",
    where="民政局",
    found=date(2018, 3, 12),
    due=date(2018, 3, 15),
    done=date(2018, 3, 19),
    late=2,
)
OPEN = LATE.model_copy(update={"problem": "150424-D09/b/0", "where": "分厅窗口", "done": None, "late": 11})
POINTS = tuple(
    TrendPoint(period=month, measures=reported(month).measures) for month in ("2018-01", "2018-02", "2018-03")
)
KEPT: dict[str, Any] = {
    "addressed": "民政局机关党支部",
    "contact": "（联系人：党委办公室，电话：5500000）",
    "rank": Rank(place=5, among=17),
    "trend": POINTS,
    "problems": (OPEN, LATE),
}


def test_a_month_names_each_problem_its_rank_and_its_three_months() -> None:
    sheet = drawn(**KEPT)
    assert (sheet.to, sheet.contact) == ("民政局机关党支部：", KEPT["contact"])
    said = words(sheet)[1]
    assert "平均得分95.16分，在17个入驻单位中列第5位。" in said
    assert "发现问题3项，完成整改2项，截至2018年3月31日尚未销号1项，其中逾期0项。" in said
    assert items(sheet)[0] == [
        "2018年3月12日，分厅窗口，公示栏未更新，整改期限2018年3月15日，尚未销号，已逾期11个工作日。",
        "2018年3月12日，公示栏未更新，整改期限2018年3月15日，逾期2个工作日完成。",
        "漏自查2次（民政局窗口2次）。",
    ]
    (chart,) = [block for block in sheet.annexes[0].blocks if isinstance(block, SheetChart)]
    assert (chart.title, [one.name for one in chart.series]) == ("近三个月主要指标", ["1月", "2月", "3月"])


def test_a_quarter_lists_what_is_not_put_right_behind_and_its_months_side_by_side() -> None:
    sheet = drawn("2018-Q1", **KEPT)
    figures, problems, compared = sheet.annexes
    assert problems.title == "未销号问题清单"
    (table,) = problems.blocks
    assert isinstance(table, SheetTable)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["1", "公示栏未更新", "分厅窗口", "2018年3月12日", "2018年3月15日", "已逾期11个工作日"]
    ]
    assert table.rows[0].cells[1].link == "/inspection/rectifications/150424-D09/b/0"
    by_month, trend, chart = compared.blocks
    assert isinstance(by_month, SheetTable)
    assert [row.cells[0].text for row in by_month.rows] == ["1月", "2月", "3月"]
    assert (
        by_month.rows[0].cells[1].link == "/feedback/organisations/150424-D09/facts?measure=inspections&period=2018-01"
    )
    assert [one.title for one in (trend, chart) if isinstance(one, SheetChart)] == ["各月主要指标", "主要指标对比"]
    assert figures.title == "2018年第一季度履职数据"


def test_a_year_shows_its_quarters_and_has_room_for_its_score() -> None:
    points = tuple(one.model_copy(update={"period": f"2018-Q{n}"}) for n, one in enumerate(POINTS, 1))
    marks = SheetTable(caption="分项得分表", heads=("项目",), widths=(1,), rows=())
    issue = Issue(assessed="考核得分87.50分，等次良好。", marks=marks)
    sheet = drawn("2018", issue, **{**KEPT, "trend": points, "problems": ()})
    assert words(sheet)[1] == "考核得分87.50分，等次良好。"
    assert [annex.title for annex in sheet.annexes] == ["分项得分表", "2018年度履职数据", "2018年度履职情况对比"]
    by_quarter = sheet.annexes[-1].blocks[0]
    assert isinstance(by_quarter, SheetTable)
    assert [row.cells[0].text for row in by_quarter.rows] == ["第一季度", "第二季度", "第三季度"]


def test_what_was_reviewed_and_signed_takes_the_place_of_what_was_proposed() -> None:
    issue = Issue(
        number="安政联党函〔2018〕7号",
        signed_at=MADE,
        mark="更正第1次",
        addressed="民政局机关党支部",
        problems=[Item(text="窗口公示栏未更新。", due=date(2018, 3, 15))],
        opinions=[Item(text="请更新公示栏。", responsible="民政局", due=date(2018, 4, 10))],
        closing="请于2018年4月25日前书面回复整改方案。",
        copies_to=("派驻纪检组",),
    )
    sheet = drawn("2018-Q1", issue)
    assert (sheet.number, sheet.mark, sheet.to) == ("安政联党函〔2018〕7号", "更正第1次", "民政局机关党支部：")
    assert (sheet.issued, sheet.printed_on, sheet.copies_to) == (date(2018, 4, 12), date(2018, 4, 12), ("派驻纪检组",))
    assert items(sheet) == [
        ["窗口公示栏未更新。（完成时限：2018年3月15日）"],
        ["请更新公示栏。（责任单位：民政局；完成时限：2018年4月10日）"],
    ]
    assert words(sheet)[-1] == issue.closing
    assert sheet.made == MADE


def test_the_same_report_gives_the_same_sheet_whenever_it_is_drawn_up() -> None:
    assert drawn().canonical() == drawn().canonical()
    assert drawn().made.astimezone(CHINA).date() == date(2018, 4, 1)


def test_a_townships_places_are_stations_and_a_districts_organisation_department_its_own() -> None:
    sheet = sheet_of(reported("2018-Q1", organisation_kind="township"), {}, "向阳区政务服务联合党委")
    assert "（一）站点管理" in headings(sheet)
    assert sheet.copies_to == ("区委组织部",)


def test_a_report_of_before_there_were_self_checks_and_stocks_is_drawn_up_too() -> None:
    since = ("self-check", "rectifications-open", "patrols-missed", "rectified-late", "incidents-unanswered")
    old = {name: value for name, value in reported().measures.items() if not name.startswith(since)}
    said = words(drawn(measures=old))[1]
    assert "巡查平均得分95.16分，发现问题3项。" in said
    assert "{" not in said
