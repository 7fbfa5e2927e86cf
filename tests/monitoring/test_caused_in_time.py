"""Alerts of what takes hours or days, or goes by day and hour, are fired by causing it, with hours made seconds.

What is changed of the county's rules is `SOONER`; everything else is as in `test_caused.py`. That none of these is told
before it is caused is looked at each time.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from deploy.embedded.servers.running import Servers, servers
from services.inspection.photos.judging import LEASE
from services.inspection.rectifications.model import Rectification
from services.inspection.stations.heartbeats import Listener
from services.inspection.stations.model import Connection
from services.roster.duty.rules import last_day
from shared.bus.connection import Bus
from shared.bus.photos import cut
from shared.bus.publishing import publish_each
from shared.bus.streams import SECOND, SUBMISSIONS, submissions_to
from shared.calendar import CHINA
from shared.database.lease import hold_back, let_go
from shared.events.inspection import AdoptPatrolPlan
from shared.events.roster import DaysOff, PlanTurn, PublishWorkingDays
from shared.events.vocabulary import OrganisationKind, PatrolKind, Rhythm
from shared.holidays import statutory
from shared.identity.access import Access, Hearing
from shared.process.config import Settings
from shared.process.running import Running, connect_broker
from shared.roster.feed import FollowedRoster
from tests.monitoring.fleet import Fleet, days_ago, fleet, said_to_be_caused
from tests.monitoring.watching import sooner
from tests.photographs import photograph
from tests.submitters import COUNTY, committee, founding, just_now, moment, station, stations, township
from tests.wants import ALERTMANAGER, ALERTS, wants

LIVE = days_ago(70)
FOUNDED = moment("2018-01-01", "00:00")
TODAY = datetime.now(CHINA).date()
IS_WORKED = TODAY not in statutory(TODAY.year)
"""On the decree's dozen days of a year nothing that goes by working days can be caused."""
SILENT = [f"1504241002{n}" for n in (11, 12, 13)]
"""Three stations of seven."""
BACKUP, AN_HOUR_MS = "backup", 3_600_000
AT_ANY_HOUR = "hour() >= 0 < 24"
LONG = os.environ.get("LIANBAN_LONG") == "1"
SLOW = {"LianbanPhotosDiskFilling"}
"""Tried with LIANBAN_LONG: a disk is watched for half a minute before anything is said of its growth."""
OF_DAYS = {"LianbanStationSilent", "LianbanStationsSilentTogether", "LianbanPatrolRateLow"}


SOONER = {
    "LianbanBusLag": {"> 300": "> 3"},
    "LianbanBusStuck": {"> 1800": "> 9"},
    "LianbanPhotosWaiting": {"> 1800": "> 3"},
    "LianbanDifferencesUnchecked": {"> 6 * 3600": "> 12"},
    "LianbanPhotosDiskFilling": {"[7d]": "[30s]", "offset 3d": "offset 20s"},
    "LianbanSubmissionsPiling": {"> 0.7": "> 0.0002"},
    "LianbanStationSilent": {"hour() >= 2 < 10": AT_ANY_HOUR},
    "LianbanPatrolRateLow": {"hour() >= 9 < 16": AT_ANY_HOUR},
    "LianbanTurnEnding": {"< 7": f"< {(last_day(TODAY.replace(day=1), 1) - TODAY).days + 2}"},
}
"""Half of a gigabyte that submissions may take becomes half of a megabyte; a week's growth half a minute's."""
OF_LAST_YEAR = f"""
from chinese_calendar import constants
for known in (constants.holidays, constants.workdays, constants.in_lieu_days):
    for day in [day for day in known if day.year >= {TODAY.year}]:
        del known[day]
"""
"""What Python does before anything else: it has the package of holidays that was released a year ago."""
STANDS_STILL = {"$function": {"body": "function() { sleep(5000); }", "args": [], "lang": "js"}}
"""Longer than a look has patience."""


async def test_what_goes_wrong_for_hours_or_days_is_told(tmp_path: Path) -> None:
    wants(ALERTS)
    wants(ALERTMANAGER)
    (tmp_path / "before").mkdir()
    (tmp_path / "before" / "sitecustomize.py").write_text(OF_LAST_YEAR)
    async with servers(tmp_path) as own, fleet(tmp_path, own, sooner(SOONER)) as county:
        await county.starts("roster", "inspection", "greenchannel", "feedback", **_as_they_are(tmp_path))
        await county.fires("LianbanCalendarEnding")
        await _queries_take_too_long(county)
        await _the_day_goes_by(county, tmp_path)
        await _photos_wait_and_grow(county, tmp_path)
        await _nobody_decides(county)
        await _nothing_is_checked(county, own, tmp_path)
        untried = (set() if IS_WORKED else OF_DAYS) | (set() if LONG else SLOW)
        assert county.caused >= said_to_be_caused("by causing it, with hours made seconds") - untried


def _as_they_are(folder: Path) -> dict[str, str]:
    return {"LIVE_FROM": LIVE.isoformat(), "PYTHONPATH": str(folder / "before")}


async def _queries_take_too_long(county: Fleet) -> None:
    """A database that answers, but not what is asked of two collections."""
    await county.is_quiet("LianbanFiguresStale")
    db = county.db("inspection")
    await db["one"].insert_one({})
    names = (Rectification.collection, Connection.collection)
    for name in names:
        await db.drop_collection(name)
        await db.create_collection(name, viewOn="one", pipeline=[{"$project": {"county": STANDS_STILL}}])
    await county.fires("LianbanFiguresStale")
    for name in names:
        await db.drop_collection(name)


async def _the_day_goes_by(county: Fleet, folder: Path) -> None:
    """A working day on which nobody patrols, in a turn that ends with its month; some stations have not been heard for
    twelve days."""
    await county.hears(*founding())
    await county.hears(*(committee.registers(code, OrganisationKind.VILLAGE, township.code) for code in SILENT))
    await county.is_quiet("LianbanTurnEnding", *OF_DAYS)
    async with _heard_on(county, folder, days_ago(12)) as listener:
        for code in SILENT:
            await county.client.request(f"heartbeat.{code}", _heartbeat(), timeout=5)
        await listener.round()
    begins = TODAY.replace(day=1)
    turn = PlanTurn(turn=f"{TODAY.year}-1", holders=[township.code], begins=begins, months=1, theme="轮值")
    await county.hears(committee.says(turn, just_now()), committee.says(_plan(), FOUNDED))
    await county.fires("LianbanTurnEnding")
    if IS_WORKED:
        await county.hears(committee.says(_notice(), just_now()))
        await county.fires(*OF_DAYS)


def _plan() -> AdoptPatrolPlan:
    return AdoptPatrolPlan(
        plan="stations-daily",
        name="站点日巡查",
        patrol=PatrolKind.STATION,
        rhythm=Rhythm.DAILY,
        until="17:00",
        silent_after_days=1,
        effective_from=date(2018, 1, 1),
    )


def _notice() -> PublishWorkingDays:
    """The decree's days; a weekend on which this is tried is worked."""
    off = [DaysOff(name="放假", first=day, last=day) for day in sorted(statutory(TODAY.year))]
    return PublishWorkingDays(year=TODAY.year, days_off=off, working_days=[TODAY] if TODAY.weekday() >= 5 else [])


def _heartbeat() -> bytes:
    said = {"waiting": 0, "oldest": None, "version": "0", "clock": datetime.now(UTC).isoformat()}
    return json.dumps(said).encode()


@asynccontextmanager
async def _heard_on(county: Fleet, folder: Path, day: date) -> AsyncIterator[Listener]:
    """Inspection's own listener hears stations, and its clock says that it is that day; inspection has ended meanwhile.

    One that stood still would have its share of them, and hear them when it goes on.
    """
    await county.ends("inspection")
    at = datetime.combine(day, datetime.min.time(), CHINA).astimezone(UTC)
    settings = Settings(
        county=COUNTY, nats_url=county.at.nats_url, mongo_url=county.at.mongo_url, http_port=1, instance="before"
    )
    broker = connect_broker(county.at.nats_url, "-", Access(), Hearing())
    parts = Running(settings, "inspection", broker, county.databases, county.db("inspection"), county.bus)
    listener = Listener(parts, FollowedRoster(county.bus), lambda: at)
    await listener.listen()
    yield listener
    await county.starts("inspection", **_as_they_are(folder))


async def _photos_wait_and_grow(county: Fleet, folder: Path) -> None:
    """A backup that does not end holds whoever looks at photos; then their disk is filled, some of it each second."""
    await county.is_quiet("LianbanPhotosWaiting")
    assert await hold_back(county.db("inspection"), [LEASE], BACKUP, AN_HOUR_MS)
    await publish_each(county.client, [*cut(station.code, photograph())], 10)
    await county.fires("LianbanPhotosWaiting")
    await let_go(county.db("inspection"), BACKUP)
    await county.is_quiet("LianbanPhotosWaiting", *SLOW)
    if not LONG:
        return
    filling = asyncio.create_task(_fills(folder / "filling"))
    try:
        await county.fires(*SLOW)
    finally:
        filling.cancel()


async def _fills(at: Path) -> None:
    with at.open("wb") as file:
        while True:
            file.write(os.urandom(1 << 20) * 4)
            file.flush()
            await asyncio.sleep(1)


async def _nobody_decides(county: Fleet) -> None:
    """A backup that does not end holds who decides: what is submitted waits, and takes room."""
    waiting = ("LianbanBusLag", "LianbanBusStuck", "LianbanSubmissionsPiling", "LianbanSubmissionsExpiring")
    await county.is_quiet(*waiting)
    held = county.db("greenchannel")
    assert await hold_back(held, [submissions_to("greenchannel").name], BACKUP, AN_HOUR_MS)
    for one in stations:
        said = one.opens(at=just_now())
        await county.client.publish(said.message.subject, bytes(60 * 1024), headers=dict(said.message.headers))
        await county.client.publish(said.message.subject, bytes(60 * 1024), headers={})
    await county.fires("LianbanBusLag", "LianbanSubmissionsPiling")
    await county.fires("LianbanBusStuck")
    await _are_kept_for(county.bus, seconds=60)
    await county.fires("LianbanSubmissionsExpiring")
    await let_go(held, BACKUP)
    await county.is_quiet(*waiting)


async def _are_kept_for(bus: Bus, seconds: int) -> None:
    """As SUBMISSIONS_DAYS has it, which knows whole days only."""
    config: dict[str, Any] = (await bus.api(f"STREAM.INFO.{SUBMISSIONS.name}"))["config"]
    shorter = {"max_age": seconds * SECOND, "duplicate_window": seconds * SECOND}
    await bus.api(f"STREAM.UPDATE.{SUBMISSIONS.name}", {**config, **shorter})


async def _nothing_is_checked(county: Fleet, own: Servers, folder: Path) -> None:
    """The database has stood still since feedback was started."""
    await county.ends("feedback")
    county.signals(own.mongo.child, signal.SIGSTOP)
    try:
        await county.starts("feedback", **_as_they_are(folder))
        await county.is_quiet("LianbanDifferencesUnchecked")
        await county.fires("LianbanDifferencesUnchecked")
        (checked,) = await county.asks("max(last_over_time(lianban_differences_checked_timestamp_seconds[1m]))")
        assert float(checked["value"][1]) == 0
    finally:
        county.signals(own.mongo.child, signal.SIGCONT)
