"""A submission as its service's ledger has it, for programs."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException

from shared.web.asking import Asker, Now, Parts, RosterNow
from shared.web.parameters import CodeInPath, IdInPath
from shared.web.records.lookup import found, may_look
from shared.web.records.showing import in_json

router = APIRouter(prefix="/api/submissions")


@router.get("/{submitter}/{submission}", summary="A submission, its verdict, its facts and what corrected it")
async def submission(
    parts: Parts, roster: RosterNow, now: Now, who: Asker, submitter: CodeInPath, submission: IdInPath
) -> dict[str, Any]:
    it = await found(parts.db, submitter, submission)
    if it is None or not may_look(who, it.entry, roster, now):
        raise HTTPException(404)
    return in_json(it)
