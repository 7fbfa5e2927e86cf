"""The security administrator binds a unified identity to another's account, by what the provider calls the person."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from services.roster.accounts import kept
from services.roster.accounts.noted import noted
from services.roster.accounts.person_account import account_shown, must_look_after
from services.roster.accounts.step_forms import unified_subject_form
from services.roster.people.lines import page_of
from services.roster.people.person_pages import PersonInPath
from services.roster.unified.going import provider_of
from services.roster.unified.marks import mark_of
from services.roster.unified.statement import MOST
from shared.forms import Wrong
from shared.identity.reading import SENT
from shared.web.posted import posted
from shared.web.reading import NotYours, reads
from shared.web.sign_in_page import MOST_BYTES
from shared.web.visit import Here

MISSING = Wrong("请填写统一身份标识，不超过256个字符。", "subject")
TAKEN = Wrong("该统一身份标识已经绑定其他人的账号，请核对。", "subject")
router = APIRouter()


@router.post("/roster/people/{person}/account/unified", response_model=None, dependencies=[reads(SENT)])
async def bind(request: Request, here: Here, person: PersonInPath) -> Response:
    """Never to one's own account: that is bound by showing the password."""
    provider, found = provider_of(request), await must_look_after(here, person)
    if not found.is_administrator:
        raise NotYours
    async with posted(request, MOST_BYTES) as sent:
        subject = sent.entered.values.get("subject", "").strip()
    wrong = None if 0 < len(subject) <= MOST else MISSING
    if wrong is None:
        mark = mark_of(subject, provider.registered, here.parts.settings.token_secret or "")
        await kept.changed(here.parts.db, person, {"$setOnInsert": {"epoch": 0}})
        wrong = TAKEN if await kept.bound(here.parts.db, person, mark, {}, {"disabled": {"$ne": True}}) else None
    if wrong is not None:
        return account_shown(here, found, 422, unified_subject_form(f"{page_of(person)}/account", [wrong]))
    noted(request.scope, "unified identity bound", person)
    return RedirectResponse(f"{page_of(person)}/account", 303)
