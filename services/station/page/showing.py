"""What the local page shows, finished: states in words, tasks of the day, counts, how the line is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from services.station.desk import Desk
from services.station.line.replaced import is_shut_out
from services.station.line.sender import Condition
from services.station.line.troubles import Trouble
from services.station.outbox.notes import CLOCK, CONTACT, REPLACED, Notes
from services.station.outbox.rows import Saved, State
from services.station.page.forms import BY_TYPE
from shared.calendar import CHINA, china_day
from shared.pages.chinese import VERDICTS, day_text, since, time_text

WORDS = {
    State.PENDING: ("待发送", "warn"),
    State.DELIVERED: ("已送达", ""),
    State.ACCEPTED: (VERDICTS["accepted"], "good"),
    State.REFUSED: (VERDICTS["refused"], "bad"),
}
CLOCK_OFF = 60.0
"""Seconds of difference from which a person is told."""


@dataclass(frozen=True, slots=True)
class Level:
    """A word and its colour."""

    word: str
    level: str


@dataclass(frozen=True, slots=True)
class Record:
    """A line of 报送记录."""

    id: str
    name: str
    about: str
    happened: str
    saved: str
    state: Level
    reasons: str
    corrects: str
    correct_at: str
    """Where it may be corrected; empty when it may not."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is due, and whether it was reported from here."""

    name: str
    until: str
    url: str
    state: Level


def word(state: State) -> Level:
    """A state as a person reads it."""
    return Level(*WORDS[state])


def record(row: Saved, corrected: bool) -> Record:
    """A refused submission may be corrected once; its successor may be again."""
    form, may = BY_TYPE.get(row.type), row.state is State.REFUSED and not corrected
    return Record(
        id=row.id,
        name=form.title if form else row.type,
        about=row.headers["ce-subject"],
        happened=time_text(row.headers["ce-time"]),
        saved=time_text(row.saved_at),
        state=word(row.state),
        reasons="".join(reason["zh"] for reason in row.reasons),
        corrects=row.corrects,
        correct_at=f"/form/{form.key}?corrects={row.id}" if may and form else "",
    )


def line_state(condition: Condition) -> Level:
    """How the line is, in a word."""
    if condition.connected:
        return Level("线路畅通", "good")
    return Level("线路中断", "bad") if condition.trouble else Level("正在连接", "warn")


def tasks(desk: Desk, reported: Sequence[tuple[str, str, State]], today: date) -> list[Task]:
    """The day's; `reported` are plan, organisation and state of the patrols saved here today."""
    states = {(plan, about): state for plan, about, state in reported}
    lines = []
    for due in desk.due:
        state = states.get((due["plan"], due["organisation"]))
        elsewhere = bool(due.get("done")) and desk.day == today
        done = word(state) if state else Level("已报", "good") if elsewhere else Level("未报", "warn")
        query = urlencode({"plan": due["plan"], "about": due["organisation"]})
        lines.append(Task(due["name"], _until(due["until"], today), f"/form/patrol?{query}", done))
    return lines


def _until(text: str, today: date) -> str:
    """The time of day, with its day when that is another."""
    until = datetime.fromisoformat(text).astimezone(CHINA)
    return f"{until:%H:%M}" if until.date() == today else f"{until.month}月{until.day}日 {until:%H:%M}"


def remarks(desk: Desk, notes: Notes, condition: Condition, now: datetime) -> list[Level]:
    """What a person should know before anything else."""
    noted = []
    replaced = notes.read(REPLACED)
    if is_shut_out(condition) and replaced and replaced.value:
        since, words = day_text(china_day(datetime.fromisoformat(replaced.value))), Trouble("replaced").zh
        noted.append(Level(f"{since}起，{words.what}{words.do}", "bad"))
    elif condition.trouble:
        words = condition.trouble.zh
        noted.append(Level(f"{words.what}{words.do}填报不受影响，已保存的内容会自动报送。", "warn"))
    clock = notes.read(CLOCK)
    if clock and abs(clock.value) > CLOCK_OFF:
        noted.append(Level(f"本机时钟与县服务器相差{abs(clock.value) / 60:.0f}分钟，请校准后再填报。", "bad"))
    if desk.heard_at is None:
        noted.append(Level("尚未取得检查表和当日任务，可先用简易登记。", "warn"))
    elif desk.day and desk.day != china_day(now):
        noted.append(Level(f"当日任务为{day_text(desk.day)}的安排，线路恢复后自动更新。", "warn"))
    return noted


def heard(notes: Notes, desk: Desk, now: datetime) -> list[tuple[str, str]]:
    """When the county was last heard of."""
    contact = notes.read(CONTACT)
    return [
        ("最近联系", since(contact.heard_at if contact else None, now)),
        ("任务更新时间", time_text(desk.heard_at) if desk.heard_at else "从未"),
        ("任务日期", day_text(desk.day) if desk.day else "—"),
    ]


def state_json(counts: dict[State, int], rows: Sequence[Saved], condition: Condition) -> dict[str, Any]:
    """What the page's script writes into the page."""
    line = line_state(condition)
    return {
        "counts": {state.value: count for state, count in counts.items()},
        "line": {"word": line.word, "level": line.level},
        "states": {row.id: {"word": word(row.state).word, "level": word(row.state).level} for row in rows},
    }
