"""Which rectifications are overdue on a day: one rule for every list, figure and page, by the deadline alone.

That the clock tells it once, for reports, comes after the day (`rules/marks.py`); until then a list says it already.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.inspection.rectifications.model import TO_DO, Stage


def is_overdue(stage: Stage | str, deadline: date, day: date) -> bool:
    """From the day after its deadline, while somebody is to put it right: work that waits for its verifier is not."""
    return stage in TO_DO and deadline < day


def overdue_on(day: date) -> Mapping[str, Any]:
    """The same as MongoDB understands it, for a filter."""
    return {"stage": {"$in": [stage.value for stage in TO_DO]}, "deadline": {"$lt": day.isoformat()}}


def whether_overdue_on(day: date) -> Mapping[str, Any]:
    """The same for a step of an aggregation."""
    to_do = {"$in": ["$stage", [stage.value for stage in TO_DO]]}
    return {"$and": [to_do, {"$lt": ["$deadline", day.isoformat()]}]}
