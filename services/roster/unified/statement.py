"""What the provider states of a person (ID token, OpenID Connect Core 3.1.3.7), believed when all of it is right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from services.roster.unified.asked import Registered

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

SIGNED_BY = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""By a key of which only the public part is known here: nobody who knows that can sign."""
LEEWAY, LONGEST = 60, 16 * 1024
"""Seconds by which two clocks may differ, and letters of a statement."""
MOST = 256


class Unfit(Exception):
    """A statement that is not believed; what it says is for the log."""


class Proven(NamedTuple):
    """Somebody as the provider knows them, and whether a second factor was shown there."""

    subject: str
    by_two: bool


class Sent(NamedTuple):
    """What came of a code."""

    id_token: str
    access_token: str


def key_named(id_token: str) -> str:
    """The key by which it says that it is signed; empty where it says none."""
    from joserfc import jws
    from joserfc.errors import JoseError

    try:
        return str(jws.extract_compact(id_token[:LONGEST].encode()).headers().get("kid", ""))
    except (JoseError, ValueError, TypeError, AttributeError) as error:
        raise Unfit(f"no statement: {type(error).__name__}") from error


def proven(sent: Sent, keys: KeySet, registered: Registered, nonce: str, now: int) -> Proven:
    """Issuer, audience, times (Unix seconds), nonce and signature are as they have to be, or `Unfit` says which not."""
    from joserfc import jwt
    from joserfc.errors import JoseError

    try:
        token = jwt.decode(sent.id_token[:LONGEST], keys, algorithms=list(SIGNED_BY))
        claims = _validated(token.claims, token.header, sent, registered, nonce, now)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unfit(f"{type(error).__name__} {str(error)[:120]}") from error
    subject = claims.get(registered.claim)
    if not isinstance(subject, str) or not 0 < len(subject) <= MOST:
        raise Unfit(f"no {registered.claim} in it")
    return Proven(subject, _by_two(claims, registered.acr))


def _validated(
    claims: Mapping[str, Any], header: Mapping[str, Any], sent: Sent, registered: Registered, nonce: str, now: int
) -> Mapping[str, Any]:
    from authlib.oidc.core import CodeIDToken

    must = {name: {"essential": True} for name in ("sub", "exp", "iat", "nonce")}
    is_said = {"iss": registered.issuer, "aud": registered.client_id}
    options = {**must, **{name: {"essential": True, "value": value} for name, value in is_said.items()}}
    params = {"nonce": nonce, "client_id": registered.client_id, "access_token": sent.access_token}
    stated: dict[str, Any] = CodeIDToken(claims, header, options, params)
    stated.validate(now, LEEWAY)  # type: ignore[attr-defined]
    return stated


def _by_two(claims: Mapping[str, Any], acr: str) -> bool:
    methods = claims.get("amr")
    return (isinstance(methods, list) and "mfa" in methods) or (bool(acr) and claims.get("acr") == acr)
