"""What the local page shows, finished: states in words, tasks of the day, counts, how the line is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.station.desk import Desk
from services.station.folder import Hub
from services.station.line.replaced import is_shut_out
from services.station.line.sender import Condition
from services.station.line.troubles import SENTENCES, Trouble
from services.station.outbox.notes import CLOCK, CONTACT, REPLACED, Notes
from services.station.outbox.outbox import Outbox
from services.station.outbox.rows import Saved, State
from services.station.page.forms import BY_TYPE
from services.station.page.listing import OPEN_REFUSALS
from services.station.page.putting_right import Ways, is_withdrawal, replaced_by, ways
from services.station.page.when import clocks
from shared.calendar import china_day
from shared.pages.chinese import VERDICTS, day_text, since, span_text, time_text

WORDS = {
    State.PENDING: ("待发送", "warn"),
    State.DELIVERED: ("已送达", ""),
    State.ACCEPTED: (VERDICTS["accepted"], "good"),
    State.REFUSED: (VERDICTS["refused"], "bad"),
}
SENT_LATER = "已保存的内容会自动报送"
MOST_SHOWN = 200
"""Records whose state a page asks for at a time."""
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
    ways: Ways


@dataclass(frozen=True, slots=True)
class Counted:
    """How many are in a state; `url` lists them."""

    key: str
    state: Level
    count: int
    url: str


def word(state: State) -> Level:
    """A state as a person reads it."""
    return Level(*WORDS[state])


def record(row: Saved, outbox: Outbox, hub: Hub, today: date) -> Record:
    """One that another has taken the place of says so; what was refused and sent again stays refused."""
    form, after = BY_TYPE.get(row.type), replaced_by(outbox, row.id) if row.state is State.ACCEPTED else None
    is_replaced = after is not None and after.state is State.ACCEPTED
    return Record(
        id=row.id,
        name=form.title if form else row.type,
        about=hub.called(row.headers["ce-subject"]),
        happened=time_text(row.headers["ce-time"]),
        saved=time_text(row.saved_at),
        state=Level("已撤回" if is_withdrawal(after) else "已更正", "") if after and is_replaced else word(row.state),
        reasons="".join(reason["zh"] for reason in row.reasons),
        ways=ways(row, outbox, today),
    )


def line_state(condition: Condition) -> Level:
    """How the line is, in a word."""
    if condition.connected:
        return Level("线路畅通", "good")
    return Level("线路中断", "bad") if condition.trouble else Level("正在连接", "warn")


def counts(outbox: Outbox) -> list[Counted]:
    """How many are in each state; a refusal that was corrected waits for nobody any more."""
    found = outbox.counts() | {State.REFUSED: outbox.how_many(OPEN_REFUSALS)}
    return [Counted(state.value, word(state), count, f"/sent?state={state.value}") for state, count in found.items()]


SAVED = {
    "1": "已保存。线路畅通时随即报送，没有线路时自动等待，无须再次填写。",
    "before": "这张表{clock}已经保存，没有重复登记。需要再登记一件的，请从首页重新填写。",
    "same": "没有另行登记，{clock}登记的就是这一件。",
}


def saved(how: str, state: State, clock: str) -> str:
    """What is said above a record that a form led to; a refusal speaks for itself."""
    return "" if state is State.REFUSED else SAVED.get(how, "").format(clock=clock)


YES = "yes "
"""Before the time of day at which the county answered."""


def refreshed(how: str) -> Level | None:
    """What became of asking the county for the day's work."""
    if how.startswith(YES):
        return Level(f"{how.removeprefix(YES)}已从县服务器更新。", "good")
    return Level("".join(SENTENCES[how][0]), "warn") if how in SENTENCES else None


def no_tasks(desk: Desk, today: date) -> str:
    """Why no task is shown: an empty list is not an unknown one."""
    if desk.day is None:
        return "尚未从县服务器取得任务；需要时可直接填报。"
    if desk.day != today:
        return f"今天的任务尚未取得，最近一次是{day_text(desk.day)}的；需要时可直接填报。"
    return "今天没有安排巡查任务。" if desk.working_day else "今天不是工作日，没有安排巡查任务。"


def remarks(desk: Desk, notes: Notes, condition: Condition, now: datetime) -> list[Level]:
    """What a person should know before anything else."""
    noted = []
    replaced = notes.read(REPLACED)
    if is_shut_out(condition) and replaced and replaced.value:
        since, words = day_text(china_day(datetime.fromisoformat(replaced.value))), Trouble("replaced").zh
        noted.append(Level(f"{since}起，{words.what}{words.do}", "bad"))
    elif condition.trouble:
        words = condition.trouble.zh
        kept = "填报不受影响。" if SENT_LATER in words.do else f"填报不受影响，{SENT_LATER}。"
        noted.append(Level(f"{words.what}{words.do}{kept}", "warn"))
    clock, known = notes.read(CLOCK), clocks(notes, now)
    if known.is_set_back and known.contact:
        heard = time_text(known.contact)
        noted.append(Level(f"本机时间是{time_text(now)}，而{heard}已与县服务器联系过。请校准本机日期后再填报。", "bad"))
    elif clock and abs(clock.value) > CLOCK_OFF:
        noted.append(Level(f"本机时钟与县服务器相差{span_text(abs(clock.value))}，请校准后再填报。", "bad"))
    if desk.heard_at is None:
        noted.append(Level("尚未取得检查表和当日任务，可先用简易登记。", "warn"))
    elif desk.day and desk.day != china_day(now):
        how = "请点“更新任务”" if condition.connected else "线路恢复后自动更新"
        noted.append(Level(f"当日任务为{day_text(desk.day)}的安排，{how}。", "warn"))
    return noted


def heard(notes: Notes, desk: Desk, now: datetime) -> list[tuple[str, str]]:
    """When the county was last heard of."""
    contact = notes.read(CONTACT)
    return [
        ("最近联系", since(contact.heard_at if contact else None, now)),
        ("任务更新时间", time_text(desk.heard_at) if desk.heard_at else "从未"),
        ("任务日期", day_text(desk.day) if desk.day else "—"),
    ]
