"""A dead letter is closed with a reason, and one that fails again takes the place of the one before it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from httpx import AsyncClient

from shared.bus.shares import kept_under
from shared.bus.streams import DEAD
from shared.events.outgoing import Outgoing
from shared.pipeline.dead_letters import dead_letters, drive_again, undriven
from shared.pipeline.inlets import AGAIN, dead_letter
from tests.browsing import browsing, signed_in, token, wrong_at
from tests.county import County
from tests.submitters import Said, committee, station, township

PAGE, API = "/feedback/dead-letters", "/feedback/api/dead-letters"
WHY = "已通知冬不冷村便民服务站更正后重新报送"
COUNTY = token(committee.code)
BROKEN = station.serves().saying(b"{")


async def buried(county: County, said: Said = BROKEN) -> int:
    """A submission that no service can read, by the number of its letter."""
    async with county.working():
        await county.hears(said)
        await county.settles()
    return int((await dead_letters(county.bus, 100))["items"][-1]["id"])


async def counts(county: County) -> dict[str, int]:
    found: dict[str, int] = (await dead_letters(county.bus, 1))["counts"]
    assert found["waiting"] == await undriven(county.bus)
    return found


async def listed(client: AsyncClient, state: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await client.get(f"{API}?state={state}")).json()["items"]
    return items


async def test_the_county_closes_a_letter_with_a_reason_and_it_waits_no_more(county: County) -> None:
    number = await buried(county)
    async with browsing(county, "feedback") as client, signed_in(client, committee.code, "feedback"):
        assert f'href="{PAGE}/{number}"' in (await client.get(PAGE)).text
        assert f'action="{PAGE}/{number}/close"' in (await client.get(f"{PAGE}/{number}")).text
        sent = await client.post(f"{PAGE}/{number}/close", data={"reason": WHY})
        assert (sent.status_code, sent.headers["location"].startswith(f"{PAGE}?closed={number}~")) == (303, True)
        after = (await client.get(sent.headers["location"])).text
        assert (f"第{number}号报送已归档" in after, WHY in after, "没有待处理的报送" in after) == (True, True, True)
        shown = (await client.get(f"{PAGE}?state=closed")).text
        assert ("已归档共1件" in shown, WHY in shown) == (True, True)
        (letter,) = await listed(client, "closed")
    assert (letter["closed"]["by"], letter["closed"]["reason"]) == (committee.code, WHY)
    assert await counts(county) == {"waiting": 0, "closed": 1, "driven": 0}


async def test_why_a_letter_could_not_be_read_is_told_in_chinese_with_the_english_beside(county: County) -> None:
    number = await buried(county, station.serves().saying(b'{"client":"nobody","mode":"agency","persons":1}'))
    async with browsing(county, "feedback", by=committee.code) as client:
        (letter,) = (await client.get(API)).json()["items"]
        page, board = [(await client.get(address)).text for address in (f"{PAGE}/{number}", PAGE)]
    assert letter["why_zh"] == "“服务对象”不在可选范围之内"
    assert letter["why"].startswith("client: Input should be")
    assert "具体原因</dt><dd>“服务对象”不在可选范围之内</dd>" in page
    assert "unreadable：client: Input should be" in page
    assert "具体原因：“服务对象”不在可选范围之内" in board


async def test_what_a_letter_of_a_used_id_or_of_a_program_that_failed_says_in_chinese(county: County) -> None:
    said = station.serves()
    async with county.working():
        await county.hears(said, said.saying(b'{"client":"vulnerable","mode":"agency","persons":9}'))
        await county.settles()
    message = await county.bus.next("DEAD", "dead.*.*.*", 0)
    assert message is not None
    letter = replace(message, subject=said.message.subject)
    await county.bus.publish([dead_letter("greenchannel", "service-error", "KeyError()", letter, station.code)])
    reused, failed = (await dead_letters(county.bus, 9))["items"]
    assert ("重号" in reused["why_zh"], failed["why_zh"]) == (True, "")


@pytest.mark.parametrize(
    ("reason", "said"), [(" \r\n", "请填写“归档原因”。"), ("长" * 1001, "不得超过1000字，现有1001字")]
)
async def test_without_a_reason_or_with_one_too_long_nothing_is_closed_and_what_was_written_comes_again(
    county: County, reason: str, said: str
) -> None:
    number = await buried(county)
    async with browsing(county, "feedback") as client, signed_in(client, committee.code, "feedback"):
        again = await client.post(f"{PAGE}/{number}/close", data={"reason": reason})
        asked = await client.post(f"{API}/{number}/close", json={"reason": reason}, auth=COUNTY)
    assert (again.status_code, asked.status_code) == (422, 422)
    assert said in wrong_at(again.text, "close-reason")
    assert reason.strip() in again.text
    assert (await counts(county))["waiting"] == 1


@pytest.mark.parametrize("who", [None, token(township.code)])
async def test_nobody_else_closes_a_letter(county: County, who: tuple[str, str] | None) -> None:
    number = await buried(county)
    async with browsing(county, "feedback") as client:
        page = (await client.get(f"{PAGE}/{number}", auth=who)).text
        sent = await client.request("POST", f"{PAGE}/{number}/close", auth=who, data={"reason": WHY})
        asked = await client.request("POST", f"{API}/{number}/close", auth=who, json={"reason": WHY})
    assert ("/close" in page, 'action="/feedback/sign-in"' in sent.text) == (False, True)
    assert (asked.status_code, (await counts(county))["waiting"]) == (401, 1)


async def test_a_program_closes_a_letter_once_and_what_was_driven_is_not_closed(county: County) -> None:
    number = await buried(county)
    async with browsing(county, "feedback") as client:
        answers = [await client.post(f"{API}/{number}/close", json={"reason": WHY}, auth=COUNTY) for _ in range(2)]
        assert [(one.status_code, one.json()["closed"]["reason"]) for one in answers] == [(200, WHY)] * 2
        assert (await client.post(f"{API}/9999/close", json={"reason": WHY}, auth=COUNTY)).status_code == 404
        await client.post(f"{API}/{number}/again", auth=COUNTY)
        late = await client.post(f"{API}/{number}/close", json={"reason": "late"}, auth=COUNTY)
    assert (late.status_code, late.json()["state"], late.json()["closed"]["reason"]) == (409, "driven", WHY)
    assert await counts(county) == {"waiting": 0, "closed": 0, "driven": 1}


async def test_of_a_submission_that_fails_each_time_one_letter_waits(county: County) -> None:
    numbers = [await buried(county)]
    await buried(county, station.serves(n=2).saying(b"["))
    for _ in range(2):
        await drive_again(county.bus, numbers[-1])
        async with county.working():
            await county.settles()
        numbers.append(int((await dead_letters(county.bus, 100))["items"][-1]["id"]))
    assert await counts(county) == {"waiting": 2, "closed": 0, "driven": 2}
    async with browsing(county, "feedback", by=committee.code) as client:
        (other, waiting), (first, second) = [await listed(client, state) for state in ("waiting", "driven")]
        page = (await client.get(f"{PAGE}?state=driven")).text
    assert [int(one["id"]) for one in (first, second, waiting)] == numbers
    assert [one["again"] for one in (other, first, second, waiting)] == [None, None, first["id"], second["id"]]
    assert [one["failed_again_as"] for one in (first, second, waiting)] == [second["id"], waiting["id"], None]
    assert page.count("已再办，仍未成功") == 2


async def test_a_letter_of_other_content_that_says_it_came_of_one_is_not_believed(county: County) -> None:
    number = await buried(county)
    await drive_again(county.bus, number)
    message = await county.bus.last("SUBMISSIONS", kept_under(BROKEN.message.subject))
    assert message is not None
    forged = replace(message, headers={**message.headers, AGAIN: str(number)}, body=b"other", sequence=10_000)
    await county.bus.publish([dead_letter("greenchannel", "unreadable", "", forged, station.code)])
    driven = (await dead_letters(county.bus, 10))["items"][0]
    assert (driven["state"], driven["failed_again_as"]) == ("driven", None)


async def test_a_mark_that_was_written_twice_or_whose_letter_is_gone_counts_nothing_away(county: County) -> None:
    number = await buried(county)
    await buried(county, station.serves(n=4).saying(b"("))
    marks = [(f"dead.driven.{number}", b""), (f"dead.driven.{number}", b""), ("dead.closed.99999", b"{}")]
    marks.append((f"dead.closed.{number}", json.dumps({"by": committee.code, "reason": WHY}).encode()))
    await county.bus.publish([Outgoing(subject, body, {}) for subject, body in marks])
    assert (await counts(county))["waiting"] == 1
    await county.bus.api(f"STREAM.MSG.DELETE.{DEAD.name}", {"seq": number})
    assert (await counts(county))["waiting"] == 1


async def test_more_letters_than_a_page_holds_are_counted_and_the_rest_is_a_link_away(county: County) -> None:
    await buried(county)
    message = (await county.dead())[0]
    copies = [{**message.headers, "Nats-Msg-Id": f"dead:SUBMISSIONS:{1000 + n}"} for n in range(119)]
    await county.bus.publish([Outgoing(message.subject, message.body, headers) for headers in copies])
    async with browsing(county, "feedback", by=committee.code) as client:
        page = (await client.get(PAGE)).text
        (address,) = re.findall(r'<a href="([^"]+)">下一页', page)
        rest = (await client.get(unescape(address))).text
    assert "待处理共120件，先到的在前，本页100件" in page
    assert ("本页20件" in rest, "下一页" in rest) == (True, False)
