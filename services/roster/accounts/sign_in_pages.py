"""Persons sign in: unit, name and password; the first time, or after a password was forgotten, the one-time code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from services.roster.accounts.attempt import Fitting, failed, fitting, tried
from services.roster.accounts.letting_in import device_here
from services.roster.accounts.step_pages import next_step
from services.roster.accounts.units import LEAST, MOST, persons_called, units_like
from services.roster.people.reads import Seals, known_of, people_in
from services.roster.places import PAGES
from shared.forms import Wrong
from shared.forms.sentences import missing
from shared.identity.reading import PUBLIC, SENT
from shared.identity.sealing import SealKeys
from shared.web.asking import RosterNow, Today
from shared.web.failing import address_of
from shared.web.posted import posted
from shared.web.reading import reads
from shared.web.sign_in_forms import LABELS, SignInForms, Waiting, by_person, by_token
from shared.web.sign_in_page import MOST_BYTES, TOO_EARLY, TOO_OFTEN, shown
from shared.web.signing_in import is_too_early
from shared.web.visit import Here, Visit

NOT_IN = Wrong(
    "单位、姓名与密码不符，请核对后重新登录。忘记密码的，请联系本单位联络员重新发放登录码；"
    "连续10次不符的，30分钟内不能登录；账号停用的，请联系联合党委办公室。",
    "password",
)
NO_UNIT = "没有找到名称中含有“{typed}”的单位，请另输入两个字。"
WHICH_UNIT = "请选择单位。"
MORE_LETTERS = "请至少输入两个字。"
router = APIRouter(prefix="/roster/sign-in")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was filled in, and which units may be meant."""

    fields: Mapping[str, str]
    units: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    @property
    def unit(self) -> str:
        """The code of the one that is meant; empty while there are several."""
        if self["chosen"] in self.units:
            return self["chosen"]
        return next(iter(self.units)) if len(self.units) == 1 else ""

    @property
    def waiting(self) -> Waiting:
        """What signing in leads to."""
        return Waiting(self["back"], self["kept"])

    @property
    def is_searching(self) -> bool:
        """Whether only the unit was to be found: who pressed Enter in the last field meant to sign in."""
        return bool(self["find"]) and not self["password"]


@router.get("/units", dependencies=[reads(PUBLIC)])
async def units(roster: RosterNow, today: Today, name: str = "") -> JSONResponse:
    """Names of units, for who types two letters of one."""
    found = units_like(name[:60], roster, today) if len(name) >= LEAST else {}
    items = [{"code": code, "name": name} for code, name in [*found.items()][:MOST]]
    return JSONResponse({"items": items}, headers={"Cache-Control": "no-store"})


@router.post("/person", response_model=None, dependencies=[reads(SENT)])
async def person(request: Request, here: Here, seals: Seals) -> Response:
    """The next step, or the page again; which of the three is wrong is never told."""
    async with posted(request, MOST_BYTES) as sent:
        fields = {name: value.strip() for name, value in sent.entered.values.items()}
    typed = Typed(fields, units_like(fields.get("unit", "")[:60], here.roster, here.today))
    if wrongs := _unfit(typed):
        return await _again(request, here, typed, [] if typed.is_searching and typed.units else wrongs, 422)
    key = tried(typed.unit, typed["name"])
    if left := here.parts.attempts.wait(key, address_of(request.scope)):
        wrong = Wrong(TOO_OFTEN.format(seconds=ceil(left)))
        return await _again(request, here, typed, [wrong], 429, headers={"Retry-After": str(ceil(left))})
    if is_too_early(here.parts):
        return await _again(request, here, typed, [TOO_EARLY], 503)
    return await _tried(request, here, seals, typed, key)


async def _tried(request: Request, here: Visit, seals: SealKeys | None, typed: Typed, key: str) -> Response:
    parts, people = here.parts, await people_in(here.parts.db)
    persons = persons_called(typed["name"], typed.unit, people, here.today, here.roster)
    known = [one for one in persons if await device_here(request, parts, one, here.now)]
    found = await fitting(parts.db, persons, typed["password"], here.now, frozenset(known))
    if len(found) > 1:
        found = await _with_mobile(here, seals, found, typed["last4"])
        if not typed["last4"]:
            wrongs = [Wrong(missing(f"“{LABELS['last4']}”", is_chosen=False), "last4")]
            return await _again(request, here, typed, wrongs, 422, asks_last4=True)
    if len(found) != 1:
        await failed(parts, request.scope, key, persons, here.now)
        return await _again(request, here, typed, [NOT_IN], 401)
    parts.attempts.succeeded(key, address_of(request.scope))
    fit, is_remembering = found[0], bool(typed["remember"])
    return await next_step(request, here, fit.account, typed.unit, typed.waiting, fit.by_code, is_remembering)


async def _with_mobile(here: Visit, seals: SealKeys | None, found: list[Fitting], last4: str) -> list[Fitting]:
    """Those whose mobile ends so."""
    known = await known_of(here.parts.db, seals, [one.account.id for one in found])
    ends = {id: (one.mobile or "")[-4:] for id, one in known.items() if one}
    return [one for one in found if last4 and ends.get(one.account.id) == last4]


def _unfit(typed: Typed) -> list[Wrong]:
    """What is still to be filled in before anybody can be meant."""
    if not typed["unit"]:
        return [Wrong(missing(f"“{LABELS['unit']}”", is_chosen=False), "unit")]
    if not typed.units:
        is_short = len(typed["unit"]) < LEAST
        return [Wrong(MORE_LETTERS if is_short else NO_UNIT.format(typed=typed["unit"][:20]), "unit")]
    if not typed.unit:
        return [Wrong(WHICH_UNIT, "chosen")]
    left = [name for name in ("name", "password") if not typed[name]]
    return [Wrong(missing(f"“{LABELS[name]}”", is_chosen=False), name) for name in left]


async def _again(
    request: Request,
    here: Visit,
    typed: Typed,
    wrongs: list[Wrong],
    status: int,
    asks_last4: bool = False,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """With what was typed, but for the password."""
    units = dict([*typed.units.items()][:MOST])
    choices = units if len(typed.units) > 1 else {}
    fields = {**typed.fields, **({"unit": typed.units[typed.unit]} if typed.unit else {})}
    person = by_person(typed.waiting, fields, wrongs, choices, asks_last4)
    forms = SignInForms(by_token("roster", typed.waiting), person)
    answer = await shown(request, here.parts, PAGES, typed.waiting, None, status if wrongs else 200, forms)
    answer.headers.update(headers or {})
    return answer
