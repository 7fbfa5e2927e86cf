"""The county, a township or a unit as of a day: four figures and their last months, strips, ages, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from services.feedback.county import marks
from services.feedback.county.glanced import AgeBar, Glance, Glanced, Months, Read, Tile
from services.feedback.county.sums import NONE, OVERDUE
from services.feedback.county.unit_rows import rows
from shared.asks.patrolled import Ages, DayTally, Patrolled
from shared.countys_own import in_own_words
from shared.events.vocabulary import ClientGroup
from shared.pages.chinese import CLIENT_UNITS, CLIENTS, NOTHING, grouped, percent
from shared.pages.drawn import bars, line, shares

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


def glance(of: Glanced, read: Read) -> Glance:
    """Everything in words and drawings."""
    known = read.patrolled
    return Glance(
        tiles=(_patrols(of, known), *_rectifications(of, read)),
        rows=tuple(rows(of, read, known)) if known else (),
        legend=marks.legend(marks.LEGEND if of.is_county else marks.OF_ONE),
        ages=age_bar(known.ages) if known else None,
        green=tuple(_green(read)),
        beside=() if of.is_county else tuple(_beside(read)),
        to_do=tuple(_to_do(of, known, read.changed_reports)) if of.is_county else (),
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
    whole = in_own_words("全县")
    for name, said in RATES:
        own = [read.own.get(month, NONE).rate(name) for month in read.months]
        mean = [read.county.get(month, NONE).rate(name) for month in read.months]
        if any(one is not None for one in own):
            label = _label(said, read.months, [None if one is None else round(one * 100) for one in own])
            yield Months(said, line(own, label, mean), percent(own[-1]), beside=whole + percent(mean[-1]))


def _to_do(of: Glanced, known: Patrolled | None, changed: int | None) -> Iterator[tuple[str, str]]:
    """What the county has to look after, with where it is done; a number that is not known yet is left out."""
    if known is not None:
        yield from _to_patrol(of, known)
    silent = known.silent if known else None
    if silent != 0:
        yield f"失联的窗口和站点{_numbered(silent, '处')}", "/inspection/?silent=true"
    if changed != 0:
        yield f"印发后数据有变的反馈{_numbered(changed, '份')}", "/feedback/changed-reports"


def _to_patrol(of: Glanced, known: Patrolled) -> Iterator[tuple[str, str]]:
    """What is open is so as of now, whichever day is shown."""
    now = "目前" if of.stock else ""
    missing = sum(one.due - one.done for one in _tallies(known, of.covers) if one)
    if missing:
        yield f"{of.spoken}尚缺{grouped(missing)}处检查", f"{of.patrols_url}#open"
    if known.ages.longer:
        yield f"{now}逾期30天以上未整改{grouped(known.ages.longer)}项", of.rectifications(overdue="true")
    if known.ages.waiting:
        yield f"{now}等待核验{grouped(known.ages.waiting)}项", of.rectifications(stage="submitted")


def _numbered(count: int | None, unit: str) -> str:
    return "" if count is None else f"{grouped(count)}{unit}"
