"""A form of these pages may only be sent from these pages: otherwise any web page could send it in a person's name."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request


def is_same_origin(headers: Mapping[str, str]) -> bool:
    """Browsers say where a request comes from; a program that says nothing acts in its own name."""
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == headers.get("host")


async def same_origin(request: Request) -> None:
    """A dependency of routes that change something: 403 for other origins."""
    if not is_same_origin(request.headers):
        raise HTTPException(403)
