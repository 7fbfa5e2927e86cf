"""Drafts: made when a period is closed, and anew while they are not signed; what is named is what was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from services.feedback.documents.model import DocumentScheme, Draft, DraftState, FormerDraft, HandStep, SignedFrom
from services.feedback.reports import periods
from services.feedback.reports.changes import Change, changes
from services.feedback.reports.making import figures_needed, measured, reports_of
from services.feedback.reports.model import Report, Revised
from shared.calendar import china_day, due_after
from shared.database.documents import Document, Key, Need
from shared.events import Event
from shared.events.documents import RedraftReports, ReportDrafted
from shared.events.feedback import ClosePeriod
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.organisations import county_of

REDRAFTED, DRAFTED = "redrafted", "drafted"


@dataclass(frozen=True, slots=True)
class Edition:
    """What a submission names: a report's draft, and in which edition it was read."""

    report: str
    number: int

    @property
    def period(self) -> str:
        """Of the report."""
        return self.report.partition("_")[0]


def editions(named: Iterable[str]) -> list[Edition]:
    """Each once, in the order in which they are named."""
    parts = (one.rpartition("@") for one in dict.fromkeys(named))
    return [Edition(report, int(number)) for report, _, number in parts]


def drafts_needed(event: Event[Any]) -> Iterator[Need]:
    """What a list names."""
    return drafts_at_hand(event, event.data.drafts)


def drafts_at_hand(event: Event[Any], ids: Sequence[str]) -> Iterator[Need]:
    """What is named, under which scheme, and the figures of its periods as they are now."""
    county, named = county_of(event.organisation), editions(ids)
    yield Key(DocumentScheme, county)
    for one in named:
        yield Key(Draft, one.report)
        yield Key(Report, one.report)
    for period in dict.fromkeys(one.period for one in named):
        yield from figures_needed(county, period)


def drafted(report: Report, county: str, scheme: SignedFrom, event: Event[ClosePeriod]) -> Draft:
    """The first edition, of a period that was closed: reviewed within the scheme's time after that."""
    return Draft(
        id=report.id,
        county=county,
        organisation=report.organisation,
        period=report.period,
        kind=report.kind,
        due=due_after(china_day(event.time), scheme.review_days).day,
        report=report,
        advice=report.opinions,
        steps=(HandStep(what=DRAFTED, at=event.time),),
    )


def redraft_reports(state: State, event: Event[RedraftReports]) -> Verdict:
    """Drafts with the figures of now, each as its next edition, to be reviewed; what was given as opinion stays."""
    found = found_drafts(state, event, event.data.drafts)
    if isinstance(found, Refused):
        return found
    county = county_of(event.organisation)
    anew = {one.id: one for period in periods_of(found) for one in reports_of(state, county, period, event.time)}
    changed: list[Document] = []
    for one in found:
        if one.id not in anew:
            return Refused("no-longer-recipient", organisation=one.organisation, period=one.period)
        if one.report.revision and not _to_revise(state, one):
            return Refused("nothing-to-revise", organisation=one.organisation, period=one.period)
        changed += (former(one), _redrafted(one, anew[one.id], state, event))
    facts = (
        About(one.organisation, ReportDrafted(report=one.id, period=one.period, edition=one.edition + 1))
        for one in found
    )
    return Accepted(tuple(changed), tuple(facts))


def _redrafted(one: Draft, report: Report, state: State, event: Event[RedraftReports]) -> Draft:
    """Standard sentences follow the figures, unless the office had worded them."""
    is_worded = one.advice != one.report.opinions
    if one.report.revision:
        report, is_worded = _corrected_anew(one, report, state), True
    return done(
        one,
        event,
        REDRAFTED,
        state=DraftState.DRAFTED,
        edition=one.edition + 1,
        due=due_after(event.day, scheme_of(state, one).review_days).day,
        report=report,
        advice=one.advice if is_worded else report.opinions,
        drafted_by=event.actor,
        reviewed_by="",
        sent_back="",
    )


def _corrected_anew(one: Draft, report: Report, state: State) -> Report:
    """A correction goes on saying which document it corrects, and says what of it has changed by now."""
    said = {"revision": one.report.revision, "corrects": one.report.corrects, "because": one.report.because}
    return report.having(**said, revised=tuple(Revised(**each.answer()) for each in _to_revise(state, one)))


def _to_revise(state: State, one: Draft) -> tuple[Change, ...]:
    """What of the document as it was issued has changed by now."""
    issued = state.get(Report, one.id)
    return changed_since(state, [issued], one.county)[one.id] if issued else ()


def found_drafts(state: State, event: Event[Any], named: Sequence[str]) -> list[Draft] | Refused:
    """Those that a submission names, unless one is not as it was read, or was signed."""
    found = []
    for edition in editions(named):
        one = found_draft(state, event, edition)
        if isinstance(one, Refused):
            return one
        found.append(one)
    return found


def found_draft(state: State, event: Event[Any], edition: Edition) -> Draft | Refused:
    """The one that is named, as it was read."""
    one = state.get(Draft, edition.report)
    if one is None or one.county != county_of(event.organisation):
        return Refused("draft-unknown", period=edition.period)
    if one.state is DraftState.SIGNED:
        return Refused("already-signed", organisation=one.organisation, period=one.period)
    if one.edition != edition.number:
        return Refused("draft-replaced", organisation=one.organisation, period=one.period)
    return one


def scheme_of(state: State, one: Draft) -> SignedFrom:
    """Under which its period was closed."""
    schemes = state.get(DocumentScheme, one.county)
    found = schemes.on(periods.last_day(one.period)) or schemes.history[0] if schemes else None
    assert found is not None, "nothing is drafted without a scheme, and none is withdrawn that was used"
    return found


def periods_of(found: Iterable[Draft]) -> list[str]:
    """Each once."""
    return list(dict.fromkeys(one.period for one in found))


def outdated(state: State, found: Sequence[Draft]) -> Draft | None:
    """The first whose own printed figures have changed since it was drafted."""
    changed = changed_since(state, [one.report for one in found], found[0].county) if found else {}
    return next((one for one in found if changed[one.id]), None)


def changed_since(state: State, reports: Sequence[Report], county: str) -> dict[str, tuple[Change, ...]]:
    """What each report prints of itself that reads otherwise now, by its id."""
    changed: dict[str, tuple[Change, ...]] = {}
    for period in dict.fromkeys(one.period for one in reports):
        mine = [one for one in reports if one.period == period]
        codes = [one.organisation for one in mine]
        now = measured(state, county, period, codes)
        before = measured(state, county, period, codes, periods.before(period))
        changed |= {one.id: changes(one, now[one.organisation], before[one.organisation]) for one in mine}
    return changed


def former(one: Draft) -> FormerDraft:
    """An edition is kept as it was."""
    return FormerDraft(id=one.named, organisation=one.organisation, period=one.period, draft=one)


def done(one: Draft, event: Event[Any], what: str, note: str = "", **changed: object) -> Draft:
    """A step further, by whoever acts."""
    return one.having(steps=(*one.steps, HandStep(what=what, at=event.time, by=event.actor, note=note)), **changed)
