"""Who may judge rectified work: somebody above, or for a window the office that patrols it; never whoever did it.

Of an opinion only somebody above: the office patrols the window, and did not sign the document.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from services.inspection.rectifications.model import Rectification
from shared.calendar import china_day
from shared.events import Event
from shared.events.vocabulary import HALL_PATROL
from shared.pipeline.decisions import Refused
from shared.roster.organisations import Roster
from shared.roster.posts import same_hand


def no_judge(roster: Roster, event: Event[Any], one: Rectification) -> Refused | None:
    """Why the submitter may not judge this work; None when it may."""
    if event.submitter in (whose(roster, one, event.time), one.submitted_by):
        return Refused("own-work", rectification=one.rectification, item=one.item)
    if same_hand(event.actor, one.worked_by):
        return Refused("own-hand", rectification=one.rectification, item=one.item)
    if may_judge(roster, event.submitter, one, event.time):
        return None
    if one.opinion is None:
        return Refused("not-its-verifier", rectification=one.rectification, item=one.item, submitter=event.submitter)
    return Refused(
        "not-the-documents-verifier", rectification=one.rectification, item=one.item, submitter=event.submitter
    )


def may_judge(roster: Roster, code: str, one: Rectification, when: datetime) -> bool:
    """Whether an organisation may judge this work."""
    own = whose(roster, one, when)
    if code in (own, one.submitted_by):
        return False
    office = HALL_PATROL if one.opinion is None and _is_window(roster, own, when) else None
    return roster.may_speak_for(code, one.organisation, office, when)


def whose(roster: Roster, one: Rectification, when: datetime) -> str:
    """Who has to put it right: the organisation where it was found or, once that has ended, who answers for it."""
    return roster.answering(one.organisation, when)


def _is_window(roster: Roster, organisation: str, when: datetime) -> bool:
    stood = roster.standing(organisation, when)
    return stood is not None and stood.stationed is not None


def patrol_offices(roster: Roster, county: str, when: datetime) -> tuple[str, ...]:
    """Who holds the patrol of windows in a county, by code."""
    standing = ((one.id, one.on(china_day(when))) for one in roster if one.id.startswith(county))
    return tuple(code for code, stood in standing if stood and stood.holds(HALL_PATROL))


def verifier(roster: Roster, offices: Iterable[str], one: Rectification, when: datetime) -> str | None:
    """Whose turn it is to judge: a window's patrol office, else the nearest above that did not submit the work."""
    above = reversed(roster.place(one.organisation, when).split("/")[:-1])
    return next((code for code in (*offices, *above) if may_judge(roster, code, one, when)), None)
