"""In the row of work that waits to be verified stand the photos of before and after, for whoever may see them."""

from __future__ import annotations

import re
from html import unescape

import pytest

from shared.bus.photos import digest_of
from shared.events.inspection import Finding, LogInspection, SubmitRectification
from shared.events.vocabulary import PatrolKind, Severity
from tests.county import County
from tests.inspection.browsing import browsing, decided, signed_in
from tests.photographs import drained, keeping, photograph, sent
from tests.submitters import moment, station, stations, township
from tests.todo import titles, what_waits

pytestmark = pytest.mark.asyncio
BEFORE, AFTER = photograph(seed=1), photograph(seed=2)


def pictures(page: str, called: str) -> list[str]:
    """What is shown small under a heading."""
    (part,) = re.findall(rf'<span class="note">{called}</span>(.*?)</ul>', page, re.S)
    return [unescape(one) for one in re.findall(r'<img src="([^"]+)"', part)]


async def test_the_verifier_sees_what_was_found_and_what_was_done(county: County) -> None:
    finding = Finding(item="灭火器过期", severity=Severity.MAJOR, rectify_within=3)
    seen = LogInspection(patrol=PatrolKind.STATION, score=9000, findings=[finding], photos=[digest_of(BEFORE)])
    async with county.working(), keeping(county), browsing(county) as client:
        said = await decided(county, station.says(seen, moment("2018-03-05")))
        done = SubmitRectification(rectification=f"{said.id}/0", note="已更换", photos=[digest_of(AFTER)])
        await decided(county, station.says(done, moment("2018-03-06")), stations[1].logs(moment("2018-03-05"), 1))
        await sent(county, station, BEFORE, AFTER)
        await drained(county)
        client.looks_at(moment("2018-03-07"))
        async with signed_in(client, township.code):
            page = await what_waits(client, "inspection")
    at = f"/inspection/api/photos/{station.code}"
    assert titles(page) == [f"组织{station.code}：灭火器过期（较重）"]
    assert pictures(page, "整改前") == [f"{at}/{digest_of(BEFORE)}?size=thumb"]
    assert pictures(page, "整改后") == [f"{at}/{digest_of(AFTER)}?size=thumb"]
    assert "2018年3月6日报送整改结果：已更换" in page
    assert "3月9日到期" in page


async def test_what_was_submitted_is_overdue_once_its_verifier_is_late(county: County) -> None:
    """Three working days; what nobody has verified is not the organisation's delay."""
    async with county.working(), browsing(county) as client:
        said = await decided(county, station.logs(moment("2018-03-05"), findings=1))
        await decided(county, station.rectifies(said, at=moment("2018-03-06")))
        async with signed_in(client, township.code):
            for day, state in (("2018-03-09", "今天到期"), ("2018-03-12", "逾期3天")):
                client.looks_at(moment(day))
                assert state in await what_waits(client, "inspection")
        async with signed_in(client, station.code):
            assert "逾期" not in await what_waits(client, "inspection", "?kind=put-right")
