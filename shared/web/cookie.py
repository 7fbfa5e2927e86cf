"""The cookie of who is signed in: over TLS it is sent over TLS alone, and no other host or path can have set it.

Without TLS only a browser on the county's own machine is answered (`deploy/gateway/Caddyfile`); it has one of another
name, so that what is written over plain HTTP is never read over TLS.
"""

from __future__ import annotations

from http.cookies import SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import Scope

from shared.bus.streams import WORKING_DAY

OVER_TLS, AT_HOME = "__Host-lianban", "lianban"
REMEMBERED = 30 * 24 * 3600
"""Seconds for which a browser that is to remember a person keeps who it was."""


def is_over_tls(scope: Scope) -> bool:
    """As the gateway says, which lets nobody else say it."""
    return bool(Headers(scope=scope).get("x-forwarded-proto", scope["scheme"]) == "https")


def cookie_of(scope: Scope) -> str:
    """Its name."""
    return OVER_TLS if is_over_tls(scope) else AT_HOME


def write_cookie(headers: MutableHeaders, scope: Scope, value: str | None, seconds: int = WORKING_DAY) -> None:
    """For a working day unless told, out of reach of scripts and of what other sites send; None takes it away."""
    write_named(headers, scope, cookie_of(scope), value, seconds)


def write_named(
    headers: MutableHeaders,
    scope: Scope,
    name: str,
    value: str | None,
    seconds: int,
    path: str = "/",
    samesite: str = "strict",
) -> None:
    """Another of the same kind, sent only below a path; a `lax` one also when another site leads a browser here."""
    cookie: SimpleCookie = SimpleCookie({name: value or ""})
    attributes = {"path": path, "samesite": samesite, "httponly": True, "secure": is_over_tls(scope)}
    for attribute, said in {**attributes, "max-age": seconds if value else 0}.items():
        cookie[name][attribute] = said
    headers.append("set-cookie", cookie[name].OutputString())
