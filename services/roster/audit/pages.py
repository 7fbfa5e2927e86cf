"""The page of the audit, for the auditor alone, and its rows with their sums as a file to be verified elsewhere."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from services.roster.audit.lines import HEADS, KINDS, line_cells
from services.roster.audit.model import AuditRow
from services.roster.subject_pages import show
from shared.database.kept import every_document
from shared.identity.audit import AuditKind
from shared.identity.reading import AUDIT
from shared.pages.boards import Board, Narrowing, SubjectPage, narrowing
from shared.pages.cells import Cell, Cells
from shared.pages.tables import MOST_ROWS
from shared.web.auditing import audited
from shared.web.boards import Address, lines_of, saying
from shared.web.offering import Offering
from shared.web.parameters import CodeAsked, DayAsked, PageAsked, WordsAsked
from shared.web.reading import reads
from shared.web.visit import Here

PAGE = "/roster/audit"
LEAD = "登录、权限、个人信息查看、导出和报送的记录，按先后逐条以SM3校验值相连，只供审计员查看。"
EMPTY = "还没有审计记录。"
NEWEST = (("_id", -1),)
FILE = "/roster/api/audit"
"""Where the rows are, one a line."""
router = APIRouter()


@router.get(PAGE, dependencies=[reads(AUDIT)])
async def rows(
    request: Request,
    here: Here,
    kind: AuditKind | None = None,
    organisation: CodeAsked | None = None,
    day: DayAsked | None = None,
    words: WordsAsked = "",
    page: PageAsked = 1,
) -> Response:
    """The newest first; that somebody looked is a row of its own."""
    address = Address(
        PAGE, {"kind": kind, "organisation": organisation, "day": day.isoformat() if day else None, "words": words}
    )
    people = await here.parts.people.current()

    def cells(row: AuditRow) -> Cells:
        return line_cells(row, people, here.roster, here.today)

    wanted = _wanted(kind, organisation, day, words)
    lines, pages = await lines_of(here.parts.db, AuditRow, wanted, NEWEST, page, address, "条", cells)
    audited(request.scope, AuditKind.AUDIT, address.at(page), "seen")
    board = Board("审计记录", HEADS, lines, EMPTY, pages, _narrowings(kind, organisation, day, words))
    facts = (("离线校验", Cell("下载全部记录和校验值", FILE)),)
    return show("audit", SubjectPage("审计", LEAD, facts=facts, boards=(board,)), Offering(()))


@router.get(FILE, dependencies=[reads(AUDIT)])
async def file(request: Request, here: Here) -> Response:
    """Every row as it is kept, one a line, oldest first: `make audit-verify FILE=` looks through it."""
    audited(request.scope, AuditKind.EXPORT, FILE, "all")

    async def lines() -> AsyncIterator[bytes]:
        async for row in every_document(here.parts.db, AuditRow, {}, (("_id", 1),), MOST_ROWS * 100):
            yield json.dumps(row.exported(), ensure_ascii=False).encode() + b"\n"

    name = f"audit-{here.today.isoformat()}.jsonl"
    return StreamingResponse(
        lines(), media_type="application/x-ndjson", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _wanted(kind: str | None, organisation: str | None, day: date | None, words: str) -> dict[str, Any]:
    asked = {"line.kind": kind, "line.code": organisation}
    within = {"$gte": day.isoformat(), "$lt": (day + timedelta(days=1)).isoformat()} if day else None
    found = {name: value for name, value in {**asked, "line.at": within}.items() if value}
    return {**found, **saying("line.what", words)}


def _narrowings(kind: str | None, organisation: str | None, day: date | None, words: str) -> tuple[Narrowing, ...]:
    return (
        narrowing("kind", "类别", kind, KINDS),
        Narrowing("day", "日期", day.isoformat() if day else ""),
        Narrowing("words", "查找内容", words),
    )
