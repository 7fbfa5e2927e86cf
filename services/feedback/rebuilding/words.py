"""How a rebuild reads: its state, how far it is, and each figure that it put right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from services.feedback.measures.catalogue import OF_PLACES, measure_named
from services.feedback.measures.words import BUCKETS
from services.feedback.rebuilding.mending import MISSING, UNLIKE
from services.feedback.rebuilding.model import PutRight, Rebuild
from shared.countys_own import own
from shared.events.vocabulary import Catalogue
from shared.pages.cells import Cell, number_cell, time_cell
from shared.pages.chinese import NOTHING, grouped, month_text, time_text
from shared.pages.words import ShownState

RUNS = ShownState("正在重算", "warn")
STANDS_STILL = ShownState("已中断，稍后自动继续", "warn")
DONE = ShownState("已完成", "good")
ALTERED = ShownState("已完成，有文件需要核查", "bad")
PARTS = {"n": "其中符合要求的", "d": "总数"}
"""Of a rate."""

PROBLEMS = {MISSING: "问题清单中缺少的问题", UNLIKE: "问题清单中与底账不一致的问题"}


def state(one: Rebuild, now: datetime) -> ShownState:
    """Where it is."""
    if one.is_running:
        return STANDS_STILL if one.is_unheard(now) else RUNS
    return ALTERED if one.altered else DONE


def how_far(one: Rebuild) -> str:
    """已算36%，约还需2分钟; nothing of one that has ended."""
    if not one.is_running or not one.facts:
        return ""
    share = f"已重算{min(99, one.facts_read * 100 // one.facts)}%"
    left = one.seconds_left()
    return f"{share}，约还需{took_text(left)}" if left is not None else share


def took_text(seconds: float) -> str:
    """不到1秒, 40秒, 3分20秒."""
    whole = int(seconds)
    if whole < 1:
        return "不到1秒"
    minutes, rest = divmod(whole, 60)
    if not minutes:
        return f"{rest}秒"
    return f"{minutes}分{rest}秒" if rest else f"{minutes}分钟"


def facts_of(one: Rebuild, by: str, now: datetime) -> Iterator[tuple[str, Cell]]:
    """What its page says above the figures."""
    yield "状态", Cell(state=state(one, now))
    if said := how_far(one):
        yield "进度", Cell(said)
    yield "月份", Cell(f"{one.done}／{len(one.months)}")
    yield "已读办理底账", Cell(f"{grouped(one.facts_read)}条")
    yield "不一致并已更正", Cell(f"{grouped(one.count)}项")
    yield "发起人", Cell(by)
    yield "开始", time_cell(one.begun)
    if one.ended:
        yield "完成", Cell(f"{time_text(one.ended)}，用时{took_text((one.ended - one.begun).total_seconds())}")
    if one.altered:
        yield "与签发时不一致的文件", Cell("、".join(one.altered))


def measure_text(name: str, called: Mapping[str, str]) -> str:
    """按时办结率（总数）, 漏巡的地点（向阳村）: a counter by its measure and part."""
    if name in PROBLEMS:
        return PROBLEMS[name]
    measure, _, part = name.partition(".")
    zh = measure_named(measure).zh
    if not part:
        return zh
    if measure in OF_PLACES:
        return f"{zh}（{called.get(part, part)}）"
    if measure == "turn-work":
        return f"{zh}（{own().entry(Catalogue.WORK, part).name}）"
    return f"{zh}（{PARTS.get(part) or BUCKETS.get(part) or part}）"


def line(one: PutRight, called: Mapping[str, str]) -> tuple[Cell, ...]:
    """A figure in the list; what a fact counts as a place is named by its last part."""
    code = one.place.rpartition("/")[2]
    return (
        Cell(month_text(one.month) if one.month else NOTHING),
        Cell(called.get(code, code)),
        Cell(measure_text(one.measure, called)),
        number_cell(one.kept),
        number_cell(one.computed),
    )


def in_list(one: Rebuild, by: str, now: datetime) -> tuple[Cell, ...]:
    """A rebuild in the list of all."""
    return (
        Cell(time_text(one.begun), f"/feedback/rebuilds/{one.id}", value=one.begun),
        Cell(by),
        Cell(state=state(one, now), note=how_far(one)),
        number_cell(one.facts_read),
        number_cell(one.count),
        time_cell(one.ended) if one.ended else Cell(NOTHING),
    )
