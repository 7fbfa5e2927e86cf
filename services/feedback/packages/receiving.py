"""What the organisation department does with a package: signs for it, sends it back, counts its results."""

from __future__ import annotations

from collections.abc import Iterator

from services.feedback.documents.model import HandStep
from services.feedback.packages.model import Package, PackageState
from shared.calendar import china_day
from shared.database.documents import Key, Need
from shared.events import Event
from shared.events.packages import (
    AdoptPackage,
    PackageAdopted,
    PackageReceived,
    PackageReturned,
    ReceivePackage,
    ReturnPackage,
)
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.organisations import county_of

RECEIVED, RETURNED, ADOPTED = "received", "returned", "adopted"
OfAddressee = ReceivePackage | ReturnPackage | AdoptPackage


def package_needed(event: Event[OfAddressee]) -> Iterator[Need]:
    """The one that is named."""
    yield Key(Package, event.data.package)


def receive_package(state: State, event: Event[ReceivePackage]) -> Verdict:
    """Once; also one that had been sent back."""
    one = addressed(state, event)
    if isinstance(one, Refused):
        return one
    if one.state in (PackageState.RECEIVED, PackageState.ADOPTED):
        return Refused("package-already-received", document=one.number)
    received = one.having(
        state=PackageState.RECEIVED,
        received=event.time,
        received_by=event.actor,
        returned="",
        steps=(*one.steps, HandStep(what=RECEIVED, at=event.time, by=event.actor)),
    )
    return Accepted((received,), (About(one.county, PackageReceived(package=one.id, edition=one.edition)),))


def return_package(state: State, event: Event[ReturnPackage]) -> Verdict:
    """With what is to be completed, also after it was signed for, until its results are counted."""
    one, reason = addressed(state, event), event.data.reason
    if isinstance(one, Refused):
        return one
    if one.state is PackageState.RETURNED:
        return Refused("package-already-returned", document=one.number)
    if one.state is PackageState.ADOPTED:
        return Refused("package-already-adopted", document=one.number)
    step = HandStep(what=RETURNED, at=event.time, by=event.actor, note=reason)
    returned = one.having(
        state=PackageState.RETURNED, received=None, received_by="", returned=reason, steps=(*one.steps, step)
    )
    return Accepted((returned,), (About(one.county, PackageReturned(package=one.id, edition=one.edition)),))


def adopt_package(state: State, event: Event[AdoptPackage]) -> Verdict:
    """After it was signed for, as of a day from when it was sent to today; said again, the last holds."""
    one, asked = addressed(state, event), event.data
    if isinstance(one, Refused):
        return one
    if one.state not in (PackageState.RECEIVED, PackageState.ADOPTED):
        return Refused("package-not-received", document=one.number)
    since = china_day(one.sent)
    if not since <= asked.adopted_on <= event.day:
        return Refused("package-adopted-when", day=asked.adopted_on, since=since)
    step = HandStep(what=ADOPTED, at=event.time, by=event.actor, note=asked.counted)
    again = one.state is PackageState.ADOPTED
    adopted = one.having(
        state=PackageState.ADOPTED, adopted_on=asked.adopted_on, counted=asked.counted, steps=(*one.steps, step)
    )
    fact = PackageAdopted(package=one.id, edition=one.edition, adopted_on=asked.adopted_on, again=again)
    return Accepted((adopted,), (About(one.county, fact),))


def addressed(state: State, event: Event[OfAddressee]) -> Package | Refused:
    """Nobody does that for another; who answers for one that has ended does."""
    one = state.get(Package, event.data.package)
    if one is None or one.county != county_of(event.organisation):
        return Refused("package-unknown", period=event.data.package.partition("_")[0])
    if event.organisation != one.addressee or event.submitter != state.roster.answering(one.addressee, event.time):
        return Refused("package-not-yours", organisation=one.addressee)
    if one.state is PackageState.WITHDRAWN:
        return Refused("package-void", document=one.number)
    return one
