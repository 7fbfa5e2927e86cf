"""A submission as its service's ledger has it, for programs."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException

from shared.identity.acting import acting_in
from shared.identity.reading import OWN
from shared.web.asking import Parts
from shared.web.parameters import CodeInPath, IdInPath
from shared.web.reading import Reads, reads
from shared.web.records.lookup import found
from shared.web.records.showing import in_json

router = APIRouter(prefix="/api/submissions")


@router.get(
    "/{submitter}/{submission}",
    summary="A submission, its verdict, its facts and what corrected it",
    dependencies=[reads(OWN)],
)
async def submission(parts: Parts, reading: Reads, submitter: CodeInPath, submission: IdInPath) -> dict[str, Any]:
    acting = acting_in(reading.request.scope)
    it = await found(parts.db, submitter, submission, acting) if reading.may(OWN, submitter) else None
    if it is None:
        raise HTTPException(404)
    return in_json(it)
