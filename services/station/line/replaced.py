"""Whether another PC took this one's place: asked of the county once that lets this one's key in no more."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

from services.station.folder import Folder, Hub
from services.station.line.county import ask
from services.station.line.sender import Condition, Sender
from services.station.line.troubles import explained
from services.station.outbox.notes import REPLACED, Notes
from shared.identity.nats_jwt import claims_in, jwt_in

LOOK, ASK_AGAIN = 1.0, 60.0
"""Seconds between two looks at the line, and between two askings while it is shut."""

log = logging.getLogger(__name__)


def is_shut_out(condition: Condition) -> bool:
    """Whether the county lets this PC's key in no more."""
    return condition.trouble is not None and condition.trouble.slug == "not-permitted"


async def watching(sender: Sender, notes: Notes, hub: Hub, folder: Folder) -> None:
    """Until it is cancelled; a county that does not answer is asked again."""
    while True:
        await asyncio.sleep(LOOK)
        if not is_shut_out(sender.condition):
            continue
        try:
            notes.keep(REPLACED, await replaced_since(hub, folder), datetime.now(UTC))
        except Exception as error:
            log.warning("replaced: %s", explained(error).slug)
        await asyncio.sleep(ASK_AGAIN)


async def replaced_since(hub: Hub, folder: Folder) -> str | None:
    """Since when another key is in force for this station, in ISO 8601; None while it is this PC's own, or nobody's."""
    if not folder.creds.exists():
        return None
    own = claims_in(jwt_in(folder.creds.read_text(encoding="utf-8")))["sub"]
    answer = await asyncio.to_thread(ask, f"{hub.url}/roster/api/stations/{hub.station}/keys/{own}", folder.ca)
    since = answer.content["replaced_since"]
    return None if since is None else str(since)
