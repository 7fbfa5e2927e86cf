"""The inspection service, put together."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from typing import Any

from services.inspection import gauges
from services.inspection.handlers import FOLLOWED, HANDLERS
from services.inspection.patrols.tallies import patrolled
from services.inspection.photos.album import album_of
from services.inspection.photos.clearing import Clearing
from services.inspection.photos.loops import photo_loops
from services.inspection.photos.moving import Moving
from services.inspection.photos.telling import to_audit, waiting_now
from services.inspection.settings import InspectionSettings, is_going_back, years_kept
from services.inspection.stations.heartbeats import Listener
from services.inspection.ticks import day_over
from services.inspection.web import pages
from shared.asks.bus import answers
from shared.asks.patrolled import PATROLLED
from shared.asks.photos import PHOTOS_WAITING
from shared.pipeline.loops import loops
from shared.process.clock import Clock
from shared.process.config import read_settings
from shared.process.gauges import Look
from shared.process.running import Running
from shared.process.service import Service, serve
from shared.process.watchdog import AtWork
from shared.roster.feed import FollowedRoster
from shared.web.searching import searched

LOOPS = loops("inspection", HANDLERS, FOLLOWED)
"""Submissions, and feedback's facts about opinions, decided on the roster as it is followed."""


def keeps(parts: Running) -> Sequence[AtWork]:
    """Photos, beside what is decided."""
    named, lasts, album = parts.settings.instance, parts.settings.lease_ms, album_of(parts)
    return photo_loops(parts.db, parts.bus, named, lasts, album=album, is_beside=is_going_back(parts.settings))


def beside(parts: Running) -> Sequence[Coroutine[Any, Any, None]]:
    """Heartbeats are heard and answered; pictures of before are moved to where they lie now, and cleared in time."""
    album, settings = album_of(parts), parts.settings
    moving = Moving(parts.db, album, settings.instance, is_going_back(settings))
    clearing = Clearing(parts.db, album, to_audit(parts), settings.county, years_kept(settings), settings.instance)
    return [Listener(parts, FollowedRoster(parts.bus)).run(), moving.run(), clearing.run()]


def checks(parts: Running) -> Sequence[Coroutine[Any, Any, None]]:
    """The questions of other services are answered."""
    return [answers(parts, PATROLLED, patrolled), answers(parts, PHOTOS_WAITING, waiting_now), searched(parts)]


def looks(parts: Running) -> Sequence[Look]:
    """The day's patrols, rectifications, stations; photos."""
    db, county = parts.db, parts.settings.county
    return [
        gauges.patrols(db, county, parts.roster),
        gauges.rectifications(db, county, parts.settings.live_from),
        gauges.connectivity(db, county, parts.roster),
        gauges.photos(db, album_of(parts)),
    ]


def main() -> None:
    """Reads the settings and serves."""
    inspection = Service("inspection", LOOPS, pages, Clock(day_over), beside, looks, keeps, checks)
    serve(read_settings(InspectionSettings), inspection)
