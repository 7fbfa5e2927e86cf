"""The year 2018 in a county as `make run` starts it: its figures, its reports, and what repeating does to them."""

from __future__ import annotations

import asyncio
import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from pymongo import MongoClient

from deploy.linxi.county import rows
from deploy.linxi.year.days import FIRST, LAST
from deploy.linxi.year.ticks import period_ticks
from shared.bus.connection import Bus
from shared.bus.publishing import publish_by_shares, publish_each
from shared.bus.streams import DEAD, VERDICTS
from shared.calendar import CHINA
from shared.database.documents import Document
from shared.events.outgoing import Outgoing
from shared.events.ticks import tick_id
from shared.services import SERVICES
from tests.asking import COUNTY
from tests.journeys.running import Supervised, figures, supervised
from tests.kept_later import LATER, kinds_of_documents, said_later
from tests.keys import denied
from tests.records import BY_THE_CLOCK

pytestmark = pytest.mark.asyncio(loop_scope="module")
KINDS = {"monthly": 308, "quarterly": 84, "annual": 28}
MONTHS = [f"2018-{month:02}" for month in range(1, 13)]


def reports(county: Supervised, query: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = county.asks(f"/feedback/api/reports?limit=1000&{query}")["items"]
    return items


def database(county: Supervised, service: str) -> Any:
    return MongoClient[dict[str, Any]](county.database_url, tz_aware=True)[f"lianban_{service}"]


def content(county: Supervised) -> dict[str, list[str]]:
    """Everything that the services keep, without the ledgers: those know when something was received."""
    with MongoClient[dict[str, Any]](county.database_url) as client:
        found = {
            f"{service}/{name}": _documents(client[f"lianban_{service}"][name])
            for service in SERVICES
            for name in client[f"lianban_{service}"].list_collection_names()
            if name not in (*BY_THE_CLOCK, "ledger", "fact_ledger")
        }
    assert len(found["feedback/reports"]) == sum(KINDS.values())
    return found


def _documents(collection: Any) -> list[str]:
    return sorted(json.dumps(one, default=str, sort_keys=True) for one in collection.find())


async def test_every_figure_of_the_source_agrees(county_2018: Supervised) -> None:
    status, said = await figures(county_2018.data)
    assert status == 0, said
    known = rows("figures-2018.csv")
    assert f"{len(known)} of {len(known)} figures agree." in said
    for row in known:
        (line,) = [line for line in said.splitlines() if f" {row['key']} " in line]
        assert "相符" in line
        assert line.split("│")[2].strip() == line.split("│")[3].strip() == row["value"]


async def test_the_standing_check_finds_nothing(county_2018: Supervised) -> None:
    checked = county_2018.asks("/feedback/api/differences")
    assert checked["items"] == []
    assert set(MONTHS) <= set(checked["months"])


async def test_every_fact_of_a_ledger_is_in_feedbacks_and_no_other_is(county_2018: Supervised) -> None:
    """As the services say when feedback, started anew, asks them over the bus; after a year of kills."""
    since = datetime.now(UTC).isoformat()
    county_2018.kills("feedback")
    with MongoClient[dict[str, Any]](county_2018.database_url) as client:
        kept = client["lianban_feedback"]
        await county_2018.until(lambda: kept["comparisons"].find_one({"at": {"$gt": since}}))
        found, heard = kept["comparisons"].find_one({}) or {}, kept["fact_ledger"].count_documents({})
    nothing: dict[str, Any] = {service: {} for service in SERVICES}
    assert (found["missing"], found["unfounded"], found["unanswered"], found["facts"]) == (nothing, nothing, [], heard)


async def test_reports_are_those_of_the_scheme(county_2018: Supervised) -> None:
    assert {kind: len(reports(county_2018, f"period_year=2018&kind={kind}")) for kind in KINDS} == KINDS
    assert reports(county_2018, "period=2018-12") == reports(county_2018, "period=2018-Q4") == []
    assert len(reports(county_2018, "period=2018-11")) == 28


async def test_two_receipts_of_march_were_reminded_and_one_recipient_got_corrections(county_2018: Supervised) -> None:
    """Each original has its number, and so has each correction: the letters run without a gap."""
    kept = database(county_2018, "feedback")
    late = {
        one["organisation"]: [each["what"] for each in one["reminders"] if each["what"] != "soon"]
        for one in kept["deliveries"].find({"period": "2018-03", "on_time": False})
    }
    assert late == {"150424-D07": ["overdue"], "150424105": ["overdue", "again", "escalated"]}
    corrected = kept["reports"].find({"revision": {"$gt": 0}})
    assert {one["_id"] for one in corrected} == {"2018-03_150424-D16", "2018-Q1_150424-D16"}
    issued = [*kept["reports"].find({}, {"number": 1}), *(one["report"] for one in kept["former_reports"].find())]
    letters = sorted(int(found[1]) for one in issued if (found := re.search(r"函〔2018〕(\d+)号", one["number"])))
    assert letters == list(range(1, KINDS["quarterly"] + 2))
    kept.client.close()


async def test_nothing_is_refused_and_nothing_is_dead(county_2018: Supervised) -> None:
    for service in SERVICES:
        kept = database(county_2018, service)
        assert kept["ledger"].count_documents({}) > 0
        assert kept["ledger"].count_documents({"verdict": {"$ne": "accepted"}}) == 0
        kept.client.close()
    async with county_2018.bus() as client:
        assert (await Bus(client).api(f"STREAM.INFO.{DEAD.name}"))["state"]["messages"] == 0


async def test_the_bus_denied_no_process_anything(county_2018: Supervised) -> None:
    log = county_2018.data / "logs" / "nats.log"
    assert [*denied(log, "COUNTY"), *denied(log, "SYS")] == []


async def test_a_report_has_figures(county_2018: Supervised) -> None:
    report = county_2018.asks("/feedback/api/reports/2018_150424100")
    assert (report["kind"], report["organisation"]) == ("annual", "150424100")
    assert report["measures"]["inspections"] > 1000
    assert report["measures"]["self-check-rate"]["d"] > 1000
    assert report["measures"]["patrols"] == report["measures"]["patrols-made"] > 400
    assert report["measures"]["score"]["d"] == report["measures"]["patrols"]
    assert report["opinions"]


async def test_every_patrol_is_counted_in_the_month_it_was_due(county_2018: Supervised) -> None:
    for month in MONTHS:
        measures = county_2018.asks(f"/feedback/api/totals?period={month}&organisation={COUNTY}")["measures"]
        checked, patrolled = measures["self-check-rate"], measures["patrol-rate"]
        assert checked["n"] == checked["d"], month
        assert patrolled["n"] + measures["patrols-missed"] == patrolled["d"], month


async def test_who_checks_itself_who_is_patrolled_and_who_patrols_are_told_apart(county_2018: Supervised) -> None:
    def year(code: str) -> dict[str, Any]:
        asked = county_2018.asks(f"/feedback/api/totals?period=2018&organisation={code}")["measures"]
        names = ("inspections", "self-checks", "patrols", "patrols-made", "spot-checks")
        return {name: asked[name] for name in names} | {"scored": asked["score"]["d"]}

    nothing = {"inspections": 0, "self-checks": 0, "patrols": 0, "patrols-made": 0, "spot-checks": 0, "scored": 0}
    hall, window, county = year("150424-D01"), year("150424-D15"), year(COUNTY)
    assert hall == nothing | {"inspections": 250, "self-checks": 250, "patrols-made": 8250}
    assert window == nothing | {"inspections": 250, "patrols": 250, "scored": 250}
    assert (county["inspections"], county["self-checks"]) == (34_500, 26_250)
    assert county["patrols"] == county["patrols-made"] == county["scored"] > 8250 + 5000


async def test_no_report_counts_below_zero(county_2018: Supervised) -> None:
    kept = database(county_2018, "feedback")
    below = {"$or": [{"measures.rectifications-overdue": {"$lt": 0}}, {"measures.patrols-missed": {"$lt": 0}}]}
    found = kept["reports"].count_documents(below)
    kept.client.close()
    assert found == 0


async def test_ticks_sent_again_by_three_clocks_change_nothing(county_2018: Supervised) -> None:
    before = content(county_2018)
    ticks = [
        one for n in range((LAST - FIRST).days + 1) for one in period_ticks(LAST.fromordinal(FIRST.toordinal() + n))
    ]
    assert len(ticks) == 17
    async with county_2018.bus() as client:
        clocks = [[forgotten(one, n) for one in ticks] for n in range(3)]
        await asyncio.gather(*(publish_by_shares(client, clock, 10, patience=60) for clock in clocks))
        others = [renamed(one) for one in ticks]
        await publish_each(client, others, 10)
        verdicts = [await verdict(client, one) for one in others]
        assert {(one["verdict"], one["reasons"][0]["slug"]) for one in verdicts} == {
            ("refused", "period-already-closed")
        }
        assert {(await verdict(client, one))["verdict"] for one in ticks} == {"accepted"}
    assert content(county_2018) == before


def forgotten(tick: Outgoing, n: int) -> Outgoing:
    """The same submission, after the bus has forgotten its message id."""
    return tick._replace(headers={**tick.headers, "Nats-Msg-Id": f"{tick.headers['Nats-Msg-Id']}/{n}"})


def renamed(tick: Outgoing) -> Outgoing:
    """The same content as another submission."""
    period = json.loads(tick.body)["period"]
    id = tick_id(f"again/{period}", COUNTY, datetime(2019, 1, 1, tzinfo=CHINA))
    return tick._replace(headers={**tick.headers, "ce-id": id, "Nats-Msg-Id": f"{COUNTY}/{id}"})


async def verdict(client: Any, sent: Outgoing) -> dict[str, Any]:
    async with asyncio.timeout(30):
        while (found := await Bus(client).last(VERDICTS.name, f"verdict.{COUNTY}.{sent.headers['ce-id']}")) is None:
            await asyncio.sleep(0.05)
    content: dict[str, Any] = json.loads(found.body)
    return content


async def test_what_a_later_release_adds_to_anything_that_is_kept_stays_when_this_one_writes_it(
    county_2018: Supervised,
) -> None:
    kinds, seen = kinds_of_documents(), set[type[Document]]()
    with MongoClient[dict[str, Any]](county_2018.database_url) as client:
        for service, name in (
            (one, name) for one in SERVICES for name in client[f"lianban_{one}"].list_collection_names()
        ):
            kind = kinds.get((service, name)) or kinds.get(("", name))
            for raw in client[f"lianban_{service}"][name].find().limit(30) if kind else ():
                assert kind is not None
                said_later(kind.stored(raw), raw)
                written = kind.stored(raw).to_store()
                assert repr(written).count(LATER) == repr(raw).count(LATER) > 0, (service, name)
                seen.add(kind)
    assert len(seen) > 45


async def test_a_falsified_document_is_found_and_a_missing_report_is_a_figure_that_disagrees(
    county_2018: Supervised,
) -> None:
    kept, path = database(county_2018, "feedback"), f"{COUNTY}/150424100/150424100202"
    kept["monthly"].update_one({"_id": f"2018-03/{path}"}, {"$inc": {"add.inspections": 1}})
    report = kept["reports"].find_one_and_delete({"_id": "2018-03_150424100"})
    try:
        (found,) = county_2018.asks("/feedback/api/differences")["items"]
        assert (found["month"], found["path"]) == ("2018-03", path)
        assert found["kept"]["inspections"] == found["computed"]["inspections"] + 1
        status, said = await figures(county_2018.data)
        (line,) = [line for line in said.splitlines() if " monthly-feedback " in line]
        assert (status, "不符" in line) == (1, True)
    finally:
        kept["monthly"].update_one({"_id": f"2018-03/{path}"}, {"$inc": {"add.inspections": -1}})
        kept["reports"].insert_one(report)
        kept.client.close()


async def test_a_second_start_finds_everything_as_it_was(county_2018: Supervised) -> None:
    before, data = content(county_2018), county_2018.data
    await county_2018.stops()
    async with supervised(data) as again:
        await again.reaches("running")
        assert content(again) == before
        assert "The year 2018 is there already" in again.said
        assert (await figures(data))[0] == 0
        await again.stops()
