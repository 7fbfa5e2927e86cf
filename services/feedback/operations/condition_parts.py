"""What each part of the system is said to be: its state, its numbers, what to do next. Pure; `condition` reads it.

What anybody reads says whom to tell; what only an administrator can use is the `detail`, which stands folded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.feedback.operations.backups import BEHIND, OLD, Backup
from services.feedback.operations.books import Comparison
from shared.asks.photos import PhotosWaiting
from shared.bus.streams import BATCH, DEAD, Stream, Subscription
from shared.pages.apart import WHY
from shared.pages.chinese import NOTHING, SERVICES, day_text, grouped, month_text, size, span_text, time_text
from shared.pages.words import ShownState

ASK = "请联系系统管理员。"
DIFFERS = f"汇总与办理底账不一致，请暂勿印发报告。刷新后仍不一致的，{ASK}"
AWAY = f"{ASK}期间的报送由各站点暂存，恢复后自动续办。"
DATABASE_AWAY = f"{ASK}已收到的报送不会丢失，恢复后自动续办。"
NO_ANSWER = f"系统连接正常而仍查不到的，{ASK}"
NONE = "无须处理"
BOOKS = "底账核对"
HOW_MISSING = "执行 make retell，各服务重新告知全部已办事项，已有的不会重复计算；十分钟后重新核对。"
HOW_UNFOUNDED = (
    "经办服务的数据库可能是从较早的备份恢复的：请查明，有较晚备份的，恢复后再核对；没有的，请有关站点重新报送。"
)
FULL = 0.7
"""Share of a stream's bytes from which on somebody has to act."""
STREAM_NAMES = {
    "SUBMISSIONS": "待办报送",
    "FACTS": "已办事项",
    "VERDICTS": "办理结果",
    "DEAD": "待人工处理的报送",
    "KV_roster": "机构名册",
    "KV_people": "人员名册",
    "KV_sessions": "退出登录记录",
    "KV_tokens_used": "程序口令使用日期",
    "PHOTOS": "待收照片",
    "AUDIT": "待存审计记录",
}
WORK = {"submissions": "受理报送", "facts": "汇集已办事项", "photos": "接收照片", "audit": "保存审计记录"}
"""What a consumer does, by the last part of its name."""
PHOTOS = f"{SERVICES['inspection']}：检查照片"
LONG = 1800.0
"""Seconds after which a photo that waits raises an alert too."""


GOOD = ShownState("正常", "good")
WORKING = ShownState("办理中", "warn")
BAD = ShownState("异常", "bad")
UNKNOWN = ShownState("无法查询", "bad")
APART = ShownState("数据不符", "bad")
NEVER, LATE = ShownState("尚未备份", ""), ShownState("过期", "warn")
BACKUP = "数据备份"
HOW_SAVED = "请执行 lianban backup --to 文件夹，并设为每晚定时执行；设了的，查看定时任务的日志。"
PARTS = "增量备份"
HOW_FOLLOWED = "请执行 lianban backup --since-last --to 文件夹，按它说的原因处理。"
HOW_APART = "总线与数据库不是同一时刻的数据：请查明是否从备份恢复、更换了磁盘，再执行 make adopt 查看说明。"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the system, its state, its numbers, and what to do next."""

    name: str
    state: ShownState
    numbers: tuple[str, ...]
    advice: str
    detail: str = ""


def servers(ready: Mapping[str, bool]) -> tuple[Part, ...]:
    """Bus and database."""
    return (
        _server("系统连接", ready["bus"], AWAY, "nats-server 没有应答：请检查其是否运行、网络是否通畅。"),
        _server("数据库", ready["database"], DATABASE_AWAY, "mongod 没有应答：请检查其是否运行、磁盘是否已满。"),
    )


def saved(backup: Backup | None, now: datetime) -> Part:
    """How old the newest is and how large; one that is older than a night and some hours wants somebody."""
    if backup is None:
        return Part(BACKUP, NEVER, (NOTHING,), ASK, HOW_SAVED)
    age, detail = now - backup.moment, f"文件 {backup.place}。" if backup.place else ""
    numbers = (size(backup.size) if backup.size else NOTHING,)
    if age > OLD:
        advice = f"已有{span_text(age.total_seconds())}没有备份。{ASK}"
        return Part(BACKUP, LATE, numbers, advice, f"{detail}{HOW_SAVED}")
    return Part(BACKUP, GOOD, numbers, f"{time_text(backup.moment.isoformat())}备份，{NONE}。", detail)


def followed_on(reached: Backup | None, now: datetime) -> tuple[Part, ...]:
    """Up to when all is saved, in a county that saves what came since its last backup."""
    if reached is None:
        return ()
    at = time_text(reached.moment.isoformat())
    if (behind := now - reached.moment) > BEHIND:
        said = f"已停{span_text(behind.total_seconds())}，其后办理的尚未备份。{ASK}"
        return (Part(PARTS, LATE, (NOTHING,), said, HOW_FOLLOWED),)
    return (Part(PARTS, GOOD, (NOTHING,), f"已备份到{at}，{NONE}。"),)


def fitting(apart: Mapping[str, str]) -> tuple[Part, ...]:
    """One for each subscription that decides nothing because bus and database do not stem from one moment."""
    return tuple(
        Part(_consumer_name(name), APART, ("已停止办理",), f"{WHY[why]}。报送由总线保存，{ASK}", HOW_APART)
        for name, why in sorted(apart.items())
    )


def ledgers(found: Comparison | None) -> tuple[Part, ...]:
    """Whether feedback has every fact that the services tell, and no other; nothing before it was compared."""
    if found is None:
        return ()
    lacks, beyond = (_in_words(one) for one in (found.missing, found.unfounded))
    if not lacks and not beyond:
        return (Part(BOOKS, GOOD, (f"{grouped(found.facts)}项相符",), f"{time_text(found.at)}核对，无须处理。"),)
    said = "；".join((*(f"缺{one}" for one in lacks), *(f"多{one}" for one in beyond)))
    detail = HOW_MISSING if lacks else HOW_UNFOUNDED
    return (Part(BOOKS, APART, (said,), f"{time_text(found.at)}核对，考核反馈的底账与经办服务不一致。{ASK}", detail),)


def _in_words(found: Mapping[str, Mapping[str, int]]) -> list[str]:
    return [f"{SERVICES[one]}{grouped(n)}项" for one, by_type in found.items() if (n := sum(by_type.values()))]


def _server(name: str, answers: bool, advice: str, detail: str) -> Part:
    return Part(name, GOOD, ("有应答",), NONE) if answers else Part(name, BAD, ("没有应答",), advice, detail)


def _consumer_name(name: str) -> str:
    service, what = name.rsplit("-", 1)
    return f"{SERVICES[service]}：{WORK[what]}"


def consumer(of: Subscription, info: Mapping[str, Any] | None) -> Part:
    """A backlog is work under way; only a consumer that cannot be asked is wrong."""
    name = _consumer_name(of.name)
    if info is None:
        detail = f"查不到队列 {of.name}（数据流 {of.stream}）：重新运行 deploy.setup（make run 会自动运行）后恢复。"
        return Part(name, UNKNOWN, (NOTHING, NOTHING), NO_ANSWER, detail)
    waiting, taken = info["num_pending"], info["num_ack_pending"]
    if waiting + taken == 0:
        return Part(name, GOOD, ("0", "0"), NONE)
    advice = "正在办理，无须处理。" if waiting <= BATCH else f"请稍后刷新；数字不减少的，{ASK}"
    return Part(name, WORKING, (grouped(waiting), grouped(taken)), advice, f"队列 {of.name}")


def photos(unjudged: PhotosWaiting | None, now: datetime) -> Part:
    """Those that were taken in and wait to be looked at, one at a time; one that waits for long is wrong."""
    if unjudged is None:
        return Part(PHOTOS, UNKNOWN, (NOTHING, NOTHING), NO_ANSWER, "inspection没有应答：请检查其是否运行。")
    if not unjudged.waiting:
        return Part(PHOTOS, GOOD, ("0", NOTHING), _due(unjudged))
    waited = (now - unjudged.since).total_seconds() if unjudged.since else 0.0
    numbers, oldest = (grouped(unjudged.waiting), NOTHING), f"最早一张已等待{span_text(waited)}。"
    if waited > LONG:
        return Part(PHOTOS, BAD, numbers, f"{oldest}{ASK}", "请查看该服务的日志；照片保存7天，恢复后自动继续检查。")
    return Part(PHOTOS, WORKING, numbers, f"{oldest}正在依次检查，无须处理。")


def _due(photos: PhotosWaiting) -> str:
    """What is about to be cleared, so that somebody may still look."""
    if not photos.due or photos.due_on is None:
        return NONE
    begins = day_text(photos.due_on)
    return f"{grouped(photos.due)}张照片保管期限将满，{begins}起清理（未销号问题的照片除外）；需要留存的请先下载。"


def stream(of: Stream, info: Mapping[str, Any] | None, waiting: int = 0) -> Part:
    """A stream that nears its limit would refuse new messages; dead letters that are `waiting` want somebody."""
    name = STREAM_NAMES[of.name]
    if info is None:
        numbers = (NOTHING, NOTHING, size(of.max_bytes), NOTHING)
        return Part(name, UNKNOWN, numbers, NO_ANSWER, f"查不到数据流 {of.name}。")
    messages, kept, most = info["state"]["messages"], info["state"]["bytes"], of.room(info["config"])
    share = kept / most
    numbers = (grouped(messages), size(kept), size(most), f"{share * 100:.1f}%")
    if share >= FULL:
        return Part(name, BAD, numbers, *_filling(of))
    if of.name == DEAD.name and waiting:
        return Part(name, ShownState(f"{grouped(waiting)}件待处理", "warn"), numbers, "请到“待人工处理”栏目办理。")
    return Part(name, GOOD, numbers, NONE)


def _filling(of: Stream) -> tuple[str, str]:
    """Advice, and detail for an administrator: what has no limit is refused nobody, but fills the disk."""
    if of.is_limited:
        detail = f"数据流 {of.name} 将满：请把设置 BUS_ROOM 改大（例如加倍），再执行 make up 或者 make run。"
        return f"存储空间将满，满后将拒收新的报送。{ASK}", detail
    detail = f"数据流 {of.name} 没有容量上限：请查明哪项服务停止办理，并检查 nats-server 所用磁盘的剩余空间。"
    return f"积压过多，磁盘写满后将拒收新的报送。{ASK}", detail


def check(differing: Mapping[str, int] | None) -> tuple[Part, ...]:
    """Month by month, how many documents differ from their facts."""
    if differing is None:
        return (Part("账实核对", UNKNOWN, (NOTHING,), "数据库恢复后再核对。"),)
    return tuple(_month(month, count) for month, count in sorted(differing.items(), reverse=True))


def _month(month: str, count: int) -> Part:
    name = month_text(month)
    if not count:
        return Part(name, GOOD, ("0",), NONE)
    return Part(name, BAD, (grouped(count),), DIFFERS)
