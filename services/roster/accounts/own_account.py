"""我的账号: whoever signed in as a person changes the password, sees where they are signed in, and ends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from services.roster.accounts import kept
from services.roster.accounts.letting_in import device_here, renewed
from services.roster.accounts.model import Account
from services.roster.accounts.noted import noted
from services.roster.accounts.own_forms import PAGE, password_form, second_form, unified_form
from services.roster.accounts.own_lines import OwnAccount, device_lines, session_lines
from services.roster.accounts.passwords import hashed
from services.roster.accounts.proving import NOT_THE_OLD, is_by_password
from services.roster.accounts.step_pages import password_wrongs
from services.roster.people.reads import Seals, people_in
from services.roster.places import PAGES
from shared.forms import Wrong
from shared.identity.reading import SENT, SIGNED_IN
from shared.identity.sessions import SignIn
from shared.pages.words import acting_name
from shared.web.posted import posted
from shared.web.reading import reads
from shared.web.sign_in_page import MOST_BYTES
from shared.web.signing_in import SignInNeeded, session_of, signs_in
from shared.web.told import Told
from shared.web.visit import Here, Visit

OTHERS_ENDED = "其他设备上的登录已退出。"
DONE: Mapping[str, Told] = {
    "password": Told("密码已修改", "good", (OTHERS_ENDED,)),
    "second": Told("动态口令已更换", "good", ("旧的动态口令作废。", OTHERS_ENDED)),
    "bound": Told("已绑定统一身份", "good", ("今后可以用统一身份认证登录。",)),
    "unbound": Told("已解除绑定", "good", ("今后用姓名和密码登录。",)),
    "taken": Told("没有绑定", "bad", ("该统一身份已经绑定其他人的账号，请联系联合党委的安全保密管理员。",)),
    "changed": Told("没有绑定", "warn", ("账号有了变动，请重新绑定。",)),
    "confirmed": Told("已确认本人", "good", ("5分钟内提交有效。",)),
    "ended": Told("已退出该设备", "good"),
    "others": Told("已退出其他全部设备", "good"),
    "forgotten": Told("已不再记住该设备", "good"),
}
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(SIGNED_IN)])
async def own_account(
    request: Request, here: Here, said: Annotated[str, Query(alias="done", max_length=20)] = ""
) -> Response:
    """Of a person; whoever signed in by an organisation's token has none."""
    session = session_of(request)
    if session is None or not session.person:
        return PAGES.render("no_account.html", "account")
    return await own_page(request, here, session, told=DONE.get(said))


@router.post("/password", response_model=None, dependencies=[reads(SENT)])
async def password(request: Request, here: Here, seals: Seals) -> Response:
    """With the old one; all other sessions end."""
    session, account, fields = await of_person(request, here)
    if wrongs := await _wrongs(request, here, seals, account, fields):
        return await own_page(request, here, session, {"password": wrongs}, 422)
    update = kept.voiding(here.now, {"password": await hashed(fields["password"])})
    await voided(request, here, session, update, "password changed")
    return done("password")


@router.post("/sessions/end", response_model=None, dependencies=[reads(SENT)])
async def end_session(request: Request, here: Here) -> Response:
    """One of one's own, within two seconds everywhere; with the device that was remembered by it."""
    session, _, fields = await of_person(request, here)
    found = await kept.sessions_of(here.parts.db, session.person, here.now)
    ended = next((one for one in found if one.id == fields.get("session")), None)
    if ended is None:
        raise HTTPException(404)
    await here.parts.sessions.end(ended.id)
    if ended.remembered:
        await kept.forget_devices(here.parts.db, session.person, ended.remembered)
    noted(request.scope, "session ended", session.person)
    return done("ended")


@router.post("/sessions/end-others", response_model=None, dependencies=[reads(SENT)])
async def end_others(request: Request, here: Here) -> Response:
    """All but this one, and nothing is remembered any more."""
    session, *_ = await of_person(request, here)
    await voided(request, here, session, kept.voiding(here.now, {}), "other sessions ended")
    return done("others")


@router.post("/devices/forget", response_model=None, dependencies=[reads(SENT)])
async def forget(request: Request, here: Here) -> Response:
    """One of one's own."""
    session, _, fields = await of_person(request, here)
    if digest := fields.get("device"):
        await kept.forget_devices(here.parts.db, session.person, digest)
    noted(request.scope, "device forgotten", session.person)
    return done("forgotten")


@router.post("/unit", response_model=None, dependencies=[reads(SENT)])
async def unit(request: Request, here: Here) -> Response:
    """Goes on for another unit in which the person has a post or is at home."""
    session, account, fields = await of_person(request, here)
    people = await people_in(here.parts.db)
    if not people.belongs(session.person, code := fields.get("unit", ""), here.today, here.roster):
        raise HTTPException(404)
    goes_on = await renewed(request, here.parts, account, code, here.now, session)
    await here.parts.sessions.end(session.id)
    await signs_in(request, here.parts, goes_on)
    noted(request.scope, "unit changed", session.person, organisation=code)
    return RedirectResponse(PAGE, 303)


async def of_person(request: Request, here: Visit, page: str = PAGE) -> tuple[SignIn, Account, dict[str, str]]:
    """By which session, whose account, and what was sent; a session of before the account's number changes nothing.

    It is over, though this process may not know yet: it must not make itself one that goes on. Whoever signs in anew
    comes back to the `page`.
    """
    session = session_of(request)
    if session is None or not session.person:
        raise SignInNeeded(page, is_secret=True)
    account = await kept.account_of(here.parts.db, session.person)
    if session.epoch < account.epoch or account.disabled:
        raise SignInNeeded(page, is_secret=True)
    async with posted(request, MOST_BYTES) as sent:
        return session, account, dict(sent.entered.values)


async def _wrongs(
    request: Request, here: Visit, seals: Seals, account: Account, fields: Mapping[str, str]
) -> Sequence[Wrong]:
    """By the old one, and the new one is one."""
    if not await is_by_password(request, here, account, fields.get("old", "")):
        return [NOT_THE_OLD]
    return await password_wrongs(here, seals, account.id, fields.get("password", ""), fields.get("again", ""))


async def voided(request: Request, here: Visit, session: SignIn, update: Mapping[str, object], what: str) -> None:
    """Everything that was is over, and this one begins anew, unless it was over before."""
    goes_on = {"epoch": {"$not": {"$gt": session.epoch}}, "disabled": {"$ne": True}}
    account = await kept.changed(here.parts.db, session.person, update, goes_on)
    if account is None:
        raise SignInNeeded(PAGE, is_secret=True)
    await kept.forget_devices(here.parts.db, session.person)
    await here.parts.sessions.end_before(account.id, account.epoch)
    await signs_in(request, here.parts, await renewed(request, here.parts, account, session.code, here.now, session))
    noted(request.scope, what, account.id)


def done(what: str) -> Response:
    """With a sentence."""
    return RedirectResponse(f"{PAGE}?done={what}", 303)


async def own_page(
    request: Request,
    here: Visit,
    session: SignIn,
    wrongs: Mapping[str, Sequence[Wrong]] = {},
    status: int = 200,
    told: Told | None = None,
) -> Response:
    """With what is wrong in its forms, by their keys."""
    db, person, people = here.parts.db, session.person, await people_in(here.parts.db)
    account = await kept.account_of(db, person)
    begun = await kept.sessions_of(db, person, here.now)
    on = [one for one in begun if not await here.parts.sessions.has_ended(one.id, person, one.epoch)]
    device = await device_here(request, here.parts, person, here.now)
    homes = [code for code in people.places_of(person, here.today, here.roster) if code != session.code]
    seen = OwnAccount(
        name=people.name_of(person) or "",
        place=acting_name(session.code, here.roster, here.today),
        password=password_form(wrongs.get("password", ())),
        second=second_form(account, wrongs.get("second", ())),
        has_second=bool(account.totp),
        is_bound=bool(account.unified),
        unified=unified_form(account, wrongs.get("unified", ())) if request.app.state.unified else None,
        sessions=session_lines(on, session.id, here.roster, here.today),
        devices=device_lines(await kept.devices_of(db, person, here.now), device.id if device else ""),
        units={code: acting_name(code, here.roster, here.today) for code in homes},
    )
    return PAGES.render("account.html", "account", status, own=seen, told=None if wrongs else told)
