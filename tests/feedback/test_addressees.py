"""A document addresses the Party organisation of its recipient by the name of its day."""

from __future__ import annotations

from datetime import date

from services.feedback.addressees.model import PartyNames
from services.feedback.handlers import FOLLOWED
from services.feedback.reports import periods
from services.feedback.reports.model import Report
from services.feedback.reports.sheet import sheet
from shared.events.feedback import ClosePeriod
from shared.events.roster.party import PartyKind, PartyOrganisationRegistered, PartyOrganisationWithdrawn
from tests.asking import COUNTY, OFFICE, Desk, asked, roster
from tests.feedback.documenting import DocumentDesk


def called(name: str, since: str) -> PartyOrganisationRegistered:
    return PartyOrganisationRegistered(
        party_name=name, party_kind=PartyKind.BRANCH, party_members=9, valid_from=date.fromisoformat(since)
    )


def test_a_name_holds_from_its_day_and_not_when_it_is_taken_back() -> None:
    desk = Desk(FOLLOWED, roster())
    later, first = called("机关党总支", "2018-06-01"), called("机关党支部", "2018-01-01")
    for fact in (later, first):
        desk.decides(asked(fact, OFFICE, "2018-01-02"))
    names = desk.only(PartyNames)
    days = [date(2017, 12, 31), date(2018, 3, 31), date(2018, 6, 30)]
    assert [names.on(day) for day in days] == ["", "机关党支部", "机关党总支"]
    desk.decides(asked(PartyOrganisationWithdrawn(**later.model_dump()), OFFICE, "2018-07-02"))
    assert desk.only(PartyNames).on(date(2018, 6, 30)) == "机关党支部"


def test_a_report_keeps_how_its_recipient_was_addressed() -> None:
    names = Desk(FOLLOWED, roster())
    names.decides(asked(called("机关党支部", "2018-01-01"), OFFICE, "2018-01-02"))
    desk = DocumentDesk(scheme=None)
    closing = asked(ClosePeriod(period="2018-03"), COUNTY, periods.over_at("2018-03"))
    desk.desk.decides(closing, [names.only(PartyNames)])
    report = next(one for one in desk.desk.kept(Report) if one.organisation == OFFICE)
    assert (report.addressed, sheet(report).to) == ("机关党支部", "机关党支部：")
    assert sheet(report.having(addressed="")).to == "department党组织："
    assert report.committee
