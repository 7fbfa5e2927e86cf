"""Time is a submitter: any number of clocks send the same ticks, and one that was down catches up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given

from services.feedback.ticks import days_over
from services.greenchannel.ticks import day_over as handled
from services.inspection.ticks import day_over as inspected
from shared.bus.publishing import publish_each
from shared.bus.streams import SUBMISSIONS, VERDICTS
from shared.calendar import CHINA
from shared.events import Event, Submission, read_submission
from shared.events.feedback import ClosePeriod
from shared.events.greenchannel import SettleDueDays
from shared.events.inspection import CloseDay, MarkOverdue
from shared.events.ticks import tick, tick_id
from shared.identity.access import Access, Hearing
from shared.process import clock as process_clock
from shared.process.clock import Clock, nothing
from shared.process.closed_days import Due
from shared.process.config import Settings
from shared.process.running import Running, connect_broker
from tests.asking import COUNTY, moment, moments
from tests.county import County
from tests.submitters import station

NEW_YEAR = moment("2019-01-01T00:00")
PATIENCE = 60.0
TICKS = ("close-day", "mark-overdue")
TODAY = datetime.now(CHINA).date()


@given(moments(2000, 2098))
def test_a_tick_has_one_id_and_one_body_whatever_the_clocks_time_zone(due: datetime) -> None:
    data = CloseDay(day=date(2018, 3, 5))
    assert tick(data, COUNTY, due) == tick(data, COUNTY, due.astimezone(UTC))


def test_what_is_due_at_one_instant_is_told_apart() -> None:
    due = [ClosePeriod(period="2018-12"), ClosePeriod(period="2018-Q4"), ClosePeriod(period="2018")]
    due_too: list[Submission] = [*due, CloseDay(day=date(2018, 12, 31)), MarkOverdue(day=date(2019, 1, 1))]
    assert len({tick(data, COUNTY, NEW_YEAR).headers["ce-id"] for data in due_too}) == 5


def test_ids_never_change() -> None:
    due = moment("2018-03-06T00:00")
    assert tick_id("close-day", COUNTY, due) == "710c4155-51f1-57d8-92f5-78dd8b9a066d"
    assert tick(CloseDay(day=date(2018, 3, 5)), COUNTY, due).headers["ce-id"] == "710c4155-51f1-57d8-92f5-78dd8b9a066d"


def test_a_tick_is_a_submission_like_any_other() -> None:
    subject, body, headers = tick(ClosePeriod(period="2018"), COUNTY, NEW_YEAR)
    event = read_submission(subject, headers, body)
    assert isinstance(event, Event)
    assert (event.submitter, event.organisation, event.time) == (COUNTY, COUNTY, NEW_YEAR)


def daily(day: date) -> Iterator[Submission]:
    """Two ticks at the end of every day, worked or not."""
    yield CloseDay(day=day)
    yield MarkOverdue(day=day + timedelta(days=1))


def running(county: County, live_from: date | None) -> Running:
    """Inspection, as far as its clock needs it."""
    settings = Settings(
        county="150424",
        nats_url=county.nats_url,
        mongo_url="mongodb://unused",
        http_port=1,
        instance="test-1",
        live_from=live_from,
    )
    return Running(
        settings,
        "inspection",
        connect_broker(county.nats_url, "-", Access(), Hearing()),
        county.databases,
        county.db("inspection"),
        county.bus,
    )


@asynccontextmanager
async def clock(county: County, live_from: date | None, due: Due = daily, after: Due = nothing) -> AsyncIterator[None]:
    """Inspection's clock runs until the block is left."""
    keeping = asyncio.create_task(Clock(due, after)(running(county, live_from)))
    try:
        yield
    finally:
        while not keeping.done():  # Python 3.11 may lose a cancellation that meets an answer
            keeping.cancel()
            await asyncio.wait({keeping}, timeout=0.2)
    if not keeping.cancelled():
        keeping.result()


async def waiting_ticks(county: County) -> list[str]:
    """The ticks that wait to be decided, each once, with its due day; the founding may still stand before them."""
    waiting = [message.headers for message in await county.everything(SUBMISSIONS.name)]
    ticks = {one["ce-id"]: one for one in waiting if one["ce-source"] == COUNTY and one["ce-type"] in TICKS}.values()
    return [f"{tick['ce-type']} {tick['ce-time'][:10]}" for tick in ticks]


async def sent(county: County, count: int) -> list[str]:
    """The first so many ticks that were sent."""
    async with asyncio.timeout(PATIENCE):
        while len(ticks := await waiting_ticks(county)) < count:
            await asyncio.sleep(0.05)
    return ticks


def ticks_of(day: date) -> list[str]:
    due = day + timedelta(days=1)
    return [f"close-day {due}", f"mark-overdue {due}"]


async def test_a_clock_begins_with_the_day_the_county_went_live(county: County) -> None:
    live_from = TODAY - timedelta(days=3)
    async with clock(county, live_from):
        assert await sent(county, 2) == ticks_of(live_from)


async def test_two_clocks_send_the_same(county: County) -> None:
    live_from = TODAY - timedelta(days=3)
    async with clock(county, live_from), clock(county, live_from):
        assert await sent(county, 2) == ticks_of(live_from)


async def test_nobody_keeps_a_tick_away_by_using_its_message_id_first(county: County) -> None:
    live_from = TODAY - timedelta(days=3)
    due = datetime.combine(live_from + timedelta(days=1), datetime.min.time(), CHINA)
    async with county.working():
        for kind in ("close-day", "mark-overdue"):
            foretold = station.serves().message
            id = f"{COUNTY}/{tick_id(kind, COUNTY, due)}"
            await publish_each(county.client, [foretold._replace(headers={**foretold.headers, "Nats-Msg-Id": id})], 5)
        await county.settles()
    async with clock(county, live_from):
        assert await sent(county, 2) == ticks_of(live_from)


async def test_a_clock_waits_until_everything_submitted_is_decided_before_the_next_day(county: County) -> None:
    live_from = TODAY - timedelta(days=3)
    # A day more than is looked at: in the first minutes of a day the one before is not over yet.
    async with county.working(), clock(county, live_from - timedelta(days=1)), asyncio.timeout(PATIENCE):
        wanted = {"submitter": COUNTY, "type": "mark-overdue"}
        while await county.db("inspection")["ledger"].count_documents(wanted) < 3:
            await asyncio.sleep(0.05)
    decided = county.db("inspection")["ledger"].find({"submitter": COUNTY}).sort("sequence", 1)
    entered = [f"{one['type']} {one['time'][:10]}" async for one in decided]
    assert entered[:6] == [name for n in range(3) for name in ticks_of(live_from + timedelta(days=n - 1))]


def settling(day: date) -> Iterator[Submission]:
    """Another service's tick at the end of every day."""
    yield SettleDueDays(day=day + timedelta(days=1))


async def test_a_clock_waits_until_what_another_service_tells_of_the_day_is_decided(county: County) -> None:
    day = TODAY - timedelta(days=3)
    (other,) = settling(day)
    message = tick(other, COUNTY, datetime.combine(day + timedelta(days=1), datetime.min.time(), CHINA))
    looks = await county.client.subscribe(f"$JS.API.DIRECT.GET.{VERDICTS.name}")
    async with county.working(), clock(county, day, after=settling):
        for _ in range(2):
            assert b"verdict." in (await looks.next_msg(PATIENCE)).data
        assert await county.db("inspection")["ledger"].count_documents({"type": "close-day"}) == 0
        await county.bus.publish([message])
        async with asyncio.timeout(PATIENCE):
            while await county.db("inspection")["ledger"].count_documents({"type": "close-day"}) == 0:
                await asyncio.sleep(0.05)


async def test_a_clock_waits_for_another_service_only_so_long(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_clock, "OTHERS", timedelta(seconds=1))
    live_from = TODAY - timedelta(days=3)
    async with clock(county, live_from, after=settling):
        assert await sent(county, 2) == ticks_of(live_from)


def test_a_period_is_closed_after_what_inspection_and_greenchannel_tell_of_its_last_day() -> None:
    last = {data.type for data in days_over(date(2018, 3, 31))}
    assert last == {"settle-patrol-days", "settle-due-days"}
    for day in (date(2018, 3, 30), date(2018, 3, 31)):
        assert {[*due(day)][-1].type for due in (inspected, handled)} == last, "whoever has these has those before them"
    assert list(days_over(date(2018, 3, 30))) == []


async def test_without_a_day_to_live_from_nothing_is_sent(county: County) -> None:
    """Nor has it, when a clock that began later has sent what was due."""
    live_from = TODAY - timedelta(days=3)
    async with clock(county, None), clock(county, live_from):
        assert await sent(county, 2) == ticks_of(live_from)
