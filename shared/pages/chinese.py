"""How values read in a Chinese page: days and times of the county, time since, numbers, and the words for codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from shared.calendar import CHINA, OFFICE_HOURS
from shared.countys_own import own
from shared.dates import day_text as day_text
from shared.dates import month_text as month_text
from shared.dates import quarter_text as quarter_text
from shared.dates import time_text as time_text
from shared.events.photos import MOST_BYTES
from shared.events.reasonable import MOST_PERSONS
from shared.events.refusals import WORDS
from shared.events.vocabulary import MOST_PHOTOS, Catalogue
from shared.services import TABLE

NOTHING = "—"
PROVISIONAL = "（暂定）"
LARGEST_PHOTO = f"{MOST_BYTES // (1024 * 1024)}MB"
ONE_PHOTO = f"JPEG或者PNG格式，不超过{LARGEST_PHOTO}，一张"
PHOTOS = f"JPEG或者PNG格式，每张不超过{LARGEST_PHOTO}，最多{MOST_PHOTOS}张"
"""Which photos a form takes."""
NO_NAMES = "不填写姓名。"
CHOOSE_PERSON = "请在列出的人员中选择。"
"""What a `PersonId` is, to whoever entered something else."""
PERSONS_OF_ONE = f"企业每次填1，其他每次不超过{MOST_PERSONS}。"
AFTER_HOURS = f"延时服务是工作日{'、'.join(f'{b:%H:%M}至{e:%H:%M}' for b, e in OFFICE_HOURS)}以外的服务。"
FEE_STANDARD = "不超过服务指南公布的收费标准；没有公布标准的，填0。"
"""Within what the green channel's figures are taken, beside their fields."""

KINDS = WORDS["kind"]
HALLS = {"hall": "政务服务大厅", "branch-hall": "分厅"}
PATROLS = WORDS["patrol"]
CHECKS = {"self-check": "自查", "patrol": "巡查", "spot-check": "抽查"}
INSPECTORS = {"self": "本单位", "above": "上级", "office": "大厅", "camera": "电子监察"}
LOOKING = {"no": "现场查看", "yes": "通过电子监察查看"}
SEVERITIES = {"minor": "一般", "major": "较重"}
MARKS = {"100": "符合", "50": "部分符合", "0": "不符合"}
"""What a person on the spot may say of an item: in full, by half or not at all."""
VERDICTS = {"accepted": "已受理", "refused": "退回更正"}
SERVICES = {one.name: one.chinese for one in TABLE}
CLIENTS = {"enterprise": "企业", "vulnerable": "特殊群体"}
CLIENT_UNITS = {"enterprise": "次", "vulnerable": "人次"}
MODES = {"appointment": "预约", "after-hours": "延时", "on-site": "上门", "agency": "代办"}
INCIDENTS = WORDS["matter"]
CERTIFICATES = {"first-aid": "应急救护证书"}
"""What people have gained so far."""

NOT_TAKEN = {
    400: (
        "提交的内容无法读取",
        "一次选择的照片过多，或者某一项文字过长，本次内容没有收到。请返回上一页，减少照片、精简文字后重新提交。",
    ),
    405: ("不能这样办理", "这一页不接受此种操作。请从上方栏目重新进入。"),
    413: ("提交的内容过大", "照片和文字合计过大，本次内容没有收到。请返回上一页，减少或者压缩照片后重新提交。"),
}
"""Of what was sent and not even read: title and what to do, by status; at the county and at a station."""


def clock_text(time: datetime) -> str:
    """14:05 in the county's time."""
    return f"{time.astimezone(CHINA):%H:%M}"


def second_text(time: datetime) -> str:
    """14:05:09 in the county's time, where a minute does not tell apart."""
    return f"{time.astimezone(CHINA):%H:%M:%S}"


def due_text(day: date, provisional: bool) -> str:
    """2027年3月5日（暂定）, when it leans on a year whose notice is not known."""
    return day_text(day) + (PROVISIONAL if provisional else "")


def limit_text(days: int) -> str:
    """A limit in working days; one of 0 ends on the day it began."""
    return f"{days}个工作日" if days else "当日办结"


DAY = 86400
STEPS = ((60, 1, "秒"), (3600, 60, "分钟"), (DAY, 3600, "小时"), (30 * DAY, DAY, "天"), (365 * DAY, 30 * DAY, "个月"))
"""Below so many seconds, so many make one of the unit."""
AHEAD = 120
"""Seconds by which a clock may be behind another without a word."""


def since(then: datetime | None, now: datetime) -> str:
    """How long ago something was: 刚刚, 3小时前, 2天前; 从未 when it never was, its time when that has not come yet."""
    if then is None:
        return "从未"
    seconds = int((now - then).total_seconds())
    if seconds < -AHEAD:
        return time_text(then)
    if seconds < 10:
        return "刚刚"
    for below, one, unit in STEPS:
        if seconds < below:
            return f"{seconds // one}{unit}前"
    return f"{seconds // (365 * DAY)}年前"


def span_text(seconds: float) -> str:
    """How far apart two clocks are: 10分钟, from two hours on 24小时, from two days on 3天."""
    for above, one, unit in ((2 * DAY, DAY, "天"), (7200, 3600, "小时")):
        if seconds >= above:
            return f"{seconds / one:.0f}{unit}"
    return f"{seconds / 60:.0f}分钟"


def grouped(number: float) -> str:
    """34,500; a broken number with two decimals."""
    return f"{number:,}" if isinstance(number, int) else f"{number:,.2f}"


def percent(part: float | None) -> str:
    """0.9053 is 90.5%; rounded down at the top, so that 100% means all."""
    if part is None:
        return NOTHING
    shown = f"{part * 100:.1f}"
    return "99.9%" if shown == "100.0" and part < 1 else f"{shown}%"


def size(number: int) -> str:
    """Bytes as people read them."""
    amount = float(number)
    for unit in ("B", "KB", "MB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}" if unit == "B" else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} GB"


def work_text(work: Mapping[str, Any]) -> str:
    """What was done in a turn, as the county calls it: 配发宣传条幅106条、上门服务老人26次."""
    listed, counted = own(), Counter[tuple[str, str]]()
    for slug in sorted(work):
        entry = listed.entry(Catalogue.WORK, slug)
        counted[entry.name, entry.unit] += work[slug]
    return "、".join(f"{name}{grouped(count)}{unit}" for (name, unit), count in counted.items())
