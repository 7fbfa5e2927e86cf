"""The green channel service, put together."""

from __future__ import annotations

from collections.abc import Sequence

from services.greenchannel.handlers import FOLLOWED, HANDLERS
from services.greenchannel.web import pages
from shared.pipeline.consumer import Consumer
from shared.process.clock import no_time
from shared.process.config import Settings, read_settings
from shared.process.running import Running
from shared.process.service import Service, facts_loop, serve, submissions_loop
from shared.roster.feed import FollowedRoster


def loops(parts: Running) -> Sequence[Consumer]:
    """Submissions, and the roster's facts about process limits."""
    feed = FollowedRoster(parts.bus)
    followed = [fact.type for fact in FOLLOWED]
    return [submissions_loop(parts, HANDLERS, feed), facts_loop(parts, FOLLOWED, feed, *followed)]


def main() -> None:
    """Reads the settings and serves."""
    serve(read_settings(Settings), Service("greenchannel", loops, pages, no_time))
