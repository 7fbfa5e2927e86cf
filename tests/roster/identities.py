"""A provider of unified identities of the tests' own: small, but over HTTP and TLS on loopback, with keys of its own.

It knows one person at a time (`who`), and answers wrongly in whatever way a test tells it to.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import secrets
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

from deploy.embedded.ports import any_free
from deploy.identity.certificates import certificates
from services.roster.unified.asked import Registered

CLIENT, CLIENT_SECRET = "lianban", "a secret of the tests at the provider"
Key = RSAKey | ECKey


def rsa_key(name: str) -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"}, auto_kid=False)


def ec_key(name: str) -> ECKey:
    return ECKey.generate_key("P-256", {"kid": name, "use": "sig"}, auto_kid=False)


@dataclass
class Identities:
    """What it is, whom it knows, and in which way it does wrong."""

    issuer: str
    ca: Path
    keys: list[Key] = field(default_factory=lambda: [rsa_key("k1")])
    who: dict[str, Any] = field(default_factory=lambda: {"sub": "wang-0001"})
    spoils: dict[str, Any] = field(default_factory=dict)
    """Claims that are otherwise than they should be; None where one is missing."""
    signs: Callable[[Mapping[str, Any]], str] | None = None
    answers: Callable[[str], Response | None] = lambda _: None
    """To a path, in the place of what is right."""
    slowly: float = 0.0
    asked: list[str] = field(default_factory=list)
    codes: dict[str, Mapping[str, str]] = field(default_factory=dict)
    shown: list[str] = field(default_factory=list)
    """The states of which codes were given."""

    def registered(self, returns_to: str, **more: Any) -> Registered:
        """As the county is registered here."""
        return Registered(self.issuer, CLIENT, CLIENT_SECRET, returns_to, authority=self.ca, **more)

    def id_token(self, nonce: str, now: int) -> str:
        """Signed with the first key, or as a test wants it."""
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce, **self.who}
        claims = {name: value for name, value in (claims | self.spoils).items() if value is not None}
        return self.signs(claims) if self.signs else signed(claims, self.keys[0])

    def published(self) -> Mapping[str, Any]:
        """Of itself."""
        at = self.issuer
        ends = {"authorization_endpoint": f"{at}/authorize", "token_endpoint": f"{at}/token", "jwks_uri": f"{at}/keys"}
        return {"issuer": at, **ends}


def signed(claims: Mapping[str, Any], key: Key, **header: Any) -> str:
    alg = "RS256" if isinstance(key, RSAKey) else "ES256"
    return jwt.encode({"alg": alg, "kid": key.kid, **header}, dict(claims), key)


def application(own: Identities) -> FastAPI:
    """Its four addresses."""
    app = FastAPI(openapi_url=None)

    @app.middleware("http")
    async def otherwise(request: Request, goes_on: Any) -> Response:
        own.asked.append(request.url.path)
        if own.slowly:
            await asyncio.sleep(own.slowly)
        wrong = own.answers(request.url.path)
        right: Response = wrong or await goes_on(request)
        return right

    @app.get("/.well-known/openid-configuration")
    async def published() -> JSONResponse:
        return JSONResponse(dict(own.published()))

    @app.get("/keys")
    async def keys() -> JSONResponse:
        return JSONResponse(KeySet(list(own.keys)).as_dict(private=False))

    @app.get("/authorize")
    async def authorize(request: Request) -> RedirectResponse:
        asked = dict(request.query_params)
        assert (asked["response_type"], asked["client_id"], asked["code_challenge_method"]) == ("code", CLIENT, "S256")
        code = secrets.token_urlsafe(16)
        own.codes[code] = asked
        own.shown.append(asked["state"])
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 302)

    @app.post("/token")
    async def token(request: Request) -> JSONResponse:
        form = dict(await request.form())
        asked = own.codes.pop(str(form["code"]), None)
        shown = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
        fits = asked and s256(str(form["code_verifier"])) == asked["code_challenge"]
        if not asked or not fits or request.headers.get("authorization") != f"Basic {shown}":
            return JSONResponse({"error": "invalid_grant"}, 400)
        stated = own.id_token(asked["nonce"], int(time.time()))
        return JSONResponse({"id_token": stated, "access_token": "at", "token_type": "Bearer"})

    return app


def s256(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


@asynccontextmanager
async def providing(folder: Path, at: str = "127.0.0.1") -> AsyncIterator[Identities]:
    """While the block lasts it answers, at an address of this machine."""
    name = "localhost" if at == "127.0.0.1" else at
    certificates(folder, [name, at])
    port = any_free()
    own = Identities(f"https://{name}:{port}", folder / "ca.pem")
    tls: dict[str, Any] = {"ssl_certfile": folder / "bus" / "server.pem", "ssl_keyfile": folder / "bus" / "server.key"}
    quiet: dict[str, Any] = {"log_level": "warning", "lifespan": "off", "ws": "none", "timeout_graceful_shutdown": 1}
    config = uvicorn.Config(application(own), host=at, port=port, **tls, **quiet)
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    async with asyncio.timeout(60):
        while not server.started:
            await asyncio.sleep(0.01)
    try:
        yield own
    finally:
        server.should_exit = True
        await task
