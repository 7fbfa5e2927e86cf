"""Who has been heard from, when, and with what outcome: those that have been silent longest come first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from shared.calendar import china_day
from shared.countys_own import in_own_words
from shared.events.vocabulary import OF_A_PLACE, OrganisationKind, PatrolKind
from shared.pages.boards import Cell
from shared.pages.cells import Cells
from shared.pages.chinese import NOTHING, PATROLS, VERDICTS, grouped, since, time_text
from shared.pages.words import Choice, ShownState
from shared.roster.organisations import Roster, county_of
from shared.web.boards import Address

HEARD, SILENT, NEVER = ShownState("正常", "good"), ShownState("失联", "warn"), ShownState("从未联系", "bad")
ONLINE, OFFLINE, UNSEEN = ShownState("在线", "good"), ShownState("离线", "bad"), ShownState("未接入", "")
CONNECTIONS = {True: ONLINE, False: OFFLINE, None: UNSEEN}
"""A window has no agent, and neither has a station that reports through the pages alone."""
OUTCOMES = {"accepted": "good", "refused": "warn"}


@dataclass(frozen=True, slots=True)
class StationFilter:
    """What the list is filtered by."""

    township: str | None = None
    kind: PatrolKind | None = None
    silent: bool = False

    @property
    def asked(self) -> dict[str, str | None]:
        """As the page's address carries it."""
        return {"township": self.township, "kind": self.kind, "silent": "true" if self.silent else None}


HEADS = {
    "名称": "",
    "所属": "tight roomy",
    "类别": "tight roomy",
    "最近联系": "tight",
    "状态": "",
    "连接": "tight",
    "最近办理结果": "tight roomy",
}
EMPTY = "没有符合条件的站点或窗口。还没有登记机构的，请先由联合党委登记；已登记的，请放宽筛选条件。"
EVERYTHING = StationFilter()
OPEN_TO_IT = "本单位可以查看的"


@dataclass(frozen=True, slots=True)
class StationLine:
    """A station or window; `waiting` is empty when nothing waits at the station."""

    code: str
    name: str
    url: str
    kind: str
    township: str
    state: ShownState
    since: str
    heard: datetime | None
    at: str
    happened: str
    verdict: ShownState
    connection: ShownState
    waiting: str
    heartbeat: str


@dataclass(frozen=True, slots=True)
class StationsBoard:
    """The list, what it is filtered by, and how many are silent of all that fit."""

    title: str
    lines: tuple[StationLine, ...]
    kinds: tuple[Choice, ...]
    townships: tuple[Choice, ...]
    silences: tuple[Choice, ...]
    total: int
    silent: int
    never: int
    offline: int


def board(
    found: Sequence[Mapping[str, Any]],
    roster: Roster,
    county: str,
    now: datetime,
    asked: StationFilter = EVERYTHING,
    has_figures: Callable[[str], bool] = lambda _: True,
    is_whole: bool = True,
) -> StationsBoard:
    """The stations and windows that fit, as `found` has them: the longest silent first.

    These are all that whoever looks may know of, the county's whole or not; one leads to its figures where
    `has_figures` says that these are open too.
    """
    today = china_day(now)
    lines = tuple(line(one, now, has_figures(one["code"])) for one in found if _fits(one, roster, today, asked))
    return StationsBoard(
        title=_title(roster, today, asked, is_whole),
        lines=tuple(one for one in lines if one.state is not HEARD) if asked.silent else lines,
        kinds=_kinds(asked),
        townships=_townships(roster, county, today, asked) if is_whole else (),
        silences=_silences(asked),
        total=len(lines),
        silent=sum(one.state is SILENT for one in lines),
        never=sum(one.state is NEVER for one in lines),
        offline=sum(one.connection is OFFLINE for one in lines),
    )


def _fits(one: Mapping[str, Any], roster: Roster, today: date, asked: StationFilter) -> bool:
    if asked.kind and one["kind"] != asked.kind:
        return False
    return not asked.township or asked.township in roster.path(one["code"], today).split("/")


def line(one: Mapping[str, Any], now: datetime, has_figures: bool = True) -> StationLine:
    """One station in words."""
    heard = datetime.fromisoformat(one["last_heard"]) if one["last_heard"] else None
    return StationLine(
        code=one["code"],
        name=one["name"],
        url=f"/feedback/organisations/{one['code']}" if has_figures else "",
        kind=PATROLS[one["kind"]],
        township=one["above"] or NOTHING,
        state=state(heard, one["silent"]),
        since=since(heard, now),
        heard=heard,
        at=time_text(heard) if heard else NOTHING,
        happened=time_text(one["last_happened"]) if one["last_happened"] else NOTHING,
        verdict=outcome(one["last_verdict"]),
        connection=CONNECTIONS[one["connected"]],
        waiting=f"待发送{grouped(one['waiting'])}" if one["waiting"] else "",
        heartbeat=f"最近通信：{time_text(one['last_heartbeat'])}" if one["last_heartbeat"] else "没有通信",
    )


def cells(one: StationLine) -> Cells:
    """The same as a line of the list; a time is read as how long ago, and reckoned with as a time."""
    return (
        Cell(one.name, one.url),
        Cell(one.township),
        Cell(one.kind),
        Cell(one.since, value=one.heard),
        Cell(state=one.state),
        Cell(state=one.connection, note=one.waiting),
        Cell(state=one.verdict),
    )


def state(heard: datetime | None, silent: bool) -> ShownState:
    """Never heard from is worse than silent."""
    if heard is None:
        return NEVER
    return SILENT if silent else HEARD


def outcome(verdict: str | None) -> ShownState:
    """The last verdict in a word."""
    return ShownState(VERDICTS.get(verdict or "", NOTHING), OUTCOMES.get(verdict or "", ""))


def _title(roster: Roster, today: date, asked: StationFilter, is_whole: bool) -> str:
    stood = roster.standing(asked.township, today) if asked.township else None
    where = stood.name if stood else in_own_words("全县") if is_whole else OPEN_TO_IT
    return where + (PATROLS[asked.kind] if asked.kind else "窗口和站点")


def _kinds(asked: StationFilter) -> tuple[Choice, ...]:
    named: list[tuple[str, PatrolKind | None]] = [("全部", None), *((PATROLS[one], one) for one in OF_A_PLACE)]
    return tuple(Choice(name, url(replace(asked, kind=one)), one == asked.kind) for name, one in named)


def _townships(roster: Roster, county: str, today: date, asked: StationFilter) -> tuple[Choice, ...]:
    standing = {one.id: stood for one in roster if county_of(one.id) == county and (stood := one.on(today))}
    named = sorted((code, stood.name) for code, stood in standing.items() if stood.kind is OrganisationKind.TOWNSHIP)
    chosen = [Choice(name, url(replace(asked, township=code)), code == asked.township) for code, name in named]
    return (Choice(in_own_words("全县"), url(replace(asked, township=None)), asked.township is None), *chosen)


def _silences(asked: StationFilter) -> tuple[Choice, ...]:
    named = (("全部", False), ("仅失联", True))
    return tuple(Choice(name, url(replace(asked, silent=one)), one == asked.silent) for name, one in named)


def url(asked: StationFilter, page: int = 1) -> str:
    """The page with these filters."""
    return Address("/inspection/", asked.asked).at(page)
