"""账号: the security administrator sees everybody's account, and unlocks, disables, and ends what goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from services.roster.accounts import kept
from services.roster.accounts.lines import ACCOUNT_STATES, account_line, state_of
from services.roster.accounts.noted import noted
from services.roster.accounts.person_account import administers_here, must_look_after
from services.roster.people.lines import page_of
from services.roster.people.pages import NameAsked
from services.roster.people.person_pages import PersonInPath
from services.roster.people.reads import people_in
from services.roster.subject_pages import show
from shared.identity.reading import ACCOUNTS, SENT
from shared.pages.boards import Board, Narrowing, SubjectPage, narrowing
from shared.pages.cells import Cells
from shared.pages.paging import paging
from shared.stretch import Stretch
from shared.web.boards import Address
from shared.web.offering import Offering
from shared.web.parameters import PageAsked
from shared.web.reading import NotYours, reads
from shared.web.visit import Here

PAGE, SHOWN = "/roster/accounts", 50
HEADS = {"姓名": "", "单位": "", "现任职务": "", "状态": "", "最近登录": "tight"}
LEAD = "每个人的登录账号。开锁、停用、退出登录、发放登录码，在本人的账号页办理。"
NOBODY = "还没有登记人员。"
StateAsked = Annotated[str, Query(max_length=10)]
router = APIRouter()


@dataclass(frozen=True, slots=True)
class Measure:
    """What is done to an account; whether all sessions end with it."""

    update: Mapping[str, Any]
    voids: bool = False
    gone: tuple[str, ...] = ()


MEASURES: Mapping[str, Measure] = {
    "unlock": Measure({}, gone=("locked_until", "failures")),
    "disable": Measure({"disabled": True}, voids=True),
    "enable": Measure({"disabled": False}),
    "end": Measure({}, voids=True),
    "unbind": Measure({}, voids=True, gone=("unified",)),
    "second": Measure({}, voids=True, gone=("totp", "totp_used")),
}


@router.get(PAGE, dependencies=[reads(ACCOUNTS)])
async def accounts(here: Here, name: NameAsked = "", state: StateAsked = "", page: PageAsked = 1) -> Response:
    """All persons, by unit and name; with a state those alone."""
    people = await people_in(here.parts.db)
    if not await administers_here(here, people):
        raise NotYours
    ids = [id for staff in people for id, called in sorted(staff.names.items(), key=lambda one: one[1])]
    found = await kept.accounts_of(here.parts.db, [id for id in ids if name.strip() in (people.name_of(id) or "")])
    wanted = ACCOUNT_STATES.get(state)
    some = [one for one in found.values() if wanted is None or state_of(one, here.now) == wanted]
    stretch = Stretch.of(len(some), page, SHOWN)

    async def every() -> AsyncIterator[Cells]:
        for one in some:
            yield account_line(one, people, here)

    lines = [account_line(one, people, here) for one in some[stretch.skip : stretch.end]]
    words = {key: one.word for key, one in ACCOUNT_STATES.items()}
    narrowings = (narrowing("state", "状态", state, words), Narrowing("name", "查找姓名", name))
    under = paging(stretch, "人", Address(PAGE, {"state": state, "name": name}).at, every)
    board = Board("账号", HEADS, lines, NOBODY, under, narrowings)
    return show("accounts", SubjectPage("账号", lead=LEAD, boards=(board,)), Offering(()))


@router.post("/roster/people/{person}/account/{measure}", response_model=None, dependencies=[reads(SENT)])
async def take(request: Request, here: Here, person: PersonInPath, measure: str) -> Response:
    """By the security administrator alone, and never to one's own account."""
    asked = MEASURES.get(measure)
    if asked is None:
        raise HTTPException(404)
    found = await must_look_after(here, person)
    if not found.is_administrator:
        raise NotYours
    update = kept.voiding(here.now, asked.update, asked.gone) if asked.voids else _plain(asked)
    account = await kept.changed(here.parts.db, person, update)
    if asked.voids and account is not None:
        await kept.forget_devices(here.parts.db, person)
        await here.parts.sessions.end_before(person, account.epoch)
    noted(request.scope, f"account {measure}", person)
    return RedirectResponse(f"{page_of(person)}/account", 303)


def _plain(asked: Measure) -> Mapping[str, Any]:
    sets = {"$set": dict(asked.update)} if asked.update else {}
    return {**sets, **({"$unset": dict.fromkeys(asked.gone, "")} if asked.gone else {})}
