"""Figures are made anew from the ledger of facts while the service goes on: nothing counts twice, nothing is lost."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deploy.embedded.ports import HOST, any_free
from services.feedback.documents.signing import content_hash
from services.feedback.measures import recompute
from services.feedback.measures.model import Balance, MonthlyDocument
from services.feedback.measures.standing import Standing
from services.feedback.measures.summing import flat
from services.feedback.problems.model import STILL, Problem
from services.feedback.problems.recompute import Unlike, unlike_facts
from services.feedback.rebuilding import running
from services.feedback.rebuilding.beginning import Workers, begun, runs
from services.feedback.rebuilding.mending import MISSING, UNLIKE
from services.feedback.rebuilding.model import PutRight, Rebuild
from services.feedback.rebuilding.running import rebuilt
from services.feedback.rebuilding.words import how_far, measure_text, took_text
from services.feedback.reports.model import Report
from shared.database import mongo
from shared.database.kept import document
from shared.database.mongo import Database, Superseded
from tests import processes_here
from tests.browsing import browsing
from tests.county import County
from tests.submitters import COUNTY, committee, hall, moment, station

PAGE, API = "/feedback/rebuilds", "/feedback/api/rebuilds"
NOW = datetime(2018, 3, 30, 9, tzinfo=UTC)
JANUARY, MARCH = "2018-01", "2018-03"
"""The months that the county has: of its founding, and of what its station said."""
OPEN = "rectifications-open"
PROBLEMS = "problems"
"""What is looked at when the months are done."""


@pytest.fixture
async def county(county: County) -> County:
    """With findings in January, and services there and in March."""
    async with county.working():
        await county.hears(station.logs(moment("2018-01-08"), findings=2))
        await county.hears(station.serves(at=moment("2018-01-09")))
        await county.hears(station.serves(at=moment("2018-03-09")))
        await county.settles()
    return county


def feedback(county: County) -> Database:
    return county.db("feedback")


async def falsified(county: County) -> Any:
    """One sum is too high, a stock too low, a document is gone and another was never told of; and what they were.

    Of the problems one is gone, one has another deadline, and one was never told of.
    """
    right = await kept(county)
    problems = feedback(county)[Problem.collection]
    gone, other = sorted([one["_id"] async for one in problems.find()])
    await problems.delete_one({"_id": gone})
    await problems.update_one({"_id": other}, {"$set": {"deadlines.0.day": "2018-12-31"}})
    never = Problem(id=f"{COUNTY}/never", county=COUNTY, organisation=COUNTY, found=NOW.date(), until=STILL)
    await problems.insert_one(never.to_store())
    monthly = feedback(county)[MonthlyDocument.collection]
    await monthly.update_one({"path": {"$regex": station.code}, "month": JANUARY}, {"$inc": {"add.findings": 7}})
    await feedback(county)[Balance.collection].update_one(
        {"_id": station.code}, {"$inc": {f"add.{OPEN}.{JANUARY}": -2}}
    )
    await monthly.delete_one({"month": MARCH})
    nowhere = {"month": JANUARY, "county": COUNTY, "path": f"{COUNTY}/nowhere", "add": {"ideas": 1}, "version": 1}
    await monthly.insert_one({"_id": f"{JANUARY}/{COUNTY}/nowhere", **nowhere})
    return right


async def kept(county: County) -> dict[str, Any]:
    """What is kept, without what came to nothing or is in no list."""
    found = dict[str, Any]()
    for kind in (MonthlyDocument, Balance):
        async for one in feedback(county)[kind.collection].find():
            sums = {name: amount for name, amount in flat(one).items() if amount}
            if sums:
                found[one["_id"]] = sums
    async for one in feedback(county)[Problem.collection].find({"until": {"$gt": ""}}):
        found[one["_id"]] = Problem.stored(one).having(version=0)
    return found


async def one_more(county: County) -> Rebuild:
    found = await begun(feedback(county), COUNTY, COUNTY, "", datetime.now(UTC))
    assert found is not None
    return found


async def as_kept(county: County, id: str) -> Rebuild:
    found = await document(feedback(county), Rebuild, id)
    assert found is not None
    return found


async def test_whatever_was_falsified_is_as_its_facts_add_up_and_each_figure_is_named(county: County) -> None:
    right = await falsified(county)
    assert await county.differences() != []
    one = await one_more(county)
    await rebuilt(feedback(county), one.id)
    assert await county.differences() == []
    assert await kept(county) == right
    ended = await as_kept(county, one.id)
    assert (ended.is_running, ended.months, ended.done) == (False, (JANUARY, MARCH), 2)
    assert ended.count == len(ended.lines)
    place = next(line.place for line in ended.lines if line.measure == "findings")
    assert PutRight(month=JANUARY, place=place, measure="findings", kept=9, computed=2) in ended.lines
    assert PutRight(month=JANUARY, place=station.code, measure=OPEN, kept=0, computed=2) in ended.lines
    assert PutRight(month=JANUARY, place=f"{COUNTY}/nowhere", measure="ideas", kept=1, computed=0) in ended.lines
    assert {line.month for line in ended.lines} == {JANUARY, MARCH}
    assert PutRight(month=JANUARY, place=station.code, measure=MISSING, kept=1, computed=0) in ended.lines
    assert PutRight(month=JANUARY, place=station.code, measure=UNLIKE, kept=1, computed=0) in ended.lines
    assert PutRight(month=MARCH, place=COUNTY, measure=UNLIKE, kept=1, computed=0) in ended.lines


async def test_what_is_submitted_between_adding_up_and_putting_right_is_counted_once(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = await falsified(county)
    found = recompute.differences

    async def then_others_submit(db: Database, month: str, heard: recompute.Heard) -> list[dict[str, Any]]:
        differing = await found(db, month, heard)
        if month == JANUARY:
            await county.hears(station.logs(moment("2018-01-10"), findings=1))
            await county.settles()
        return differing

    monkeypatch.setattr(running, "differences", then_others_submit)
    async with county.working():
        one = await one_more(county)
        await rebuilt(feedback(county), one.id)
    assert await county.differences() == []
    place = next(place for place in right if place.startswith(JANUARY) and place.endswith(station.code))
    assert (await kept(county))[place]["findings"] == right[place]["findings"] + 1


@pytest.mark.parametrize("killed_in", [JANUARY, MARCH, PROBLEMS])
async def test_killed_at_any_point_it_goes_on_there_and_puts_nothing_right_twice(
    county: County, monkeypatch: pytest.MonkeyPatch, killed_in: str
) -> None:
    right = await falsified(county)
    found = recompute.differences

    async def killed(db: Database, month: str = PROBLEMS, heard: recompute.Heard = bool) -> list[dict[str, Any]]:
        if month == killed_in:
            raise KeyboardInterrupt
        return await found(db, month, heard)

    one = await one_more(county)
    with monkeypatch.context() as broken:
        broken.setattr(running, "differences", killed)
        broken.setattr(running, "unlike_facts", killed)
        with pytest.raises(KeyboardInterrupt):
            await rebuilt(feedback(county), one.id)
    assert (await as_kept(county, one.id)).done == [JANUARY, MARCH, PROBLEMS].index(killed_in)
    await rebuilt(feedback(county), one.id)
    assert await kept(county) == right
    assert (await as_kept(county, one.id)).done == 2


async def test_a_problem_that_moves_on_after_the_look_is_looked_at_again(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = await falsified(county)
    problems, found, looks = feedback(county)[Problem.collection], unlike_facts, list[int]()

    async def then_others_write(db: Database) -> list[Unlike]:
        unlike = await found(db)
        looks.append(len(unlike))
        if len(looks) == 1:
            await problems.update_many({}, {"$inc": {"version": 1}})
            await problems.insert_one(next(one.right for one in unlike if one.kept is None).to_store())
        return unlike

    monkeypatch.setattr(running, "unlike_facts", then_others_write)
    one = await one_more(county)
    await rebuilt(feedback(county), one.id)
    assert await kept(county) == right
    assert looks == [3, 2]


async def test_of_two_that_go_on_with_one_the_second_writes_nothing(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = await falsified(county)
    one = await one_more(county)
    found, begun, overtaken = recompute.differences, asyncio.Event(), asyncio.Event()

    async def slowly(db: Database, month: str, heard: recompute.Heard) -> list[dict[str, Any]]:
        begun.set()
        differing = await found(db, month, heard)
        await overtaken.wait()
        return differing

    monkeypatch.setattr(running, "TELLS", 600.0)  # or the word of the one that waits overtakes the other
    with monkeypatch.context() as slow:
        slow.setattr(running, "differences", slowly)
        late = asyncio.create_task(rebuilt(feedback(county), one.id))
        await begun.wait()
    await rebuilt(feedback(county), one.id)
    overtaken.set()
    with pytest.raises(Superseded):
        await late
    assert await kept(county) == right


async def test_one_at_a_time_in_a_county(county: County) -> None:
    one = await one_more(county)
    assert await begun(feedback(county), COUNTY, COUNTY, "", datetime.now(UTC)) is None
    assert await runs(feedback(county), COUNTY) == await as_kept(county, one.id)
    await rebuilt(feedback(county), one.id)
    assert await runs(feedback(county), COUNTY) is None
    assert await begun(feedback(county), COUNTY, COUNTY, "", datetime.now(UTC)) is not None


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """For which rebuilds a process was to be started."""
    asked: list[str] = []

    async def start(_: Workers, of: Rebuild) -> None:
        asked.append(of.id)

    monkeypatch.setattr(Workers, "start", start)
    return asked


async def test_the_county_begins_one_others_do_not_and_its_page_says_what_was_put_right(
    county: County, started: list[str]
) -> None:
    await falsified(county)
    async with browsing(county, "feedback", by=hall.code) as client:
        assert (await client.post(API)).status_code == 401
        assert (await client.get(PAGE)).status_code == 403
    async with browsing(county, "feedback", by=committee.code) as client:
        assert "开始重算" in (await client.get(PAGE)).text
        answer = await client.post(API)
        id = answer.json()["rebuild"]
        assert started == [id]
        again = await client.post(API)
        assert (again.status_code, again.json()["reasons"][0]["slug"]) == (409, "rebuild-under-way")
        assert "开始重算" not in (await client.get(PAGE)).text
        assert "正在重算" in (await client.get(f"{PAGE}/{id}")).text
        await rebuilt(feedback(county), id)
        page = (await client.get(f"{PAGE}/{id}")).text
        assert (await client.get(f"{API}/{id}")).json()["count"] == (await as_kept(county, id)).count
    assert "已完成" in page
    assert "发现问题" in page


async def test_a_database_that_is_away_for_a_while_does_not_end_what_looks_for_rebuilds(county: County) -> None:
    """It is among what ends the answering process with it."""
    parts = processes_here.running(county, "feedback")
    away = mongo.connect(f"mongodb://{HOST}:{any_free()}/?serverSelectionTimeoutMS=20")
    parts.db = mongo.database(away, "feedback")
    looking = asyncio.create_task(Workers(parts).keep_going())
    try:
        done, _ = await asyncio.wait([looking], timeout=1)
        assert not done
    finally:
        looking.cancel()
        away.close()


async def test_a_signed_report_that_was_altered_is_named(county: County) -> None:
    reports = feedback(county)["reports"]
    said = {
        "kind": "monthly",
        "period": MARCH,
        "organisation": station.code,
        "name": "某",
        "organisation_kind": "village",
    }
    figures: dict[str, Any] = {"measures": {}, "before": {}, "peers": {}, "peer_count": 1}
    report = Report.model_validate(
        {**said, **figures, "id": f"{MARCH}_{station.code}", "issued": NOW, "number": "2018年第3期"}
    )
    sealed = report.having(content=content_hash(report))
    await reports.insert_one(sealed.to_store())
    assert await running.altered(feedback(county)) == []
    await reports.update_one({"_id": report.id}, {"$set": {"measures.findings": 1}})
    assert await running.altered(feedback(county)) == [report.id]
    one = await one_more(county)
    await rebuilt(feedback(county), one.id)
    assert (await as_kept(county, one.id)).altered == (report.id,)


async def test_the_standing_check_looks_again_only_at_what_was_written_since(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    found = recompute.differences

    async def counted(db: Database, month: str) -> list[dict[str, Any]]:
        looked.append(month)
        return await found(db, month)

    monkeypatch.setattr("services.feedback.measures.standing.differences", counted)
    standing = Standing(feedback(county))

    async def at(now: float) -> tuple[int, list[str]]:
        looked.clear()
        return len(await standing.differing(now)), [*looked]

    assert await at(0) == (0, [JANUARY, MARCH])
    assert await at(600) == (0, [])
    async with county.working():
        await county.hears(station.serves(at=moment("2018-01-11")))
        await county.settles()
    assert await at(1200) == (0, [JANUARY])
    await feedback(county)[Balance.collection].update_one({"_id": station.code}, {"$inc": {f"add.{OPEN}.{JANUARY}": 1}})
    assert await at(1800) == (1, [JANUARY])
    assert await at(2400) == (1, [JANUARY])
    await feedback(county)[MonthlyDocument.collection].update_one({"month": MARCH}, {"$inc": {"add.ideas": 1}})
    assert await at(3000) == (1, [JANUARY])
    assert await at(86_400) == (2, [JANUARY, MARCH])


def test_how_far_it_is_and_how_long_it_takes_yet() -> None:
    at = Rebuild(
        id="x", county=COUNTY, by=COUNTY, begun=NOW, beat=NOW + timedelta(seconds=30), facts=400, facts_read=100
    )
    assert how_far(at) == "已重算25%，约还需1分30秒"
    assert how_far(at.having(is_running=False)) == ""
    assert [took_text(one) for one in (0.2, 59, 60, 200)] == ["不到1秒", "59秒", "1分钟", "3分20秒"]


def test_a_counter_is_named_by_its_measure_and_part() -> None:
    called = {station.code: "向阳村"}
    assert measure_text("findings", called) == "发现问题"
    assert measure_text("cases-on-time.d", called) == "按时办结率（总数）"
    assert measure_text("case-days.4-10", called) == "办理用时（工作日）（4至10日）"
    assert measure_text(MISSING, called) == "问题清单中缺少的问题"
    assert measure_text(f"patrols-missed-at.{station.code}", called) == "漏巡的地点（向阳村）"
