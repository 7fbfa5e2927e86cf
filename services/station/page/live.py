"""What the page's script writes into an open page: a refusal with its reason, the line, warnings that come and go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.station.desk import Desk
from services.station.line.former import waiting_lines
from services.station.page import showing
from services.station.page.parts import Parts


def all_remarks(parts: Parts, known: Desk, now: datetime) -> list[showing.Level]:
    """What a person should know first, of this code and of those that this PC had before."""
    before = waiting_lines(parts.hub.station, parts.outbox, parts.former)
    own = showing.remarks(known, parts.notes, parts.sender.condition, now)
    return [*own, *(showing.Level(*one) for one in before)]


def state_json(parts: Parts, records: Sequence[showing.Record]) -> dict[str, Any]:
    """Of the whole agent, and of the records that the page shows."""
    known, now = parts.desk(), parts.now()
    line = showing.line_state(parts.sender.condition)
    return {
        "counts": {one.key: one.count for one in showing.counts(parts.outbox)},
        "photos": parts.pictures.waiting(),
        "line": {"word": line.word, "level": line.level},
        "remarks": [{"word": one.word, "level": one.level} for one in all_remarks(parts, known, now)],
        "records": {one.id: _record(one) for one in records},
    }


def _record(one: showing.Record) -> dict[str, str]:
    return {
        "word": one.state.word,
        "level": one.state.level,
        "reasons": one.reasons,
        "correct_at": one.ways.correct_at,
        "change_at": one.ways.change_at,
        "withdraw_at": one.ways.withdraw_at,
    }
