"""A unified identity is bound to an account by its person, who has shown again to be that, and unbound."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.roster.accounts import kept
from services.roster.accounts.noted import noted
from services.roster.accounts.own_account import done, of_person, own_page
from services.roster.accounts.own_forms import PAGE
from services.roster.accounts.proving import unproven
from services.roster.people.reads import Seals
from services.roster.unified.flow import Flow
from services.roster.unified.going import leads, provider_of
from services.roster.unified.marks import BIND, opened_known
from shared.identity.reading import SENT
from shared.web.reading import reads
from shared.web.signing_in import SignInNeeded
from shared.web.visit import Here

router = APIRouter(prefix=f"{PAGE}/unified")


@router.post("", response_model=None, dependencies=[reads(SENT)])
async def begin(request: Request, here: Here, seals: Seals) -> Response:
    """To the provider, which says who it is."""
    provider = provider_of(request)
    session, account, fields = await of_person(request, here)
    if wrongs := await unproven(request, here, seals, account, fields):
        return await own_page(request, here, session, {"unified": wrongs}, 422)
    return await leads(request, here, provider, Flow.new(here.now, person=account.id))


@router.post("/bind", response_model=None, dependencies=[reads(SENT)])
async def bind(request: Request, here: Here) -> Response:
    """By whoever began it, in a session that goes on."""
    provider_of(request)
    _, account, fields = await of_person(request, here)
    known = opened_known(fields.get("step", ""), here.parts.settings.token_secret or "", BIND)
    if known is None or (known.person, known.epoch) != (account.id, account.epoch):
        raise SignInNeeded(PAGE, is_secret=True)
    is_still = {"epoch": account.epoch, "unified_used": {"$not": {"$gte": known.began}}}
    if no := await kept.bound(here.parts.db, account.id, known.mark, {"unified_used": known.began}, is_still):
        return done(no)
    noted(request.scope, "unified identity bound", account.id)
    return done("bound")


@router.post("/unbind", response_model=None, dependencies=[reads(SENT)])
async def unbind(request: Request, here: Here) -> Response:
    """From now on it opens nothing here."""
    _, account, _ = await of_person(request, here)
    await kept.changed(here.parts.db, account.id, {"$unset": {"unified": ""}})
    noted(request.scope, "unified identity unbound", account.id)
    return done("unbound")
