"""Numbers of documents: gapless for each series and year, given in the decision that issues what bears them."""

from __future__ import annotations

from typing import Any

from services.feedback.documents.model import Draft, NumbersGiven, SignedFrom
from shared.events import Event
from shared.events.documents import DocumentSeries, SignMonthlyReports, SignReports
from shared.pipeline.decisions import State
from shared.roster.organisations import county_of

Signing = SignReports | SignMonthlyReports
OF_SERIES = {DocumentSeries.FILE: "", DocumentSeries.LETTER: "函"}


def numbers_id(event: Event[Any], series: DocumentSeries) -> str:
    """The counter of a series in the year of signing."""
    return f"{county_of(event.organisation)}/{event.day.year}/{series}"


class Numbering:
    """The numbers that one decision takes, in the order of what bears them."""

    def __init__(self, state: State, event: Event[Any], scheme: SignedFrom) -> None:
        self._state, self._event, self._scheme = state, event, scheme
        self._given: dict[DocumentSeries, NumbersGiven] = {}

    @property
    def given(self) -> tuple[NumbersGiven, ...]:
        """The counters as they stand then."""
        return tuple(self._given.values())

    def next(self, one: Draft) -> str:
        """As it is printed (GB/T 9704-2012, 7.2.5); a monthly feedback is called by its year and month."""
        revision = one.report.revision
        series = self._scheme.series(one.kind, is_revision=bool(revision))
        if series is None:
            return f"{one.period[:4]}年第{int(one.period[5:])}期" + (f"（更正第{revision}次）" if revision else "")
        return self.take(series)

    def take(self, series: DocumentSeries) -> str:
        """The next of a series, as it is printed."""
        id = numbers_id(self._event, series)
        before = self._given.get(series) or self._state.get(NumbersGiven, id) or NumbersGiven(id=id)
        self._given[series] = before.having(last=before.last + 1)
        return f"{self._scheme.prefix}{OF_SERIES[series]}〔{self._event.day.year}〕{before.last + 1}号"
