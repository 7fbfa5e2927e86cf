"""A county whose reports are drafted, reviewed, signed and received, by persons; rules alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from services.feedback.documents.model import Draft
from services.feedback.handlers import HANDLERS
from services.feedback.measures.model import MonthlyDocument
from services.feedback.reports import periods
from shared.events import EventData, Fact
from shared.events.documents import (
    AdoptDocumentScheme,
    PassReports,
    ReceiveReport,
    SignMonthlyReports,
    SignReports,
)
from shared.events.feedback import ClosePeriod
from shared.pipeline.decisions import Accepted, Refused
from tests.asking import COUNTY, HALL, OFFICE, TOWNSHIP, Desk, asked, facts, roster

CLERK, OTHER_CLERK, DIRECTOR, SECRETARY = "p-clerk", "p-other-clerk", "p-director", "p-secretary"
RECIPIENTS = (HALL, OFFICE, TOWNSHIP)
MARCH, QUARTER, YEAR = "2018-03", "2018-Q1", "2018"
SCHEME = AdoptDocumentScheme(effective_from=date(2018, 1, 1), prefix="某联党")


class DocumentDesk:
    """One county with its scheme; figures are what the queries find now."""

    def __init__(self, scheme: AdoptDocumentScheme | None = SCHEME) -> None:
        self.desk, self.figures = Desk(HANDLERS, roster()), list[MonthlyDocument]()
        if scheme:
            self.desk.agrees(scheme, at="2018-01-01T08:00")

    def says(self, data: EventData, by: str = "", at: str = "2018-04-02T09:00", of: str = COUNTY) -> Accepted | Refused:
        """A submission of a person for an organisation."""
        return self.desk.decides(replace(asked(data, of, at), actor=by), self.figures)

    def agrees(self, data: EventData, by: str = "", at: str = "2018-04-02T09:00", of: str = COUNTY) -> list[Fact]:
        """The facts that follow."""
        verdict = self.says(data, by, at, of)
        assert isinstance(verdict, Accepted), verdict
        return [fact for _, fact in facts(verdict, of)]

    def refuses(self, data: EventData, by: str = "", at: str = "2018-04-02T09:00", of: str = COUNTY) -> str:
        """The slug; nothing changes."""
        before = [(type(one), one) for one in self.desk.kept(Draft)]
        verdict = self.says(data, by, at, of)
        assert isinstance(verdict, Refused), verdict
        assert [(type(one), one) for one in self.desk.kept(Draft)] == before
        return verdict.slug

    def counts(self, path: str = f"{COUNTY}/{OFFICE}", month: str = MARCH, **add: int) -> None:
        """A month of somebody comes to this now."""
        named = {name.replace("_", "-"): n for name, n in add.items()}
        self.figures = [one for one in self.figures if one.id != f"{month}/{path}"]
        self.figures.append(MonthlyDocument(id=f"{month}/{path}", month=month, county=COUNTY, path=path, add=named))

    def closes(self, *closing: str) -> None:
        """These periods, as the clock does."""
        for period in closing:
            self.desk.decides(asked(ClosePeriod(period=period), COUNTY, periods.over_at(period)), self.figures)

    def draft(self, period: str = MARCH, of: str = OFFICE) -> Draft:
        """As it is now."""
        return next(one for one in self.desk.kept(Draft) if one.id == f"{period}_{of}")

    def named(self, *closing: str) -> list[str]:
        """All drafts of periods, in the editions that they have."""
        return [one.named for one in self.desk.kept(Draft) if one.period in (closing or (MARCH,))]

    def signed(self, *closing: str, at: str = "2018-04-03T15:00", by: str = SECRETARY) -> list[Fact]:
        """All of them reviewed as they are, and signed in one list."""
        named = self.named(*closing)
        self.agrees(PassReports(drafts=named), CLERK)
        return self.agrees(SignReports(drafts=named), by, at)

    def receives(self, period: str = MARCH, of: str = OFFICE, at: str = "2018-04-04T10:00") -> list[Fact]:
        """By a person of the recipient."""
        return self.agrees(ReceiveReport(report=f"{period}_{of}"), "p-liaison", at, of)


def monthly(named: Iterable[str]) -> SignMonthlyReports:
    """Signed by authority."""
    return SignMonthlyReports(drafts=list(named))


def only(found: Iterable[Any], kind: type[Any]) -> list[Any]:
    """Those of a kind."""
    return [one for one in found if isinstance(one, kind)]
