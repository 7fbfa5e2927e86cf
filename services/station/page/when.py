"""When it happened, as a form says it: what cannot be is said at once, what is doubtful is asked about.

The county's time was heard with every contact: a PC whose clock is behind the last of them has been set back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from services.station.outbox.notes import CLOCK, CONTACT, Notes
from shared.calendar import china_day
from shared.events.refusals import reason
from shared.forms import Entered, Wrong
from shared.forms.entered import WHEN
from shared.forms.questions import NO, YES, Question, is_left_open, left_open
from shared.forms.tickets import as_entered
from shared.pages.chinese import day_text, time_text

SLACK = timedelta(minutes=2)
"""A difference of clocks that nobody is asked about."""
LONGEST = timedelta(days=400)
"""For which a station may not have been heard of."""
LONG_AGO = timedelta(days=60)
"""What happened longer ago is rarely reported, and a year is easily mistyped."""
TOO_OLD = "too-old"
CHANGE = "请改正“发生时间”。"
FIELD = "“发生时间”"


@dataclass(frozen=True, slots=True)
class Clocks:
    """What this PC's clock says, and the county's time at the last contact, as far as there was one."""

    here: datetime
    contact: datetime | None = None
    ahead: float = 0.0
    """Seconds by which the county's clock was ahead then."""

    @property
    def is_set_back(self) -> bool:
        """Whether the county was heard of at a time that this PC has not reached yet."""
        return self.contact is not None and self.here + SLACK < self.contact

    @property
    def latest(self) -> datetime:
        """What has not happened yet by any of the clocks is later; how late it is nobody knows by one set back."""
        if self.contact is not None and self.is_set_back:
            return self.contact + LONGEST
        return self.here + timedelta(seconds=max(self.ahead, 0.0))


def clocks(notes: Notes, here: datetime) -> Clocks:
    """As they are known."""
    contact, clock = notes.read(CONTACT), notes.read(CLOCK)
    ahead = float(clock.value) if clock else 0.0
    return Clocks(here, contact.heard_at + timedelta(seconds=ahead) if contact else None, ahead)


Doubt = Wrong | Question | None


def doubt(entered: Entered, happened: datetime, known: Clocks, oldest_days: int | None = None) -> Doubt:
    """The first of what is wrong with the time, or to be asked about it; nothing where it was answered.

    What is older than `oldest_days` is not this station's to tell.
    """
    if known.is_set_back:
        return _set_back(entered, happened, known)
    if oldest_days is not None and known.latest - happened > timedelta(days=oldest_days):
        return Wrong(reason(TOO_OLD, days=oldest_days)["zh"], WHEN)
    if _is_left_open(entered, known.here):
        return _left_open(entered, known.here)
    return _long_ago(entered, happened, known.here)


def _set_back(entered: Entered, happened: datetime, known: Clocks) -> Doubt:
    """Whoever has looked at it knows better than the clock."""
    if known.contact is None or happened >= known.contact or entered.answers.get("clock") == YES:
        return None
    if entered.answers.get("clock") == NO:
        return Wrong(CHANGE, WHEN)
    heard = time_text(known.contact)
    sentence = (
        f"本机日期是{time_text(known.here)}，而{heard}已与县服务器联系过，本机日期可能不对。"
        f"请核对本机日期和{FIELD}（{time_text(happened)}）。"
    )
    return Question("clock", sentence, {YES: "已核对，发生时间无误", NO: "发生时间有误，我来改正"})


def _is_left_open(entered: Entered, here: datetime) -> bool:
    """Whether the form was opened on another day and its time was left as it stood."""
    is_untouched = entered.values.get(WHEN) == as_entered(entered.ticket.time)
    return is_untouched and not entered.corrects and is_left_open(datetime.fromisoformat(entered.ticket.time), here)


def _left_open(entered: Entered, here: datetime) -> Doubt:
    is_answered = entered.answers.get("opened") == YES
    return None if is_answered else left_open(datetime.fromisoformat(entered.ticket.time), here)


def _long_ago(entered: Entered, happened: datetime, here: datetime) -> Doubt:
    if entered.corrects or here - happened <= LONG_AGO or entered.answers.get("long-ago") == YES:
        return None
    if entered.answers.get("long-ago") == NO:
        return Wrong(CHANGE, WHEN)
    day, days = day_text(china_day(happened)), (china_day(here) - china_day(happened)).days
    sentence = f"{FIELD}是{day}，距今已有{days}天，年份和日期都对吗？"
    return Question("long-ago", sentence, {YES: "对，无误", NO: "有误，我来改正"})
