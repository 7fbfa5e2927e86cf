"""What programs read of annual packages."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException

from services.feedback.documents.draft_pages import EditionAsked
from services.feedback.packages.model import FormerPackage, Package
from services.feedback.packages.package_page import PackageInPath
from services.feedback.packages.reads import open_to
from shared.database.lists import listed, one
from shared.identity.reading import REPORTS
from shared.web.asking import County, Db
from shared.web.parameters import LimitAsked
from shared.web.reading import Reading, Reads, reads

WHO = ("signed_by", "received_by")
"""Ids of persons."""
router = APIRouter(prefix="/feedback/api")


@router.get(
    "/packages",
    summary="Annual packages, each with the documents in it that whoever asks may read",
    dependencies=[reads(REPORTS)],
)
async def packages(
    db: Db, county: County, reading: Reads, limit: LimitAsked = 200, after: str | None = None
) -> dict[str, Any]:
    found = await listed(db, Package.collection, {"county": county, **open_to(reading)}, limit, after)
    return {**found, "items": [_open(each, reading) for each in found["items"]]}


@router.get("/packages/{package}", summary="One, as it is or in a former edition", dependencies=[reads(REPORTS)])
async def package(
    db: Db, county: County, reading: Reads, package: PackageInPath, edition: EditionAsked | None = None
) -> dict[str, Any]:
    found = await one(db, Package.collection, package)
    if found and edition is not None and edition != found["edition"]:
        former = await one(db, FormerPackage.collection, f"{package}@{edition}")
        found = former and former["package"]
    if found is None or found["county"] != county:
        raise HTTPException(404)
    if not (shown := _open(found, reading))["reports"]:
        raise HTTPException(404)
    return shown


def _open(found: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """What it reports of others is kept from whoever does not read all; and who did what with it."""
    scope = reading.scope(REPORTS)
    if scope is None:
        return found
    mine = [each for each in found["reports"] if each["organisation"] in scope]
    sheets = [each for each in found["sheets"] if each["organisation"] in scope]
    return {**found, "reports": mine, "sheets": sheets, **dict.fromkeys(WHO, ""), "steps": []}
