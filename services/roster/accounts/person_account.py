"""The account of a person as whoever keeps the person sees it: a one-time code is given there, on a slip."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.roster.accounts import kept
from services.roster.accounts.lines import facts_of_account
from services.roster.accounts.looking_after import Whom, administers, may_look_after
from services.roster.accounts.model import Account, OneTimeCode
from services.roster.accounts.noted import noted
from services.roster.accounts.rules import CODE_GOOD_FOR, needs_second
from services.roster.accounts.step_forms import plain_form, unified_subject_form
from services.roster.people.lines import page_of
from services.roster.people.model import Person
from services.roster.people.person_pages import PersonInPath
from services.roster.people.reads import people_in
from services.roster.places import PAGES
from services.roster.subject_pages import show
from shared.calendar import china_day
from shared.countys_own import in_own_words
from shared.database.kept import document
from shared.database.mongo import Database
from shared.events.roster.people import Post, RegisterPerson
from shared.forms import Shown
from shared.identity.invitations import digest_of, new_code
from shared.identity.reading import PEOPLE, SENT
from shared.pages.boards import Cell, SubjectPage
from shared.pages.chinese import day_text
from shared.pages.words import acting_name
from shared.roster.people import People
from shared.web.offering import Offering
from shared.web.reading import NotYours, reads
from shared.web.visit import Here, Visit

GIVES = "登录码只显示一次，7天内有效，只能使用一次。发放后，原来的密码、动态口令作废，已登录的设备退出。"
NOBODY_BY_ITSELF = "本人的登录码由本单位其他人员或者联合党委的安全保密管理员发放。"
SECURITY_ONLY = "县里的职务、签发文件的人员和管理员，登录码由安全保密管理员发放。"
MEASURES = {
    "unlock": ("开锁", "连续多次密码不符的，锁定30分钟；核实是本人的，可以提前开锁。"),
    "second": (
        "重置动态口令",
        "手机遗失、验证器打不开的，核实是本人后重置；已登录的设备退出，本人用密码登录，重新设置。",
    ),
    "end": ("退出全部登录", "该账号在各设备上的登录两秒内退出，不再记住任何设备；密码不变。"),
    "disable": ("停用账号", "停用后不能登录，已登录的两秒内退出；恢复后可以重新登录。"),
    "unbind": ("解除绑定统一身份", "解除后，本人用密码登录；已登录的设备退出。"),
    "enable": ("恢复账号", "恢复后用原来的密码登录。"),
}
router = APIRouter()


@dataclass(frozen=True, slots=True)
class Concerned:
    """Whose account somebody looks at, and whether they look after it."""

    person: Person
    name: str
    account: Account
    posts: frozenset[Post]
    may: bool
    is_administrator: bool


@router.get("/roster/people/{person}/account", dependencies=[reads(PEOPLE)])
async def account_page(here: Here, person: PersonInPath) -> Response:
    """State and last time; the form for those who look after it."""
    return account_shown(here, await concerned(here, person))


def account_shown(here: Visit, found: Concerned, status: int = 200, *again: Shown) -> Response:
    """With a form that comes again in the place of its own."""
    person = found.person.id
    note = "" if found.may else NOBODY_BY_ITSELF if _is_own(here, person) else in_own_words(SECURITY_ONLY)
    seen = SubjectPage(
        f"{found.name}的登录账号",
        back=Cell(found.name, page_of(person)),
        facts=facts_of_account(found.account, needs_second(found.posts), here.now),
        note=note,
    )
    keys = {one.key for one in again}
    forms = [one for one in _forms(found, here) if one.key not in keys]
    return show("people", seen, Offering((*again, *forms), status=status))


@router.post("/roster/people/{person}/account/code", response_model=None, dependencies=[reads(SENT)])
async def give_code(request: Request, here: Here, person: PersonInPath) -> Response:
    """The answer shows it, once: only its digest is kept."""
    found = await must_look_after(here, person)
    code, account = await given(here.parts.db, person, here)
    await here.parts.sessions.end_before(person, account.epoch)
    noted(request.scope, "code given", person)
    return slip(here, found, code)


async def given(db: Database, person: str, here: Visit) -> tuple[str, Account]:
    """A new code and the account as it is then."""
    code, by = new_code(), here.acting.person if here.acting else ""
    kept_code = OneTimeCode(digest=digest_of(code), until=here.now + CODE_GOOD_FOR, given=here.now, by=by)
    return code, await kept.given_code(db, person, kept_code)


def slip(here: Visit, found: Concerned, code: str) -> Response:
    """To be printed and handed over."""
    answer = PAGES.render(
        "code_slip.html",
        "people",
        name=found.name,
        unit=acting_name(found.person.home, here.roster, here.today),
        code=code,
        until=day_text(china_day(here.now + CODE_GOOD_FOR)),
        address=f"{(here.parts.settings.public_url or '').rstrip('/')}/roster/sign-in",
        back=f"{page_of(found.person.id)}/account",
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


async def must_look_after(here: Visit, id: str) -> Concerned:
    """Whoever does not, may not."""
    found = await concerned(here, id)
    if not found.may:
        raise NotYours
    return found


async def concerned(here: Visit, id: str) -> Concerned:
    """Whether there is such a person is told to nobody who may not read it."""
    person = await document(here.parts.db, Person, id)
    here.reading.must(PEOPLE, person.home if person else here.parts.settings.county)
    people = await people_in(here.parts.db)
    name = people.name_of(id)
    if person is None or name is None:
        raise HTTPException(404)
    account = await kept.account_of(here.parts.db, id)
    posts = _now_or_later(people, id, here)
    is_administrator = await administers_here(here, people)
    may = may_look_after(here.acting, Whom(id, posts), here.admits(RegisterPerson, person.home), is_administrator)
    return Concerned(person, name, account, posts, may, is_administrator)


def _now_or_later(people: People, id: str, here: Visit) -> frozenset[Post]:
    """Whoever gives a code today could keep what it opens until the post begins."""
    ahead = (one for one in people.ever(id) if one.held.meets(here.today, None))
    return frozenset(one.held.post for one in ahead if here.roster.standing(one.organisation, here.today))


async def administers_here(here: Visit, people: People) -> bool:
    """The security administrator; while none has an account, the county by its token."""
    county = here.parts.settings.county
    has_one = bool(await administrators_in(here.parts.db, people, county, here))
    return administers(here.acting, county, has_one)


async def administrators_in(db: Database, people: People, county: str, here: Visit) -> list[str]:
    """The security administrators who can sign in."""
    holders = people.holders(county, Post.SECURITY_ADMIN, here.today, here.roster)
    accounts = await kept.accounts_of(db, holders)
    return [id for id, one in accounts.items() if one.password and not one.disabled]


def _forms(found: Concerned, here: Visit) -> list[Shown]:
    at, now = f"{page_of(found.person.id)}/account", here.now
    if not found.may:
        return []
    code = [plain_form("code", f"{at}/code", "发放登录码", (), lead=GIVES)] * (not found.account.disabled)
    keys = _measures(found.account, now) if found.is_administrator else ()
    binds = [unified_subject_form(at)] if found.is_administrator and here.parts.settings.oidc_issuer else []
    return [
        *code,
        *(plain_form(key, f"{at}/{key}", MEASURES[key][0], (), lead=MEASURES[key][1]) for key in keys),
        *binds,
    ]


def _measures(account: Account, now: datetime) -> tuple[str, ...]:
    """What the security administrator may do now."""
    if account.disabled:
        return ("enable",)
    held = {"unlock": account.is_locked(now), "second": bool(account.totp), "end": bool(account.password)}
    held["unbind"] = bool(account.unified)
    return (*(key for key, is_so in held.items() if is_so), "disable")


def _is_own(here: Visit, person: str) -> bool:
    return here.acting is not None and here.acting.person == person
