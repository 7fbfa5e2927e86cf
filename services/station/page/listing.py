"""报送记录 page by page: all of them, those of a day, or those in one state; none is left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from urllib.parse import urlencode

from services.station.outbox.outbox import Outbox
from services.station.outbox.rows import Saved, State, utc
from shared.calendar import CHINA
from shared.pages.paging import Paging, paging
from shared.stretch import Stretch

PAGE = 200
"""Submissions on a page of the list."""
IS_PAGE = re.compile("[0-9]{1,6}").fullmatch
OPEN_REFUSALS = "state = 'refused' AND id NOT IN (SELECT corrects FROM submissions WHERE corrects <> '')"
"""Those that nobody has corrected."""
STATES: Mapping[str, str] = {
    State.PENDING.value: "state = 'pending'",
    State.DELIVERED.value: "state = 'delivered'",
    State.ACCEPTED.value: "state = 'accepted'",
    State.REFUSED.value: OPEN_REFUSALS,
}


@dataclass(frozen=True, slots=True)
class Listing:
    """What is listed on a page, of which day and state, and how it goes on."""

    rows: tuple[Saved, ...]
    day: str
    state: str
    paging: Paging


def listing(outbox: Outbox, asked: Mapping[str, str]) -> Listing:
    """Anything that is no day, no state or no page asks for all."""
    state, day, page = asked.get("state", ""), _day(asked.get("day", "")), asked.get("page", "")
    state = state if state in STATES else ""
    where, values = _where(state, day)
    stretch = Stretch.of(outbox.how_many(where, *values), int(page) if IS_PAGE(page) else 1, PAGE)
    rows = outbox.newest(where, values, PAGE, stretch.skip)
    query = {"day": day.isoformat() if day else "", "state": state}
    url = partial(_url, query)
    return Listing(tuple(rows), query["day"], state, paging(stretch, "条", url))


def _where(state: str, day: date | None) -> tuple[str, tuple[str, ...]]:
    """Of a day is what was saved on it, or happened on it."""
    parts, values = [STATES[state]] if state else [], tuple[str, ...]()
    if day is not None:
        begins = datetime.combine(day, time(), CHINA)
        parts.append("(saved_at >= ? AND saved_at < ? OR headers LIKE ?)")
        values = (utc(begins), utc(begins + timedelta(days=1)), f'%"ce-time": "{day.isoformat()}T%')
    return " AND ".join(parts) or "1", values


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _url(query: Mapping[str, str], page: int) -> str:
    return f"/sent?{urlencode({**{name: value for name, value in query.items() if value}, 'page': page})}"
