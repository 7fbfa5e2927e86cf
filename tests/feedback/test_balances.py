"""Stocks that facts add to and take from: as they stood when the period was over, where the organisation stood then."""

from __future__ import annotations

from datetime import date

from services.feedback.handlers import HANDLERS
from services.feedback.measures import recompute
from services.feedback.measures.balances import held_on
from services.feedback.measures.catalogue import MEASURES, Kind
from services.feedback.measures.model import Balance
from services.feedback.measures.rectifying import HELD, RECTIFYING
from services.feedback.reports.model import Report
from services.feedback.reports.opinions import opinions
from shared.events import inspection
from shared.events.feedback import ClosePeriod
from shared.events.vocabulary import OrganisationKind
from shared.pipeline.decisions import Accepted
from shared.roster.organisations import Roster
from tests.asking import (
    COUNTY,
    HALL,
    OFFICE,
    OTHER_TOWNSHIP,
    STATION,
    TOWNSHIP,
    Desk,
    asked,
    organisation,
    roster,
    standing,
)
from tests.county import County
from tests.submitters import marks_overdue, moment, station

OPEN, OVERDUE = "rectifications-open", "rectifications-open-overdue"
LAST = {month: date(2018, month, 28) for month in range(1, 13)}


def balance(code: str, open_: dict[str, int], overdue: dict[str, int] | None = None) -> Balance:
    return Balance(id=code, county=COUNTY, add={OPEN: open_, OVERDUE: overdue or {}})


def opened(known: Roster, day: date, *balances: Balance) -> dict[str, int]:
    """How many are open, by organisation."""
    return {code: held[OPEN] for code, held in held_on(balances, known, day).items()}


def test_a_stock_is_all_that_came_and_went_until_then() -> None:
    kept = balance(STATION, {"2018-01": 2, "2018-03": -1, "2018-12": 4})
    assert [opened(roster(), LAST[month], kept)[STATION] for month in (1, 2, 3, 11, 12)] == [2, 2, 1, 1, 5]


def test_a_township_and_the_county_hold_what_those_below_them_hold() -> None:
    held = opened(roster(), LAST[3], balance(STATION, {"2018-03": 2}), balance(OFFICE, {"2018-03": 1}))
    assert held == {STATION: 2, OFFICE: 1, TOWNSHIP: 2, COUNTY: 3}


def test_what_is_open_moves_with_the_organisation_that_has_to_put_it_right() -> None:
    village = OrganisationKind.VILLAGE
    moved = organisation(
        STATION, standing(village, TOWNSHIP), standing(village, OTHER_TOWNSHIP, since=date(2018, 6, 15))
    )
    held = [opened(roster(moved), LAST[month], balance(STATION, {"2018-05": 1, "2018-07": -1})) for month in (5, 6, 7)]
    assert [(one.get(TOWNSHIP), one.get(OTHER_TOWNSHIP), one[COUNTY]) for one in held] == [
        (1, None, 1),
        (None, 1, 1),
        (None, 0, 0),
    ]


def test_what_nobody_knows_the_place_of_is_the_countys() -> None:
    assert opened(Roster(), LAST[3], balance(STATION, {"2018-03": 1})) == {STATION: 1, COUNTY: 1}


def test_a_report_carries_the_stock_of_its_last_day_and_of_the_day_before_it_began() -> None:
    desk = Desk(HANDLERS, roster())
    kept = balance(STATION, {"2018-02": 3, "2018-03": -1, "2018-04": 7}, {"2018-03": 1})
    verdict = desk.decides(asked(ClosePeriod(period="2018-03"), COUNTY, "2018-04-01T00:00"), [kept])
    assert isinstance(verdict, Accepted)
    report = next(one for one in desk.kept(Report) if one.organisation == TOWNSHIP)
    assert (report.measures[OPEN], report.measures[OVERDUE], report.before[OPEN]) == (2, 1, 3)


def test_the_opinion_tells_what_once_was_late_from_what_still_is() -> None:
    desk = Desk(HANDLERS, roster())
    kept = [balance(HALL, {"2018-11": 3}, {"2018-12": 2})]
    desk.decides(asked(ClosePeriod(period="2018"), COUNTY, "2019-01-01T00:00"), kept)
    report = next(one for one in desk.kept(Report) if one.organisation == HALL)
    (said,) = report.opinions
    assert said.startswith("截至年末尚有3项问题未销号，其中逾期2项。")
    (once,) = opinions(report.measures | {OPEN: 0, "rectifications-overdue": 5, "rectified-late": 4})
    assert once.startswith("全年曾经整改逾期5项次，超期完成整改4项")


def test_every_balance_is_a_measure_and_what_changes_one_is_followed() -> None:
    balances = {measure.name for measure in MEASURES.values() if measure.kind is Kind.BALANCE}
    assert balances == {OPEN, OVERDUE, "opinions-open", "opinions-open-overdue"}
    assert inspection.RectificationWithdrawn in RECTIFYING.keys() & HELD.keys()


REGISTERED = {"county": COUNTY, "stage": {"$in": ["opened", "accepted", "sent-back", "submitted"]}}


async def test_the_county_reads_of_its_stock_what_the_register_shows_and_a_falsified_one_is_found(
    county: County,
) -> None:
    found = station.logs(moment("2018-01-08"), findings=2)
    async with county.working():
        await county.hears(found)
        await county.settles()
        await county.hears(station.rectifies(found, at=moment("2018-01-09")))
        await county.settles()
        await county.hears(marks_overdue("2018-02-01"))
        await county.settles()
    register = county.db("inspection")["rectifications"]
    shown = (await register.count_documents(REGISTERED), await register.count_documents({"marked": {"$ne": None}}))
    kept = [Balance.stored(one) async for one in county.db("feedback")[Balance.collection].find()]
    held = held_on(kept, roster(), LAST[2])[COUNTY]
    assert (held[OPEN], held[OVERDUE]) == shown == (2, 1)

    assert await recompute.differences(county.db("feedback"), "2018-01") == []
    await county.db("feedback")[Balance.collection].update_one(
        {"_id": station.code}, {"$inc": {f"add.{OPEN}.2018-01": 1}}
    )
    (different,) = await recompute.differences(county.db("feedback"), "2018-01")
    assert (different["collection"], different["kept"][OPEN]) == (Balance.collection, different["computed"][OPEN] + 1)
