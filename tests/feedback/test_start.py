"""开始使用: an empty county is led from its own entry to its first figure, by what is there and in order."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from services.feedback.county.start import Begun, set_up
from tests.browsing import browsing, form_in, signed_in, token
from tests.county import County
from tests.submitters import COUNTY, committee, moment, station, township

START, NOW = "/feedback/start", "2018-03-05"
NOTHING = Begun(COUNTY)
ALL = Begun(COUNTY, True, 6, 3, station.code, "冬不冷村登记", "冬不冷村检查", "2018年3月起有数据")


@pytest.mark.parametrize(
    ("has", "coming", "url", "left"),
    [
        (NOTHING, "登记单位", "/roster/organisations/new?category=county", 5),
        (replace(NOTHING, is_founded=True), "登记单位", "/roster/organisations/new", 5),
        (replace(NOTHING, is_founded=True, organisations=6), "登记人员", f"/roster/people/of/{COUNTY}", 4),
        (replace(ALL, enrolled=""), "邀请站点", f"/roster/organisations/{station.code}/pc", 1),
        (replace(ALL, enrolled="", station=""), "邀请站点", "/roster/organisations", 1),
        (replace(ALL, patrolled="", figures=""), "第一次检查", "/inspection/patrols", 2),
        (replace(ALL, figures=""), "第一期数据", "/feedback/", 1),
    ],
)
def test_the_first_step_that_is_not_done_comes_next(has: Begun, coming: str, url: str, left: int) -> None:
    seen = set_up(has)
    assert seen.coming
    assert (seen.coming.name, seen.coming.url, seen.left) == (coming, url, left)
    assert [one.state.word for one in seen.steps].count("下一步") == 1


def test_where_all_is_done_nothing_comes_next() -> None:
    seen = set_up(ALL)
    assert (seen.coming, seen.left, {one.state.word for one in seen.steps}) == (None, 0, {"已完成"})


def next_step(page: str) -> str:
    found = re.search("<h2>下一步：(.*?)</h2>", page)
    return found.group(1) if found else ""


async def test_an_empty_county_lands_there_and_enters_itself(empty_county: County) -> None:
    roster, client = browsing(empty_county, "roster"), browsing(empty_county, "feedback")
    async with empty_county.working(), roster, client:
        for one in (roster, client):
            one.looks_at(moment(NOW))
        answer = await client.post("/feedback/sign-in", data=entry(COUNTY))
        assert answer.headers["location"] == START
        assert (await client.get("/feedback/")).headers["location"] == START
        page = (await client.get(START)).text
        assert next_step(page) == "登记单位"
        new = re.findall('class="button" href="([^"]*)"', page)[0]
        async with signed_in(roster, committee.code, "roster"):
            action = f"/roster/organisations/new/county/{COUNTY}/found"
            form = form_in((await roster.get(new)).text, action, NOW)
            sent = await roster.post(action, data=form | {"name": "林西县政务服务联合党委", "valid_from": "2018-01-01"})
            assert sent.status_code == 303, sent.text
            listed = (await roster.get("/roster/organisations/new")).text
        assert ("category=department" in listed, "category=county" in listed) == (True, False)
        assert next_step((await client.get(START)).text) == "登记单位"
        assert (await client.get("/feedback/")).headers["location"] == START


async def test_each_step_is_done_by_what_happens(county: County) -> None:
    async with county.working(), browsing(county, "feedback") as client:
        client.looks_at(moment(NOW))
        async with signed_in(client, COUNTY, "feedback"):
            page = (await client.get(START)).text
            assert next_step(page) == "登记人员"
            assert f"/roster/organisations/{station.code}/pc" in page
            await county.hears(station.logs(at=moment(NOW)))
            await county.settles()
            page = (await client.get(START)).text
            assert "2018年3月起有数据" in page
            assert "已用网页报送" in page
            assert "开始使用：还有1件事没有完成，下一步是登记人员" in (await client.get("/feedback/")).text
        async with signed_in(client, township.code, "feedback"):
            assert (await client.get(START)).status_code == 403
            assert "开始使用" not in (await client.get("/feedback/")).text


def entry(code: str) -> dict[str, str]:
    return dict(zip(("code", "token"), token(code), strict=True))
