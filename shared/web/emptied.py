"""A field of a filter that was emptied asks for nothing: without it today, or all, is meant."""

from __future__ import annotations

from urllib.parse import unquote_plus

from starlette.types import ASGIApp, Receive, Scope, Send

from shared.pages.error_pages import is_api


def without_emptied(query: bytes) -> bytes:
    """`day=&township=123456100` is `township=123456100`; what else is asked stays as it is written."""
    return b"&".join(one for one in query.split(b"&") if _says(one))


def _says(asked: bytes) -> bool:
    _, is_valued, value = asked.partition(b"=")
    return bool(is_valued) and bool(unquote_plus(value.decode("latin-1")).strip())


class LeavesOutEmptied:
    """Stands before every route of pages; a program that asks for nothing by name is told so."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As every ASGI application is called."""
        if scope["type"] == "http" and scope["query_string"] and not is_api(scope["path"]):
            scope = {**scope, "query_string": without_emptied(scope["query_string"])}
        await self._app(scope, receive, send)
