"""What a person reads of a group of alerts: how grave, what, since when, what to do, where. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.alerts.group import Alert, AlertGroup
from shared.dates import time_text
from shared.shown_pages import SHOWN

GRAVE = {"critical": "紧急", "warning": "注意", "info": "提示"}
RUNBOOKS = "deploy/runbooks"
TITLES = {
    at.stem: at.read_text(encoding="utf-8").partition("\n")[0].partition("：")[2]
    for at in (Path(__file__).parents[1] / "runbooks").glob("*.md")
}
"""What an alert is called in a few words, as the heading of its runbook says."""
SHOWN_AT_MOST = 5
"""Alerts of one kind that a message names one by one."""
PAGES = {page.name: f"/{service}/{page.path}" for service, pages in SHOWN.items() for page in pages}
QUOTED = re.compile("“([^”]+)”")
LASTED = re.compile(r"(?<![\w.])(?:(\d+)d )?(?:(\d+)h )?(?:(\d+)m )?([\d.]+)s(?!\w)", re.ASCII)
"""As Prometheus writes how long something has lasted."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A title, and lines below it."""

    title: str
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join((self.title, *self.lines))


@dataclass(frozen=True, slots=True)
class Places:
    """Where the county's pages are, and what to do about each alert is written."""

    pages: str = ""
    runbooks: str = ""


def notice(group: AlertGroup, places: Places) -> Notice:
    """What fires of a group, or that all of it is over; each kind with what to do, once."""
    standing = [one for one in group.alerts if one.status == group.status]
    kinds: dict[str, list[Alert]] = {}
    for one in standing:
        kinds.setdefault(one.name, []).append(one)
    lines = [line for alerts in kinds.values() for line in _kind(alerts, group, places)]
    return Notice(_title(standing, group), tuple(lines))


def _title(standing: Sequence[Alert], group: AlertGroup) -> str:
    grave = next((word for name, word in GRAVE.items() if any(one.severity == name for one in standing)), "提示")
    county, count = group.common_labels.get("county", ""), len(standing) + group.truncated_alerts
    of = f"联办（{county}）" if county else "联办"
    names = [*dict.fromkeys(TITLES.get(one.name, "其他告警") for one in standing)]
    many = f"，共{count}项" if count > 1 else ""
    return f"【{grave if group.status == 'firing' else '已恢复'}】{of}：{'、'.join(names)}{many}"


def _kind(alerts: Sequence[Alert], group: AlertGroup, places: Places) -> Iterator[str]:
    for one in alerts[:SHOWN_AT_MOST]:
        yield f"{in_words(one.annotations.get('summary') or one.name)}（{_when(one)}）"
    if (left := len(alerts) + group.truncated_alerts - SHOWN_AT_MOST) > 0:
        yield f"……另有{left}项相同的告警。"
    if group.status == "firing":
        yield from _what_to_do(alerts[0], places)


def _what_to_do(alert: Alert, places: Places) -> Iterator[str]:
    action = alert.annotations.get("action", "")
    if action:
        yield f"处理：{in_words(action)}"
    for page in dict.fromkeys(QUOTED.findall(action)):
        if page in PAGES and places.pages:
            yield f"页面：{page} {places.pages.rstrip('/')}{PAGES[page]}"
    if alert.name in TITLES:
        yield f"手册：{(places.runbooks or RUNBOOKS).rstrip('/')}/{alert.name}.md"


def _when(alert: Alert) -> str:
    since = time_text(alert.starts_at)
    return f"自{since}起" if alert.status == "firing" else f"{since}起，{time_text(alert.ends_at)}恢复"


def in_words(sentence: str) -> str:
    """1d 2h 30m 0s is 1天2小时: how long something lasted, by its two largest parts."""
    return LASTED.sub(lambda found: _lasted(*found.groups(default="0")), sentence)


def _lasted(*parts: str) -> str:
    said = [f"{part}{unit}" for part, unit in zip(parts, ("天", "小时", "分钟", "秒"), strict=True) if float(part)]
    return "".join(said[:2]) or "0秒"
