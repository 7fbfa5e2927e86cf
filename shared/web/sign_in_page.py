"""The page on which a person signs in, under each service's own path; it goes on where they wanted to go.

Persons sign in at the roster, which has their accounts: every service shows the form, and knows no more of it than its
address. Organisations' programs sign in with code and token wherever they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple, cast
from urllib.parse import urlencode

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from shared.forms import Wrong
from shared.forms.sentences import missing
from shared.identity.audit import AuditKind
from shared.identity.reading import PUBLIC, SENT
from shared.identity.sessions import SignIn
from shared.pages.rendering import Pages
from shared.process.running import Running
from shared.web.asking import OwnPages, Parts
from shared.web.auditing import audited
from shared.web.failing import let_in, must_wait, not_let_in
from shared.web.first_page import first_page
from shared.web.posted import posted
from shared.web.reading import reads
from shared.web.sealed_forms import LONGEST, SealedForm, SentOn, form_in, sealed, unsealed
from shared.web.sign_in_forms import LABELS, SignInForms, Waiting, by_person, by_token, remembered
from shared.web.signing_in import SignInNeeded, is_too_early, session_of, signs_in, signs_out, who_asks
from shared.web.told import Told

UNIFIED = "/roster/sign-in/unified"
MOST_BYTES = 2 * LONGEST
"""Of a body: whoever is not known yet may send no more than a form that waited."""
IS_PATH = re.compile(r"/([!-.0-\[\]-~][!-\[\]-~]*)?").fullmatch
"""One slash, then visible ASCII without a backslash: what a browser cannot read as another host."""
NOT_YOURS = Wrong("单位编号与登录口令不符，请核对后重新登录；口令遗失的，请向联合党委申领。", "token")
TOO_EARLY = Wrong("系统暂时无法连接，无法核对登录口令，请稍后重新登录。")
TOO_OFTEN = "从本机多次登录未成，请在{seconds}秒后重新登录；其他单位的登录不受影响。"
KEPT = "登录已到时，填写的内容还在"
OTHERS = "本单位无权办理这一项，填写的内容还在"
GOES_ON = "刚才的提交还没有收到。登录后随即继续提交，无须重新填写。"
PHOTOS_APART = "随表选择的照片没有带来，登录后请核对并补传。"
NOT_KEPT = Told("尚未提交", "warn", ("登录已到时，刚才填写的密码没有保留。登录后请重新填写。",))
TOO_LONG = Told(
    "尚未提交",
    "warn",
    ("登录已到时，刚才的提交没有收到，内容过长，不能代为保留。登录后请后退到原来的页面再次提交，照片须重新选择。",),
)

router = APIRouter()


@router.get("/sign-in", dependencies=[reads(PUBLIC)])
async def form(request: Request, parts: Parts, pages: OwnPages, back: str = "") -> HTMLResponse:
    """Nothing filled in yet but who was here last."""
    return await shown(request, parts, pages, Waiting(back))


@router.post("/sign-in", dependencies=[reads(SENT)])
async def sign_in(request: Request, parts: Parts, pages: OwnPages) -> Response:
    """The cookie, or the page again with what is wrong; a form that was kept goes on with it."""
    async with posted(request, MOST_BYTES) as sent:
        names = ("code", "token", "back", "kept")
        code, token, back, kept = (sent.entered.values.get(name, "").strip() for name in names)
    left = must_wait(parts, request.scope, code)
    serial = await parts.tokens.serial(code, token) if code and not left else None
    if serial is None:
        return await _not_in(request, parts, pages, code, token, Waiting(back, kept), left)
    let_in(parts, request.scope, "page", code)
    await signs_in(request, parts, SignIn.begun(code, serial))
    if (form := unsealed(kept, parts.settings.token_secret or "")) and kept:
        return SentOn(request, form)
    return RedirectResponse(inside(back) or await first_page(parts, code), 303)


@router.post("/send-on", response_model=None, dependencies=[reads(SENT)])
async def send_on(request: Request, parts: Parts, pages: OwnPages) -> Response:
    """A form of this service that waited for a person to sign in at the roster."""
    async with posted(request, MOST_BYTES) as sent:
        kept = sent.entered.values.get("kept", "")
    form = unsealed(kept, parts.settings.token_secret or "")
    if form is None or not form.path.startswith(f"/{parts.service}/"):
        raise HTTPException(404)
    if who_asks(request) is None:
        return await shown(request, parts, pages, Waiting("", kept), _waiting(form, None), 401)
    return SentOn(request, form)


@router.post("/sign-out", dependencies=[reads(SENT)])
async def sign_out(request: Request, parts: Parts) -> Response:
    """Nobody is signed in afterwards, whoever was, and the browser has nothing left of what was shown or typed."""
    if session_of(request) is not None:
        audited(request.scope, AuditKind.SIGN_IN, "signed-out")
    await signs_out(request, parts)
    return RedirectResponse(f"/{parts.service}/sign-in", 303, {"Clear-Site-Data": '"cache", "storage"'})


def send_to_sign_in(app: FastAPI) -> None:
    """A route raises `SignInNeeded`; where that leads is written here."""
    app.add_exception_handler(SignInNeeded, _to_sign_in)


async def shown(
    request: Request,
    parts: Running,
    pages: Pages,
    waiting: Waiting,
    told: Told | None = None,
    status: int = 200,
    forms: SignInForms | None = None,
) -> HTMLResponse:
    """The page with its forms: that of persons, where there are any, and that of programs."""
    forms = forms or SignInForms(by_token(parts.service, waiting))
    person, again = forms.person, await remembered(request, parts)
    if person is None and any(one.names for one in await parts.people.current()):
        person = by_person(waiting, again.entered if again else {})
    unified = unified_ways(parts, waiting)
    return pages.render(
        "sign_in.html", status=status, sign_in=forms, person=person, again=again, told=told, unified=unified
    )


class UnifiedWays(NamedTuple):
    """To the provider of unified identities; and where a form that waits goes on once that has let somebody in."""

    url: str
    kept: str
    goes_on_at: str


def unified_ways(parts: Running, waiting: Waiting) -> UnifiedWays | None:
    """None where the county has no such provider."""
    if not parts.settings.oidc_issuer:
        return None
    form = unsealed(waiting.kept, parts.settings.token_secret or "") if waiting.kept else None
    asked = urlencode({"back": inside(waiting.back)}) if waiting.back and form is None else ""
    at = f"/{form.path.split('/')[1]}/send-on" if form else ""
    return UnifiedWays(f"{UNIFIED}{'?' if asked else ''}{asked}", waiting.kept if form else "", at)


async def _to_sign_in(request: Request, error: Exception) -> Response:
    """As a path, for the host is the gateway's; a form waits in the page and is sent on from there."""
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    needed, parts = cast(SignInNeeded, error), cast(Running, request.app.state.parts)
    back = needed.back or here
    if request.method != "POST":
        return RedirectResponse(f"/{parts.service}/sign-in?{urlencode({'back': back})}", 303)
    if needed.is_secret:
        return await shown(request, parts, request.app.state.pages, Waiting(back), NOT_KEPT, 401)
    form = await form_in(request)
    kept = sealed(form, parts.settings.token_secret or "")
    told = _waiting(form, who_asks(request)) if kept else TOO_LONG
    return await shown(request, parts, request.app.state.pages, Waiting(back, kept), told, 401)


def _waiting(form: SealedForm, who: str | None) -> Told:
    """What is said of a form that waits."""
    return Told(OTHERS if who else KEPT, "warn", (GOES_ON, *([PHOTOS_APART] if form.had_files else [])))


def inside(back: str) -> str:
    """Only a path of this origin: nobody is sent elsewhere by a link."""
    return back if IS_PATH(back) else ""


async def _not_in(
    request: Request, parts: Running, pages: Pages, code: str, token: str, waiting: Waiting, left: float
) -> Response:
    status, wrongs = _no(parts, code, token, left)
    if status == 401:
        await not_let_in(parts, request.scope, "page", code)
    forms = SignInForms(by_token(parts.service, waiting, code, wrongs))
    answer = await shown(request, parts, pages, waiting, None, status, forms)
    if left:
        answer.headers["Retry-After"] = str(ceil(left))
    return answer


def _no(parts: Running, code: str, token: str, wait: float) -> tuple[int, Sequence[Wrong]]:
    """Why nobody is signed in, with its status; which of the two does not fit the other is not known."""
    if left := [name for name, entered in (("code", code), ("token", token)) if not entered]:
        return 422, [Wrong(missing(f"“{LABELS[name]}”", is_chosen=False), name) for name in left]
    if wait:
        return 429, [Wrong(TOO_OFTEN.format(seconds=ceil(wait)))]
    return (503, [TOO_EARLY]) if is_too_early(parts) else (401, [NOT_YOURS])
