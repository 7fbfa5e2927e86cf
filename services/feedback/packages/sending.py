"""A year's package is sent once all of its documents are issued; again when it came back, or reports something else."""

from __future__ import annotations

from collections.abc import Iterator

from services.feedback.documents.model import DocumentScheme, HandStep, NumbersGiven
from services.feedback.documents.numbering import Numbering, numbers_id
from services.feedback.documents.signing import contact_of
from services.feedback.packages.filed import filed_needed, filed_sheets
from services.feedback.packages.model import (
    FormerPackage,
    Package,
    PackageState,
    content_of,
    package_id,
    packaged,
)
from services.feedback.reports import periods
from services.feedback.reports.making import recipients
from services.feedback.reports.model import Report, report_id
from shared.calendar import china_day, due_after
from shared.database.documents import Key, Need
from shared.events import Event
from shared.events.documents import DocumentSeries
from shared.events.packages import PackageSent, PackageWithdrawn, SendAnnualPackage
from shared.events.refusals.filling import BETWEEN
from shared.events.vocabulary import ORGANISATION_DEPARTMENT
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of
from shared.roster.committees import committee_on
from shared.roster.organisations import Roster, county_of

SENT, WITHDRAWN = "sent", "withdrawn"
NAMED, MOST_EDITIONS = 5, 30
"""Organisations that a refusal names; editions of a year's package, those that were withdrawn among them."""


def package_needs(event: Event[SendAnnualPackage]) -> Iterator[Need]:
    """The year's package as it is and was, the scheme, the year's letters by number, and which sheets were filed."""
    county = county_of(event.organisation)
    package = package_id(event.data.year, county)
    yield Key(Package, package)
    yield from (Key(FormerPackage, f"{package}@{edition}") for edition in range(1, MOST_EDITIONS + 1))
    yield Key(DocumentScheme, county)
    yield Key(NumbersGiven, numbers_id(event, DocumentSeries.LETTER))
    yield filed_needed(event.data.year)


def documents_needed(event: Event[SendAnnualPackage], roster: Roster) -> Iterator[Need]:
    """The year's document of each recipient."""
    county, year = county_of(event.organisation), event.data.year
    last = periods.last_day(str(year))
    yield from (Key(Report, report_id(str(year), code)) for code in recipients(roster, county, last))


def send_annual_package(state: State, event: Event[SendAnnualPackage]) -> Verdict:
    """By a person, with the next number of a letter, to whoever holds the organisation department's office then."""
    asked, county = event.data, county_of(event.organisation)
    if not event.actor:
        return Refused("signature-without-person")
    schemes = state.get(DocumentScheme, county)
    if schemes is None or not schemes.history:
        return Refused("package-without-scheme")
    scheme = schemes.on(event.day) or schemes.history[0]
    reports = issued_of(state, event)
    if isinstance(reports, Refused):
        return reports
    addressee = state.roster.holder(ORGANISATION_DEPARTMENT, county, event.day)
    if addressee is None:
        return Refused("no-organisation-department")
    named, sheets = tuple(map(packaged, reports)), filed_sheets(state, county, asked.year)
    content = content_of(named, sheets, asked.performance_weight)
    before = state.get(Package, package_id(asked.year, county))
    if no := not_again(before, content, asked.because):
        return no
    numbering = Numbering(state, event, scheme)
    edition, last = before.editions + 1 if before else 1, max(china_day(one.issued) for one in reports)
    package = Package(
        id=package_id(asked.year, county),
        version=before.version if before else 0,
        county=county,
        year=asked.year,
        edition=edition,
        editions=edition,
        number=numbering.take(DocumentSeries.LETTER),
        addressee=addressee,
        addressed=state.roster.called(addressee, event.day),
        committee=committee_on(state.roster, county, event.day).name,
        contact=contact_of(scheme),
        sent=event.time,
        signed_by=event.actor,
        due=due_after(event.day, scheme.receipt_days).day,
        on_time=event.day <= last,
        because=asked.because,
        performance_weight=asked.performance_weight,
        reports=named,
        sheets=sheets,
        content=content,
        submission=event.key,
        steps=(*(before.steps if before else ()), HandStep(what=SENT, at=event.time, by=event.actor)),
    )
    kept = (former(state, before),) if before and before.state is not PackageState.WITHDRAWN else ()
    fact = PackageSent(
        package=package.id, edition=edition, number=package.number, content=content, on_time=package.on_time
    )
    return Accepted((*numbering.given, package, *kept), (fact,))


def issued_of(state: State, event: Event[SendAnnualPackage]) -> list[Report] | Refused:
    """The year's documents, all of them signed; or whose are not."""
    year = str(event.data.year)
    receiving = recipients(state.roster, county_of(event.organisation), periods.last_day(year))
    found = {code: state.get(Report, report_id(year, code)) for code in receiving}
    missing = [code for code, one in found.items() if one is None or one.withdrawn or not one.number]
    if missing or not found:
        named = BETWEEN.join(missing[:NAMED])
        return Refused("year-not-issued", period=year, left=len(missing), organisation=named)
    return [one for one in found.values() if one]


def not_again(before: Package | None, content: str, because: str) -> Refused | None:
    """What is on its way or there is sent again only with something else in it, and with a reason."""
    if before and before.editions >= MOST_EDITIONS:
        return Refused("package-too-often", document=before.number, most=MOST_EDITIONS)
    if before is None or before.state in (PackageState.RETURNED, PackageState.WITHDRAWN):
        return None
    if before.content == content:
        return Refused("package-unchanged", document=before.number)
    return None if because else Refused("package-without-reason", document=before.number)


def former(state: State, package: Package) -> FormerPackage:
    """An edition as it was; one that held again, for the one after it was withdrawn, is kept once more."""
    id = f"{package.id}@{package.edition}"
    before = state.get(FormerPackage, id) or FormerPackage(id=id, package=package)
    return before.having(package=package)


def sending_undone_needs(original: Original) -> Iterator[Need]:
    """The package, and the edition before."""
    sent = fact_of(original, PackageSent)
    yield Key(Package, sent.package)
    for edition in range(1, sent.edition + 1):
        yield Key(FormerPackage, f"{sent.package}@{edition}")


def undo_sending(state: State, original: Original) -> Verdict:
    """Until it is signed for; then the edition before it holds again, if there is one."""
    sent = fact_of(original, PackageSent)
    package = state.get(Package, sent.package)
    assert package is not None, "what was sent is kept"
    if package.edition != sent.edition or package.state is not PackageState.SENT:
        return Refused("package-beyond-withdrawal", document=sent.number)
    step = HandStep(what=WITHDRAWN, at=original.taken.at if original.taken else original.time)
    void = package.having(state=PackageState.WITHDRAWN, steps=(*package.steps, step))
    kept = [state.get(FormerPackage, f"{package.id}@{edition}") for edition in range(1, sent.edition)]
    standing = [one.package for one in kept if one and one.package.state is not PackageState.WITHDRAWN]
    back = original.taken_back(PackageWithdrawn)
    if not standing:
        return Accepted((void,), back)
    again = standing[-1].having(version=package.version, editions=package.editions, steps=void.steps)
    return Accepted((again, former(state, void)), back)
