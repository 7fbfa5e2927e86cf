"""Persons and posts from a table: looked through first, entered by one press, and the result is kept."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from html import unescape
from io import BytesIO

import pytest
import pytest_asyncio
from httpx import AsyncClient, Response
from openpyxl import Workbook, load_workbook

from services.roster.people.model import Person
from shared.database.kept import documents
from shared.roster.staff import Staff
from tests.browsing import browsing, signed_in
from tests.county import County
from tests.sealed import ALLOWED, id_number, registers
from tests.submitters import committee, just_now, office, station, township

PAGE = "/roster/people/import"
HEAD = [
    *[
        "单位",
        "姓名",
        "性别",
        "出生年份",
        "中共党员",
        "手机号码",
        "居民身份证号码",
        "到本单位日期",
        "职务",
        "任职日期",
        "依据",
    ]
]
RIGHT = [
    [office.code, "赵敏", "女", "1985", "是", "13800138001", "", "2018/3/1", "首席代表", "2018年3月1日", "三号文"],
    [office.code, "钱进", "", "", "否", "", id_number("19900101", 121), "2018-03-01", "窗口工作人员", "", ""],
    [station.code, "孙立", "男", "1979", "是", "", "", "20180301", "", "", ""],
]
Rows = list[list[str]]


@pytest_asyncio.fixture
async def client(empty_county: County) -> AsyncIterator[AsyncClient]:
    empty_county.allowed = ALLOWED
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(empty_county.at_work())
        client = await stack.enter_async_context(browsing(empty_county, "roster", by=committee.code))
        client.looks_at(just_now())
        yield client


def workbook(rows: Rows) -> bytes:
    book, content = Workbook(), BytesIO()
    for row in [HEAD, *rows]:
        book.worksheets[0].append(row)
    book.save(content)
    return content.getvalue()


def lines(rows: Rows, encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(",".join(row) for row in [HEAD, *rows]).encode(encoding)


async def brings(client: AsyncClient, content: bytes, name: str = "人员.xlsx") -> Response:
    return await client.post(PAGE, files={"photos": (name, content)})


async def presses(county: County, client: AsyncClient, looked: Response) -> str:
    """The page of the result, once everything is decided."""
    (file,) = re.findall(r'name="file" value="([^"]*)"', looked.text)
    (rows,) = re.findall(r'name="rows" value="([^"]*)"', looked.text)
    sent = await client.post(f"{PAGE}/enter", data={"file": unescape(file), "rows": unescape(rows)})
    assert sent.status_code == 303, sent.text
    await county.settles()
    return (await client.get(sent.headers["location"])).text


async def staff(county: County) -> dict[str, tuple[set[str], set[str]]]:
    """By organisation, who is at home there, and which posts are held."""
    kept = await documents(county.db("roster"), Staff, {})
    return {one.id: ({*one.names.values()}, {str(held.post) for held in one.posts}) for one in kept}


async def test_what_is_right_is_entered_by_one_press_and_nothing_before(
    client: AsyncClient, empty_county: County
) -> None:
    async with signed_in(client, committee.code, "roster"):
        looked = await brings(client, workbook(RIGHT))
        assert (looked.status_code, "3行可以登记" in looked.text) == (200, True)
        assert await documents(empty_county.db("roster"), Person, {}) == []
        shown = await presses(empty_county, client, looked)
        assert (shown.count("已受理"), "退回更正" in shown, "赵敏" in shown) == (6, False, True)
        assert await staff(empty_county) == {
            office.code: ({"赵敏", "钱进"}, {"window-chief", "window-clerk"}),
            station.code: ({"孙立"}, set()),
        }
        assert "人员.xlsx" in (await client.get(PAGE)).text, "the result is found again"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gbk"])
async def test_a_table_is_read_as_spreadsheets_save_it(client: AsyncClient, encoding: str) -> None:
    async with signed_in(client, committee.code, "roster"):
        looked = await brings(client, lines(RIGHT, encoding), "人员.csv")
    assert ("3行可以登记" in looked.text, "<h2>需要改正" in looked.text) == (True, False)


async def test_the_same_file_twice_enters_nothing_twice(client: AsyncClient, empty_county: County) -> None:
    async with signed_in(client, committee.code, "roster"):
        looked = await brings(client, workbook(RIGHT))
        for _ in range(2):
            assert "导入结果" in await presses(empty_county, client, looked), "pressed twice it is the same result"
        again = await brings(client, workbook(RIGHT))
        assert ("0行可以登记" in again.text, again.text.count("已登记，不再登记")) == (True, 3)
    ledger = empty_county.db("roster")["ledger"]
    assert await ledger.count_documents({"type": "register-person"}) == 3
    assert await ledger.count_documents({"verdict": "refused"}) == 0


async def test_each_mistake_is_said_with_its_line_field_and_cure_and_the_rest_is_entered(
    client: AsyncClient, empty_county: County
) -> None:
    rows = [
        RIGHT[0],
        ["150424-D99", *RIGHT[2][1:]],
        [office.code, "周一", "女", "85", "是", "", "", "", "", "", ""],
        [office.code, "周二", "女", "1985", "也许", "", "", "", "", "", ""],
        [office.code, "周三", "女", "1985", "是", "123", "", "", "", "", ""],
        [office.code, "周四", "男", "1985", "是", "", "1.50424E+17", "", "", "", ""],
        [office.code, "=1+1", "男", "1985", "是", "", "", "", "", "", ""],
        [office.code, "周五", "男", "1985", "是", "", "", "昨天", "", "", ""],
        [office.code, "周六", "男", "1985", "是", "", "", "2018-03-01", "首席代表", "", ""],
        [station.code, "周日", "男", "1985", "是", "", "", "", "首席代表", "", ""],
        [office.code, "", "男", "1985", "是", "", "", "", "", "", ""],
        [office.code, "吴一", "男", "1985", "是", "13800138001", "", "", "", "", ""],
    ]
    said = {
        "第3行": "单位名录中没有",
        "第4行": "应当是四位数字的年份",
        "第5行": "应当填是或者否",
        "第6行": "手机号码有误",
        "第7行": "末几位丢失",
        "第8行": "单元格是公式",
        "第9行": "不是日期",
        "第10行": "窗口首席代表",
        "第11行": "该单位没有这个职务",
        "第12行": "没有填写",
        "第13行": "与第2行相同",
    }
    async with signed_in(client, committee.code, "roster"):
        looked = await brings(client, lines(rows), "人员.csv")
        faults = looked.text[looked.text.index("需要改正的") : looked.text.index("可以登记</h2>")]
        found = dict(re.findall(r">(第[0-9]+行)</th><td[^>]*>[^<]*</td><td[^>]*>([^<]*)</td>", faults))
        assert {line: [said[line] in found.get(line, "")] for line in said} == {line: [True] for line in said}, found
        assert set(found) == set(said)
        await presses(empty_county, client, looked)
    assert (await staff(empty_county))[office.code][0] == {"赵敏"}


async def test_whose_number_it_is_already_is_named_and_not_registered_twice(
    client: AsyncClient, empty_county: County
) -> None:
    known = registers("p-1", office.code, name="李想", id_number=id_number(), mobile="13800138000")
    await empty_county.hears(office.says(known, just_now()))
    await empty_county.settles()
    rows = [
        [station.code, "李想", "女", "1985", "是", "", id_number(), "", "", "", ""],
        [office.code, "李想", "女", "1985", "是", "", id_number(), "", "窗口工作人员", "", ""],
        [office.code, "李响", "女", "1985", "是", "13800138000", "", "", "", "", ""],
    ]
    async with signed_in(client, committee.code, "roster"):
        looked = await brings(client, workbook(rows))
        assert looked.text.count("李想的号码") == 2
        assert "1行可以登记" in looked.text
        await presses(empty_county, client, looked)
    assert (await staff(empty_county))[office.code] == ({"李想"}, {"window-clerk"})


async def test_a_township_enters_its_own_and_its_villages_people_and_nobody_elses(client: AsyncClient) -> None:
    rows = [["", *RIGHT[2][1:]], RIGHT[2], RIGHT[1]]
    async with signed_in(client, township.code, "roster"):
        looked = await brings(client, workbook(rows))
        assert "不是本单位及其下级单位" in looked.text
        assert "2行可以登记" in looked.text


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "表中没有内容"),
        (b"\x00\x01\x02", "文件不能读取"),
        (b"PK\x03\x04 broken", "文件不能读取"),
        (b"\xd0\xcf\x11\xe0old", "旧格式"),
        ("单位,性别\n".encode(), "缺少这一列"),
        (lines([["x"] * 11] * 501), "超过500行"),
    ],
)
async def test_a_file_that_is_none_is_said_to_be_none(client: AsyncClient, content: bytes, said: str) -> None:
    async with signed_in(client, committee.code, "roster"):
        answer = await brings(client, content, "x.csv")
    assert said in answer.text


async def test_no_number_of_anybody_is_kept_in_the_clear(client: AsyncClient, empty_county: County) -> None:
    async with signed_in(client, committee.code, "roster"):
        await presses(empty_county, client, await brings(client, workbook(RIGHT)))
    for name in await empty_county.db("roster").list_collection_names():
        kept = [str(raw) async for raw in empty_county.db("roster")[name].find()]
        assert not [one for one in kept if "13800138001" in one or id_number("19900101", 121) in one], name


async def test_the_template_is_filled_in_and_brought_back(client: AsyncClient) -> None:
    async with signed_in(client, committee.code, "roster"):
        given = await client.get(f"{PAGE}/template/people.xlsx")
        sheet = load_workbook(BytesIO(given.content)).worksheets[0]
        assert [cell.value for cell in sheet[1]] == HEAD
        assert {cell.number_format for cell in sheet[2]} == {"@"}
        for name in ("people.xlsx", "people.csv"):
            looked = await brings(client, (await client.get(f"{PAGE}/template/{name}")).content, name)
            assert "1行可以登记" in looked.text, looked.text
        assert (await client.get(f"{PAGE}/template/other")).status_code == 404


async def test_another_organisations_result_is_nobodys_else(client: AsyncClient, empty_county: County) -> None:
    async with signed_in(client, committee.code, "roster"):
        await presses(empty_county, client, await brings(client, workbook(RIGHT)))
        (at,) = re.findall(rf'href="({PAGE}/[0-9a-f]{{32}})"', (await client.get(PAGE)).text)
    async with signed_in(client, office.code, "roster"):
        assert (await client.get(at)).status_code == 404
