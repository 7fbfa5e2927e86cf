"""Who may ask the local page: a browser that was sent here by its address, with forms of its own.

Any page of the web can make a browser ask 127.0.0.1, under a name that it has had resolved to this PC: so the name in
the Host header has to be one of this agent's own.
"""

from __future__ import annotations

from collections.abc import Iterable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.web.same_origin import is_same_origin

OWN = frozenset({"127.0.0.1", "localhost", "[::1]"})
SAFE = ("GET", "HEAD")
NOT_OURS = "本页只能用本机的地址打开（如 http://127.0.0.1:8300/），表单只能在本页提交。"


class Guard:
    """Answers 403 to everybody else."""

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self._app = app
        self._names = OWN | set(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._is_ours(scope["method"], Headers(scope=scope)):
            await self._app(scope, receive, send)
        else:
            await PlainTextResponse(NOT_OURS, 403)(scope, receive, send)

    def _is_ours(self, method: str, headers: Headers) -> bool:
        return host_in(headers.get("host", "")) in self._names and (method in SAFE or is_same_origin(headers))


def host_in(header: str) -> str:
    """The name without its port."""
    name, colon, port = header.rpartition(":")
    return (name if colon and port.isdigit() else header).lower()
