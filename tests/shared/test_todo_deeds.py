"""催办 and 不再办理: an office reminds whom something waits for, what was refused is put aside and taken up again."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from datetime import date, datetime, timedelta
from html import unescape

import pytest
import pytest_asyncio
from httpx import Response

from deploy.embedded.servers.running import Servers
from shared.calendar import CHINA
from shared.events.roster.people import Appoint, Post
from shared.todo.reminding import Reminder, begins, may_remind
from tests.browsing import signed_in
from tests.conftest import county_on
from tests.county import County
from tests.entrants import OURS, SINCE, Entrant, hidden_in, in_session
from tests.processes_here import Browser, basic
from tests.sealed import ALLOWED, registers
from tests.submitters import START, Said, committee, office, stations, township
from tests.todo import all_answer, titles

pytestmark = pytest.mark.asyncio(loop_scope="module")
NOW = datetime.now(CHINA).replace(microsecond=0)
LATE = NOW - timedelta(days=20)
BY = stations[3]
MONITOR = Entrant("p-monitor", "周明", committee.code, Post.MONITOR)
CLERK = Entrant("p-clerk", "何文", township.code, Post.TOWNSHIP_CLERK)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """One station has two findings to put right, and one thing that it reported was refused."""
    async with county_on(bus_and_database) as county:
        county.allowed = ALLOWED
        async with county.at_work():
            for one in (MONITOR, CLERK):
                known = registers(one.id, one.organisation, START, name=one.name)
                await county.hears(committee.says(known, SINCE, one.organisation))
                appointed = Appoint(person=one.id, post=one.post or Post.MONITOR, since=START)
                await county.hears(committee.says(appointed, SINCE, one.organisation))
            await decided(county, BY.logs(LATE, findings=2), refused(1), refused(2))
            yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def clients(county: County) -> AsyncIterator[Mapping[str, Browser]]:
    async with all_answer(county) as found:
        yield found


def refused(n: int) -> Said:
    """Work on something that was never found."""
    said = BY.logs(NOW - timedelta(hours=n), n=900 + n)
    return BY.rectifies(said, at=NOW - timedelta(hours=n), n=n)


async def decided(county: County, *said: Said) -> None:
    await county.hears(*said)
    await county.settles()


async def seen(client: Browser, asked: str) -> str:
    answer = await client.get(f"/inspection/todo{asked}")
    assert answer.status_code == 200, answer.text
    return answer.text


def filled(page: str, verb: str) -> tuple[str, dict[str, str]]:
    """The first form of a kind in the list: where it is sent, and what it carries."""
    form = re.findall(rf'<form method="post" action="([^"]*/todo/{verb}\?back=[^"]*)"(.*?)</form>', page, re.S)[0]
    return unescape(form[0]), hidden_in(form[1])


async def sends(client: Browser, page: str, verb: str, **more: str) -> str:
    """That form, and the list to which it leads."""
    action, carried = filled(page, verb)
    sent = await client.post(action, data=carried | more, headers=OURS)
    assert sent.status_code == 303, sent.text
    return (await client.get(sent.headers["location"].partition("#")[0])).text


@pytest.mark.parametrize(
    ("last", "today", "may"),
    [
        (None, date(2018, 3, 5), True),
        (date(2018, 3, 5), date(2018, 3, 5), False),
        (date(2018, 3, 5), date(2018, 3, 6), True),
        (date(2018, 3, 9), date(2018, 3, 11), False),
        (date(2018, 3, 10), date(2018, 3, 12), True),
    ],
)
async def test_an_office_reminds_once_a_working_day_and_days_off_belong_to_the_one_before(
    last: date | None, today: date, may: bool
) -> None:
    at = datetime(last.year, last.month, last.day, 9, tzinfo=CHINA) if last else None
    assert may_remind(at, today) is may
    assert begins(date(2018, 3, 11)) == date(2018, 3, 9)


async def test_a_township_reminds_a_station_and_both_read_when(county: County, clients: Mapping[str, Browser]) -> None:
    client = clients["inspection"]
    async with signed_in(client, township.code, "inspection"):
        before = await seen(client, "?tab=all&kind=accept")
        assert before.count(">催办</button>") == 2
        after = await sends(client, before, "remind")
        assert ("已催办" in after, after.count(">催办</button>"), after.count(f"组织{township.code}催办")) == (
            True,
            1,
            1,
        )
        assert "今天已经催办过" in await sends(client, before, "remind")
        assert "催办</button>" not in await seen(client, "?kind=verify"), "of one's own there is nothing to remind"
    async with signed_in(client, BY.code, "inspection"):
        own = await seen(client, "?kind=accept")
        assert (own.count(f"组织{township.code}催办"), "催办</button>" in own) == (1, False)
    async with signed_in(client, committee.code, "inspection"):
        assert (await seen(client, "?tab=all&kind=accept")).count(">催办</button>") == 2, "another office reminds too"
    kept = await county.db("inspection")[Reminder.collection].find({}).to_list(None)
    assert [one["by"] for one in kept] == [township.code]


async def reminds(client: Browser, task: str) -> Response:
    return await client.post("/inspection/todo/remind", data={"task": task, "kind": "accept"}, headers=OURS)


async def test_nobody_reminds_of_what_does_not_wait_below_and_who_only_reads_of_nothing(
    county: County, clients: Mapping[str, Browser]
) -> None:
    client = clients["inspection"]
    answer = await client.get("/inspection/api/todo?kind=accept", headers=basic(BY.code))
    task = answer.json()["tasks"][-1]["id"]
    for who, status in ((BY, 404), (office, 404)):
        async with signed_in(client, who.code, "inspection"):
            assert (await reminds(client, task)).status_code == status
    async with in_session(client, MONITOR):
        assert "催办</button>" not in await seen(client, "?tab=all&kind=accept")
        assert (await reminds(client, task)).status_code == 403
    async with in_session(client, CLERK):
        assert (await reminds(client, "made-up")).status_code == 404
        assert (await reminds(client, task)).status_code == 303


async def test_buttons_of_rows_that_read_alike_are_told_apart_by_who_listens(
    county: County, clients: Mapping[str, Browser]
) -> None:
    client, twice = clients["inspection"], stations[2]
    await decided(county, twice.logs(LATE, findings=1), twice.logs(LATE - timedelta(days=1), findings=1, n=1))
    async with signed_in(client, township.code, "inspection"):
        page = await seen(client, "?tab=all&kind=accept")
    labels = re.findall(r'aria-label="(催办：[^"]+)"', page)
    assert len({*labels}) == len(labels)
    assert sum("（第" in one for one in labels) == 2


async def test_what_was_refused_is_put_aside_with_a_reason_and_taken_up_again(
    county: County, clients: Mapping[str, Browser]
) -> None:
    client = clients["inspection"]
    async with signed_in(client, BY.code, "inspection"):
        page = await seen(client, "?kind=refused")
        assert len(titles(page)) == 2
        without = await sends(client, page, "put-aside", reason=" ")
        assert ("请填写不再办理的理由" in without, len(titles(await seen(client, "?kind=refused")))) == (True, 2)
        after = await sends(client, page, "put-aside", reason="改由乡镇报送")
        assert "已经移出待办" in after
        assert len(titles(await seen(client, "?kind=refused"))) == 1
        done = await seen(client, "?tab=done")
        assert ("不再办理：改由乡镇报送" in done, done.count(">恢复办理</button>")) == (True, 1)
        back = await sends(client, done, "take-up")
        assert ("已恢复办理" in back, "不再办理：" in back) == (True, False)
        page = await seen(client, "?kind=refused")
        assert len(titles(page)) == 2


async def test_nobody_else_puts_aside_or_takes_up_and_no_link_says_that_it_was_done(
    county: County, clients: Mapping[str, Browser]
) -> None:
    client = clients["inspection"]
    async with signed_in(client, BY.code, "inspection"):
        await sends(client, await seen(client, "?kind=refused"), "put-aside", reason="不再需要")
    (kept,) = await county.db("inspection")["put_aside"].find({}).to_list(None)
    async with signed_in(client, township.code, "inspection"):
        for verb in ("put-aside", "take-up"):
            sent = {"task": kept["_id"], "reason": "替它办"}
            assert (await client.post(f"/inspection/todo/{verb}", data=sent, headers=OURS)).status_code == 404
        assert "已催办" not in await seen(client, "?did=reminded~000000000000000000000000")
