"""Rules of checklists: versions follow one another, and a score is what the marks come to."""

from __future__ import annotations

from datetime import date

from services.inspection.patrols.model.checklists import Checklist, ChecklistVersion, checklist_id
from shared.events import Event
from shared.events.inspection import Checked, ChecklistItem, ChecklistPublished, LogInspection, PublishChecklist
from shared.events.inspection.scores import score_of
from shared.events.refusals.sentences import InBoth
from shared.pipeline.decisions import Accepted, Refused, State, Verdict
from shared.roster.organisations import county_of


def publish_checklist(state: State, event: Event[PublishChecklist]) -> Verdict:
    """The next version, in force no earlier than the one before; each item once."""
    asked, county = event.data, county_of(event.organisation)
    id = checklist_id(county, asked.checklist)
    known = state.get(Checklist, id) or Checklist(id=id, county=county, checklist=asked.checklist)
    expected = len(known.versions) + 1
    is_early = bool(known.versions) and asked.effective_from < known.versions[-1].effective_from
    if asked.version != expected or is_early:
        return Refused("checklist-version-out-of-order", checklist=asked.checklist, title=asked.name, expected=expected)
    if twice := _twice(asked.items):
        return Refused("item-listed-twice", checklist=asked.checklist, title=asked.name, item=twice)
    version = ChecklistVersion(
        version=asked.version, name=asked.name, effective_from=asked.effective_from, items=tuple(asked.items)
    )
    fact = ChecklistPublished(
        checklist=asked.checklist, version=asked.version, name=asked.name, effective_from=asked.effective_from
    )
    return Accepted((known.having(versions=(*known.versions, version)),), (fact,))


def _twice(items: list[ChecklistItem]) -> str | None:
    names = [one.item for one in items]
    return next((name for n, name in enumerate(names) if name in names[:n]), None)


def checked_wrongly(state: State, county: str, checked: Checked, score: int, day: date) -> Refused | None:
    """Marked by a version usable on the day, item by item, and the score is what the marks come to."""
    known = state.get(Checklist, checklist_id(county, checked.checklist))
    version = known.usable(checked.version, day) if known else None
    if version is None or version.version != checked.version:
        return Refused("checklist-not-in-force", checklist=checked.checklist, version=checked.version, day=day)
    if unlike := sorted({one.item for one in version.items} ^ checked.marks.keys()):
        return Refused("marks-incomplete", checklist=checked.checklist, title=version.name, items=", ".join(unlike))
    computed = score_of(version.weights, checked.marks)
    if score == computed:
        return None
    return Refused("score-mismatch", score=_points(score), computed=_points(computed))


def in_force_instead(state: State, event: Event[LogInspection]) -> int | None:
    """The version that was in force where another was used, as by a place that had not heard of it yet."""
    checked = event.data.checked
    if checked is None:
        return None
    known = state.get(Checklist, checklist_id(county_of(event.organisation), checked.checklist))
    current = known.on(event.day) if known else None
    return current.version if current and current.version != checked.version else None


def _points(score: int) -> InBoth:
    """To a person in points, to a program in hundredths."""
    return InBoth(f"{score / 100:g}", str(score))
