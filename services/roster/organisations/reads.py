"""Organisations as they stood on a day, as lists show them."""

from __future__ import annotations

from datetime import date
from typing import Any

from shared.database.lists import MOST, page_of
from shared.roster.organisations import Organisation, Roster, Standing


def organisation_line(organisation: Organisation, standing: Standing, roster: Roster, day: date) -> dict[str, Any]:
    """An organisation as lists show it, as it stood on a day."""
    return {
        "id": organisation.id,
        "code": organisation.id,
        "path": roster.path(organisation.id, day),
        **standing.model_dump(mode="json", exclude={"offices"}),
    }


def organisations(roster: Roster, day: date, wanted: dict[str, Any], limit: int, after: str | None) -> dict[str, Any]:
    """The organisations that stood so on a day, by code."""
    lines = []
    for organisation in sorted(roster, key=lambda organisation: organisation.id):
        standing = organisation.on(day)
        if standing is None or (after and organisation.id <= after) or not _fits(standing, wanted):
            continue
        lines.append(organisation_line(organisation, standing, roster, day))
        if len(lines) > limit:
            break
    return page_of(lines, max(1, min(limit, MOST)))


def _fits(standing: Standing, wanted: dict[str, Any]) -> bool:
    for name, value in wanted.items():
        held = getattr(standing, name)
        if (bool(held) if isinstance(value, bool) else held) != value:
            return False
    return True
