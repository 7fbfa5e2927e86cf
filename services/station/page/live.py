"""What the page's script writes into an open page: a refusal with its reason, the line, warnings that come and go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.station.desk import Desk
from services.station.line.former import waiting_lines
from services.station.page import showing
from services.station.page.parts import Parts
from services.station.page.photos import photo_lines, refused_photos


def all_remarks(parts: Parts, known: Desk, now: datetime) -> list[showing.Level]:
    """What a person should know first, of this code and of those that this PC had before."""
    before = waiting_lines(parts.hub.station, parts.outbox, parts.former)
    own = showing.remarks(known, parts.notes, parts.sender.condition, now)
    if refused := len(refused_photos(parts.outbox, parts.pictures)):
        own.append(showing.Level(f"有{refused}张照片未被接收，请到报送记录中补传。", "warn"))
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
        "pictures": _pictures(parts, records),
    }


def _pictures(parts: Parts, records: Sequence[showing.Record]) -> dict[str, dict[str, str]]:
    """Of the record that is shown alone."""
    row = parts.outbox.one(records[0].id) if len(records) == 1 else None
    lines = photo_lines(row, parts.outbox, parts.pictures) if row else []
    return {
        one.sha256: {"word": one.word, "level": one.level, "why": one.why, "replace_at": one.replace_at}
        for one in lines
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
