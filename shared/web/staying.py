"""Nobody is sent anywhere but to a path of this origin: what a sender calls the host is no address to be sent to."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def as_path(location: str) -> str:
    """An address without its host; one slash at most begins it, or a browser would read a host again."""
    parts = urlsplit(location)
    if not parts.netloc:
        return location
    return urlunsplit(("", "", "/" + parts.path.lstrip("/\\"), parts.query, parts.fragment))


def came_from(request: Request) -> str:
    """The page that the browser comes from, as a path of this origin; empty without one, or from elsewhere."""
    page = request.headers.get("referer", "")
    try:
        is_ours = urlsplit(page).netloc == request.headers.get("host")
    except ValueError:
        return ""
    return as_path(page) if is_ours else ""


class Staying:
    """Stands before every route; a trailing slash too many, say, is answered with where it was meant to go."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As every ASGI application is called."""

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if (location := headers.get("location")) is not None:
                    headers["location"] = as_path(location)
            await send(message)

        await self._app(scope, receive, answered if scope["type"] == "http" else send)
