"""What is submitted adds up to the figures of the source (figures-2018.csv)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest

from deploy.linxi.county import COUNTY, HALL, organisations, rows, villages, windows
from deploy.linxi.figures import QUESTIONS
from deploy.linxi.year.days import Step
from deploy.linxi.year.greenchannel.cases import FEES_ABOLISHED
from deploy.linxi.year.roster.guide import limit_on
from shared.calendar import china_day, is_working_day, working_days_between
from shared.events import Event, read_submission
from shared.events.greenchannel import CompleteCase, OpenCase

FIGURES = {row["key"]: int(row["value"]) for row in rows("figures-2018.csv")}


@pytest.fixture(scope="session")
def events(steps: list[Step]) -> list[Event[Any]]:
    """Every submission but the patrols, read."""
    messages = (m for step in steps for m in step.messages if ".log-inspection." not in m.subject)
    return [event for m in messages if isinstance(event := read_submission(m.subject, m.headers, m.body), Event)]


def of(events: list[Event[Any]], kind: str) -> list[Event[Any]]:
    return [event for event in events if event.type == kind]


def test_the_roster_is_the_source_s(events: list[Event[Any]]) -> None:
    registered = [event.data for event in of(events, "register-organisation")]
    kinds = Counter(one.kind.value for one in registered if one.committee_member)
    assert kinds["department"] == FIGURES["member-departments"]
    assert kinds["state-enterprise"] == FIGURES["member-state-enterprises"]
    assert kinds["township"] == FIGURES["member-townships"]
    assert sum(one.kind == "village" for one in registered) == FIGURES["villages"] == len(villages())
    assert sum(one.due_in_hall for one in registered) == FIGURES["departments-due-in-hall"]
    assert sum(one.feedback_recipient for one in registered) == FIGURES["feedback-recipients"]
    offices = {one.code: [held.office for held in one.offices] for one in registered if one.offices}
    given = {"D01": ["hall-patrol"], "D06": ["issue-first-aid"], "D37": ["organisation-department"]}
    assert offices == {f"{COUNTY}-{code}": held for code, held in given.items()}


def test_parents_are_registered_before_their_children(events: list[Event[Any]]) -> None:
    known: set[str | None] = {None}
    for event in of(events, "register-organisation"):
        assert event.data.parent in known
        known.add(event.data.code)


def test_34_of_36_are_stationed_two_in_a_branch_hall(events: list[Event[Any]]) -> None:
    halls = Counter(event.data.hall.value for event in of(events, "station-department"))
    assert halls == {"hall": 32, "branch-hall": 2}
    assert halls.total() == FIGURES["departments-stationed"] == len(windows())


@pytest.mark.parametrize(
    ("client", "mode", "unit", "key"),
    [
        ("enterprise", "appointment", "cases", "enterprise-holiday-appointment"),
        ("enterprise", "after-hours", "cases", "enterprise-after-hours"),
        ("enterprise", "on-site", "cases", "enterprise-on-site"),
        ("enterprise", "agency", "cases", "enterprise-agency"),
        ("vulnerable", "on-site", "person-times", "vulnerable-on-site"),
        ("vulnerable", "appointment", "person-times", "vulnerable-appointment"),
        ("vulnerable", "after-hours", "person-times", "vulnerable-after-hours"),
    ],
)
def test_green_services_add_up(events: list[Event[Any]], client: str, mode: str, unit: str, key: str) -> None:
    given = [e.data for e in of(events, "record-green-service") if (e.data.client, e.data.mode) == (client, mode)]
    assert (len(given) if unit == "cases" else sum(one.persons for one in given)) == FIGURES[key]
    assert unit == "person-times" or {one.persons for one in given} == {1}


def test_enterprises_are_seen_by_appointment_on_days_off(events: list[Event[Any]]) -> None:
    days = [
        china_day(e.time)
        for e in of(events, "record-green-service")
        if (e.data.client, e.data.mode) == ("enterprise", "appointment")
    ]
    assert not any(is_working_day(day) for day in days)


def test_the_turn_of_civil_affairs_adds_up(events: list[Event[Any]]) -> None:
    done: Counter[str] = Counter()
    for event in of(events, "record-turn-work"):
        if event.data.turn == "2018-1":
            assert event.time.date() <= date(2018, 3, 31)
            done[event.data.work] += event.data.quantity
    assert done == {"banner": FIGURES["civil-affairs-banners"], "home-visit": FIGURES["civil-affairs-home-visits"]}


def test_the_four_turns_last_three_months_and_the_last_is_joint(events: list[Event[Any]]) -> None:
    plans = [event.data for event in of(events, "plan-turn")]
    assert [one.begins.month for one in sorted(plans, key=lambda one: one.begins)] == [1, 4, 7, 10]
    assert {one.months for one in plans} == {FIGURES["duty-term-months"]}
    assert [len(one.holders) for one in plans] == [1, 1, 1, FIGURES["joint-turn-members"]]


def test_papers_certificates_lists_and_awards_are_as_many_as_in_the_source(events: list[Event[Any]]) -> None:
    kinds = Counter(event.type for event in events)
    awards = Counter(event.data.award for event in of(events, "grant-award"))
    numbers = {event.data.number for event in of(events, "issue-certificate")}
    assert kinds["file-subplan"] == FIGURES["subplans"]
    assert len(numbers) == kinds["issue-certificate"] == FIGURES["first-aid-certificates"]
    assert kinds["compile-guide-list"] == FIGURES["guide-lists"]
    of_others = {key: value for key, value in FIGURES.items() if key.startswith("award-")}
    assert {key: awards.pop(key.removeprefix("award-")) for key in of_others} == of_others
    assert awards == {"moving-red-flag": 2, "pioneer-post": 2, "service-star": 1, "excellent-agent": 1}


def test_subplans_are_filed_by_members(events: list[Event[Any]]) -> None:
    members = {one.code for one in organisations() if one.committee_member}
    assert {event.organisation for event in of(events, "file-subplan")} <= members


def test_the_joint_meeting_cuts_property_registration_from_ten_days_to_three(events: list[Event[Any]]) -> None:
    item = next(e.data for e in of(events, "publish-guide-item") if e.data.process == "property-registration")
    about = [e for e in events if getattr(e.data, "issue", "") == "property-registration"]
    assert [e.type for e in about] == ["raise-issue", "study-issue", "hold-joint-meeting"]
    assert len(about[0].data.consulted) == FIGURES["property-registration-departments"]
    assert item.limit_days == FIGURES["property-registration-before"]
    assert about[2].data.limits[0].limit_days == FIGURES["property-registration-after"]
    assert about[2].data.effective_from == date(2018, 6, 1)
    assert about[2].time.date() < date(2018, 6, 1)


def test_limits_hold_from_the_day_the_joint_meeting_set() -> None:
    assert limit_on("property-registration", date(2018, 5, 31)) == 10
    assert limit_on("property-registration", date(2018, 6, 1)) == 3


def test_cases_are_completed_once_seldom_late(events: list[Event[Any]]) -> None:
    opened: dict[str, Event[OpenCase]] = {e.id: e for e in of(events, "open-case")}
    completed: list[Event[CompleteCase]] = of(events, "complete-case")
    late = 0
    assert 1900 < len(opened) < 2100
    assert len({e.data.case for e in completed if e.data}) == len(completed)
    for event in completed:
        assert event.data
        case = opened[event.data.case]
        assert case.data
        assert case.time < event.time
        assert case.organisation == event.organisation
        took = working_days_between(china_day(case.time), event.day)
        late += took > limit_on(case.data.process, china_day(case.time))
        assert event.data.fee == 0 or event.day < FEES_ABOLISHED
    assert 0 < late / len(completed) < 0.06


def test_all_stations_attend_the_lesson_after_it_is_scheduled(events: list[Event[Any]]) -> None:
    lesson = of(events, "schedule-lesson")[0]
    attended = of(events, "record-attendance")
    assert {event.organisation for event in attended} == {one.code for one in villages()}
    assert all(event.time > lesson.time and event.day == lesson.data.day for event in attended)


def test_everybody_speaks_only_for_itself_and_those_below_and_the_hall_for_windows(events: list[Event[Any]]) -> None:
    above = {event.data.code: event.data.parent for event in of(events, "register-organisation")}
    windows = {event.organisation for event in of(events, "station-department")}
    for event in events:
        own = event.organisation
        by_the_hall = event.submitter == HALL and own in windows
        assert event.submitter in (own, above.get(own), COUNTY) or by_the_hall, event


def test_every_figure_of_the_source_is_asked() -> None:
    assert QUESTIONS.keys() == FIGURES.keys()
