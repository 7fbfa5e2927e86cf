"""What a form asks before it is taken, because only a person knows: whether the same once more is another act."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from shared.calendar import CHINA, china_day
from shared.dates import time_text

ANSWER = "answer-"
"""Before the name of a question, the name of the field in which its answer comes."""
WITHIN = timedelta(minutes=10)
"""The same said again within so long may be the same act."""
AWHILE = timedelta(hours=1)
"""For which a form is filled in without having been left open, also over midnight."""
YES, NO = "yes", "no"


class Question(NamedTuple):
    """A sentence to be answered by one of these choices before the form is taken."""

    name: str
    sentence: str
    choices: Mapping[str, str]

    @property
    def field(self) -> str:
        """The name of its field."""
        return f"{ANSWER}{self.name}"


class Act(NamedTuple):
    """Something reported: under which id, when it happened, and when it was sent or saved."""

    id: str
    happened: datetime
    sent: datetime


def is_same_act(earlier: Act, happened: datetime, now: datetime) -> bool:
    """Whether what was said in the same words may be the same act: it happened, or is said, within minutes of it."""
    is_said_again = now - earlier.sent <= WITHIN and abs(now - happened) <= WITHIN
    return abs(happened - earlier.happened) <= WITHIN or is_said_again


def another(title: str, earlier: Act, clock: str) -> Question:
    """`clock` is when the earlier was sent, as a person reads it."""
    sentence = f"{clock}已登记过一次内容相同的“{title}”，现在是另一次吗？"
    return Question("another", sentence, {YES: "是，另一次", NO: "不是，不再登记"})


def is_left_open(opened: datetime, now: datetime) -> bool:
    """Whether a form was opened on a day before, and not only just before midnight."""
    return china_day(opened) < china_day(now) and now - opened > AWHILE


def left_open(opened: datetime, now: datetime) -> Question:
    """The choice of now is this minute itself: however often it is sent, it stays the same."""
    minute = now.astimezone(CHINA)
    choices = {YES: "是，那时发生", f"{minute:%Y-%m-%dT%H:%M}": f"不是，今天{minute:%H:%M}发生"}
    return Question("opened", f"本表是{time_text(opened)}打开的，所报的事是那时发生的吗？", choices)


def chosen_time(answer: str) -> str:
    """The minute that was chosen in place of the opening; empty when there is none."""
    return answer if answer not in ("", YES) else ""
