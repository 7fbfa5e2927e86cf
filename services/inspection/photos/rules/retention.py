"""For how long pictures are kept, and which are kept longer because somebody still works with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from services.inspection.patrols.model.patrols import Inspection
from services.inspection.rectifications.model import Rectification
from shared.calendar import CHINA


def came_before(day: date, years: int) -> datetime:
    """Photos that came before this are over their time on `day`: years are counted from the end of the one in which a
    photo came, so that each is kept for that long at least and all of a year go together."""
    return datetime(day.year - years, 1, 1, tzinfo=CHINA)


def needed(open_ones: Sequence[Rectification], found_by: Sequence[Inspection]) -> set[str]:
    """Photos, by `<sender>/<sha256>`, of work that is open and of the inspections that it came from."""
    of_work = {f"{step.by}/{photo}" for one in open_ones for step in one.steps for photo in step.photos}
    of_patrols = {f"{one.submitter}/{photo}" for one in found_by for photo in one.photos}
    added = [more for one in open_ones for more in one.added] + [more for one in found_by for more in one.added]
    return of_work | of_patrols | {f"{one.by}/{one.photo}" for one in added}
