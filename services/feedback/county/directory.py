"""Organisations with their figures: recipients first, by kind, townships with their villages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.feedback.county.lines import HEADS, Figures, Line, lines_below, url
from services.feedback.measures.balances import Held
from services.feedback.measures.model import MonthlyDocument
from services.feedback.reports import periods
from services.feedback.reports.model import report_id
from shared.countys_own import own
from shared.pages.chinese import HALLS, day_text
from shared.pages.words import kind_word, name_of
from shared.roster.organisations import Organisation, Roster, Standing, county_of


@dataclass(frozen=True, slots=True)
class Directory:
    """Recipients by kind, all others, and those that ended within the period; `heads` are the columns' names."""

    period: str
    heads: tuple[str, ...]
    departments: tuple[Line, ...]
    townships: tuple[Line, ...]
    others: tuple[Line, ...]
    ended: tuple[Line, ...] = ()

    @property
    def recipients(self) -> int:
        """How many receive feedback."""
        return len(self.departments) + len(self.townships)


def directory(
    roster: Roster,
    county: str,
    period: str,
    documents: Sequence[MonthlyDocument],
    held: Held,
    reported: Collection[str] = (),
    scope: Collection[str] | None = None,
) -> Directory:
    """The county's organisations as they stood on the period's last day; `reported` have a report of it.

    With a `scope` only those in it; a village whose township is not stands by itself.
    What those did that ended before it stands there too, until their last day: it is in the county's figures.
    """
    day = periods.last_day(period)
    figures = Figures.of(documents, periods.months_of(period), held)

    def is_shown(code: str) -> bool:
        return scope is None or code in scope

    known = [one for one in _sorted(roster, county) if is_shown(one.id)]
    standing = {one.id: stood for one in known if (stood := one.on(day))}

    def line(code: str) -> Line:
        report = f"/feedback/reports/{report_id(period, code)}" if code in reported else ""
        below = lines_below(roster, code, period, figures) if standing[code].kind == "township" else ()
        return Line(code, standing[code].name, url(code, period), figures.whole(code), report, _linked(below, is_shown))

    heads = {code: stood for code, stood in standing.items() if code != county and _heads_a_line(stood, standing)}
    shelf = {code: _shelf(stood) for code, stood in heads.items()}
    named = {name: tuple(line(code) for code, at in shelf.items() if at == name) for name in SHELVES}
    ended = tuple(_ended(one, period, figures) for one in known if _ended_within(one, period))
    return Directory(periods.in_chinese(period), HEADS, named["department"], named["township"], named["other"], ended)


def _ended_within(one: Organisation, period: str) -> bool:
    """A village that ended stands below its township."""
    ending = one.ending(periods.last_day(period))
    return ending is not None and ending.since > periods.first_day(period) and ending.kind != "village"


def _ended(one: Organisation, period: str, figures: Figures) -> Line:
    ending = one.ending(periods.last_day(period))
    assert ending is not None
    until = f"至{day_text(ending.since - timedelta(days=1))}"
    return Line(one.id, ending.name, url(one.id, period), figures.whole(one.id), note=until)


def _linked(lines: Sequence[Line], may: Callable[[str], bool]) -> tuple[Line, ...]:
    """What has moved away by now, and is no more open to whoever looks, stays there without a link."""
    return tuple(one if may(one.code) else replace(one, url="") for one in lines)


def _heads_a_line(stood: Standing, shown: Collection[str]) -> bool:
    return stood.kind != "village" or stood.parent not in shown


SHELVES = ("department", "township", "other")


def _shelf(stood: Standing) -> str:
    if not stood.feedback_recipient:
        return "other"
    return "township" if stood.kind == "township" else "department"


def _sorted(roster: Roster, county: str) -> list[Organisation]:
    return sorted((one for one in roster if county_of(one.id) == county), key=lambda one: one.id)


@dataclass(frozen=True, slots=True)
class Kin:
    """Whom an organisation followed (前身), or who followed it (后继)."""

    word: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class About:
    """Who an organisation is, in words."""

    code: str
    name: str
    kind: str
    above: str
    above_url: str
    roles: tuple[str, ...]
    is_recipient: bool
    kin: tuple[Kin, ...] = ()


def about(
    roster: Roster, code: str, day: date, period: str, may: Callable[[str], bool] = lambda _: True
) -> About | None:
    """An organisation as it stood on a day; before it stood, as at first; once it ended, as it is known; or None.

    It leads to the pages of those of its kin that whoever looks `may` read.
    """
    organisation = roster.organisation(code)
    if organisation is None:
        return None
    ending = organisation.ending(day)
    stood = organisation.on(day) or ending or organisation.history[0]
    stood_last = organisation.on(ending.since - timedelta(days=1)) if ending else None
    above = roster.standing(stood.parent, day) if stood.parent else None
    return About(
        code=code,
        name=stood.name,
        kind=kind_word(stood.kind),
        above=above.name if above else "",
        above_url=url(stood.parent, period) if above and stood.parent and may(stood.parent) else "",
        roles=_roles(stood),
        is_recipient=(stood_last or stood).feedback_recipient,
        kin=tuple(_kin(roster, organisation, day, period, may)),
    )


def _kin(
    roster: Roster, organisation: Organisation, day: date, period: str, may: Callable[[str], bool]
) -> Iterator[Kin]:
    """Both ways, so that the history under the old code is found from the new."""
    followed = [code for stood in organisation.history if stood.ended for code in stood.ended.followed_by]
    for word, codes in (("前身", roster.forerunners(organisation.id)), ("后继", dict.fromkeys(followed))):
        yield from (Kin(word, name_of(code, roster, day), url(code, period) if may(code) else "") for code in codes)


def _roles(stood: Standing) -> tuple[str, ...]:
    roles = (
        (stood.committee_member, "联合党委成员"),
        (stood.feedback_recipient, "反馈对象"),
        (stood.stationed is not None, f"进驻{HALLS.get(stood.stationed or '', '')}"),
        (stood.due_in_hall and stood.stationed is None, "应进驻、尚未进驻"),
        (stood.kind == "village" and not stood.ended, "设村级便民服务站"),
        (stood.ended is not None, f"{day_text(stood.since - timedelta(days=1))}撤销"),
    )
    return tuple(role for holds, role in roles if holds)


def below(
    roster: Roster,
    county: str,
    code: str,
    period: str,
    documents: Sequence[MonthlyDocument],
    held: Held,
    may: Callable[[str], bool] = lambda _: True,
) -> tuple[Line, ...]:
    """The organisations directly under one, with their figures; the county's are in the directory itself."""
    if code == county:
        return ()
    return _linked(lines_below(roster, code, period, Figures.of(documents, periods.months_of(period), held)), may)


def names(roster: Roster) -> dict[str, str]:
    """What whoever does something is called now, by code: the county acts by its committee."""
    called = {one.id: one.history[-1].name for one in roster if one.history}
    committee = own().called.name
    return {code: committee if county_of(code) == code else name for code, name in called.items()}


__all__ = ["HEADS", "About", "Directory", "Line", "about", "below", "directory", "names", "url"]
