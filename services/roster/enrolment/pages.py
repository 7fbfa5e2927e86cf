"""The page of a station's PC: whether it is let in, and the forms by which it is, with its code, and is no longer."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import Response

from services.roster.enrolment.api import signer
from services.roster.enrolment.form import INVITE, REVOKE, until
from services.roster.enrolment.model import Enrolment
from services.roster.enrolment.rules import is_let_in
from services.roster.enrolment.signing import Signer
from services.roster.organisations.lines import page_of
from services.roster.subject_pages import answered, show
from shared.calendar import china_day
from shared.database.kept import document
from shared.dates import time_text
from shared.events.enrolment import InviteStation, RevokeStation
from shared.forms import Form
from shared.identity.invitations import Invitation, digest_of, mark_of, new_code
from shared.identity.reading import KEYS, SENT
from shared.pages.boards import Cell, SubjectPage
from shared.pages.chinese import NOTHING, day_text
from shared.pages.words import ShownState, name_of
from shared.roster.organisations import county_of
from shared.web.forms import Again
from shared.web.offering import Offering, offering, submit_one_of
from shared.web.parameters import CodeInPath
from shared.web.reading import reads
from shared.web.told import ACCEPTED, Told, told_of
from shared.web.visit import Here, Visit

IN, INVITED = ShownState("已登记", "good"), ShownState("待登记", "warn")
VOID, NONE = ShownState("已注销", "bad"), ShownState("未登记", "")
HAS_ONE = "已有一台电脑登记。新电脑登记后，原来的电脑停用，其未送出的内容留在那台电脑上，转到新电脑后再送出。"
ONCE = "请立即抄写或者复制，离开本页后不再显示。在站点电脑上登记时输入，字母不分大小写。"
router = APIRouter(prefix="/roster/organisations/{code}/pc")


@router.get("", dependencies=[reads(KEYS)])
async def pc(here: Here, code: CodeInPath, sent: str = "") -> Response:
    """For itself and those above it."""
    here.reading.must(KEYS, code)
    return await _page(here, code, await told_of(here.parts, here.who, sent))


@router.post("/invite", response_model=None, dependencies=[reads(SENT)])
async def invite(
    request: Request, here: Here, code: CodeInPath, signer: Annotated[Signer | None, Depends(signer)]
) -> Response:
    """The answer shows the code, once: only its digest is kept, and no address leads here again."""
    at, secret = _at(code), new_code()
    given = {"code_digest": digest_of(secret)}
    sent = await submit_one_of({INVITE.key: INVITE}, INVITE.key, request, here, code, at, given=given)
    if isinstance(sent, Again):
        return await answered(sent, "organisations", at, lambda again: _page(here, code, again=again))
    mark = mark_of(signer.ca) if signer and signer.ca else ""
    shown = _shown_once(here, code, Invitation(secret, mark).text)
    shown.headers["Cache-Control"] = "no-store"
    return shown


@router.post("/revoke", response_model=None, dependencies=[reads(SENT)])
async def revoke(request: Request, here: Here, code: CodeInPath) -> Response:
    """Its key is void."""
    at = _at(code)
    sent = await submit_one_of({REVOKE.key: REVOKE}, REVOKE.key, request, here, code, at)
    return await answered(sent, "organisations", at, lambda again: _page(here, code, again=again))


def _at(code: str) -> str:
    return f"{page_of(code)}/pc"


def _shown_once(here: Visit, code: str, secret: str) -> Response:
    name = name_of(code, here.roster, here.today)
    address = here.parts.settings.public_url or ""
    facts = (
        ("单位", Cell(name)),
        ("登记码", Cell(secret, note=ONCE)),
        *((("登记地址", Cell(address)),) if address else ()),
    )
    seen = SubjectPage("登记码", back=Cell(f"{name}的站点电脑", _at(code)), facts=facts)
    return show("organisations", seen, Offering((), ACCEPTED))


async def _page(here: Visit, code: str, told: Told | None = None, again: Again | None = None) -> Response:
    if here.roster.organisation(code) is None or county_of(code) == code:
        raise HTTPException(404)
    kept = await document(here.parts.db, Enrolment, code) or Enrolment(id=code)
    begun = {INVITE.key: {"expires": until(here.today)}}
    offered = offering(_offered(here, code, kept), _at(code), told=told, again=again, begun=begun)
    name = name_of(code, here.roster, here.today)
    note = HAS_ONE if kept.key else ""
    seen = SubjectPage("站点电脑", back=Cell(name, page_of(code)), facts=_facts(kept), note=note)
    return show("organisations", seen, offered)


def _offered(here: Visit, code: str, kept: Enrolment) -> list[Form]:
    invites = here.who != code and here.admits(InviteStation, code)
    revokes = is_let_in(kept) and here.admits(RevokeStation, code)
    return [INVITE] * invites + [REVOKE] * revokes


def _facts(kept: Enrolment) -> tuple[tuple[str, Cell], ...]:
    """Neither codes nor their digests, nor the key."""
    state = IN if kept.key else INVITED if kept.invitation else VOID if kept.revoked else NONE
    invited = day_text(kept.invitation.expires) if kept.invitation else NOTHING
    since = time_text(kept.since) if kept.key and kept.since else NOTHING
    return (
        ("状态", Cell(state=state)),
        ("登记时间", Cell(since)),
        ("未使用的登记码有效期至", Cell(invited)),
        *((("注销日期", Cell(day_text(china_day(kept.revoked)))),) if kept.revoked else ()),
    )
