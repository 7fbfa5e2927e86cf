"""The provider: what it publishes of itself and its keys is read when it is needed, and what a code is worth there."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from services.roster.unified.asked import Away, Line, Registered
from services.roster.unified.statement import Proven, Sent, Unfit, key_named, proven

if TYPE_CHECKING:
    from joserfc.jwk import KeySet

PUBLISHED = ".well-known/openid-configuration"
GOOD_FOR, ANEW, MISSED = 3600.0, 30.0, 5.0
"""Seconds for which what was read is good, before an unknown key has the keys read anew once more, and after a miss."""


class Published(NamedTuple):
    """Where it is asked (OpenID Connect Discovery)."""

    authorization: str
    token: str
    keys: str
    by_post: bool
    """Whether the secret goes along in the form, for it takes no other way."""


class Provider:
    """Of one county; each process asks by itself."""

    def __init__(self, registered: Registered, clock: Callable[[], float] = time.monotonic) -> None:
        self.registered = registered
        self._line, self._clock = Line(registered.authority), clock
        self._published: tuple[Published, float] | None = None
        self._keys: tuple[KeySet, float] | None = None
        self._missed = -MISSED
        self._one_at_a_time = asyncio.Lock()

    async def leads_to(self, state: str, nonce: str, verifier: str) -> str:
        """Where a browser goes to be known."""
        from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        own, where = self.registered, await self.published()
        challenge = {"code_challenge": create_s256_code_challenge(verifier), "code_challenge_method": "S256"}
        asked = {"redirect_uri": own.returns_to, "scope": own.scope, "state": state, "nonce": nonce, **challenge}
        return str(prepare_grant_uri(where.authorization, own.client_id, "code", **asked))

    async def proves(self, code: str, verifier: str, nonce: str, now: int) -> Proven:
        """Who it was, of whom it gave the code: `Away`, `Declined` or `Unfit` where it is not known."""
        sent = await self._exchanged(code, verifier)
        keys = await self._keys_with(key_named(sent.id_token))
        return proven(sent, keys, self.registered, nonce, now)

    async def published(self) -> Published:
        """Read once an hour; not at once again where it could not be."""
        async with self._one_at_a_time:
            if self._published and self._clock() - self._published[1] < GOOD_FOR:
                return self._published[0]
            if self._clock() - self._missed < MISSED:
                raise Away("it did not answer a moment ago")
            try:
                said = await self._line.get(f"{self.registered.issuer.rstrip('/')}/{PUBLISHED}")
                found = _published(said, self.registered.issuer)
            except Away:
                self._missed = self._clock()
                raise
            self._published = (found, self._clock())
            return found

    async def _exchanged(self, code: str, verifier: str) -> Sent:
        own, where = self.registered, await self.published()
        fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": own.returns_to}
        fields |= {"code_verifier": verifier, "client_id": own.client_id}
        by_post = {"client_secret": own.secret} if own.secret and where.by_post else {}
        auth = (own.client_id, own.secret) if own.secret and not where.by_post else None
        said = await self._line.post(where.token, fields | by_post, auth)
        id_token, access_token = said.get("id_token"), said.get("access_token", "")
        if not isinstance(id_token, str) or not isinstance(access_token, str):
            raise Unfit("no statement came")
        return Sent(id_token, access_token)

    async def _keys_with(self, name: str) -> KeySet:
        """Its keys; read anew for one that is not among them, but not again and again for whoever makes names up."""
        where = await self.published()
        async with self._one_at_a_time:
            read = self._keys
            since = self._clock() - read[1] if read else GOOD_FOR
            if read and since < GOOD_FOR and (since < ANEW or _has(read[0], name)):
                return read[0]
            self._keys = (_key_set(await self._line.get(where.keys)), self._clock())
            return self._keys[0]


def _published(said: Mapping[str, Any], issuer: str) -> Published:
    if said.get("issuer") != issuer:
        raise Away("it calls itself otherwise")
    urls = [said.get(name) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")]
    authorization, token, keys = (one if isinstance(one, str) and one.startswith("https://") else "" for one in urls)
    if not (authorization and token and keys):
        raise Away("it does not say where it is asked over TLS")
    ways = said.get("token_endpoint_auth_methods_supported")
    return Published(authorization, token, keys, isinstance(ways, list) and "client_secret_basic" not in ways)


def _has(keys: KeySet, name: str) -> bool:
    return any(one.kid == name for one in keys)


def _key_set(said: Mapping[str, Any]) -> KeySet:
    from joserfc.errors import JoseError
    from joserfc.jwk import KeySet

    try:
        public = [one for one in said["keys"] if one.get("kty") in ("RSA", "EC") and one.get("use", "sig") == "sig"]
        return KeySet.import_key_set({"keys": public})
    except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise Away(f"its keys cannot be read: {type(error).__name__}") from error
