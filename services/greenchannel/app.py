"""The green channel service, put together."""

from __future__ import annotations

from services.greenchannel.handlers import FOLLOWED, HANDLERS
from services.greenchannel.ticks import day_over
from services.greenchannel.web import pages
from shared.pipeline.loops import loops
from shared.process.clock import Clock
from shared.process.config import Settings, read_settings
from shared.process.service import Service, serve
from shared.web.searching import searched

LOOPS = loops("greenchannel", HANDLERS, FOLLOWED)
"""Submissions, and the roster's facts about process limits."""


def main() -> None:
    """Reads the settings and serves."""
    greenchannel = Service("greenchannel", LOOPS, pages, Clock(day_over), checks=lambda parts: [searched(parts)])
    serve(read_settings(Settings), greenchannel)
