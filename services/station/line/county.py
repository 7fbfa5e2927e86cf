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
from typing import Any, NamedTuple
from urllib.request import HTTPSHandler, ProxyHandler, Request, build_opener

from services.station.folder import Hub
from services.station.line.line import trusting

TIMEOUT = 10.0
MOST = 4 * 1024 * 1024
"""Bytes of an answer."""


class Answered(NamedTuple):
    """A JSON answer, and the county's time by its Date header."""

    content: Any
    at: datetime | None


def ask(url: str, ca: Path, body: Mapping[str, Any] | None = None, hub: Hub | None = None) -> Answered:
    """Blocks, and raises what `troubles.explained` can put in words; this PC's proxies are asked but for loopback."""
    headers = {"Accept": "application/json", **_authorization(hub)}
    data = None
    if body is not None:
        data, headers["Content-Type"] = json.dumps(body).encode(), "application/json"
    opener = build_opener(HTTPSHandler(context=trusting(ca)), *_proxies(url))
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


def _proxies(url: str) -> list[ProxyHandler]:
    host = Request(url).host.rsplit(":", 1)[0]
    return [ProxyHandler({})] if host in ("127.0.0.1", "localhost", "[::1]") else []
