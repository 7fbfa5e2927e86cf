"""What the provider is asked, over TLS and within limits: it may be away, slow, or answer anything."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

PATIENCE, LONGEST, AT_ONCE = 8.0, 256 * 1024, 8
"""Seconds for one answer with all of its body, bytes of that, and how many questions wait at a time."""


class Away(Exception):
    """The provider gave no answer that can be used; what it says is for the log and never for a page."""


class Declined(Exception):
    """It answers that a code is none, or not ours."""


class Registered(NamedTuple):
    """As this county is registered at the provider, and what of its statements counts."""

    issuer: str
    client_id: str
    secret: str
    returns_to: str
    """Where it sends browsers back."""
    claim: str = "sub"
    """By which a person is known."""
    scope: str = "openid"
    acr: str = ""
    """What it says where a second factor was shown, beside `mfa` among the methods (RFC 8176)."""
    authority: Path | None = None
    """Who signs its certificate, where that is nobody whom everybody knows."""


class Line:
    """To the provider and nowhere else: what leads elsewhere is not followed."""

    def __init__(self, authority: Path | None) -> None:
        self._authority = authority
        self._trusts: ssl.SSLContext | None = None
        self._at_once = asyncio.Semaphore(AT_ONCE)

    async def get(self, url: str) -> Mapping[str, Any]:
        """What it publishes."""
        return await self._asked("GET", url)

    async def post(self, url: str, fields: Mapping[str, str], auth: tuple[str, str] | None) -> Mapping[str, Any]:
        """What it says to a form."""
        return await self._asked("POST", url, data=dict(fields), auth=auth)

    async def _asked(self, method: str, url: str, **more: Any) -> Mapping[str, Any]:
        import httpx

        try:
            async with asyncio.timeout(PATIENCE), self._at_once:
                return _object_in(await self._body(method, url, **more))
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, OSError, ValueError, RecursionError) as error:
            raise Away(f"{method} {url.partition('?')[0]}: {type(error).__name__} {str(error)[:120]}") from error

    async def _body(self, method: str, url: str, **more: Any) -> bytes:
        import httpx

        if not url.startswith("https://"):
            raise ValueError("not over TLS")
        self._trusts = self._trusts or ssl.create_default_context(cafile=self._authority)
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        async with (
            httpx.AsyncClient(verify=self._trusts, timeout=PATIENCE, trust_env=False) as client,
            client.stream(method, url, headers=headers, **more) as answer,
        ):
            if method == "POST" and answer.status_code in (400, 401):
                raise Declined(f"answered {answer.status_code}")
            if answer.status_code != 200:
                raise ValueError(f"answered {answer.status_code}")
            body = b""
            async for piece in answer.aiter_raw():
                body += piece
                if len(body) > LONGEST:
                    raise ValueError(f"more than {LONGEST} bytes")
            return body


def _object_in(body: bytes) -> Mapping[str, Any]:
    said = json.loads(body)
    if not isinstance(said, dict):
        raise ValueError("no object")
    return said
