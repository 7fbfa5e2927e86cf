"""This PC's token lasts a year: it is exchanged for a longer one in time, and one that never had an end at once."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, timedelta

from services.station.folder import Folder, Hub
from services.station.line.county import ask

AHEAD = timedelta(days=60)
"""Of its end."""
log = logging.getLogger(__name__)


def is_due(hub: Hub, day: date) -> bool:
    """Whether there is a longer one to be had."""
    return not hub.until or date.fromisoformat(hub.until) - AHEAD < day


def renewed(folder: Folder, hub: Hub, day: date) -> Hub:
    """The hub as it is from now on, with the longer token on the disk; as before where the county gives none now.

    The old one goes on for some days, so that an answer that is lost is no loss.
    """
    known = folder.hub() or hub
    if known.station != hub.station or not is_due(known, day):
        return known if known.station == hub.station else hub
    try:
        answer = ask(f"{known.url}/roster/api/tokens/renewals", folder.ca, {}, known).content
        longer = replace(known, token=str(answer["token"]), until=date.fromisoformat(answer["until"]).isoformat())
    except (OSError, ValueError, KeyError, TypeError) as error:
        log.warning("token: not renewed (%s)", error)
        return known
    folder.keep_hub(longer)
    return longer
