"""Organisations as pages show them: where each stands, what it was before and who came after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shared.pages.chinese import HALLS, NOTHING, day_text
from shared.pages.words import ShownState, kind_word, name_of
from shared.roster.organisations import Organisation, Roster, Standing, county_of

PAGE = "/roster/organisations"
STANDS, ENDS, ENDED = ShownState("在册", "good"), ShownState("即将撤销", "warn"), ShownState("已撤销", "bad")
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation by its name, and its page."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class OrganisationLine:
    """An organisation in the list; `last_day` and successors are of one that ends."""

    name: str
    code: str
    url: str
    kind: str
    above: str
    above_code: str
    state: ShownState
    last_day: str
    followed_by: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """How it stood from a day on."""

    since: str
    name: str
    above: str
    note: str


@dataclass(frozen=True, slots=True)
class OrganisationPage:
    """One organisation with its history, oldest first, and its kin both ways; figures for whoever may read them."""

    line: OrganisationLine
    history: tuple[HistoryLine, ...]
    forerunners: tuple[Named, ...]
    figures_url: str


def organisation_lines(roster: Roster, county: str, today: date) -> list[OrganisationLine]:
    """The county's, by code; those that have ended or will come first, the latest end before."""
    own = [one for one in roster if county_of(one.id) == county]
    ending = sorted((one for one in own if one.history[-1].ended), key=lambda one: one.history[-1].since, reverse=True)
    rest = [one for one in own if not one.history[-1].ended]
    return [organisation_line(one, roster, today) for one in (*ending, *rest)]


def organisation_line(one: Organisation, roster: Roster, today: date) -> OrganisationLine:
    """By how it stands, or how it stood last."""
    last = one.history[-1]
    stood = one.on(today) or last
    return OrganisationLine(
        name=stood.name,
        code=one.id,
        url=page_of(one.id),
        kind=kind_word(stood.kind),
        above=name_of(stood.parent, roster, today) if stood.parent else NOTHING,
        above_code=stood.parent or "",
        state=_state(last, today),
        last_day=day_text(last.since - ONE_DAY) if last.ended else "",
        followed_by=tuple(_named(last.ended.followed_by, roster, today)) if last.ended else (),
    )


def organisation_page(one: Organisation, roster: Roster, today: date, has_figures: bool) -> OrganisationPage:
    """Everything that is kept of one."""
    return OrganisationPage(
        line=organisation_line(one, roster, today),
        history=tuple(_history_line(stood, roster) for stood in one.history),
        forerunners=tuple(_named(roster.forerunners(one.id), roster, today)),
        figures_url=f"/feedback/organisations/{one.id}" if has_figures else "",
    )


def page_of(code: str) -> str:
    """The page of one organisation."""
    return f"{PAGE}/{code}"


def _state(last: Standing, today: date) -> ShownState:
    if last.ended is None:
        return STANDS
    return ENDED if last.since <= today else ENDS


def _named(codes: Iterable[str], roster: Roster, today: date) -> Iterator[Named]:
    return (Named(name_of(code, roster, today), page_of(code)) for code in codes)


def _history_line(stood: Standing, roster: Roster) -> HistoryLine:
    above = name_of(stood.parent, roster, stood.since) if stood.parent else NOTHING
    return HistoryLine(day_text(stood.since), stood.name, above, _note(stood, roster))


def _note(stood: Standing, roster: Roster) -> str:
    if stood.ended:
        return "撤销" + (f"（{stood.ended.basis}）" if stood.ended.basis else "")
    roles = (
        (stood.committee_member, "联合党委成员"),
        (stood.feedback_recipient, "反馈对象"),
        (stood.stationed is not None, f"进驻{HALLS.get(stood.stationed or '', '')}"),
        (stood.passed_from is not None, f"随{name_of(stood.passed_from or '', roster, stood.since)}撤销转入"),
    )
    return "、".join(role for holds, role in roles if holds)
