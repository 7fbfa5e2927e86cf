"""The county's pages asked by a program: over HTTP, as this station, with the county's own certificate trusted."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from pathlib import Path
from typing import IO, Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, HTTPSHandler, ProxyHandler, Request, build_opener

from services.station.folder import Hub
from services.station.line.line import trusting

TIMEOUT = 10.0
MOST = 4 * 1024 * 1024
"""Bytes of an answer."""


class Answered(NamedTuple):
    """A JSON answer, and the county's time by its Date header."""

    content: Any
    at: datetime | None


def ask(
    url: str, ca: Path, body: Mapping[str, Any] | None = None, hub: Hub | None = None, alone: bool = False
) -> Answered:
    """Blocks, and raises what `troubles.explained` can put in words; this PC's proxies are asked but for loopback.

    `alone` trusts that authority only.
    """
    url = over_tls(url) if hub else url
    headers = {"Accept": "application/json", **_authorization(hub)}
    data = None
    if body is not None:
        data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
    opener = build_opener(HTTPSHandler(context=trusting(ca, alone)), _NeverInClear(), *proxies(url))
    try:
        with opener.open(Request(url, data, headers), timeout=TIMEOUT) as answer:
            return Answered(json.loads(answer.read(MOST)), date_in(answer.headers))
    except HTTPException as error:
        raise ConnectionError(f"no whole answer: {error!r}") from error


def date_in(headers: Message) -> datetime | None:
    """The time that a server says it has."""
    text = headers.get("Date")
    return parsedate_to_datetime(text) if text else None


def _authorization(hub: Hub | None) -> dict[str, str]:
    if hub is None:
        return {}
    return {"Authorization": f"Basic {b64encode(f'{hub.station}:{hub.token}'.encode()).decode()}"}


def is_loopback(url: str) -> bool:
    """Whether it leads to this PC itself, so that nothing of it goes over a wire."""
    return urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")


def is_safe(url: str) -> bool:
    """Whether what is sent there is read by nobody on the way."""
    return urlsplit(url).scheme == "https" or is_loopback(url)


def proxies(url: str) -> list[ProxyHandler]:
    """None for loopback."""
    return [ProxyHandler({})] if is_loopback(url) else []


class _NeverInClear(HTTPRedirectHandler):
    """Sent on over TLS only: what goes along is this station's token."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        """As every redirect, or the answer itself is the error."""
        if not is_safe(newurl):
            raise HTTPError(newurl, code, "sent on without TLS", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]


def _front(base: str) -> str:
    """Where a county that was enrolled with before it had TLS sends its visitors; asked without a token."""
    request = Request(f"{base}/", method="HEAD")
    try:
        with build_opener(_Stays(), *proxies(base)).open(request, timeout=TIMEOUT) as answer:
            where = answer.headers.get("Location", "")
    except HTTPError as error:
        where = error.headers.get("Location", "")
    parts = urlsplit(where)
    return f"https://{parts.netloc}" if parts.scheme == "https" else base


class _Stays(HTTPRedirectHandler):
    """Only reads where it would be sent."""

    def redirect_request(self, *_: Any) -> None:
        """Nowhere."""


def over_tls(url: str) -> str:
    """The same, at the county's front with TLS once it has one."""
    if is_safe(url):
        return url
    parts = urlsplit(url)
    base = f"{parts.scheme}://{parts.netloc}"
    return _front(base) + url.removeprefix(base)
