"""What a monitoring team reads of inspection: the day's patrols, rectifications, stations and their backlog."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

from prometheus_client import Gauge

from services.inspection.patrols.measures import five
from services.inspection.patrols.reads import due_between
from services.inspection.photos.album import Album
from services.inspection.photos.model import ArrivedPhoto
from services.inspection.photos.waiting import how_many
from services.inspection.rectifications.lateness import overdue_on
from services.inspection.rectifications.model import TO_DO, Rectification
from services.inspection.stations.reads import read_contacts, stations
from services.inspection.stations.watch import Contact
from shared.calendar import CHINA
from shared.database.mongo import Database
from shared.events.vocabulary import PatrolKind
from shared.process.gauges import UNKNOWN, Look, not_looked_at
from shared.roster.known import KnownRoster

RATE = not_looked_at(
    "lianban_patrol_rate_ratio", "Of the places due today, the part that was patrolled; 1 when none is due."
)
RECTIFICATIONS = Gauge("lianban_rectifications", "Findings since the county went live, by how far they are.", ["state"])
STATIONS = Gauge("lianban_stations", "Village stations by how they were last heard.", ["state"])
CONTACT = Gauge(
    "lianban_station_last_contact_timestamp_seconds", "When it was last heard; none for never.", ["station"]
)
SILENT = Gauge(
    "lianban_station_silent", "1 for one that was heard before and not for longer than its plan allows.", ["station"]
)
WAITING = not_looked_at("lianban_outbox_waiting_submissions", "Submissions that wait on the stations' own machines.")
OLDEST = not_looked_at("lianban_outbox_oldest_seconds", "How long the oldest of them has waited; 0 when none does.")
PHOTOS = not_looked_at("lianban_photos_waiting", "Photos of which all parts are there and that wait to be looked at.")
OLDEST_PHOTO = not_looked_at(
    "lianban_photos_oldest_waiting_seconds", "How long the oldest has waited; 0 when none does."
)
STORED_PHOTOS = not_looked_at("lianban_photos_stored_bytes", "What photos take: pictures in the album, and entries.")
PHOTOS_DISK = not_looked_at("lianban_photos_disk_size_bytes", "How large the disk of the photos' database is.")
PHOTOS_ROOM = not_looked_at("lianban_photos_disk_available_bytes", "How much of it is free.")
STATIONS_AHEAD = not_looked_at(
    "lianban_stations_ahead_seconds", "Median of how far stations' clocks are ahead of the server's; behind below 0."
)

SILENT_STATE = "silent"
HEARD_LATELY = timedelta(minutes=10)
FEWEST = 3
"""Fewer stations than so many may all be wrong themselves."""
STATES = ("connected", "heard", SILENT_STATE, "never")


def patrols(db: Database, county: str, roster: KnownRoster) -> Look:
    """Today's, over all plans."""

    async def look() -> None:
        today = datetime.now(CHINA).date()
        rate = five(await due_between(db, county, await roster.current(), today, today)).rate
        RATE.set(1.0 if rate is None else rate)

    return look


def rectifications(db: Database, county: str, live_from: date | None) -> Look:
    """Open ones, and those of them that are overdue; what was found before the county went live is history."""

    async def look() -> None:
        found = {"county": county, "found": {"$gte": live_from.isoformat() if live_from else "9999"}}
        kept = db[Rectification.collection]
        to_do = {"stage": {"$in": [stage.value for stage in TO_DO]}}
        RECTIFICATIONS.labels("open").set(await kept.count_documents(found | to_do))
        late = overdue_on(datetime.now(CHINA).date())
        RECTIFICATIONS.labels("overdue").set(await kept.count_documents(found | dict(late)))

    return look


def connectivity(db: Database, county: str, roster: KnownRoster) -> Look:
    """Every village station, and what waits there by its own word."""

    async def look() -> None:
        now, today = await roster.current(), datetime.now(CHINA).date()
        known = await stations(db, now, county, today)
        own = [one for one in known if one["kind"] == PatrolKind.STATION]
        tell_stations(own)
        contacts = [one for one in (await read_contacts(db)).values() if now.standing(one.station, today)]
        by = ahead(contacts, datetime.now(UTC))
        STATIONS_AHEAD.set(UNKNOWN if by is None else by)
        WAITING.set(sum(one.waiting for one in contacts))
        oldest = min((one.oldest for one in contacts if one.oldest), default=None)
        OLDEST.set((datetime.now(UTC) - oldest).total_seconds() if oldest else 0)

    return look


def ahead(contacts: Iterable[Contact], now: datetime) -> float | None:
    """How far stations are ahead, by their heartbeats; None where too few were heard lately to blame a clock."""
    off = [one.clock_off_seconds for one in contacts if now - one.heard <= HEARD_LATELY]
    return median(off) if len(off) >= FEWEST else None


def photos(db: Database, album: Album) -> Look:
    """Those that nobody has looked at yet, what all that were kept take, and how much room there is for more."""

    async def look() -> None:
        waits, since = await how_many(db)
        PHOTOS.set(waits)
        OLDEST_PHOTO.set((datetime.now(UTC) - since).total_seconds() if since else 0)
        entries, pictures = await db.command("collStats", ArrivedPhoto.collection), await album.statistics()
        STORED_PHOTOS.set(entries["size"] + pictures["dataSize"])
        whole = pictures["fsTotalSize"] or UNKNOWN  # nothing is said of a disk before the first photo lies there
        PHOTOS_DISK.set(whole)
        PHOTOS_ROOM.set(whole - pictures["fsUsedSize"])

    return look


def tell_stations(own: Iterable[Mapping[str, Any]]) -> None:
    """Each station's last contact, which are silent, and no more of those that ended; how many are in each state.

    A station that never came is no silent one: while a county is being set up nobody is called out for it.
    """
    CONTACT.clear()
    SILENT.clear()
    counted: Counter[str] = Counter()
    for one in own:
        counted[state(one)] += 1
        if heard := one["last_heard"]:
            CONTACT.labels(one["code"]).set(datetime.fromisoformat(heard).timestamp())
        if state(one) == SILENT_STATE:
            SILENT.labels(one["code"]).set(1)
    for name in STATES:
        STATIONS.labels(name).set(counted[name])


def state(station: Mapping[str, Any]) -> str:
    """Connected now; heard lately enough for its plan; silent for longer; never heard."""
    if station["last_heard"] is None:
        return "never"
    if station["connected"]:
        return "connected"
    return SILENT_STATE if station["silent"] else "heard"
