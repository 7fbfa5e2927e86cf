"""What programs read of documents: drafts for the office, deliveries for those whom they concern, former editions."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException

from services.feedback.documents.delivery_pages import DeliveryStateAsked
from services.feedback.documents.desk_pages import StateAsked
from services.feedback.documents.draft_pages import EditionAsked, ReportInPath
from services.feedback.documents.model import Delivery, Draft, FormerDraft, FormerReport
from services.feedback.documents.opinion_reads import OpinionsAsked, by_opinions
from services.feedback.reports.model import recipient_of
from shared.database.lists import listed, one
from shared.identity.reading import COMMITTEE, REPORTS
from shared.web.asking import County, Db
from shared.web.boards import asking
from shared.web.parameters import CodeAsked, LimitAsked, PeriodAsked
from shared.web.reading import Reads, reads

router = APIRouter(prefix="/feedback/api")


@router.get(
    "/drafts", summary="Drafts of reports by period and state, without their figures", dependencies=[reads(COMMITTEE)]
)
async def drafts(
    db: Db,
    county: County,
    period: PeriodAsked | None = None,
    state: StateAsked | None = None,
    limit: LimitAsked = 200,
    after: str | None = None,
) -> dict[str, Any]:
    wanted = {"county": county, **asking(period=period, state=state and state.value)}
    found = await listed(db, Draft.collection, wanted, limit, after)
    for draft in found["items"]:
        draft.pop("report")
    return found


@router.get("/drafts/{report}", summary="One draft as it is, or in a former edition", dependencies=[reads(COMMITTEE)])
async def draft(db: Db, county: County, report: ReportInPath, edition: EditionAsked | None = None) -> dict[str, Any]:
    now = await one(db, Draft.collection, report)
    if now is None or now["county"] != county:
        raise HTTPException(404)
    if edition is None or edition == now["edition"]:
        return now
    former = await one(db, FormerDraft.collection, f"{report}@{edition}")
    if former is None:
        raise HTTPException(404)
    return former


@router.get(
    "/deliveries",
    summary="Issued documents that whoever asks may read: delivered, signed for, sent back, void",
    dependencies=[reads(REPORTS)],
)
async def deliveries(
    db: Db,
    reading: Reads,
    period: PeriodAsked | None = None,
    state: DeliveryStateAsked | None = None,
    opinions: OpinionsAsked | None = None,
    organisation: CodeAsked | None = None,
    limit: LimitAsked = 200,
    after: str | None = None,
) -> dict[str, Any]:
    asked = {**asking(period=period, state=state and state.value), **by_opinions(opinions)}
    wanted = {"$and": [reading.filter(REPORTS, organisation), asked]}
    return await listed(db, Delivery.collection, wanted, limit, after)


@router.get(
    "/reports/{report}/void",
    summary="What was issued of a report before: corrected since, or void",
    dependencies=[reads(REPORTS)],
)
async def void(
    db: Db, reading: Reads, report: ReportInPath, limit: LimitAsked = 200, after: str | None = None
) -> dict[str, Any]:
    reading.must(REPORTS, recipient_of(report))
    return await listed(db, FormerReport.collection, {"_id": {"$regex": f"^{report}@"}}, limit, after)
