"""Accounts as pages show them: a state in a word, and when somebody was here last."""

from __future__ import annotations

from datetime import datetime

from services.roster.accounts.model import Account
from services.roster.people.lines import page_of
from shared.calendar import china_day
from shared.dates import time_text
from shared.events.labels import POSTS
from shared.pages.boards import Cell
from shared.pages.cells import time_cell
from shared.pages.chinese import NOTHING, day_text
from shared.pages.words import ShownState, acting_name
from shared.roster.people import People
from shared.web.visit import Visit

NONE, CODE, LATE = ShownState("未开通", ""), ShownState("已发登录码", "warn"), ShownState("登录码过期", "bad")
GOOD, LOCKED, DISABLED = ShownState("正常", "good"), ShownState("已锁定", "bad"), ShownState("已停用", "bad")
ACCOUNT_STATES = {"none": NONE, "code": CODE, "late": LATE, "good": GOOD, "locked": LOCKED, "disabled": DISABLED}


def state_of(account: Account, at: datetime) -> ShownState:
    """What may be done with it now."""
    if account.disabled:
        return DISABLED
    if account.is_locked(at):
        return LOCKED
    if account.password:
        return GOOD
    return CODE if account.has_code(at) else LATE if account.code else NONE


def facts_of_account(account: Account, needs_second: bool, at: datetime) -> tuple[tuple[str, Cell], ...]:
    """Neither codes nor their digests."""
    code = account.code if account.has_code(at) else None
    locked = account.locked_until if account.is_locked(at) else None
    second = "已设置" if account.totp else "首次登录时设置" if needs_second else "未设置"
    return (
        ("状态", Cell(state=state_of(account, at))),
        ("最近登录", Cell(time_text(account.last_in) if account.last_in else NOTHING)),
        ("动态口令", Cell(second)),
        *((("登录码有效期至", Cell(day_text(china_day(code.until)))),) if code else ()),
        *((("锁定至", Cell(time_text(locked))),) if locked else ()),
    )


def account_line(account: Account, people: People, here: Visit) -> tuple[Cell, ...]:
    """Somebody in the list of accounts."""
    home = people.home_of(account.id) or ""
    posts = [POSTS[one.held.post] for one in people.posts(account.id, here.today, here.roster)]
    return (
        Cell(people.name_of(account.id) or "", f"{page_of(account.id)}/account"),
        Cell(acting_name(home, here.roster, here.today)),
        Cell("、".join(posts) or NOTHING),
        Cell(state=state_of(account, here.now)),
        time_cell(account.last_in),
    )
