"""What may be done about a record that is wrong, and what became of that: corrected, taken back, and by which."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from services.station.outbox.outbox import CORRECTS, Outbox
from services.station.outbox.rows import Saved, State
from services.station.page.forms import BY_TYPE, WITHDRAWALS
from shared.calendar import china_day, month_ends
from shared.events.withdrawals import TAKEN_BACK_BY
from shared.pages.chinese import day_text, time_text

CLOSED = "由本站更正、撤回的期限已于{day}届满。确需改动的，请报请上级单位说明理由后办理。"
MOST = 100
"""Attempts to correct one record that are looked at."""
AWAITS = "已保存{what}，正在报送"


@dataclass(frozen=True, slots=True)
class Ways:
    """Where a record is corrected: a refused one, an accepted one; where it is taken back; or why neither."""

    correct_at: str = ""
    change_at: str = ""
    withdraw_at: str = ""
    closed: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Another record that this one has to do with."""

    label: str
    words: str
    url: str


def replaced_by(outbox: Outbox, id: str) -> Saved | None:
    """What has taken its place or waits to do so: also in the place of what was refused and sent again."""
    for one in outbox.newest(f"{CORRECTS} AND id <> corrects", (id,), MOST):
        if standing := one if one.state is not State.REFUSED else replaced_by(outbox, one.id):
            return standing
    return None


def ways(row: Saved, outbox: Outbox, today: date) -> Ways:
    """A refused one is corrected once, and what took its place again; an accepted one until its month is over."""
    form = BY_TYPE.get(row.type)
    if form is None:
        return Ways()
    if row.state is State.REFUSED:
        return Ways() if outbox.successor(row.id) else Ways(correct_at=f"/form/{form.key}?corrects={row.id}")
    is_for_good = form.submission.withdraws or row.type in TAKEN_BACK_BY
    if row.state is not State.ACCEPTED or is_for_good or replaced_by(outbox, row.id):
        return Ways()
    if today > (last := month_ends(_day(row))):
        return Ways(closed=CLOSED.format(day=day_text(last)))
    withdrawal = WITHDRAWALS[form.submission.service]
    return Ways("", *(f"/form/{one.key}?corrects={row.id}" for one in (form, withdrawal)))


def links(row: Saved, outbox: Outbox) -> list[Link]:
    """What it corrects or takes back, and what has taken its own place."""
    found = []
    if row.corrects:
        found.append(_before(row, outbox))
    if after := replaced_by(outbox, row.id) or outbox.successor(row.id):
        found.append(_after(after))
    return found


def _before(row: Saved, outbox: Outbox) -> Link:
    label = "撤回的是" if is_withdrawal(row) else "更正自"
    wrong = outbox.one(row.corrects)
    return Link(label, named(wrong) if wrong else row.corrects, f"/sent/{row.corrects}" if wrong else "")


def _after(after: Saved) -> Link:
    what, url = "撤回" if is_withdrawal(after) else "更正", f"/sent/{after.id}"
    match after.state:
        case State.ACCEPTED:
            return Link(f"已由以下报送{what}", named(after), url)
        case State.REFUSED:
            return Link(f"{what}没有受理", named(after), url)
    return Link(AWAITS.format(what=what), named(after), url)


def named(row: Saved) -> str:
    """As a person tells records apart."""
    form = BY_TYPE.get(row.type)
    return f"{time_text(row.headers['ce-time'])}的{form.title if form else row.type}"


def is_withdrawal(row: Saved) -> bool:
    """Whether it says nothing itself."""
    form = BY_TYPE.get(row.type)
    return form is not None and form.submission.withdraws


def before_the_form(wrong: Saved, is_withdrawing: bool) -> str:
    """Above a form that is filled in with another record: what it is about, and what follows."""
    if is_withdrawing and wrong.state is not State.REFUSED:
        return f"撤回{named(wrong)}。撤回受理后，该记录不再计入统计，不能恢复；需要时请重新登记。"
    if wrong.state is State.REFUSED:
        reasons = "".join(reason["zh"] for reason in wrong.reasons)
        return f"更正{named(wrong)}。原报送未受理的原因：{reasons}"
    return f"更正{named(wrong)}。更正受理后，以更正后的内容为准，原记录不再计入统计。"


def _day(row: Saved) -> date:
    return china_day(datetime.fromisoformat(row.headers["ce-time"]))
