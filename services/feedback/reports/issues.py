"""An organisation's reports of a year: issued, replaced by a longer period's, or not due yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.feedback.reports import periods
from services.feedback.reports.model import PeriodRecord, Report
from shared.calendar import china_day
from shared.database.mongo import Database
from shared.events.vocabulary import ReportKind
from shared.pages.chinese import NOTHING, day_text

UNCHANGED: Mapping[str, int] = {}
TITLES = {ReportKind.MONTHLY: "月反馈", ReportKind.QUARTERLY: "季汇总", ReportKind.ANNUAL: "年考核"}


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One period of the year: a link to its report, or why there is none."""

    period: str
    kind: str
    url: str
    note: str
    issued: str
    changed: int = 0


async def read(
    db: Database, county: str, organisation: str, year: str, changed: Mapping[str, int] = UNCHANGED
) -> tuple[IssueLine, ...]:
    """The seventeen periods of a year, each with what became of it for an organisation.

    `changed` are how many figures of a report differ now, by its id.
    """
    wanted = {"organisation": organisation, "period": {"$in": all_periods(year)}}
    found = await db[Report.collection].find(wanted, {"period": 1, "issued": 1, "withdrawn": 1}).to_list(None)
    ids = [f"{county}/{period}" for period in all_periods(year)]
    closed = await db[PeriodRecord.collection].find({"_id": {"$in": ids}}).to_list(None)
    replaced = {one["_id"].split("/")[1]: one["replaced_by"] for one in closed}
    drafted = {one["_id"].split("/")[1] for one in closed if one.get("drafts")}
    return lines(year, {one["period"]: one for one in found}, replaced, changed, drafted)


def all_periods(year: str) -> list[str]:
    """Months, quarters, the year."""
    return [*periods.months_of(year), *(f"{year}-Q{n}" for n in (1, 2, 3, 4)), year]


def lines(
    year: str,
    reports: Mapping[str, Mapping[str, Any]],
    replaced: Mapping[str, str | None],
    changed: Mapping[str, int] = UNCHANGED,
    drafted: Collection[str] = (),
) -> tuple[IssueLine, ...]:
    """Each period of the year in order; of those that are `drafted` what has no report yet is still to be signed."""
    return tuple(_line(period, reports.get(period), replaced, changed, drafted) for period in all_periods(year))


def _line(
    period: str,
    report: Mapping[str, Any] | None,
    replaced: Mapping[str, str | None],
    changed: Mapping[str, int],
    drafted: Collection[str],
) -> IssueLine:
    kind, name = TITLES[periods.kind_of(period)], periods.in_chinese(period)
    if report:
        return IssueLine(
            name,
            kind,
            f"/feedback/reports/{report['_id']}",
            "已撤回作废" if report.get("withdrawn") else "",
            day_text(china_day(datetime.fromisoformat(report["issued"]))),
            changed.get(report["_id"], 0),
        )
    if period in drafted:
        return IssueLine(name, kind, "", "尚未签发", NOTHING)
    return IssueLine(name, kind, "", _why_none(period, replaced), NOTHING)


def _why_none(period: str, replaced: Mapping[str, str | None]) -> str:
    if period not in replaced:
        return "尚未汇总"
    longer = replaced[period]
    return f"由{TITLES[periods.kind_of(longer)]}代替" if longer else "本期未向该单位反馈"
