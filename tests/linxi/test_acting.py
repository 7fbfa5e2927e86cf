"""Whoever acts in the year holds the post for it that day, and whatever points at a person points at somebody known."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from deploy.linxi.county import COUNTY, HALL, PERSONNEL, organisations, villages, windows
from deploy.linxi.people import holders, parties, people
from deploy.linxi.year.days import Step, peopling
from deploy.linxi.year.roster.turns import TURNS
from services.roster import handlers as roster
from services.roster.people.model import Person
from shared.events import Event, read_submission
from shared.events.roster import Appoint, EndPost, EnterInCatalogue, NameCommittee, Post, RegisterOrganisation
from shared.identity.rights import who_may
from shared.pipeline.decisions import Accepted
from shared.roster.organisations import Roster
from shared.roster.people import People
from shared.roster.staff import Staff
from tests.asking import Desk
from tests.linxi.conftest import SEAL
from tests.sealed import ALLOWED, NEW

KNOWN = (".register-organisation.", ".register-p", ".appoint.", ".end-post.")


@pytest.fixture(scope="session")
def events(steps: list[Step]) -> list[Event[Any]]:
    """Every submission but the clock's, in the order of arrival."""
    messages = (m for step in steps if not step.ticks for m in step.messages)
    return [one for m in messages if isinstance(one := read_submission(m.subject, m.headers, m.body), Event)]


@pytest.fixture(scope="session")
def desk(steps: list[Step]) -> Desk:
    """The roster after the year, of what concerns its people."""
    office = Desk(roster.HANDLERS, Roster(), allowed=ALLOWED)
    for message in (m for step in steps for m in step.messages if any(one in m.subject for one in KNOWN)):
        event = read_submission(message.subject, message.headers, message.body)
        assert isinstance(event, Event)
        assert isinstance(verdict := office.decides(event), Accepted), (event.data, verdict)
    return office


@pytest.fixture(scope="session")
def staff(desk: Desk) -> People:
    return People({one.id: one for one in desk.kept(Staff)})


def test_about_three_hundred_persons_are_known_and_every_office_has_whom_it_needs(desk: Desk, staff: People) -> None:
    assert 300 <= len(desk.kept(Person)) == len(people()) <= 320
    day = date(2018, 5, 2)
    members = [one.code for one in organisations() if one.committee_member]
    needed = {
        Post.PARTY_SECRETARY: members,
        Post.PARTY_LIAISON: members,
        Post.WINDOW_CHIEF: [one.code for one in windows()],
        Post.WINDOW_CLERK: [one.code for one in windows()],
        Post.STATION_CLERK: [one.code for one in villages()],
        Post.TOWNSHIP_LEAD: [one.code for one in organisations() if one.kind == "township"],
        Post.TOWNSHIP_CLERK: [one.code for one in organisations() if one.kind == "township"],
    }
    needed[Post.PERSONNEL_CLERK] = [PERSONNEL]
    of_county = [post for post in Post if post not in needed]
    for post, codes in {**needed, **{post: [COUNTY] for post in of_county}}.items():
        assert not [code for code in codes if not staff.holders(code, post, day, desk.roster)], post


def test_whoever_acts_holds_a_post_there_on_that_day(events: list[Event[Any]], desk: Desk, staff: People) -> None:
    for event in events:
        if event.actor or not isinstance(event.data, RegisterOrganisation | EnterInCatalogue | NameCommittee | Appoint):
            posts = staff.posts(event.actor, event.day, desk.roster)
            assert event.submitter in {one.organisation for one in posts}, (event.type, event.submitter, event.actor)


def test_each_kind_of_work_is_done_by_those_whose_post_it_is(events: list[Event[Any]], staff: People) -> None:
    done: dict[str, set[Post]] = {}
    for event in events:
        for post in (post for post in Post if event.actor in holders(event.submitter, post, event.day)):
            done.setdefault(event.type, set()).add(post)
    assert done["complete-case"] == done["open-case"] == {Post.WINDOW_CLERK}
    assert done["record-attendance"] == {Post.STATION_CLERK}
    assert done["file-subplan"] == {Post.PARTY_LIAISON}
    assert done["answer-incident"] == {Post.WINDOW_CHIEF}
    assert (done["grant-award"], done["hold-joint-meeting"]) == ({Post.OFFICE_DIRECTOR}, {Post.OFFICE_CLERK})
    for kind, posts in done.items():
        assert posts <= {*who_may(kind)}, kind


def test_the_hall_s_clerks_take_turns(events: list[Event[Any]]) -> None:
    walked = Counter(event.actor for event in events if event.type == "log-inspection" and event.submitter == HALL)
    assert len(walked) == 3
    assert min(walked.values()) > 2000


def test_who_left_acts_no_more_and_who_came_does(events: list[Event[Any]]) -> None:
    ended = {(one.data.person, one.organisation): one.day for one in events if isinstance(one.data, EndPost)}
    begun = {(one.data.person, one.organisation): one.day for one in events if isinstance(one.data, Appoint)}
    assert len(ended) == 3
    for event in events:
        acts = (event.actor, event.submitter)
        assert event.day <= ended.get(acts, event.day)
        assert event.day >= begun.get(acts, event.day) or isinstance(event.data, Appoint)


def test_whatever_names_a_person_names_one_that_is_known(events: list[Event[Any]], staff: People) -> None:
    named = Counter(event.type for event in events if getattr(event.data, "person", None) is not None)
    for event in events:
        if person := getattr(event.data, "person", None):
            assert staff.name_of(person), (event.type, person)
    assert {"grant-award", "issue-certificate", "publish-commitment", "report-incident", "view-device"} <= set(named)


def test_every_member_has_its_party_organisation_and_who_holds_a_turn_alone_has_twenty_members() -> None:
    known = {one.code: one for one in parties()}
    assert set(known) == {one.code for one in organisations() if one.committee_member}
    assert known["150424-D09"].name == "民政局机关党支部"
    alone = [turn.holders[0] for turn in TURNS if len(turn.holders) == 1]
    assert all(known[code].members >= 20 for code in alone)


def test_names_are_of_one_each_and_numbers_of_nobody() -> None:
    known = [one.known for one in people()]
    assert len({one.name for one in known}) == len({one.mobile for one in known}) == len(known)
    assert all(one.id_number is None and one.mobile and one.mobile.startswith("13800138") for one in known)


def test_sealed_to_one_key_the_same_is_said_and_to_another_it_is_said_anew() -> None:
    first, again, other = peopling(SEAL), peopling(SEAL), peopling(NEW.public)
    assert first == again
    kept = {m.headers["ce-id"] for m in first.messages} & {m.headers["ce-id"] for m in other.messages}
    assert len(first.messages) - len(kept) == len(people())


def test_without_a_key_nobody_is_registered_and_the_party_organisations_are(steps: list[Step]) -> None:
    assert len(peopling(None).messages) == len(parties())
    assert len(steps[1].messages) > len(parties()) + len(people())
