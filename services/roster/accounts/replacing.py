"""A second factor is replaced on one's own account: after the password and the old digits, by the new ones."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.roster.accounts import kept
from services.roster.accounts.attempt import failed
from services.roster.accounts.model import Account
from services.roster.accounts.own_account import done, of_person, own_page, voided
from services.roster.accounts.own_forms import PAGE
from services.roster.accounts.proving import NOT_THESE, unproven
from services.roster.accounts.second_factor import interval_of, new_secret, sealed_secret
from services.roster.accounts.step_pages import NO_KEYS, step_page
from services.roster.accounts.steps import REPLACE, SigningStep, opened_step
from services.roster.people.reads import Seals
from shared.forms import Wrong
from shared.identity.reading import SENT
from shared.web.reading import reads
from shared.web.sign_in_forms import Waiting
from shared.web.signing_in import SignInNeeded
from shared.web.visit import Here, Visit

router = APIRouter(prefix=f"{PAGE}/second")


@router.post("", response_model=None, dependencies=[reads(SENT)])
async def second(request: Request, here: Here, seals: Seals) -> Response:
    """The picture of the new one; the old one is good until that has been shown to work."""
    session, account, fields = await of_person(request, here)
    wrongs = [NO_KEYS] if seals is None else await unproven(request, here, seals, account, fields)
    if wrongs:
        return await own_page(request, here, session, {"second": wrongs}, 422)
    return await _shown(here, SigningStep(REPLACE, account.id, session.code, _proof(account), secret=new_secret()))


@router.post("/new", response_model=None, dependencies=[reads(SENT)])
async def new(request: Request, here: Here, seals: Seals) -> Response:
    """From now on; everything that was signed in by the old one ends."""
    session, account, fields = await of_person(request, here)
    step = opened_step(fields.get("step", ""), here.parts.settings.token_secret or "")
    is_own = step is not None and (step.asks, step.person, step.proof) == (REPLACE, account.id, _proof(account))
    if step is None or not is_own or seals is None:
        raise SignInNeeded(PAGE, is_secret=True)
    at = interval_of(step.secret, fields.get("digits", ""), here.now)
    if not at:
        await failed(here.parts, request.scope, f"digits {account.id}", [account.id], here.now)
        return await _shown(here, step, [NOT_THESE])
    sealed = {"totp": sealed_secret(step.secret, account.id, seals), "totp_used": at}
    what = "second factor replaced" if account.totp else "second factor set up"
    await voided(request, here, session, kept.voiding(here.now, sealed), what)
    return done("second")


def _proof(account: Account) -> str:
    """Once it is replaced, the page of before is worth nothing."""
    return str(account.epoch)


async def _shown(here: Visit, step: SigningStep, wrongs: Sequence[Wrong] = ()) -> Response:
    return await step_page(here, step, Waiting(), wrongs, 401 if wrongs else 200)
