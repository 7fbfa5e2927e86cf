"""导出: the list of a page as a workbook, at the page's own address (`export=`), so that the page's own rule is asked.

A page that shows lists says `exported_from(boards) or <the page>`; pages of subjects do so by themselves. Each table
that leaves is told to `exported`.
"""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import quote

import structlog
from fastapi import Depends, HTTPException, Query, Request
from fastapi.responses import Response
from starlette.types import Receive, Scope, Send

from shared.identity.acting import acting_in
from shared.identity.audit import AuditKind
from shared.pages.boards import Board, Narrowing
from shared.pages.chinese import time_text
from shared.pages.rendering import SIGNED_IN
from shared.pages.tables import FinishedTable, table_of
from shared.process.running import Running
from shared.web.asking import Now, Parts
from shared.web.auditing import audited
from shared.web.heavy import taking_turns

log = structlog.get_logger()
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ExportAsked = Annotated[str, Query(pattern=r"^[a-z0-9-]{1,20}$")]


@dataclass(frozen=True, slots=True)
class Wish:
    """That a list is wanted as a table: which of its page, by whom, as of when."""

    key: str
    parts: Running
    request: Request
    now: datetime


WISHES: ContextVar[Wish | None] = ContextVar("wishes", default=None)
"""Of the request that is answered."""


async def wishing(request: Request, parts: Parts, now: Now, export: ExportAsked | None = None) -> None:
    """Among the dependencies of everything that shows pages."""
    WISHES.set(Wish(export, parts, request, now) if export and request.method == "GET" else None)


EXPORTS = Depends(wishing)


def exported_from(*boards: Board | None) -> Response | None:
    """The table that is wished for; None where a page is, and 404 where the page has no such list.

    Several lists of a page are told apart before (`each_apart`).
    """
    keys = [board.paging.key for board in boards if board is not None and board.paging is not None]
    assert len(keys) == len(set(keys)), f"two lists of a page are exported under one key: {keys}"
    wish = WISHES.get()
    if wish is None:
        return None
    for board in boards:
        if board is not None and board.paging is not None and board.paging.key == wish.key:
            return _Exported(board, wish)
    raise HTTPException(404)


class _Exported(Response):
    """Put together when its turn comes, and sent as a whole."""

    def __init__(self, board: Board, wish: Wish) -> None:
        super().__init__(media_type=XLSX)
        self._board, self._wish = board, wish

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As every ASGI application is called."""
        wish, title = self._wish, self._board.title
        async with taking_turns(wish.request, wish.parts):
            table = await table_of(self._board, _about(title, self._board, wish))
        exported(scope, title, table)
        name = quote(f"{title}{wish.now:%Y%m%d}.xlsx")
        whole = Response(
            table.content, media_type=XLSX, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
        )
        await whole(scope, receive, send)


def _about(title: str, board: Board, wish: Wish) -> dict[str, str]:
    who = SIGNED_IN.get()
    narrowed = "；".join(f"{one.label}：{_said(one)}" for one in board.narrowings if one.value) or board.narrowed
    return {
        "名称": title,
        "筛选": narrowed or "无",
        "数据截至": time_text(wish.now),
        "导出单位": who.name if who and who.name else "未登录",
        **({"说明": board.note} if board.note else {}),
    }


def _said(asked: Narrowing) -> str:
    return next((one.name for one in asked.options if one.value == asked.value), asked.value)


def exported(scope: Scope, title: str, table: FinishedTable) -> None:
    """That somebody took a list along: who, which, how many rows; for the auditor too."""
    by, path = acting_in(scope), scope["path"]
    code, person = (by.code, by.person) if by else ("", "")
    log.info("exported", list=title, path=path, rows=table.rows, code=code or "-", person=person or "-")
    audited(scope, AuditKind.EXPORT, path, f"{title}，{table.rows}行")
