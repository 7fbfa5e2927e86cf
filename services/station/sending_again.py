"""A county that was brought back from a backup has lost what was submitted since: it is sent once more, in its order.

Who knows a submission answers it again and counts nothing twice, so a little too much does no harm.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from services.station.outbox.notes import BROUGHT_BACK, Notes

SLACK = timedelta(hours=1)
"""Around both moments: this PC's clock may be another, and what was under way is noted a little later."""

log = logging.getLogger(__name__)


def send_again(notes: Notes, desk: Mapping[str, Any], now: datetime) -> int:
    """How many submissions and pictures go once more; each time that it is brought back counts once."""
    said, known = desk.get("brought_back"), notes.read(BROUGHT_BACK)
    if not said or (known and known.value == said):
        return 0
    since, until = (datetime.fromisoformat(said[name]) for name in ("to", "at"))
    count = notes.outbox.send_again(since - SLACK, until + SLACK)
    notes.keep(BROUGHT_BACK, said, now)
    log.warning("brought back: the county was brought back to %s, %d go once more", said["to"], count)
    return count
