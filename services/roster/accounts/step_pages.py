"""The pages between password and session: choosing a password, setting a second factor up, and being asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.roster.accounts import kept
from services.roster.accounts.attempt import failed
from services.roster.accounts.letting_in import device_here, goes_on, let_in, owes_second
from services.roster.accounts.model import Account
from services.roster.accounts.noted import noted
from services.roster.accounts.passwords import hashed
from services.roster.accounts.proving import NOT_THESE, unused, with_digits
from services.roster.accounts.rules import NOT_THE_SAME, fault_of_password
from services.roster.accounts.second_factor import interval_of, new_secret, sealed_secret
from services.roster.accounts.step_forms import AT, step_shown
from services.roster.accounts.steps import DIGITS, NEW_PASSWORD, SET_UP, SigningStep, opened_step, sealed_step
from services.roster.people.reads import Seals, known_of, people_in
from services.roster.places import PAGES
from shared.events.roster.people import Post
from shared.forms import Wrong
from shared.identity.reading import SENT
from shared.identity.sealing import SealKeys
from shared.web.failing import address_of
from shared.web.posted import posted
from shared.web.reading import reads
from shared.web.sign_in_forms import Waiting
from shared.web.sign_in_page import MOST_BYTES, shown
from shared.web.signing_in import called, session_of
from shared.web.told import Told
from shared.web.visit import Here, Visit

LATE = Told("请重新登录", "warn", ("登录的步骤超过15分钟没有完成，或者登录码已经使用过、有了新的登录码。",))
NO_KEYS = Wrong("系统没有配置人员信息的密钥，不能设置动态口令，请联系系统管理员。")
router = APIRouter(prefix="/roster/sign-in")


@dataclass(frozen=True, slots=True)
class Stepping:
    """Somebody on the way: what was sent, the step that it belongs to, and the account as it is now."""

    step: SigningStep
    fields: dict[str, str]
    account: Account

    @property
    def waiting(self) -> Waiting:
        """What signing in leads to."""
        return Waiting(self.fields.get("back", ""), self.fields.get("kept", ""))


@router.post("/new-password", response_model=None, dependencies=[reads(SENT)])
async def new_password(request: Request, here: Here, seals: Seals) -> Response:
    """By a one-time code, which is worth nothing afterwards."""
    found = await _stepping(request, here)
    if not isinstance(found, Stepping):
        return found
    step, typed = found.step, found.fields.get("password", "")
    if wrongs := await password_wrongs(here, seals, step.person, typed, found.fields.get("again", "")):
        return await step_page(here, step, found.waiting, wrongs, 422)
    update = kept.voiding(here.now, {"password": await hashed(typed)}, ("code",))
    is_still = {"code.digest": step.proof, "code.until": {"$gt": here.now}, "disabled": {"$ne": True}}
    account = await kept.changed(here.parts.db, step.person, update, is_still)
    if account is None:
        return await _late(request, here, found.waiting, step)
    await here.parts.sessions.end_before(account.id, account.epoch)
    noted(request.scope, "password set by code", account.id)
    return await after_password(request, here, account, step.organisation, found.waiting, step.is_remembering)


@router.post("/digits", response_model=None, dependencies=[reads(SENT)])
async def digits(request: Request, here: Here, seals: Seals) -> Response:
    """Of the second factor that there is, or of the one that is being set up."""
    found = await _stepping(request, here)
    if not isinstance(found, Stepping):
        return found
    step, parts, key = found.step, here.parts, f"digits {found.step.person}"
    if step.asks == SET_UP and seals is None:
        return await step_page(here, step, found.waiting, [NO_KEYS], 503)
    too_soon = parts.attempts.wait(key, address_of(request.scope)) or found.account.is_locked(here.now)
    account = None if too_soon else await _with_digits(here, seals, found)
    if account is None:
        await failed(parts, request.scope, key, [step.person], here.now)
        return await step_page(here, step, found.waiting, [NOT_THESE], 401)
    parts.attempts.succeeded(key, address_of(request.scope))
    if step.asks == SET_UP:
        noted(request.scope, "second factor set up", account.id)
    way = f"{step.way} and second factor"
    return await let_in(request, parts, account, step.organisation, found.waiting, here.now, way, step.is_remembering)


async def _with_digits(here: Visit, seals: SealKeys | None, found: Stepping) -> Account | None:
    """The account when they are right and were not used before."""
    step, account, typed = found.step, found.account, found.fields.get("digits", "")
    if step.asks != SET_UP:
        return await with_digits(here.parts.db, account, seals, typed, here.now)
    at = interval_of(step.secret, typed, here.now)
    if not at or seals is None:
        return None
    sets = {"totp_used": at, "totp": sealed_secret(step.secret, account.id, seals)}
    return await kept.changed(here.parts.db, account.id, {"$set": sets}, unused(account, at))


async def next_step(
    request: Request,
    here: Visit,
    account: Account,
    organisation: str,
    waiting: Waiting,
    by_code: bool,
    is_remembering: bool,
) -> Response:
    """After what was typed on the first page fits."""
    if by_code and account.code is not None:
        step = SigningStep(NEW_PASSWORD, account.id, organisation, account.code.digest, is_remembering)
        return await step_page(here, step, waiting)
    return await after_password(request, here, account, organisation, waiting, is_remembering)


async def after_password(
    request: Request, here: Visit, account: Account, organisation: str, waiting: Waiting, is_remembering: bool
) -> Response:
    """In, or asked for the second factor."""
    return await proven_one(request, here, account, organisation, waiting, is_remembering, "password")


async def proven_one(
    request: Request,
    here: Visit,
    account: Account,
    organisation: str,
    waiting: Waiting,
    is_remembering: bool,
    way: str,
    by_two: bool = False,
) -> Response:
    """Whoever was shown to be the person in a `way`; `by_two` where a second factor was shown with it."""
    parts, device = here.parts, await device_here(request, here.parts, account.id, here.now)
    if by_two or not owes_second(await posts_of_day(here, account.id), account, device):
        return await let_in(request, parts, account, organisation, waiting, here.now, way, is_remembering, by_two)
    step = SigningStep(DIGITS, account.id, organisation, str(account.epoch), is_remembering, way=way)
    if not account.totp:
        step = step._replace(asks=SET_UP, secret=new_secret())
    return await step_page(here, step, waiting)


async def posts_of_day(here: Visit, person: str) -> frozenset[Post]:
    """Every post that somebody holds, wherever."""
    held = (await people_in(here.parts.db)).posts(person, here.today, here.roster)
    return frozenset(one.held.post for one in held)


async def password_wrongs(here: Visit, seals: SealKeys | None, person: str, password: str, again: str) -> list[Wrong]:
    """Why a new password is none."""
    known = (await known_of(here.parts.db, seals, [person])).get(person)
    named = [await _name(here, person), *([known.mobile or "", known.id_number or ""] if known else [])]
    county = here.parts.roster.own(here.parts.settings.county).called.latin
    if fault := fault_of_password(password, named, county=county):
        return [Wrong(fault, "password")]
    return [] if password == again else [Wrong(NOT_THE_SAME, "again")]


async def _stepping(request: Request, here: Visit) -> Stepping | Response:
    """A step that is good still; else signing in begins anew."""
    async with posted(request, MOST_BYTES) as sent:
        fields = dict(sent.entered.values)
    step = opened_step(fields.get("step", ""), here.parts.settings.token_secret or "")
    waiting = Waiting(fields.get("back", ""), fields.get("kept", ""))
    if step is None:
        return await _late(request, here, waiting)
    account = await kept.account_of(here.parts.db, step.person)
    is_by_code = step.asks == NEW_PASSWORD
    proof = (account.code.digest if account.code else "") if is_by_code else str(account.epoch)
    is_done = step.asks == SET_UP and bool(account.totp)
    if account.disabled or is_done or proof != step.proof or request.url.path != AT[step.asks]:
        return await _late(request, here, waiting, step)
    return Stepping(step, fields, account)


async def _late(request: Request, here: Visit, waiting: Waiting, step: SigningStep | None = None) -> Response:
    """Whose button was pressed twice is signed in by the first time."""
    session = session_of(request)
    if step and session and session.person == step.person:
        return goes_on(here.parts, waiting)
    return await shown(request, here.parts, PAGES, waiting, LATE, 401)


async def _name(here: Visit, person: str) -> str:
    return (await people_in(here.parts.db)).name_of(person) or ""


async def step_page(
    here: Visit, step: SigningStep, waiting: Waiting, wrongs: Sequence[Wrong] = (), status: int = 200
) -> Response:
    """The page of a step, kept by no browser."""
    name = await _name(here, step.person)
    sealed = sealed_step(step, here.parts.settings.token_secret or "")
    seen = step_shown(step, sealed, name, called(step.organisation, here.parts), waiting, wrongs)
    answer = PAGES.render("sign_in_step.html", status=status, step=seen)
    answer.headers["Cache-Control"] = "no-store"
    return answer
