"""`lianban check`: whether the county is well, a line each with what to do, or all of it as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from deploy.commands.looked import Looked, Sample, looked
from deploy.commands.speaker import Speaking
from deploy.up.findings import CheckLine, Level
from services.feedback.operations.backups import BEHIND, OLD
from shared.calendar import CHINA, china_day
from shared.pages.chinese import SERVICES, day_text, size, span_text, time_text

LONG = 120.0
"""Seconds that a message may wait before somebody looks."""
LITTLE = 2_000_000_000
"""Bytes free on the disk of a server."""
PARTS = {"bus": "总线", "database": "数据库", "deciding": "办理进程"}
WAITS = "请稍候再查；几分钟后仍如此的，请查看该服务日志（lianban support-bundle）。"


def check(speaking: Speaking, as_json: bool) -> int:
    """The exit status: 1 where something does not work."""
    found = looked(speaking().services)
    lines = [*of_services(found), *of_county(found, datetime.now(UTC))]
    is_well = all(one.level is not Level.STOPS for one in lines)
    if as_json:
        said = [{"level": one.level.name.lower(), "what": one.what, "do": one.do} for one in lines]
        print(json.dumps({"well": is_well, "lines": said, "versions": versions(found)}, ensure_ascii=False, indent=1))
    else:
        print("\n".join(map(str, lines)))
    return int(not is_well)


def versions(found: Sequence[Looked]) -> dict[str, str]:
    """What runs, by service."""
    built = [one for each in found for one in each.samples("lianban_build_info")]
    return {one.labels["service"]: f"{one.labels['version']}-{one.labels['revision']}" for one in built}


def of_services(found: Sequence[Looked]) -> Iterator[CheckLine]:
    """Whether each answers and has all that it needs, and whether all are of one release."""
    run = versions(found)
    for one in found:
        called = SERVICES[one.service]
        if one.ready is None:
            yield CheckLine(Level.STOPS, f"{called}服务没有应答 It does not answer", WAITS)
        elif away := [PARTS.get(part, part) for part, is_there in one.ready.items() if not is_there]:
            yield CheckLine(Level.STOPS, f"{called}服务连接不上{'、'.join(away)} Not ready", WAITS)
        else:
            yield CheckLine(Level.FINE, f"{called}服务 {run.get(one.service, '')}")
    if len(set(run.values())) > 1:
        yield CheckLine(Level.MIND, "各服务版本不一致 Services of several releases", "请重新执行 make up 或 make run。")


def of_county(found: Sequence[Looked], now: datetime) -> Iterator[CheckLine]:
    """What the services have found out about themselves; of what nobody has looked at yet nothing is said."""
    if any(one.value for one in _all(found, "lianban_apart")):
        yield CheckLine(Level.STOPS, "总线与数据库不是同一时刻的数据 They do not fit", "请执行 lianban adopt。")
    for name, what, todo in WRONG:
        if count := int(sum(one.value for one in _all(found, name))):
            yield CheckLine(Level.STOPS, what.format(count), todo)
    if count := int(max((one.value for one in _all(found, "lianban_dead_letters_waiting")), default=0)):
        yield CheckLine(Level.MIND, f"待人工处理的报送{count}件 Dead letters wait", "请执行 lianban letters list。")
    if (oldest := max((one.value for one in _all(found, OLDEST)), default=0.0)) > LONG:
        yield CheckLine(Level.MIND, f"最早的报送已等待{span_text(oldest)} Messages wait", WAITS)
    for disk in _all(found, "lianban_disk_available_bytes"):
        if disk.value < LITTLE:
            yield CheckLine(Level.MIND, f"磁盘仅剩{size(int(disk.value))} Nearly full", "请扩大磁盘或者清理。")
    yield _backed_up(found, now)
    yield from _followed_on(found, now)


def _backed_up(found: Sequence[Looked], now: datetime) -> CheckLine:
    newest = max((one.value for one in _all(found, "lianban_backup_timestamp_seconds")), default=0.0)
    if not newest:
        return CheckLine(Level.MIND, "还没有备份 It was never saved", HOW)
    at = datetime.fromtimestamp(newest, UTC)
    level = Level.MIND if now - at > OLD else Level.FINE
    return CheckLine(
        level, f"最近的备份：{day_text(china_day(at))} The newest backup", HOW if level is Level.MIND else ""
    )


def _followed_on(found: Sequence[Looked], now: datetime) -> Iterator[CheckLine]:
    """In a county that saves what came since its last backup."""
    reached = max((one.value for one in _all(found, "lianban_backup_reaches_timestamp_seconds")), default=0.0)
    if reached > 0:
        behind, at = now.timestamp() - reached, datetime.fromtimestamp(reached, CHINA)
        level = Level.MIND if behind > BEHIND.total_seconds() else Level.FINE
        how = "请执行 lianban backup --since-last --to 文件夹，按它说的原因处理。" if level is Level.MIND else ""
        yield CheckLine(level, f"增量备份到{time_text(at.isoformat())} Saved up to then", how)


def _all(found: Sequence[Looked], name: str) -> list[Sample]:
    return [one for each in found for one in each.samples(name)]


OLDEST = "lianban_consumer_oldest_pending_seconds"
HOW = "请执行 lianban backup --to 文件夹，并设为每晚定时执行。"
WRONG = (
    (
        "lianban_differences",
        "各月汇总与办理底账有{}处不一致 They differ",
        "请执行 lianban rebuild。",
    ),
    (
        "lianban_facts_missing",
        "考核反馈缺少已办事项{}项 Facts are missing",
        "请执行 lianban retell，已有的不会重复计算。",
    ),
    (
        "lianban_facts_unfounded",
        "考核反馈有{}项在经办服务的底账中没有 Facts of no ledger",
        "请查明是否有服务的数据库从较早的备份恢复（deploy/runbooks/LianbanFactsUnfounded.md）。",
    ),
    (
        "lianban_reports_altered",
        "已签发文件{}份与签发时不一致 Altered",
        "请立即查明原因，不要再印发。",
    ),
)
