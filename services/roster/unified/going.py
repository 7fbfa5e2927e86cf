"""To the provider and back: the page that leads there, and what is known when it has sent the browser back."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import RedirectResponse, Response

from services.roster.accounts import kept
from services.roster.accounts.model import Account
from services.roster.people.reads import people_in
from services.roster.places import PAGES
from services.roster.unified.asked import Away, Declined
from services.roster.unified.flow import PATH, Flow, flows_in, keep_flows
from services.roster.unified.marks import BIND, ENTER, Known, mark_of, sealed_known
from services.roster.unified.provider import Provider
from services.roster.unified.statement import Proven, Unfit
from services.roster.unified.telling import no
from shared.database.kept import documents
from shared.identity.reading import PUBLIC
from shared.pages.words import acting_name
from shared.web.reading import reads
from shared.web.sign_in_forms import Waiting
from shared.web.sign_in_page import inside
from shared.web.signing_in import is_too_early
from shared.web.visit import Here, Visit

Said = Annotated[str, Query(max_length=4096)]
router = APIRouter(prefix=PATH)


def provider_of(request: Request) -> Provider:
    """None where the county has not set one: then there is no such page."""
    provider: Provider | None = request.app.state.unified
    if provider is None:
        raise HTTPException(404)
    return provider


@router.get("", dependencies=[reads(PUBLIC)])
async def go(request: Request, here: Here, back: Said = "") -> Response:
    """Begun from a page of ours alone, and at the address to which the provider sends back."""
    provider = provider_of(request)
    if request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return RedirectResponse("/roster/sign-in", 303)
    own = urlsplit(provider.registered.returns_to)
    if request.headers.get("host") not in (own.netloc, own.hostname):
        to = f"{own.scheme}://{own.netloc}{PATH}?{urlencode({'back': inside(back)})}"
        return leading_page(to)
    return await leads(request, here, provider, Flow.new(here.now, inside(back)))


async def leads(request: Request, here: Visit, provider: Provider, flow: Flow) -> Response:
    """The page that leads to the provider; what comes back is known by what the browser keeps meanwhile."""
    try:
        to = await provider.leads_to(flow.state, flow.nonce, flow.verifier)
    except Away as why:
        return await no(request, here.parts, "away", str(why), waiting=Waiting(flow.back))
    answer, secret = leading_page(to), here.parts.settings.token_secret or ""
    keep_flows(request, answer, [*flows_in(request, secret, here.now), flow], secret)
    return answer


def leading_page(to: str) -> Response:
    """A link that is followed by itself: an answer of this origin sends nobody elsewhere."""
    answer = PAGES.render("unified_go.html", to=to)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@router.get("/return", dependencies=[reads(PUBLIC)])
async def come_back(
    request: Request, here: Here, state: Said = "", code: Said = "", error: Said = "", iss: Said = ""
) -> Response:
    """Each way is gone once; the page that follows is ours, so that the browser shows again what it keeps of us."""
    provider, secret = provider_of(request), here.parts.settings.token_secret or ""
    flows = flows_in(request, secret, here.now)
    flow = next((one for one in flows if state and one.state == state), None)
    if flow is None or is_too_early(here.parts):
        return await no(request, here.parts, "late")
    answer = await _known(request, here, provider, flow, code, error, iss)
    keep_flows(request, answer, [one for one in flows if one != flow], secret)
    return answer


async def _known(
    request: Request, here: Visit, provider: Provider, flow: Flow, code: str, error: str, iss: str
) -> Response:
    waiting = Waiting(flow.back)
    if error or not code:
        return await no(request, here.parts, "cancelled", error[:60], waiting=waiting)
    if iss and iss != provider.registered.issuer:
        return await no(request, here.parts, "unfit", "another issuer", waiting=waiting)
    try:
        who = await provider.proves(code, flow.verifier, flow.nonce, int(here.now.timestamp()))
    except Away as why:
        return await no(request, here.parts, "away", str(why), waiting=waiting)
    except Declined as why:
        return await no(request, here.parts, "late", str(why), waiting=waiting)
    except Unfit as why:
        return await no(request, here.parts, "unfit", str(why), waiting=waiting)
    return await (_to_bind(here, provider, flow, who) if flow.person else _to_enter(request, here, provider, flow, who))


async def _to_bind(here: Visit, provider: Provider, flow: Flow, who: Proven) -> Response:
    """Pressed by whoever is signed in, which only the page after this one shows."""
    secret = here.parts.settings.token_secret or ""
    account = await kept.account_of(here.parts.db, flow.person)
    known = Known(BIND, flow.person, account.epoch, mark_of(who.subject, provider.registered, secret), flow.began)
    name = (await people_in(here.parts.db)).name_of(flow.person) or ""
    return _page("unified_bind.html", name=name, step=sealed_known(known, secret))


async def _to_enter(request: Request, here: Visit, provider: Provider, flow: Flow, who: Proven) -> Response:
    secret, db = here.parts.settings.token_secret or "", here.parts.db
    mark = mark_of(who.subject, provider.registered, secret)
    found = await documents(db, Account, {"unified": mark})
    people = await people_in(db)
    name = people.name_of(found[0].id) if len(found) == 1 else None
    if name is None:
        return await no(request, here.parts, "unknown", waiting=Waiting(flow.back))
    (account,) = found
    if account.disabled:
        return await no(request, here.parts, "disabled", person=account.id)
    codes = people.places_of(account.id, here.today, here.roster)
    if not codes:
        return await no(request, here.parts, "no-unit", person=account.id)
    known = Known(ENTER, account.id, account.epoch, mark, flow.began, who.by_two)
    units = {code: acting_name(code, here.roster, here.today) for code in codes}
    return _page("unified_in.html", name=name, units=units, back=flow.back, step=sealed_known(known, secret))


def _page(template: str, **seen: Any) -> Response:
    answer = PAGES.render(template, **seen)
    answer.headers["Cache-Control"] = "no-store"
    return answer
