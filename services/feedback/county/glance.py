"""The county, a township or a unit as of a day: four figures and their last months, strips, ages, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from services.feedback.county import marks
from services.feedback.county.sums import NONE, OVERDUE, HeldOver, MonthSums
from shared.asks.patrolled import Ages, DayTally, Patrolled, TalliedPlace
from shared.events.vocabulary import ClientGroup
from shared.pages.chinese import CLIENT_UNITS, CLIENTS, NOTHING, OF_THE_COUNTY, grouped, percent
from shared.pages.drawn import Drawing, DrawnPath, bars, line, part, shares

AGES = (
    ("not_due", "quiet", "未到期"),
    ("week", "some", "逾期1至7天"),
    ("month", "many", "逾期8至30天"),
    ("longer", "bad", "逾期30天以上"),
)
"""Of open rectifications: how each is drawn, and what it is called."""
UNKNOWN = "巡查数据暂时读不到，请稍后刷新本页。"
RATES = (
    ("self-checks-on-time", "按时自查率"),
    ("rectified-on-time", "按期整改率"),
    ("cases-on-time", "按时办结率"),
)
"""By which a unit stands beside the county's mean."""


@dataclass(frozen=True, slots=True)
class Glanced:
    """Whose figures, as of which day, and where their lists are; `covers` are the working days of the first figure.

    `stock` is said before what is left to do, where that is not as of the day.
    """

    code: str
    name: str
    is_county: bool
    day: date
    spoken: str
    stock: str
    covers: tuple[date, ...]
    patrols_url: str
    found_by: tuple[str, str] | None
    """By what the list of rectifications is narrowed to its own."""
    figures_url: str

    def rectifications(self, **more: str) -> str:
        """The list of its rectifications."""
        asked = {**dict([self.found_by] if self.found_by else []), **more}
        return f"/inspection/rectifications?{urlencode(asked)}" if asked else "/inspection/rectifications"


@dataclass(frozen=True, slots=True)
class Tile:
    """A figure with its unit and what it means, where its list is, and its last months."""

    title: str
    url: str
    leads_to: str
    value: str
    unit: str
    note: str
    level: str = ""
    months: Drawing | None = None


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A township, a station or a window with its strip."""

    name: str
    url: str
    places: str
    days: Drawing
    on_time: str
    overdue: str
    overdue_url: str
    overdue_bar: Drawing | None
    rectified: str


@dataclass(frozen=True, slots=True)
class AgeBar:
    """Open rectifications by age: the bar, the words of its parts with their numbers, and what waits."""

    bar: Drawing
    parts: tuple[tuple[str, str, str], ...]
    total: str
    waiting: str


@dataclass(frozen=True, slots=True)
class Months:
    """A measure of the last months, with its newest value and, of a unit, the county's."""

    name: str
    drawing: Drawing
    value: str
    unit: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Glance:
    """The finished page."""

    tiles: tuple[Tile, ...]
    rows: tuple[UnitRow, ...]
    legend: tuple[tuple[DrawnPath, str], ...]
    ages: AgeBar | None
    green: tuple[Months, ...]
    beside: tuple[Months, ...]
    to_do: tuple[tuple[str, str], ...]
    is_known: bool
    stock: str


@dataclass(frozen=True, slots=True)
class Read:
    """What was read for it: months in order, each of them for it and for the county, and this month by unit."""

    months: Sequence[str]
    own: Mapping[str, MonthSums]
    county: Mapping[str, MonthSums]
    units: Mapping[str, MonthSums]
    held: HeldOver
    patrolled: Patrolled | None
    names: Mapping[str, str]
    pages: Mapping[str, str]
    """Addresses of those units that whoever looks may read."""


def glance(of: Glanced, read: Read) -> Glance:
    """Everything in words and drawings."""
    known = read.patrolled
    return Glance(
        tiles=(_patrols(of, known), *_rectifications(of, read)),
        rows=tuple(_rows(of, read, known)) if known else (),
        legend=marks.legend(marks.LEGEND if of.is_county else marks.OF_ONE),
        ages=age_bar(known.ages) if known else None,
        green=tuple(_green(read)),
        beside=() if of.is_county else tuple(_beside(read)),
        to_do=tuple(_to_do(of, known)) if known and of.is_county else (),
        is_known=known is not None,
        stock=of.stock,
    )


def _patrols(of: Glanced, known: Patrolled | None) -> Tile:
    """Done of those due on the days that it covers."""
    title, link = f"{of.spoken}检查", (of.patrols_url, "名单")
    if known is None:
        return Tile(title, *link, NOTHING, "", UNKNOWN)
    tallies = [one for one in _tallies(known, of.covers) if one]
    due, done = sum(one.due for one in tallies), sum(one.done for one in tallies)
    if not due:
        return Tile(title, *link, NOTHING, "", "没有应当完成的自查和巡查")
    note = f"按时{grouped(sum(one.on_time for one in tallies))}处，尚缺{grouped(due - done)}处"
    return Tile(title, *link, grouped(done), f"/ {grouped(due)}处", note, "good" if done == due else "warn")


def _tallies(known: Patrolled, days: Sequence[date]) -> Iterator[DayTally | None]:
    for place in known.places:
        yield from (tally for day, tally in zip(known.days, place.tallies, strict=True) if day in days)


def _rectifications(of: Glanced, read: Read) -> Iterator[Tile]:
    """Overdue as of the month, put right in time, found again: this month beside the last."""
    now, last = (read.own.get(month, NONE) for month in (read.months[-1], read.months[-2]))
    overdue = read.held.by.get(of.code, {}).get(OVERDUE, 0)
    new, before = (one.counts.get("rectifications-overdue", 0) for one in (now, last))
    yield Tile(
        f"{of.stock}逾期未改",
        of.rectifications(overdue="true"),
        "台账",
        grouped(overdue),
        "项",
        f"本月新增逾期{grouped(new)}项，上月{grouped(before)}项",
        "bad" if overdue else "good",
        line(read.held.overdue, _label("逾期未改", read.months, read.held.overdue)),
    )
    rates = [read.own.get(month, NONE).rate("rectified-on-time") for month in read.months]
    yield Tile(
        "按期整改率",
        of.figures_url,
        "分单位" if of.is_county else "本月数据",
        percent(rates[-1]).removesuffix("%"),
        "%" if rates[-1] is not None else "",
        f"上月{percent(rates[-2])}",
        months=line(
            rates, _label("按期整改率", read.months, [None if one is None else round(one * 100) for one in rates])
        ),
    )
    again = [read.own.get(month, NONE).counts.get("repeat-findings", 0) for month in read.months]
    found = now.counts.get("findings", 0)
    share = f"占本月发现问题的{percent(again[-1] / found)}" if found else "本月没有发现问题"
    yield Tile(
        "重复发现",
        of.rectifications(),
        "台账",
        grouped(again[-1]),
        "项",
        share,
        months=line(again, _label("重复发现", read.months, again)),
    )


def _label(name: str, months: Sequence[str], values: Sequence[float | None]) -> str:
    said = (
        f"{int(month[5:])}月{NOTHING if one is None else f'{one:g}'}" for month, one in zip(months, values, strict=True)
    )
    return f"{name}，近12个月：{'，'.join(said)}"


def _rows(of: Glanced, read: Read, known: Patrolled) -> Iterator[UnitRow]:
    """Those with most overdue first: who needs help, and no ranking."""
    overdue = {one.code: _overdue(of, read, one.code) for one in known.places}
    most = max(overdue.values(), default=0)
    for one in sorted(known.places, key=lambda one: (-overdue[one.code], marks.on_time(one.tallies) or 0, one.code)):
        yield _row(of, read, known.days, one, overdue[one.code], most)


def _overdue(of: Glanced, read: Read, code: str) -> int:
    """Those directly under the county together are what no township has."""
    held = read.held.by
    if code:
        return held.get(code, {}).get(OVERDUE, 0)
    townships = [one.code for one in (read.patrolled.places if read.patrolled else ()) if one.code]
    whole = held.get(of.code, {}).get(OVERDUE, 0)
    return whole - sum(held.get(one, {}).get(OVERDUE, 0) for one in townships)


def _row(of: Glanced, read: Read, days: Sequence[date], place: TalliedPlace, overdue: int, most: int) -> UnitRow:
    name = read.names.get(place.code, place.code) if place.code else OF_THE_COUNTY
    narrowed = ("township" if of.is_county else "organisation", place.code or of.code)
    return UnitRow(
        name=name,
        url=read.pages.get(place.code, ""),
        places=f"{grouped(place.places)}处" if of.is_county else "",
        days=marks.drawn(name, days, place.tallies),
        on_time=percent(marks.on_time(place.tallies)),
        overdue=grouped(overdue),
        overdue_url=f"/inspection/rectifications?{narrowed[0]}={narrowed[1]}&overdue=true",
        overdue_bar=part(overdue, most, f"逾期未改{overdue}项") if of.is_county else None,
        rectified=percent(_unit(read, place.code).rate("rectified-on-time")),
    )


def _unit(read: Read, code: str) -> MonthSums:
    """Of all that are in no township together where it has no code."""
    if code:
        return read.units.get(code, NONE)
    townships = {one.code for one in (read.patrolled.places if read.patrolled else ())}
    rest = [sums for unit, sums in read.units.items() if unit not in townships]
    part, whole = (sum(one.rates["rectified-on-time"][n] for one in rest) for n in (0, 1))
    return MonthSums({}, {"rectified-on-time": (part, whole)})


def age_bar(ages: Ages) -> AgeBar:
    """Without what waits to be verified, whose turn it no more is."""
    counted = [(look, word, int(getattr(ages, name))) for name, look, word in AGES]
    total = sum(count for _, _, count in counted)
    said = "，".join(f"{word}{count}项" for _, word, count in counted)
    bar = shares([(look, count) for look, _, count in counted], f"未整改到位{total}项：{said}")
    parts = tuple((look, word, grouped(count)) for look, word, count in counted)
    return AgeBar(bar, parts, grouped(total), grouped(ages.waiting) if ages.waiting else "")


def _green(read: Read) -> Iterator[Months]:
    """Each kind of client on a scale of its own: cases and person-times are never added."""
    for group in ClientGroup:
        values = [read.own.get(month, NONE).green(group) for month in read.months]
        name, unit = CLIENTS[group], CLIENT_UNITS[group]
        yield Months(name, bars(values, _label(f"{name}（{unit}）", read.months, values)), grouped(values[-1]), unit)


def _beside(read: Read) -> Iterator[Months]:
    """A unit's rates month by month, and the county's beside them."""
    for name, said in RATES:
        own = [read.own.get(month, NONE).rate(name) for month in read.months]
        mean = [read.county.get(month, NONE).rate(name) for month in read.months]
        if any(one is not None for one in own):
            label = _label(said, read.months, [None if one is None else round(one * 100) for one in own])
            yield Months(said, line(own, label, mean), percent(own[-1]), beside=f"全县{percent(mean[-1])}")


def _to_do(of: Glanced, known: Patrolled) -> Iterator[tuple[str, str]]:
    """What the county has to look after, with where it is done."""
    tallies = [one for one in _tallies(known, of.covers) if one]
    missing = sum(one.due - one.done for one in tallies)
    if missing:
        yield f"{of.spoken}尚缺{grouped(missing)}处检查", f"{of.patrols_url}#open"
    if known.ages.longer:
        yield f"逾期30天以上未整改{grouped(known.ages.longer)}项", of.rectifications(overdue="true")
    if known.ages.waiting:
        yield f"等待核验{grouped(known.ages.waiting)}项", of.rectifications(stage="submitted")
    yield "失联的窗口和站点", "/inspection/?silent=true"
    yield "印发后数据有变的反馈", "/feedback/changed-reports"
