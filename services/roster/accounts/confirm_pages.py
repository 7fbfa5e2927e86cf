"""确认本人: whoever is signed in shows the password again, before what is sent only after that; it holds for minutes.

The proof lies in the cookie that is written with the answer: one that somebody copied before has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from services.roster.accounts import kept
from services.roster.accounts.model import Account
from services.roster.accounts.noted import noted
from services.roster.accounts.own_account import done, of_person
from services.roster.accounts.proving import TO_CONFIRM, proof_inputs, unproven
from services.roster.accounts.step_forms import plain_form
from services.roster.people.reads import Seals, people_in
from services.roster.places import PAGES
from shared.events.labels import TYPES
from shared.forms import Wrong
from shared.identity.reading import SENT, SIGNED_IN
from shared.identity.rights import NEEDS_PROOF
from shared.identity.sessions import SignIn
from shared.pages.words import acting_name
from shared.web.confirming import CONFIRM
from shared.web.reading import reads
from shared.web.sign_in_page import inside
from shared.web.signing_in import session_of, signs_in
from shared.web.visit import Here, Visit

NO_PASSWORD = Wrong(
    "本人的账号没有设置登录密码，不能确认。请向本单位联络员或者联合党委的安全保密管理员申领登录码，"
    "用登录码登录、设置密码后再办理；统一身份须重新绑定。"
)
router = APIRouter(prefix=CONFIRM)


@router.get("", dependencies=[reads(SIGNED_IN)])
async def confirm(request: Request, here: Here, back: str = "") -> Response:
    """Of a person; whoever signed in by an organisation's token has none, and is not asked for one."""
    session = session_of(request)
    if session is None or not session.person:
        return PAGES.render("no_account.html", "account")
    account = await kept.account_of(here.parts.db, session.person)
    return await _page(here, session, account, inside(back), () if account.password else [NO_PASSWORD])


@router.post("", response_model=None, dependencies=[reads(SENT)])
async def confirmed(request: Request, here: Here, seals: Seals, back: str = "") -> Response:
    """Back to where they came from, with the proof."""
    session, account, fields = await of_person(request, here, _at(inside(back)))
    if wrongs := await _wrongs(request, here, seals, account, fields):
        return await _page(here, session, account, inside(back), wrongs, 422)
    await signs_in(request, here.parts, session.proven_now())
    noted(request.scope, "person confirmed", session.person)
    return RedirectResponse(inside(back), 303) if inside(back) else done("confirmed")


async def _wrongs(
    request: Request, here: Visit, seals: Seals, account: Account, fields: dict[str, str]
) -> Sequence[Wrong]:
    """An account without a password is not guessed at."""
    if not account.password:
        return [NO_PASSWORD]
    return await unproven(request, here, seals, account, fields, TO_CONFIRM)


async def _page(
    here: Visit, session: SignIn, account: Account, back: str, wrongs: Sequence[Wrong] = (), status: int = 200
) -> Response:
    """Kept by no browser."""
    inputs = proof_inputs(account, wrongs, TO_CONFIRM) if account.password else ()
    answer = PAGES.render(
        "confirm.html",
        "account",
        status,
        name=(await people_in(here.parts.db)).name_of(session.person) or "",
        place=acting_name(session.code, here.roster, here.today),
        types="、".join(TYPES[one] for one in sorted(NEEDS_PROOF)),
        form=plain_form("confirm", _at(back), "确认本人", inputs, wrongs),
        is_possible=bool(account.password),
        is_proven=here.is_proven,
        back=back,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _at(back: str) -> str:
    return f"{CONFIRM}?{urlencode({'back': back})}" if back else CONFIRM
