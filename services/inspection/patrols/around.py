"""Around what is due for an organisation: what it missed of late, how it is looked at, and whom else it may look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from services.inspection.patrols.measures import DueLine, township_of
from shared.events.inspection import LogInspection
from shared.pages.chinese import day_text
from shared.pages.words import ShownState, acting_name, name_of, of_the_county
from shared.roster.organisations import Roster

DONE, OPEN, NOT_DONE = ShownState("已巡查", "good"), ShownState("尚未巡查", "warn"), ShownState("未巡查", "warn")


@dataclass(frozen=True, slots=True)
class MissedLine:
    """A place that was due on a day that is over and was not looked at."""

    day: str
    name: str
    plan: str


@dataclass(frozen=True, slots=True)
class LookedAtLine:
    """What others were to do at the viewer's own window or station: nothing that the viewer answers for."""

    day: str
    plan: str
    patroller: str
    state: ShownState


@dataclass(frozen=True, slots=True)
class SpotChoices:
    """Places of one township, or those of the county itself."""

    name: str
    places: tuple[tuple[str, str], ...]


def missed_by(viewer: str, before: Iterable[DueLine], roster: Roster) -> tuple[MissedLine, ...]:
    """Newest first."""
    missed = [line for line in before if line.patroller == viewer and _is_missed(line)]
    return tuple(
        MissedLine(day_text(line.day), name_of(line.organisation, roster, line.day), line.plan.name)
        for line in reversed(missed)
    )


def by_others(
    viewer: str, lines: Iterable[DueLine], before: Sequence[DueLine], roster: Roster
) -> tuple[LookedAtLine, ...]:
    """What is due there now, done or not, and what was not done of late, newest first."""
    now = (line for line in lines if _is_by_another(line, viewer))
    missed = (line for line in reversed(before) if _is_by_another(line, viewer) and _is_missed(line))
    return (
        *(_looked_at(line, DONE if line.done else OPEN, roster) for line in now),
        *(_looked_at(line, NOT_DONE, roster) for line in missed),
    )


def _is_missed(line: DueLine) -> bool:
    """A day that nobody closed, as before the county went live, has missed nothing."""
    return line.closed and not line.done


def _is_by_another(line: DueLine, viewer: str) -> bool:
    return line.organisation == viewer and line.patroller != viewer


def _looked_at(line: DueLine, state: ShownState, roster: Roster) -> LookedAtLine:
    return LookedAtLine(day_text(line.day), line.plan.name, acting_name(line.patroller, roster, line.day), state)


def spot_choices(viewer: str, roster: Roster, county: str, day: date) -> tuple[SpotChoices, ...]:
    """Every place that the viewer stands above or holds the office for, township by township."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for code in _places(viewer, roster, county, day):
        groups.setdefault(township_of(code, roster, day), []).append((code, name_of(code, roster, day)))
    named = sorted(groups.items(), key=lambda one: (not one[0], one[0]))
    return tuple(
        SpotChoices(name_of(code, roster, day) if code else of_the_county(), tuple(places)) for code, places in named
    )


def _places(viewer: str, roster: Roster, county: str, day: date) -> Iterator[str]:
    for code in roster.patrolled(county, day):
        if code != viewer and roster.may_speak_for(viewer, code, LogInspection.office, day):
            yield code
