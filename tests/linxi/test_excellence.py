"""The excellence programme of 2018 as the rules decide it: nothing is refused, and it comes to a believable sum."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from deploy.linxi.year.days import Step
from deploy.linxi.year.inspection.excellence import INCIDENTS, MARKS_A_QUARTER
from deploy.linxi.year.inspection.supervision import VIEWINGS
from services.inspection.excellence.handlers import EXCELLENCE
from services.inspection.excellence.handlers import INCIDENTS as ABOUT_INCIDENTS
from services.inspection.excellence.model.excellence import Commitment, ExcellenceMark
from services.inspection.excellence.model.incidents import Incident, IncidentStage
from services.inspection.excellence.rules.excellence import upheld_incidents
from services.inspection.handlers import HANDLERS
from services.inspection.supervision.handlers import SUPERVISION
from services.inspection.supervision.model import Device, Viewing
from services.roster import handlers as roster
from shared.events import Event, read_submission
from shared.events.inspection import GrantExcellenceMark, MarkUnanswered, ViewingRole
from shared.pipeline.decisions import Accepted, Verdict
from shared.roster.organisations import Roster
from tests.asking import Desk

PROGRAMME = {**EXCELLENCE, **ABOUT_INCIDENTS, **SUPERVISION}


@pytest.fixture(scope="session")
def programme(steps: list[Step]) -> list[Event[Any]]:
    """Every submission of the programme, in the order of arrival."""
    events = (read_submission(m.subject, m.headers, m.body) for step in steps for m in step.messages)
    return [one for one in events if isinstance(one, Event) and type(one.data) in PROGRAMME]


@pytest.fixture(scope="session")
def desk(steps: list[Step], programme: list[Event[Any]]) -> Desk:
    """The county after the year."""
    offices = Desk(roster.HANDLERS, Roster())
    for event in (read_submission(m.subject, m.headers, m.body) for m in _registrations(steps)):
        assert isinstance(event, Event)
        assert isinstance(offices.decides(event), Accepted)
    county = Desk(HANDLERS, offices.roster)
    for event in programme:
        assert isinstance(verdict := decided(county, event), Accepted), (event.data, verdict)
    return county


def _registrations(steps: list[Step]) -> list[Any]:
    kinds = (".register-organisation.", ".station-department.", ".enter-in-catalogue.")
    return [m for step in steps for m in step.messages if any(kind in m.subject for kind in kinds)]


def decided(county: Desk, event: Event[Any]) -> Verdict:
    """With what the event's query would find."""
    found: list[Incident] = []
    if isinstance(event.data, MarkUnanswered):
        waiting = (one for one in county.kept(Incident) if one.stage is IncidentStage.REPORTED)
        found = [one for one in waiting if one.due < event.data.day]
    if isinstance(event.data, GrantExcellenceMark):
        wanted = upheld_incidents(event)
        found = [one for one in county.kept(Incident) if wanted.items() <= one.model_dump().items()]
    return county.decides(event, found)


def test_every_window_has_committed_itself_by_person_and_item(desk: Desk) -> None:
    held = Counter(one.organisation for one in desk.kept(Commitment) if one.now)
    assert len(held) == 34
    assert min(held.values()) >= 4


def test_every_incident_is_closed_and_one_was_answered_late(desk: Desk) -> None:
    incidents = desk.kept(Incident)
    assert len(incidents) == len(INCIDENTS) == 9
    assert {one.stage for one in incidents} == {IncidentStage.CLOSED}
    assert sum(one.upheld for one in incidents) == sum(one.upheld for one in INCIDENTS) == 5
    assert sum(one.marked is not None for one in incidents) == 1


def test_marks_are_granted_each_quarter_and_one_is_taken_back(desk: Desk) -> None:
    marks = desk.kept(ExcellenceMark)
    assert Counter(one.quarter for one in marks) == dict.fromkeys(("2018-Q1", "2018-Q2", "2018-Q3"), MARKS_A_QUARTER)
    assert sum(not one.stands for one in marks) == 1


def test_twenty_devices_are_looked_through_by_those_who_may(desk: Desk) -> None:
    assert len(desk.kept(Device)) == 20
    assert len(desk.kept(Viewing)) == VIEWINGS
    assert {one.role for one in desk.kept(Viewing)} == set(ViewingRole)


def test_the_programme_stays_a_small_part_of_the_year(programme: list[Event[Any]]) -> None:
    assert 200 < sum(not isinstance(one.data, MarkUnanswered) for one in programme) < 600
