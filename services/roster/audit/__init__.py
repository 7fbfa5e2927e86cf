"""The audit: lines that all services tell, kept as a chain, and read by the auditor."""

from __future__ import annotations

from services.roster.audit.keeper import AuditKeeper
from shared.bus.connection import Bus
from shared.bus.streams import AUDIT_LINES
from shared.database.lease import Lease
from shared.database.mongo import Database
from shared.pipeline.consumer import Consumer


def audit_loop(db: Database, bus: Bus, instance: str, lasts_ms: int, days: int) -> Consumer:
    """The loop that keeps them, beside what is decided."""
    lease = Lease(db, AUDIT_LINES.name, instance, lasts_ms)
    return Consumer(AuditKeeper(db, bus, lease, days), bus, AUDIT_LINES, lease)
