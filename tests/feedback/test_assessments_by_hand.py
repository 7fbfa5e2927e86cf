"""A year's assessment by hand: its scheme, its list, a veto, the vote, the signature, who reads what of it.

And how it is reported to the organisation department.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator, Mapping
from datetime import date
from html import unescape
from io import BytesIO
from zipfile import ZipFile

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from services.feedback.filing.catalogue import HEADS
from services.feedback.papers.archive import MANIFEST, SIGNATURE, sm3
from services.feedback.papers.seal import Seal
from shared.events.roster import Office, RegisterOrganisation
from shared.events.roster.people import Post
from shared.events.vocabulary import ORGANISATION_DEPARTMENT, OrganisationKind
from tests.browsing import acting_as, browsing, does, fills_in, form_in
from tests.conftest import county_on
from tests.county import County
from tests.feedback.papers.printed import measured_pages
from tests.processes_here import SECRET, Browser
from tests.staffed import CHIEF, DIRECTOR, OFFICE_CLERK, Holder, staffed
from tests.submitters import COUNTY, Said, Submitter, closes_period, committee, hall, moment, office, township
from tests.todo import what_waits
from tests.workbooks import opened

pytestmark = pytest.mark.asyncio(loop_scope="module")
SECRETARY = Holder("p-secretary", committee.code, Post.COMMITTEE_SECRETARY)
LEAD = Holder("p-lead", township.code, Post.TOWNSHIP_LEAD)
SCHEME, LISTS, OF_YEAR = "/feedback/assessment-scheme", "/feedback/assessments", "/feedback/assessments/of/2018"
OWN, OTHERS = f"{LISTS}/2018_{office.code}", f"{LISTS}/2018_{hall.code}"
DRAFTS, VETOES = "/feedback/drafts/of/2018", "/feedback/vetoes"
BEGINS, DRAWN, VOTED, SIGNED, RECEIVED = "2018-01-01", "2019-01-02", "2019-01-08", "2019-01-09", "2019-01-10"
PERSONNEL = Submitter(f"{COUNTY}-D90")
OF_PERSONNEL = Holder("p-personnel", PERSONNEL.code, Post.PERSONNEL_CLERK)
RECIPIENTS = (hall.code, office.code, township.code)
PACKAGES, PACKAGE = "/feedback/packages", f"/feedback/packages/2018_{COUNTY}"
DOCUMENTS = {
    "effective_from": BEGINS,
    "prefix": "某联党",
    "grace_days": "0",
    "quarterly_series": "letter",
    "annual_series": "file",
}
VOTE = {"held_on": VOTED, "present": "5", "in_favour": "4", "against": "0", "abstained": "1", "outcome": "carried"}
LOST = VOTE | {"in_favour": "2", "against": "2"}
VOTED_DOWN = "2019年1月8日书记办公会表决未通过（到会5人，赞成2票、反对2票、弃权1票）"


def registered() -> Said:
    """The organisation department, no member and in no hall."""
    held = RegisterOrganisation(
        code=PERSONNEL.code,
        name="某县委组织部",
        kind=OrganisationKind.DEPARTMENT,
        parent=COUNTY,
        offices=[Office(office=ORGANISATION_DEPARTMENT, scope=COUNTY)],
        valid_from=date(2018, 1, 1),
    )
    return committee.says(held, moment(BEGINS, "00:00"), about=PERSONNEL.code)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    async with county_on(bus_and_database) as county:
        await county.begins_anew()
        await county.is_founded()
        await county.hears(registered())
        await staffed(county, DIRECTOR, OFFICE_CLERK, SECRETARY, CHIEF, LEAD, OF_PERSONNEL)
        async with county.working():
            yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "feedback") as client:
        client.looks_at(moment(BEGINS, "10:00"))
        yield client


async def withdraws(county: County, client: Browser, page: str, day: str, reason: str) -> None:
    """What the page names as its record, by the form that every record has."""
    (record,) = set(re.findall(r'href="(/feedback/submissions/[^"?]+)"', (await client.get(page)).text))
    form = form_in((await client.get(f"{record}/withdraw")).text, f"{record}/withdraw", day)
    await client.post(f"{record}/withdraw", data=form | {"reason": reason})
    await county.settles()


async def test_a_clerk_adopts_the_scheme_with_which_the_form_begins(county: County, client: Browser) -> None:
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        assert "还没有规定：各期不考核" in (await client.get(SCHEME)).text
        heavier = {"effective_from": BEGINS, "indicators-0-weight": "32"}
        wrong = await fills_in(client, SCHEME, "adopt-assessment", BEGINS, **heavier)
        assert (wrong.status_code, "部门各项分值合计101，应当为100" in wrong.text) == (422, True)
        late = await fills_in(client, SCHEME, "adopt-assessment", BEGINS, effective_from="2018-03-01")
        assert (late.status_code, "应当自1月1日起施行" in late.text) == (422, True)
        shown = await does(county, client, SCHEME, "adopt-assessment", BEGINS, effective_from=BEGINS)
        assert ("现行" in shown, "优秀90、良好80、合格60" in shown, "巡查抽查平均得分" in shown) == (True, True, True)
        await does(county, client, "/feedback/document-scheme", "adopt-documents", BEGINS, **DOCUMENTS)


async def test_a_list_that_is_drawn_up_is_the_committees_alone(county: County, client: Browser) -> None:
    case = office.opens(at=moment("2018-03-05"))
    await county.hears(case, office.completes(case, at=moment("2018-03-05", "11:00")))
    await county.settles()
    await county.hears(closes_period("2018", "2019-01-01"))
    await county.settles()
    client.looks_at(moment(DRAWN, "10:00"))
    async with acting_as(client, DIRECTOR.id, committee.code):
        assert "审定2018年度考核结果" in await what_waits(client, "feedback")
        shown = (await client.get(OF_YEAR)).text
        assert ("80.65" in shown, "待审定" in shown, "没有变化" in shown) == (True, True, True)
        by_name = (await client.get(f"{OF_YEAR}?category=department&sort=-name")).text
        assert f'aria-sort="descending"><a href="{OF_YEAR}?category=department&amp;sort=name"' in by_name
        assert '<input type="hidden" name="sort" value="-name">' in by_name, "narrowed it stays sorted"
        first, second = sorted((office.code, hall.code), reverse=True)
        assert by_name.index(f"2018_{first}") < by_name.index(f"2018_{second}")
    for who in (CHIEF, LEAD):
        async with acting_as(client, who.id, who.organisation):
            assert (await client.get(OF_YEAR)).status_code == 403
            assert "80.65" not in (await client.get(LISTS)).text
            assert (await client.get("/feedback/api/assessed")).json()["items"] == []
    async with acting_as(client, CHIEF.id, office.code):
        assert (await client.get(OWN)).status_code == 404


async def test_its_documents_are_not_signed_before_it_is_approved(county: County, client: Browser) -> None:
    client.looks_at(moment(VOTED, "10:00"))
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        await does(county, client, DRAFTS, "pass", VOTED)
    async with acting_as(client, SECRETARY.id, committee.code, has_proved=True):
        sent = await fills_in(client, DRAFTS, "sign", VOTED)
        assert "2018年度的考核结果尚未审定" in sent.text


async def test_a_veto_keeps_a_grade_down_until_it_is_taken_back(county: County, client: Browser) -> None:
    client.looks_at(moment(VOTED, "11:00"))
    async with acting_as(client, DIRECTOR.id, committee.code):
        said = {"member": office.code, "period": "2018", "veto": "concealment", "proof": "核查报告"}
        why = {"reason": "一起投诉没有报送"}
        shown = await does(county, client, VETOES, "veto", VOTED, **said, **why)
        assert ("瞒报" in shown, "核查报告" in shown) == (True, True)
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        assert "一票否决" in await does(county, client, OF_YEAR, "redraw", VOTED)
        assert "一起投诉没有报送" in (await client.get(OWN)).text
    async with acting_as(client, DIRECTOR.id, committee.code):
        await withdraws(county, client, VETOES, VOTED, "情况不属实")
        assert "没有登记一票否决" in (await client.get(VETOES)).text
        late = await fills_in(client, OF_YEAR, "approve", VOTED, **VOTE)
        assert "请重新生成后审定" in late.text
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        shown = await does(county, client, OF_YEAR, "redraw", VOTED)
        assert ("3稿" in shown, "良好" in shown) == (True, True)


async def test_a_vote_that_is_not_carried_is_said_on_purpose_shown_and_taken_back(
    county: County, client: Browser
) -> None:
    client.looks_at(moment(VOTED, "15:00"))
    async with acting_as(client, DIRECTOR.id, committee.code):
        mistyped = await fills_in(client, OF_YEAR, "approve", VOTED, **LOST)
        assert (mistyped.status_code, "表决结果应当为“未通过”，与所填的“通过”不符" in mistyped.text) == (422, True)
        shown = await does(county, client, OF_YEAR, "approve", VOTED, **LOST | {"outcome": "not-carried"})
        assert ("待审定" in shown, VOTED_DOWN in shown, "未通过的表决" in shown) == (True, True, True)
        assert VOTED_DOWN in (await client.get(OWN)).text
        waits = await what_waits(client, "feedback")
        assert "2018年度考核结果未通过：重新生成或者再次表决" in waits
        await withdraws(county, client, OF_YEAR, VOTED, "票数登记有误")
        shown = (await client.get(OF_YEAR)).text
        assert ("撤回表决" in shown, VOTED_DOWN in shown, "未通过的表决" in shown) == (True, False, False)
        assert "审定2018年度考核结果" in await what_waits(client, "feedback")


async def test_the_vote_is_entered_and_approves_the_list(county: County, client: Browser) -> None:
    client.looks_at(moment(VOTED, "16:00"))
    async with acting_as(client, DIRECTOR.id, committee.code):
        shown = await does(county, client, OF_YEAR, "approve", VOTED, **VOTE)
        assert ("已审定" in shown, "到会5人，赞成4票、反对0票、弃权1票" in shown) == (True, True)
        assert "审定2018年度考核结果" not in await what_waits(client, "feedback")


async def test_a_unit_reads_why_it_has_its_points_and_nothing_of_the_others(county: County, client: Browser) -> None:
    async with acting_as(client, CHIEF.id, office.code):
        listed = (await client.get(LISTS)).text
        assert ("80.65" in listed, f"2018_{hall.code}" in listed, "2018年度考核</a>" in listed) == (True, False, False)
        why = (await client.get(OWN)).text
        assert ("为什么是80.65分" in why, "第1名（共2个）" in why, "1÷1" in why) == (True, True, True)
        assert "没有这项数据，分值由其他指标分担" in why
        assert f"/feedback/organisations/{office.code}?period=2018" in why
        behind = [unescape(at) for at in re.findall(r'href="([^"]*/facts[^"]*)"', why)]
        assert f"/feedback/organisations/{office.code}/facts?measure=cases-on-time&period=2018" in behind
        assert {(await client.get(at)).status_code for at in behind} == {200}
        assert (await client.get(OTHERS)).status_code == 403
        (mine,) = (await client.get("/feedback/api/assessed")).json()["items"]
        assert (mine["organisation"], mine["result"]["score"]) == (office.code, 80_65)
        for closed in ("/feedback/api/assessments", "/feedback/api/vetoes", VETOES, f"{LISTS}/trial/2018/{BEGINS}"):
            assert (await client.get(closed)).status_code == 403
        table = await client.get(f"{OWN}?export=list")
        assert table.headers["content-type"].startswith("application/vnd.openxml")


async def test_another_scheme_is_tried_on_the_year_without_any_effect(county: County, client: Browser) -> None:
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        other = {"indicators-4-weight": "1", "indicators-5-weight": "11"}
        await does(county, client, SCHEME, "adopt-assessment", VOTED, effective_from="2020-01-01", **other)
        assert f'href="{LISTS}/trial/2018/2020-01-01"' in (await client.get(OF_YEAR)).text
        before = await county.db("feedback")["assessed"].find({}).to_list(None)
        shown = (await client.get(f"{LISTS}/trial/2018/2020-01-01")).text
        assert ("80.65" in shown, "64.52" in shown, "-16.13" in shown) == (True, True, True)
        assert await county.db("feedback")["assessed"].find({}).to_list(None) == before


async def test_signed_documents_bear_the_result_and_the_approval_stays(county: County, client: Browser) -> None:
    client.looks_at(moment(SIGNED, "15:00"))
    async with acting_as(client, SECRETARY.id, committee.code, has_proved=True):
        await does(county, client, DRAFTS, "sign", SIGNED)
        report = (await client.get(f"/feedback/reports/2018_{office.code}")).text
        said = "全年考核得分80.65分，等次为良好，在同类单位中列第1名（共2个）。经2019年1月8日书记办公会审定。"
        assert (said in report, "怎样计分" in report) == (True, True)
    async with acting_as(client, DIRECTOR.id, committee.code):
        await withdraws(county, client, OF_YEAR, SIGNED, "重新表决")
        assert "已审定" in (await client.get(OF_YEAR)).text


async def test_the_secretary_reports_the_year_on_the_day_of_its_documents(county: County, client: Browser) -> None:
    async with acting_as(client, SECRETARY.id, committee.code):
        assert "报送2018年度考核材料" in await what_waits(client, "feedback")
        assert "输入密码后报送" in (await client.get(PACKAGES)).text
    async with acting_as(client, SECRETARY.id, committee.code, has_proved=True):
        shown = await does(county, client, PACKAGES, "send-package", SIGNED, year="2018", performance_weight="20")
        assert ("某联党函〔2019〕1号" in shown, "待签收" in shown, "某县委组织部" in shown) == (True, True, True)
        assert "报送2018年度考核材料" not in await what_waits(client, "feedback")
        again = await fills_in(client, PACKAGES, "send-package", SIGNED, year="2018", performance_weight="20")
        assert "考核材料没有变化，无须重复报送" in again.text


async def test_a_unit_reads_of_the_package_what_is_its_own(client: Browser) -> None:
    async with acting_as(client, CHIEF.id, office.code):
        shown = (await client.get(PACKAGE)).text
        assert ("80.65" in shown, f"2018_{hall.code}" in shown, "letter.pdf" in shown) == (True, False, False)
        assert {(await client.get(f"{PACKAGE}{paper}")).status_code for paper in (".zip", "/letter.pdf")} == {403}
        (mine,) = (await client.get("/feedback/api/packages")).json()["items"]
        assert [one["organisation"] for one in mine["reports"]] == [office.code]


async def test_the_archive_has_every_document_and_a_signed_list_of_their_sums(client: Browser) -> None:
    async with acting_as(client, OF_PERSONNEL.id, PERSONNEL.code):
        packed = ZipFile(BytesIO((await client.get(f"{PACKAGE}.zip")).content))
        again = ZipFile(BytesIO((await client.get(f"{PACKAGE}.zip")).content))
        assert (await client.get(f"{PACKAGE}/letter.html")).status_code == 404
    manifest = packed.read(MANIFEST)
    listed = {one["file"]: one for one in json.loads(manifest)["files"]}
    assert listed.keys() | {MANIFEST, SIGNATURE} == {*packed.namelist()}
    assert {one["report"] for one in listed.values()} == {f"2018_{one}" for one in (COUNTY, *RECIPIENTS)}
    assert all(listed[name]["sm3"] == sm3(packed.read(name)) == sm3(again.read(name)) for name in listed)
    seal = Seal(SECRET)
    assert seal.is_of(packed.read(SIGNATURE), manifest)
    assert not seal.is_of(packed.read(SIGNATURE), manifest + b" ")
    (letter,) = (json.loads(packed.read(name)) for name in listed if name.endswith(".json"))
    said = json.dumps(letter, ensure_ascii=False)
    assert ("某县委组织部：" in said, "80.65" in said, "16.13" in said) == (True, True, True)


async def test_whoever_has_the_archive_can_tell_that_nothing_in_it_was_changed(client: Browser) -> None:
    async with acting_as(client, OF_PERSONNEL.id, PERSONNEL.code):
        whole = (await client.get(f"{PACKAGE}.zip")).content

        async def checked(archive: bytes) -> str:
            sent = await client.post(f"{PACKAGES}/check", files={"photos": ("材料.zip", archive, "application/zip")})
            return sent.text

        assert "校验通过" in await checked(whole)
        letter = next(name for name in ZipFile(BytesIO(whole)).namelist() if name.endswith(".json"))
        assert "与清单的校验值不一致（1个）" in await checked(packed_otherwise(whole, {letter: b"{}"}))
        assert "压缩包中有、清单中没有（1个）" in await checked(packed_otherwise(whole, {"另一个.pdf": b"1"}))
        listed = ZipFile(BytesIO(whole)).read(MANIFEST)
        assert "签名无效" in await checked(packed_otherwise(whole, {MANIFEST: listed + b" "}))
        assert "不是本系统生成的" in await checked(packed_otherwise(b"", {"1.txt": b"1"}))
        assert "文件不能读取" in await checked(whole[: len(whole) // 2])


def packed_otherwise(archive: bytes, instead: Mapping[str, bytes]) -> bytes:
    """The same archive with other contents of some files."""
    made = BytesIO()
    with ZipFile(made, "w") as again:
        if archive:
            with ZipFile(BytesIO(archive)) as found:
                for name in (name for name in found.namelist() if name not in instead):
                    again.writestr(name, found.read(name))
        for name, content in instead.items():
            again.writestr(name, content)
    return made.getvalue()


async def test_the_organisation_department_returns_it_signs_for_the_next_and_adopts_it(
    county: County, client: Browser
) -> None:
    client.looks_at(moment(RECEIVED, "09:30"))
    async with acting_as(client, OF_PERSONNEL.id, PERSONNEL.code):
        assert "签收2018年度考核材料" in await what_waits(client, "feedback")
        shown = await does(county, client, PACKAGE, "return-package", RECEIVED, reason="权重应当为百分之十")
        assert "退回，待补正" in shown
    client.looks_at(moment(RECEIVED, "10:30"))
    async with acting_as(client, SECRETARY.id, committee.code, has_proved=True):
        assert "组织部门退回：权重应当为百分之十" in await what_waits(client, "feedback")
        shown = await does(county, client, PACKAGES, "send-package", RECEIVED, year="2018", performance_weight="10")
        assert "某联党函〔2019〕2号" in shown
        assert "某联党函〔2019〕1号" in (await client.get(f"{PACKAGE}?edition=1")).text
        await withdraws(county, client, PACKAGE, RECEIVED, "权重有误")
        assert "退回，待补正" in (await client.get(PACKAGE)).text, "the edition before holds again"
        shown = await does(county, client, PACKAGES, "send-package", RECEIVED, year="2018", performance_weight="15")
        assert "某联党函〔2019〕3号" in shown
        assert "已撤回" in (await client.get(f"{PACKAGE}?edition=2")).text
    client.looks_at(moment(RECEIVED, "11:30"))
    async with acting_as(client, OF_PERSONNEL.id, PERSONNEL.code):
        assert "已签收" in await does(county, client, PACKAGE, "receive-package", RECEIVED)
        assert "登记采用2018年度考核材料" in await what_waits(client, "feedback")
        shown = await does(
            county, client, PACKAGE, "adopt-package", RECEIVED, adopted_on=RECEIVED, counted="计入绩效考核"
        )
        assert ("已采用" in shown, "计入绩效考核" in shown) == (True, True)
        assert "考核材料" not in await what_waits(client, "feedback")
    async with acting_as(client, CHIEF.id, office.code):
        assert "已采用" in (await client.get(PACKAGES)).text


async def test_what_got_a_number_is_filed_in_its_order_with_the_pages_that_it_has(client: Browser) -> None:
    async with acting_as(client, OFFICE_CLERK.id, committee.code):
        shown = (await client.get("/feedback/filing?year=2019")).text
        archive = (await client.get("/feedback/filing/2019.zip")).content
    numbers = [f"某联党〔2019〕{n}号" for n in (1, 2, 3)] + [f"某联党函〔2019〕{n}号" for n in (1, 2, 3)]
    assert list(dict.fromkeys(re.findall("某联党函?〔2019〕[0-9]+号", shown))) == numbers
    assert "已重新报送" in shown
    with ZipFile(BytesIO(archive)) as filed:
        names = [name for name in filed.namelist() if name.endswith(".pdf")]
        pages = [len(measured_pages(filed.read(name))) for name in names]
        (book,) = (filed.read(name) for name in filed.namelist() if name.endswith(".xlsx"))
    lines = [[cell.value for cell in row] for row in opened(book).about if len(row) == len(HEADS)]
    numbered = [(str(n), number, str(count)) for n, (number, count) in enumerate(zip(numbers, pages, strict=False), 1)]
    assert [(line[0], line[3], line[6]) for line in lines[1:]] == numbered
