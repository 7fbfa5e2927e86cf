"""The forms by which the committee marks a window for a quarter that is over, and takes a mark back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.inspection.excellence.model.excellence import ExcellenceMark
from services.inspection.excellence.rules.excellence import quarter_of, too_low
from shared.calendar import china_day
from shared.dates import quarter_text
from shared.events.inspection import FourScores, GrantExcellenceMark, WithdrawExcellenceMark
from shared.events.reasonable import Unreasonable
from shared.forms import Field, Form, Kind

QUARTERS = 8
"""That are offered: those over last."""
FOUR = {"environment": "环境", "service": "服务", "management": "管理", "integrity": "廉洁"}


@dataclass(frozen=True, slots=True)
class Marking:
    """Quarters that are over and have no mark that stands, those whose mark does, and who serves there, by name."""

    open: Mapping[str, str] = field(default_factory=dict)
    standing: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def marking(marks: Sequence[ExcellenceMark], today: date) -> Marking:
    """The last quarter first."""
    stands = sorted((one.quarter for one in marks if one.stands), reverse=True)
    over = [one for one in quarters_before(today) if one not in stands]
    return Marking({one: quarter_text(one) for one in over}, {one: quarter_text(one) for one in stands})


def quarters_before(today: date) -> list[str]:
    """The last that are over, the newest first."""
    year, number = today.year, (today.month + 2) // 3
    counted = [year * 4 + number - 1 - n for n in range(1, QUARTERS + 1)]
    return [f"{n // 4}-Q{n % 4 + 1}" for n in counted]


def _unfit(_: Any, asked: GrantExcellenceMark, happened: datetime) -> Unreasonable | None:
    """All four are excellent, and the quarter is over."""
    if quarter_of(china_day(happened)) <= asked.quarter:
        return Unreasonable("quarter", "quarter-not-over", {"quarter": asked.quarter})
    no = too_low(asked.scores)
    return Unreasonable(f"scores.{_lowest(asked.scores)}", no.slug, no.details) if no else None


def _lowest(scores: FourScores) -> str:
    return min(FOUR, key=lambda name: getattr(scores, name))


MARK = Form(
    GrantExcellenceMark,
    "mark",
    "评定四优窗口",
    "评定",
    (
        Field("quarter", "季度", Kind.CHOICE, lambda known: known.open if known else {}),
        *(Field(f"scores.{one}", f"{called}得分", Kind.HUNDREDTHS, unit="分") for one, called in FOUR.items()),
        Field("note", "说明"),
    ),
    lead="四项得分均达到90分、当季没有查实的事故和投诉的，评定为四优窗口。",
    foresees=_unfit,
)
UNMARK = Form(
    WithdrawExcellenceMark,
    "unmark",
    "撤销四优评定",
    "撤销",
    (Field("quarter", "季度", Kind.CHOICE, lambda known: known.standing if known else {}), Field("reason", "撤销理由")),
)
