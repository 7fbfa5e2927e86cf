"""Rules of registration: which organisations there are, how each stands from a day on, who has a window in the hall."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from shared.calendar import CHINA
from shared.events import Event
from shared.events.roster import DepartmentStationed, OrganisationRegistered, RegisterOrganisation, StationDepartment
from shared.events.vocabulary import OrganisationKind
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.organisations import Organisation, Standing, county_of

CODE_OF = {
    OrganisationKind.COUNTY: r"[0-9]{6}",
    OrganisationKind.TOWNSHIP: r"[0-9]{9}",
    OrganisationKind.VILLAGE: r"[0-9]{12}",
    OrganisationKind.DEPARTMENT: r"[0-9]{6}-D[0-9]+",
    OrganisationKind.STATE_ENTERPRISE: r"[0-9]{6}-E[0-9]+",
    OrganisationKind.RANCH: r"[0-9]{6}-P[0-9]+",
}


def register(state: State, event: Event[RegisterOrganisation]) -> Verdict:
    """The county's own committee enters what fits kind and parent; history grows, its last day may be corrected."""
    asked = event.data
    if not re.fullmatch(CODE_OF[asked.kind], asked.code) or event.organisation != asked.code:
        return Refused("kind-mismatch", code=asked.code, kind=asked.kind)
    if event.submitter != county_of(asked.code):
        return Refused("outside-subtree", organisation=asked.code, submitter=event.submitter)
    if not _has_parent(state, event):
        return Refused("unknown-parent", parent=asked.parent or "-")
    before = state.get(Organisation, asked.code)
    if asked.new and before:
        return Refused("code-taken", code=asked.code, title=before.history[-1].name)
    if no := _ends(before, asked.valid_from) or _ends(state.roster.organisation(asked.parent or "")):
        return no
    standing = _standing(asked, before)
    if before and before.history[-1].since > asked.valid_from:
        return _registered(asked.code, before)
    if before and before.history[-1] == standing:
        return Accepted()
    fact = OrganisationRegistered(**asked.model_dump(exclude={"offices", "basis", "new"}))
    return Accepted((_followed(asked.code, before, standing),), (fact,))


def station(state: State, event: Event[StationDepartment]) -> Verdict:
    """Only a department that is due in the hall moves in, from a day after its last change; told as of that day.

    None says so of itself.
    """
    asked = event.data
    if event.submitter == event.organisation:
        return Refused("own-stationing", organisation=event.organisation)
    before = state.get(Organisation, event.organisation)
    now = may_move_in(before, asked.valid_from)
    if before is None or now is None:
        return Refused("not-stationable", organisation=event.organisation)
    if now.stationed is asked.hall:
        return Refused("already-stationed", organisation=event.organisation)
    if no := _ends(before, asked.valid_from):
        return no
    if before.history[-1].since > asked.valid_from:
        return _registered(event.organisation, before)
    standing = now.model_copy(update={"since": asked.valid_from, "stationed": asked.hall})
    fact = DepartmentStationed(hall=asked.hall, valid_from=asked.valid_from, before=now.stationed)
    begun = datetime.combine(asked.valid_from, time.min, CHINA)
    return Accepted((_followed(event.organisation, before, standing),), (About(event.organisation, fact, begun),))


def may_move_in(organisation: Organisation | None, day: date) -> Standing | None:
    """How it stands on a day, when it is due in the hall."""
    now = organisation.on(day) if organisation else None
    return now if now is not None and now.due_in_hall else None


def _registered(code: str, before: Organisation) -> Refused:
    """Changes are dated forward."""
    last = before.history[-1]
    return Refused("registered-earlier", code=code, title=last.name, valid_from=last.since)


def _has_parent(state: State, event: Event[RegisterOrganisation]) -> bool:
    """The county founds itself; everything else hangs in it, below something that exists by then and not below it."""
    asked = event.data
    if asked.kind is OrganisationKind.COUNTY:
        return asked.parent is None
    above = state.roster.path(asked.parent, asked.valid_from).split("/") if asked.parent else []
    return above[:1] == [event.submitter] and asked.code not in above


def _ends(organisation: Organisation | None, until: date = date.max) -> Refused | None:
    """What its end leaves no room for; a later entry sets up anew what has ended."""
    last = organisation.history[-1] if organisation else None
    if organisation is None or last is None or last.ended is None or last.since < until < date.max:
        return None
    return Refused("organisation-ends", code=organisation.id, last_day=last.since - timedelta(days=1))


def _standing(asked: RegisterOrganisation, before: Organisation | None) -> Standing:
    return Standing(
        since=asked.valid_from,
        name=asked.name,
        kind=asked.kind,
        parent=asked.parent,
        committee_member=asked.committee_member,
        due_in_hall=asked.due_in_hall,
        feedback_recipient=asked.feedback_recipient,
        stationed=before.history[-1].stationed if before else None,
        offices=tuple(asked.offices),
    )


def _followed(code: str, before: Organisation | None, standing: Standing) -> Organisation:
    if before is None:
        return Organisation(id=code, history=(standing,))
    kept = tuple(past for past in before.history if past.since < standing.since)
    return before.having(history=(*kept, standing))
