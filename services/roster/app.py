"""The roster service, put together."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from typing import Any

from fastapi import FastAPI

from services.roster import gauges
from services.roster.accounts.keeping import keep_accounts
from services.roster.audit import audit_loop
from services.roster.enrolment.revoking import keep_revoked
from services.roster.enrolment.settings import RosterSettings
from services.roster.enrolment.signing import Signer
from services.roster.handlers import HANDLERS
from services.roster.people.resealing import keep_sealed
from services.roster.served_certificates import certificates, places
from services.roster.ticks import day_over
from services.roster.unified.configured import provider_configured
from services.roster.web import pages
from shared.pipeline.consumer import Consumer
from shared.pipeline.loops import loops
from shared.process.clock import Clock
from shared.process.config import read_settings
from shared.process.gauges import Look
from shared.process.running import Running
from shared.process.service import Service, serve
from shared.roster.feed import OwnRoster
from shared.web.searching import searched

LOOPS = loops("roster", HANDLERS, feed=OwnRoster)
"""Submissions, decided on the service's own roster."""


def looks(parts: Running) -> Sequence[Look]:
    """When the turn of duty ends; how much room the disk has; when certificates end."""
    settings, turn = parts.settings, gauges.turn(parts.db, parts.settings.county)
    if not isinstance(settings, RosterSettings):
        return [turn]
    at = settings.watched_disk
    return [turn, certificates(places(settings)), *([gauges.disk(at)] if at else [])]


def main() -> None:
    """Reads the settings and serves."""
    settings = read_settings(RosterSettings)
    signer, seals, unified = Signer.of(settings), settings.seals, provider_configured(settings)

    def show(app: FastAPI, parts: Running) -> None:
        pages(app, parts, signer, seals, unified)

    def beside(parts: Running) -> Sequence[Coroutine[Any, Any, Any]]:
        return [keep_revoked(parts, settings), keep_sealed(parts, settings), keep_accounts(parts, settings)]

    def keeps(parts: Running) -> Sequence[Consumer]:
        return [audit_loop(parts.db, parts.bus, settings.instance, settings.lease_ms, settings.audit_days)]

    def checks(parts: Running) -> Sequence[Coroutine[Any, Any, Any]]:
        return [searched(parts)]

    serve(settings, Service("roster", LOOPS, show, Clock(day_over), beside, looks, keeps, checks))
