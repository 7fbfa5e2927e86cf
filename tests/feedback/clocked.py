"""March's documents, one of which asks for a reply, and the clock that looks at them; rules alone."""

from __future__ import annotations

from datetime import date, timedelta

from services.feedback.documents.model import Delivery, Draft
from shared.calendar import is_working_day
from shared.events import Fact
from shared.events.documents import (
    GivenOpinion,
    MarkDocumentsOverdue,
    OpinionReply,
    PassReports,
    ReplyReport,
    ReviewReport,
)
from shared.pipeline.decisions import Accepted
from tests.asking import COUNTY, OFFICE, asked, facts
from tests.feedback.documenting import CLERK, DIRECTOR, MARCH, SCHEME, DocumentDesk, monthly

ONE = f"{MARCH}_{OFFICE}"
RECEIPT_DUE, REPLY_DUE = date(2018, 4, 8), date(2018, 4, 11)
"""Signed on Tuesday the third; the fifth to the seventh are a holiday, and Sunday the eighth is worked."""
OPINION = GivenOpinion(problem="公示栏未更新", requirement="更新", finish_by=date(2018, 5, 20))
REPLY = OpinionReply(opinion=1, cause="疏忽", measure="更新", responsible="首席代表", finish_by=date(2018, 5, 8))
REPLIES = ReplyReport(report=ONE, replies=[REPLY])
Said = list[tuple[date, str, Fact]]


class Clocked(DocumentDesk):
    """March is drafted, one unit is given an opinion; the clock looks at the end of every working day."""

    def __init__(self, **scheme: int) -> None:
        super().__init__(SCHEME.model_copy(update=scheme))
        self.closes(MARCH)

    def signs(self) -> None:
        """All of them, on the third of April."""
        self.agrees(ReviewReport(draft=self.draft().named, opinions=[OPINION]), CLERK)
        self.agrees(PassReports(drafts=[one for one in self.named(MARCH) if OFFICE not in one]), CLERK)
        self.agrees(monthly(self.named(MARCH)), DIRECTOR, "2018-04-03T15:00")

    def ticks(self, first: str, last: str) -> Said:
        """What the ticks of these days say, the day begun by each, and about whom."""
        day, found = date.fromisoformat(first), Said()
        while day <= date.fromisoformat(last):
            if is_working_day(day - timedelta(days=1)):
                found += [(day, *one) for one in facts(self.looks(day), COUNTY)]
            day += timedelta(days=1)
        return found

    def looks(self, day: date) -> Accepted:
        """One tick; the same once more has nothing to tell."""
        tick = asked(MarkDocumentsOverdue(day=day), COUNTY, f"{day}T00:00")
        verdict, again = (self.desk.decides(tick, self.waiting()) for _ in range(2))
        assert isinstance(verdict, Accepted)
        assert again == Accepted()
        return verdict

    def waiting(self) -> list[Draft | Delivery]:
        """What the query of a tick may find."""
        return [*self.desk.kept(Draft), *self.desk.kept(Delivery)]

    def kept(self, report: str = ONE) -> Delivery:
        """As it is now."""
        return next(one for one in self.desk.kept(Delivery) if one.id == report)
