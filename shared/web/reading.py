"""A route says who may read it (`dependencies=[reads(PUBLIC)]`), and it is asked before the route answers.

A person is sent to sign in and comes back, a program is told to say who it is; whose matter it is not reads so, and
never whether there is any. What is for those who run the system is not answered to whom a gateway brings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, NamedTuple, cast

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse, Response
from fastapi.routing import RouteContext, iter_route_contexts

from shared.events.refusals import reason
from shared.identity.acting import acting_in
from shared.identity.audience import OF_THE_COUNTY, Posts, To, opens
from shared.identity.audit import AuditKind
from shared.identity.reading import Reader, Rule, WithoutRule
from shared.pages.error_pages import closed, is_api
from shared.process.running import Running
from shared.web.asking import County, Now, RosterNow, Viewer
from shared.web.auditing import audited
from shared.web.challenge import Unproven
from shared.web.signing_in import SignInNeeded, is_too_early, who_asks

BROUGHT = ("x-forwarded-for", "x-forwarded-host", "forwarded")
"""What a gateway says of whom it brings: it always does, and who asks a service's own port does not."""


class NotYours(HTTPException):
    """Whoever asks is known, and is none of those who may read this; `why` is the reason that it reads."""

    def __init__(self, slug: str = "not-yours-to-read", why: Mapping[str, str] | None = None) -> None:
        super().__init__(403, slug)
        self.why = why or reason(slug)


class _Asked:
    """A route's rule, asked of each request."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule

    async def before(self, request: Request) -> None:
        """Returns for those who may go on."""
        match self.rule.to:
            case To.ANYBODY | To.PROOF:
                return
            case To.OPERATOR:
                if is_brought(request):
                    raise HTTPException(404)
            case to if not opens(
                to, who_asks(request), _parts(request).settings.county, _posts(request), self.rule.kind
            ):
                await _read_the_roster_once(_parts(request))
                raise refusal(self.rule, request)


def is_brought(request: Request) -> bool:
    """Whether a gateway brings whoever asks, rather than that a service's own port is asked."""
    return any(name in request.headers for name in BROUGHT)


def reads(rule: Rule) -> Any:
    """What a route declares."""
    return Depends(_Asked(rule).before)


def refusal(rule: Rule, request: Request) -> Exception:
    """Why whoever asks may not read: to be raised."""
    is_county, by_posts = rule.to in OF_THE_COUNTY, _posts(request) is not None
    slug = "county-sign-in-needed" if is_county else "sign-in-needed"
    if who_asks(request) is not None:
        return NotYours("not-your-posts" if by_posts else slug if is_county else "not-yours-to-read")
    if is_too_early(_parts(request)):
        return HTTPException(503, headers={"Retry-After": "5"})
    return Unproven(slug) if is_api(request.url.path) else SignInNeeded()


async def _read_the_roster_once(parts: Running) -> None:
    """Whoever asked before it was known was not believed, and may be told so only if it cannot be had."""
    if is_too_early(parts):
        await parts.roster.current()


def _posts(request: Request) -> Posts:
    acting = acting_in(request.scope)
    return acting.posts if acting else None


def _parts(request: Request) -> Running:
    parts: Running = request.app.state.parts
    return parts


class Reading(NamedTuple):
    """Whoever asks, beside what it asks for: what it may not read ends the request in words."""

    reader: Reader
    request: Request

    def may(self, rule: Rule, organisation: str) -> bool:
        """Whether what concerns an organisation is open to it."""
        return self.reader.may(rule, organisation)

    def must(self, rule: Rule, *organisations: str) -> None:
        """Goes on when what concerns one of these is open to it; asked before it is known whether there is anything."""
        if not any(self.may(rule, one) for one in organisations):
            raise refusal(rule, self.request)

    def sees_all(self, rule: Rule) -> bool:
        """Whether every organisation's matters are open to it: then a list is of the whole county."""
        return self.reader.sees_all(rule)

    def scope(self, rule: Rule) -> frozenset[str] | None:
        """The organisations whose matters are open to it; None for all."""
        return self.reader.scope(rule)

    def filter(self, rule: Rule, organisation: str | None = None, by: str = "organisation") -> dict[str, Any]:
        """The part of a list that is open to it, of one organisation when it asks for that, as MongoDB understands."""
        if organisation is not None:
            self.must(rule, organisation)
            return {by: organisation}
        scope = self.scope(rule)
        return {} if scope is None else {by: {"$in": sorted(scope)}}


async def reading(request: Request, county: County, roster: RosterNow, who: Viewer, now: Now) -> Reading:
    """A request in these terms."""
    return Reading(Reader(who, county, roster, now, _posts(request)), request)


Reads = Annotated[Reading, Depends(reading)]


class Declared(NamedTuple):
    """A route and its rule; None when it says nothing."""

    methods: frozenset[str]
    path: str
    rule: Rule | None


def declared(app: FastAPI) -> Iterator[Declared]:
    """Every route of an application."""
    for route in iter_route_contexts(app.routes):
        yield Declared(frozenset(route.methods or ()), route.path or repr(route.route), _rule_of(route))


def _rule_of(route: RouteContext) -> Rule | None:
    dependencies = getattr(route, "dependencies", None) or ()
    asked = (getattr(one.dependency, "__self__", None) for one in dependencies)
    return next((one.rule for one in asked if isinstance(one, _Asked)), None)


def close_by_default(app: FastAPI) -> None:
    """Every route has its rule, or `WithoutRule` names those that have none."""
    if missing := sorted({one.path for one in declared(app) if one.rule is None}):
        raise WithoutRule(f"it is not declared (reads=) who may read {', '.join(missing)}")
    app.add_exception_handler(NotYours, _not_yours)


async def _not_yours(request: Request, error: Exception) -> Response:
    why = cast(NotYours, error).why
    audited(request.scope, AuditKind.NO_RIGHT, f"{request.method} {request.url.path}", why["slug"])
    if is_api(request.url.path):
        return JSONResponse({"reasons": [why]}, 403, {"Cache-Control": "no-store"})
    return closed(request, why["zh"])
