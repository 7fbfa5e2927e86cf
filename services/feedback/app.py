"""The feedback service, put together."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from typing import Any

from services.feedback import gauges
from services.feedback.handlers import FOLLOWED, HANDLERS
from services.feedback.operations.backups import backup_age
from services.feedback.rebuilding.beginning import Workers
from services.feedback.ticks import day_over, days_over
from services.feedback.web import pages
from shared.pipeline.loops import loops
from shared.process.clock import Clock
from shared.process.config import Settings, read_settings
from shared.process.gauges import Look, streams
from shared.process.running import Running
from shared.process.service import Service, serve
from shared.web.searching import searched

LOOPS = loops("feedback", HANDLERS, FOLLOWED)
"""Submissions, and every fact."""


def checks(parts: Running) -> Sequence[Coroutine[Any, Any, None]]:
    """The standing check, what other services search here, and rebuilds that stand still."""
    return [gauges.keep_checking(parts), searched(parts), Workers(parts).keep_going()]


def looks(parts: Running) -> Sequence[Look]:
    """Reports and late periods; the streams, which feedback watches for all, and how old the newest backup is."""
    settings = parts.settings
    late = gauges.reports(parts.db, settings.county, settings.live_from)
    return [late, streams(parts.bus), backup_age(parts.db)]


def main() -> None:
    """Reads the settings and serves."""
    feedback = Service("feedback", LOOPS, pages, Clock(day_over, days_over), looks=looks, checks=checks)
    serve(read_settings(Settings), feedback)
