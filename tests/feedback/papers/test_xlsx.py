"""A workbook is read back as it was meant: words as words, numbers as numbers, a chart that is its own."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZipFile

from openpyxl import load_workbook

from services.feedback.papers import xlsx
from tests.feedback.papers.sheets import CHART, RARE, TABLE, letter


def test_each_table_is_read_back_with_its_numbers_as_numbers_and_its_words_as_words() -> None:
    book = load_workbook(BytesIO(xlsx.written(letter())))
    assert book.sheetnames == ["正文", "2018年第一季度履职数据", "图表"]
    table = book["2018年第一季度履职数据"]
    rows = [[cell.value for cell in row] for row in table.iter_rows()]
    assert rows == [
        ["指标", "单位", "本季度"],
        ["日常检查", None, None],
        ["自查", "次", 1250],
        ["=1+1", "问题轻重一般3、较重1", None],
    ]
    assert (table["A4"].data_type, table["C3"].data_type) == ("s", "n"), "no formula is made of words"


def test_the_text_stands_in_it_with_what_it_is() -> None:
    text = load_workbook(BytesIO(xlsx.written(letter())))["正文"]
    said = {row[0].value: row[1].value for row in text.iter_rows()}
    assert said["文号"] == "安政联党函〔2018〕7号"
    assert said["成文日期"].isoformat() == "2018-04-12T00:00:00"
    assert any(RARE in str(row[1].value) for row in text.iter_rows())


def test_its_chart_is_the_workbooks_own_drawn_from_cells_in_patterns() -> None:
    content = xlsx.written(letter())
    (drawn,) = load_workbook(BytesIO(content))["图表"]._charts
    assert [series.val.numRef.f for series in drawn.series] == ["图表!$B$3:$B$4", "图表!$C$3:$C$4"]
    with ZipFile(BytesIO(content)) as packed:
        chart = packed.read("xl/charts/chart1.xml").decode()
    assert chart.count("<a:pattFill") == len(CHART.series)


def test_tabs_of_one_name_and_of_names_that_workbooks_do_not_take_stay_apart() -> None:
    strange = TABLE.model_copy(update={"caption": "年/度[表]：" + "长" * 40})
    book = load_workbook(BytesIO(xlsx.written(letter(annexes=0, blocks=(strange, strange, TABLE)))))
    assert len({*book.sheetnames}) == len(book.sheetnames) == 4
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_the_same_sheet_gives_the_same_bytes() -> None:
    sheet = letter(annexes=0, blocks=(TABLE, CHART))
    assert xlsx.written(sheet) == xlsx.written(sheet)
