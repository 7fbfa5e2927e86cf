"""Alerts are fired by causing what they speak of: real servers, services and Prometheus, the county's own rules.

One fleet goes through it all, for a start costs most. docs/monitoring.md says which alerts are caused here.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import ssl
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import nats.errors

from deploy.embedded.ports import HOST
from deploy.embedded.servers.running import Servers, servers
from deploy.embedded.settings import ROOT
from deploy.grafana.__main__ import DASHBOARDS
from services.feedback.measures.model import MonthlyDocument
from services.feedback.operations.backups import note, note_reach
from services.feedback.reports.model import Report
from shared.pipeline.ledger import FACTS, SUBMISSIONS
from tests.abuse.test_in_anothers_name import is_fetched
from tests.monitoring.fleet import PATIENCE, Fleet, days_ago, disk, fleet, said_to_be_caused
from tests.monitoring.test_rules import alerts
from tests.monitoring.watching import written
from tests.station.certificates import Authority
from tests.submitters import closes_period, founding, moment, station, stations
from tests.wants import ALERTMANAGER, ALERTS, wants

LONG = os.environ.get("LIANBAN_LONG") == "1"
SLOW = {"LianbanFactsMissing", "LianbanServiceRestarting"}
"""Tried with LIANBAN_LONG: what is missing is looked for three times within a minute, restarts take their time."""
OF_DISK = {"LianbanDiskFilling", "LianbanDiskFull"}
FROZEN = 60 * 1024
"""Bytes of a part of a photo."""
CHOSEN = re.compile(r"\$\w+")
"""What a reader may choose: all."""
NOT_HERE = re.compile(r"\b(node|gnatsd|mongodb)_|\blianban_alert_messages|\b30 \* 86400\b|2592000|lianban:photos_disk")
"""What exporters and the relay say, what grows in a month, and the disk of photos where none lies yet."""
LIVE = days_ago(70)
"""So that a month has ended since, whatever day it is."""


async def test_what_goes_wrong_is_told(tmp_path: Path) -> None:
    wants(ALERTS)
    wants(ALERTMANAGER)
    with small_disk(tmp_path / "disk") as at:
        async with servers(tmp_path) as own, fleet(tmp_path, own) as county, showing(tmp_path, days=3) as gateway:
            watched = {"WATCHED_DISK": str(at)} if at else {}
            await county.starts("inspection", "greenchannel", "feedback")
            await county.starts("roster", GATEWAY_ADDRESS=gateway, **watched)
            await _whoever_watches_is_in_trouble(county)
            await _what_stations_say(county)
            await county.fires("LianbanNotLive", "LianbanCertificateEnding")
            if at:
                await county.fires(*OF_DISK)
            await _somebody_changes_the_database(county)
            await _parts_stand_still(county, own)
            await _bus_and_database_are_of_two_moments(county)
            await _panels_show_something(county)
            if LONG:
                await _a_service_restarts(county)
            assert county.caused >= said_to_be_caused("by causing it") - (set() if LONG else SLOW) - (
                set() if at else OF_DISK
            )


def test_every_alert_is_said_to_be_caused_or_why_it_is_not() -> None:
    text = (ROOT / "docs" / "monitoring.md").read_text(encoding="utf-8")
    table = text.partition("## What is tried")[2].partition("\n## ")[0]
    assert sorted(re.findall(r"Lianban\w+", table)) == sorted({one["alert"] for one in alerts()})


async def _whoever_watches_is_in_trouble(county: Fleet) -> None:
    """A relay, an Alertmanager and a rule from the start; settings that cannot be read, a target left out."""
    await county.fires("LianbanWatchdog", "LianbanTargetDown", "LianbanCopyGone")
    await county.fires("LianbanRulesFailing", "LianbanAlertmanagerAway")
    prometheus = county.services["prometheus"]
    written(county.folder, county.ports, more="\nnothing: [")
    county.signals(prometheus, signal.SIGHUP)
    await county.fires("LianbanSettingsNotLoaded")
    written(county.folder, county.ports, away=["greenchannel"])
    county.signals(prometheus, signal.SIGHUP)
    await county.fires("LianbanTargetGone")
    written(county.folder, county.ports)
    county.signals(prometheus, signal.SIGHUP)
    await county.fires("LianbanMessagesUnsent")


async def _what_stations_say(county: Fleet) -> None:
    """What nobody can read, wrong tokens, clocks that are ahead, an outbox that is not emptied."""
    await county.hears(*founding())
    await county.hears(*(one.logs(findings=1) for one in stations), station.opens())
    await county.hears(closes_period("2018-03", "2018-04-01"))
    unreadable = station.logs(n=2)
    await county.client.publish(unreadable.message.subject, b"{", headers=dict(unreadable.message.headers))
    await asyncio.gather(*(_guesses(county) for _ in range(80)))
    saying = asyncio.create_task(_says_it_is_later(county))
    await county.fires("LianbanDeadLetters", "LianbanGuessing")
    await county.fires("LianbanStationsAhead", "LianbanOutboxBacklog")
    saying.cancel()


async def _guesses(county: Fleet) -> None:
    where = f"http://{HOST}:{county.ports['inspection']}/inspection/api/submissions"
    said = station.logs()
    wrong = {**{name: value for name, value in said.message.headers.items() if name.startswith("ce-")}}
    await county.http.post(where, headers={**wrong, "authorization": "Bearer guessed"}, content=said.message.body)


async def _says_it_is_later(county: Fleet) -> None:
    """Each station, a quarter of an hour ahead; its outbox has not been emptied for two days."""
    while True:
        now = datetime.now(UTC)
        said = {"waiting": 3, "oldest": now - timedelta(days=2), "version": "0", "clock": now + timedelta(minutes=15)}
        body = json.dumps(said, default=datetime.isoformat).encode()
        for one in stations:
            with suppress(nats.errors.Error, TimeoutError):
                await county.client.request(f"heartbeat.{one.code}", body, timeout=0.5)
        await asyncio.sleep(1)


async def _somebody_changes_the_database(county: Fleet) -> None:
    """Figures, a report, facts of both sides and the note of a backup, while nobody looks."""
    await county.ends("feedback")
    feedback, greenchannel = county.db("feedback"), county.db("greenchannel")
    lost: dict[str, Any] = {"$set": {"add": {}}}
    assert (await feedback[MonthlyDocument.collection].update_many({}, lost)).modified_count
    signed = {"$set": {"content": "0" * 64}}  # what is signed for otherwise takes a scheme and three persons
    assert (await feedback[Report.collection].update_many({}, signed)).modified_count
    if LONG:
        assert (await feedback[FACTS].delete_one({"type": "inspection-logged"})).deleted_count
    assert (await greenchannel[SUBMISSIONS].delete_many({"type": "open-case"})).deleted_count
    await note(feedback, datetime.now(UTC) - timedelta(hours=30), 1, "/mnt")
    await note_reach(feedback, datetime.now(UTC) - timedelta(hours=29))
    await county.starts("feedback")
    await county.fires("LianbanLedgerDifference", "LianbanReportsAltered")
    await county.fires("LianbanBackupOld", "LianbanBackupBehind")
    await county.fires("LianbanFactsUnfounded", *(["LianbanFactsMissing"] if LONG else ()))


async def _parts_stand_still(county: Fleet, own: Servers) -> None:
    """A service, while photos come in that nobody takes, and something in another's name; the database; the bus."""
    inspection = county.services["inspection"]
    county.signals(inspection, signal.SIGSTOP)
    for n in range(300):
        await county.client.publish(f"photo.{station.code}.{n:064x}.0", bytes(FROZEN), headers={"photo-chunks": "9"})
    await is_fetched(county, stations[1].logs(n=3), station.code)
    await county.fires("LianbanServiceDown", "LianbanStreamFilling")
    county.signals(inspection, signal.SIGCONT)
    await county.answers("inspection")
    await county.fires("LianbanForged")
    for server, alert in ((own.mongo, "LianbanDatabaseAway"), (own.nats, "LianbanBusAway")):
        county.signals(server.child, signal.SIGSTOP)
        try:
            await county.fires(alert)
        finally:
            county.signals(server.child, signal.SIGCONT)


async def _bus_and_database_are_of_two_moments(county: Fleet) -> None:
    """The database knows of submissions that the bus never had; so no day is closed, and no period."""
    await county.hears(station.logs(at=moment(days_ago(40).isoformat()), findings=1))
    names = ("inspection", "feedback")
    await county.ends(*names)
    ahead = {"$inc": {"place.sequence": 1_000}}
    assert (await county.db("feedback")["leases"].update_one({"_id": "feedback-submissions"}, ahead)).modified_count
    await county.starts(*names, LIVE_FROM=LIVE.isoformat())
    await county.fires("LianbanApart", "LianbanDayNotClosed", "LianbanReportsLate", "LianbanRectificationsOverdue")


async def _panels_show_something(county: Fleet) -> None:
    """Of all that dashboards ask nothing stays empty but what those say who are not here."""
    queries = [query for dashboard in DASHBOARDS for panel in dashboard.panels for query in panel.queries.values()]
    asked = [query for query in queries if not NOT_HERE.search(query)]
    assert len(asked) > len(queries) / 2
    end = time.monotonic() + PATIENCE
    while empty := [query for query in asked if not await county.asks(CHOSEN.sub(".*", query))]:
        assert time.monotonic() < end, empty
        await asyncio.sleep(1)


async def _a_service_restarts(county: Fleet) -> None:
    """Again and again."""

    async def once() -> None:
        await county.ends("greenchannel")
        await county.starts("greenchannel")
        await asyncio.sleep(1.5)  # between two looks of Prometheus

    await county.fires_by("LianbanServiceRestarting", once)


@contextmanager
def small_disk(at: Path) -> Iterator[Path | None]:
    """None where nobody may have one."""
    if not disk(at):
        yield None
        return
    try:
        yield at
    finally:
        subprocess.run(("umount", "-l", at), check=True)


@asynccontextmanager
async def showing(folder: Path, days: int) -> AsyncIterator[str]:
    """Where something like a gateway shows a certificate that ends in so many days."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Authority().certifies(folder, days=days))
    server = await asyncio.start_server(lambda _, writer: writer.close(), HOST, 0, ssl=context)
    async with server:
        yield f"{HOST}:{server.sockets[0].getsockname()[1]}"
