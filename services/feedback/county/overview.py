"""The county's page: the figures of a period, the year month by month, and how many reports were issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.feedback.measures.balances import held_on
from services.feedback.measures.catalogue import GREEN, Measures, awards_in, number
from services.feedback.measures.charts import monthly
from services.feedback.measures.model import MonthlyDocument
from services.feedback.measures.rows import is_silent
from services.feedback.measures.totals import awards_of, total
from services.feedback.measures.words import Figure, figure
from services.feedback.reports import periods
from services.feedback.reports.model import STANDS, Report
from services.feedback.reports.shelves import within
from services.feedback.store import balances, months
from shared.database.mongo import Database
from shared.events.vocabulary import ReportKind
from shared.pages.charts import Chart, Table
from shared.pages.chinese import CLIENT_UNITS, CLIENTS, MODES, grouped
from shared.roster.organisations import Roster

CHARTED = ("inspections", "self-checks-missed", "patrols-missed", "score", "findings")
CHECKS = (
    "inspections",
    "self-check-rate",
    "self-checks-missed",
    "patrols-made",
    "patrol-rate",
    "patrols-missed",
    "spot-checks",
    "score",
)
FINDINGS = (
    "findings",
    "repeat-findings",
    "rectifications-completed",
    "rectified-on-time",
    "rectifications-overdue",
    "rectifications-escalated",
    "rectifications-open",
    "rectifications-open-overdue",
)
"""What came and went, and last what is left."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the page shows of a period."""

    period: str
    is_empty: bool
    patrols: tuple[Figure, ...]
    findings: tuple[Figure, ...]
    cases: tuple[Figure, ...]
    reports: tuple[Figure, ...]
    hall: tuple[Figure, ...]
    awards: tuple[Figure, ...]
    green: Table
    chart: Chart


async def read(db: Database, county: str, period: str, roster: Roster) -> Overview:
    """The county's overview of a period as of now."""
    documents, stocks = await months(db, county, periods.months_of(period[:4])), await balances(db, county)
    held = held_on(stocks, roster, periods.last_day(period))
    measures = total(documents, county, periods.months_of(period), held, awards_of(roster, county))
    issued = await reports_issued(db, county, period)
    chart = monthly(periods.months_of(period[:4]), periods.months_of(period), year_series(documents, county, period))
    return overview(period, measures, issued, due_in_hall(roster, periods.last_day(period)), chart)


def overview(period: str, measures: Measures, issued: Mapping[str, int], due: int, chart: Chart) -> Overview:
    """The figures in the order of the committee's own account."""
    return Overview(
        period=periods.in_chinese(period),
        is_empty=is_silent(measures),
        patrols=_some(measures, *CHECKS),
        findings=_some(measures, *FINDINGS),
        cases=_some(measures, "cases-opened", "cases-completed", "cases-on-time", "visits"),
        reports=issued_figures(issued),
        hall=hall_figures(measures["stationed"], due),
        awards=_some(measures, *awards_in(measures)),
        green=green_table(measures),
        chart=chart,
    )


def _some(measures: Measures, *names: str) -> tuple[Figure, ...]:
    return tuple(figure(measures, name) for name in names)


def issued_figures(issued: Mapping[str, int]) -> tuple[Figure, ...]:
    """Reports of the period itself and of every shorter one in it."""
    return (
        Figure("月反馈", grouped(issued.get(ReportKind.MONTHLY, 0)), "份"),
        Figure("季汇总", grouped(issued.get(ReportKind.QUARTERLY, 0)), "份"),
        Figure("年考核", grouped(issued.get(ReportKind.ANNUAL, 0)), "份"),
    )


def hall_figures(stationed: int, due: int) -> tuple[Figure, ...]:
    """How many of the departments that are due in the hall are there, as of the period's last day."""
    share = f"{stationed / due:.0%}" if due else ""
    return (
        Figure("应进驻部门", grouped(due), "个"),
        Figure("已进驻", grouped(stationed), "个", note=f"进驻率{share}" if share else ""),
    )


def green_table(measures: Measures) -> Table:
    """Enterprises in cases, vulnerable people in person-times: two rows that are never added together."""
    heads = ("服务对象", "计量单位", *MODES.values())
    rows = tuple(
        (name, CLIENT_UNITS[client], *(_green(measures, client, mode) for mode in MODES))
        for client, name in CLIENTS.items()
    )
    return Table("两类对象计量单位不同，不作合计", heads, rows)


def _green(measures: Measures, client: str, mode: str) -> str:
    return next(grouped(measures[m.name]) for (who, how), m in GREEN.items() if (who, how) == (client, mode))


def due_in_hall(roster: Roster, day: date) -> int:
    """How many organisations should have a window in the hall on a day, those among them that have one."""
    standings = (organisation.on(day) for organisation in roster)
    return sum(1 for standing in standings if standing and standing.belongs_in_hall)


def year_series(documents: Sequence[MonthlyDocument], county: str, period: str) -> dict[str, list[float | None]]:
    """What the chart draws, for each month of the period's year."""
    by_month = [total(documents, county, [month], {}) for month in periods.months_of(period[:4])]
    return {name: [number(one[name]) for one in by_month] for name in CHARTED}


async def reports_issued(db: Database, county: str, period: str) -> dict[str, int]:
    """How many reports were issued for a period and the shorter ones in it, by kind."""
    counted: list[dict[str, Any]] = [
        {"$match": {"period": {"$in": within(period)}, "organisation": {"$regex": f"^{county}"}, **STANDS}},
        {"$group": {"_id": "$kind", "count": {"$sum": 1}}},
    ]
    return {one["_id"]: one["count"] async for one in db[Report.collection].aggregate(counted)}
