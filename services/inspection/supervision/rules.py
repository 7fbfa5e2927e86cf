"""Rules of e-supervision (电子监察): a department's head sees its windows, a township's deputy its stations, discipline
officers all."""

from __future__ import annotations

from urllib.parse import urlsplit

from services.inspection.supervision.model import Device, Viewing, ViewingGrant
from shared.events import Event
from shared.events.inspection import (
    DeviceRegistered,
    DeviceRemoved,
    DeviceViewed,
    GrantViewing,
    RegisterDevice,
    RemoveDevice,
    ViewDevice,
    ViewingGranted,
    ViewingRole,
    ViewingWithdrawn,
    WithdrawViewing,
)
from shared.events.vocabulary import OrganisationKind
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.organisations import county_of

HELD_AT = {
    ViewingRole.DEPARTMENT_HEAD: (OrganisationKind.DEPARTMENT, OrganisationKind.STATE_ENTERPRISE),
    ViewingRole.TOWNSHIP_DEPUTY: (OrganisationKind.TOWNSHIP,),
    ViewingRole.DISCIPLINE_OFFICER: (OrganisationKind.COUNTY,),
}
"""Where a role is held: what it covers is that organisation and everything below it."""


def register_device(state: State, event: Event[RegisterDevice]) -> Verdict:
    """The latest registration counts; one that says the same is none. Its link leads where the operator allows."""
    asked = event.data
    if state.standing(event).patrolled is None:
        return Refused("no-window-or-station", organisation=event.organisation)
    if not state.allowed.cameras.have(asked.link):
        return Refused("camera-elsewhere", host=urlsplit(asked.link).netloc)
    before = state.get(Device, device_id(event.organisation, asked.device))
    if before is not None and (event.time < before.said or before.shows(asked.name, asked.link)):
        return Refused("device-already-registered", device=asked.device, title=before.name)
    device = Device(
        id=device_id(event.organisation, asked.device),
        version=before.version if before else 0,
        county=county_of(event.organisation),
        organisation=event.organisation,
        device=asked.device,
        name=asked.name,
        link=asked.link,
        registered=event.time,
    )
    return Accepted((device,), (DeviceRegistered(device=asked.device, name=asked.name),))


def remove_device(state: State, event: Event[RemoveDevice]) -> Verdict:
    """Only what is registered then; who looked through it stays on record."""
    device = state.get(Device, device_id(event.organisation, event.data.device))
    if device is None or device.removed is not None or event.time < device.registered:
        return Refused("unknown-device", device=event.data.device, organisation=event.organisation)
    fact = DeviceRemoved(device=device.device, name=device.name)
    return Accepted((device.having(removed=event.time),), (fact,))


def grant_viewing(state: State, event: Event[GrantViewing]) -> Verdict:
    """Only a role that is held at that kind of organisation, and once."""
    asked = event.data
    if state.standing(event).kind not in HELD_AT[asked.role]:
        return Refused("role-elsewhere", organisation=event.organisation, role=asked.role)
    grant = state.get(ViewingGrant, grant_id(event.organisation, asked.person)) or _new(event)
    if grant.on(event.time) == asked.role:
        return Refused("viewing-already-granted", organisation=event.organisation, person=asked.person)
    fact = ViewingGranted(person=asked.person, role=asked.role)
    return Accepted((grant.holding(asked.role.value, event.time),), (fact,))


def _new(event: Event[GrantViewing]) -> ViewingGrant:
    return ViewingGrant(
        id=grant_id(event.organisation, event.data.person),
        county=county_of(event.organisation),
        organisation=event.organisation,
        person=event.data.person,
    )


def withdraw_viewing(state: State, event: Event[WithdrawViewing]) -> Verdict:
    """Only what was granted then can be withdrawn."""
    person = event.data.person
    grant = state.get(ViewingGrant, grant_id(event.organisation, person))
    if grant is None or grant.on(event.time) is None:
        return Refused("viewing-not-granted", organisation=event.organisation, person=person)
    return Accepted((grant.holding(None, event.time),), (ViewingWithdrawn(person=person),))


def view_device(state: State, event: Event[ViewDevice]) -> Verdict:
    """A person looks when its grant covered the device's organisation then; every look is told."""
    asked, viewer = event.data, event.organisation
    grant = state.get(ViewingGrant, grant_id(viewer, asked.person))
    device = state.get(Device, device_id(asked.organisation, asked.device))
    held = grant.on(event.time) if grant else None
    if held is None or viewer not in state.roster.path(asked.organisation, event.time).split("/"):
        return Refused("viewing-not-granted", organisation=asked.organisation, person=asked.person)
    if device is None or (device.removed is not None and device.removed <= event.time):
        return Refused("unknown-device", device=asked.device, organisation=asked.organisation)
    role = ViewingRole(held)
    viewing = Viewing(
        id=event.key,
        county=device.county,
        organisation=device.organisation,
        device=device.device,
        viewer=viewer,
        person=asked.person,
        role=role,
        at=event.time,
    )
    fact = DeviceViewed(device=device.device, person=asked.person, viewer=viewer, role=role)
    return Accepted((viewing,), (About(device.organisation, fact),))


def device_id(organisation: str, device: str) -> str:
    """Devices are named within the organisation that they show."""
    return f"{organisation}/{device}"


def grant_id(organisation: str, person: str) -> str:
    """A person holds its grant at an organisation."""
    return f"{organisation}/{person}"
