"""A sheet is opened for each of a window branch's Party members who serve at a window; who they are is sealed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from services.roster.appraisals.contents import Members, opened
from services.roster.appraisals.model import AppraisalRules, AppraisalScheme, Sheet, sheet_id
from services.roster.appraisals.order import OPENED, SELF, done
from services.roster.party.model import JointBranch
from services.roster.people.model import Person
from services.roster.people.rules import home_on
from shared.calendar import due_after
from shared.database.documents import Key, Need, Query
from shared.events import Event
from shared.events.roster.appraisals import AppraisalStepDone, OpenAppraisal
from shared.events.roster.party import BranchKind
from shared.events.roster.people import Post
from shared.pipeline.allowance import Allowance, Opens
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.organisations import county_of, of_county
from shared.roster.particulars import read_particulars
from shared.roster.staff import Staff

AT_WINDOWS = frozenset({Post.WINDOW_CHIEF, Post.WINDOW_CLERK})


def open_appraisal(state: State, event: Event[OpenAppraisal]) -> Verdict:
    """Each once a year; numbered on from those that the branch has."""
    asked, county = event.data, county_of(event.organisation)
    branch = state.get(JointBranch, of_county(county, asked.branch))
    if branch is None or branch.withdrawn or branch.branch_kind is not BranchKind.JOINT_BRANCH:
        return Refused("no-window-branch")
    if asked.begins.year != asked.year:
        return Refused("begins-in-another-year", year=asked.year)
    named = opened(state.allowed.seals, asked.enclosed, str(asked.year), asked.branch, Members)
    if isinstance(named, Refused):
        return named
    persons = [state.get(Person, id) for id in named.persons]
    others = state.find(Sheet, of_year(county, asked.year))
    if no := _not_to_be_appraised(state, event, persons, branch, others):
        return no
    first = 1 + max((one.number for one in others if one.branch == asked.branch), default=0)
    schemes = state.get(AppraisalScheme, county) or AppraisalScheme(id=county)
    rules = schemes.on(asked.begins)
    sheets = [_sheet(event, rules, person, first + n) for n, person in enumerate(persons) if person]
    facts = (About(one.home, AppraisalStepDone(sheet=one.name, step=OPENED)) for one in sheets)
    return Accepted(tuple(sheets), tuple(facts))


def _not_to_be_appraised(
    state: State,
    event: Event[OpenAppraisal],
    persons: Sequence[Person | None],
    branch: JointBranch,
    others: list[Sheet],
) -> Refused | None:
    """The first who is not, by its place in the list: no reason tells a name."""
    day, keys = event.data.begins, state.allowed.seals
    appraised = {one.person for one in others if not one.withdrawn}
    seen = set[str]()
    for nth, person in enumerate(persons, 1):
        if person is None or not fits(person, branch, state.find(Staff, _serving(persons)), keys, day):
            return Refused("not-to-be-appraised", nth=nth)
        if person.id in appraised | seen:
            return Refused("appraised-already", nth=nth, year=event.data.year)
        seen.add(person.id)
    return None


def fits(person: Person, branch: JointBranch, staff: Sequence[Staff], keys: Opens | None, day: date) -> bool:
    """A Party member who belongs to the branch and serves at a window on a day."""
    inside = any(one.person == person.id and one.holds(day) for one in branch.members)
    serves = any(
        held.person == person.id and held.post in AT_WINDOWS and held.holds(day) for one in staff for held in one.posts
    )
    return inside and serves and _is_party_member(person, keys)


def _is_party_member(person: Person, keys: Opens | None) -> bool:
    if keys is None or not person.sealed:
        return False
    return read_particulars(keys.open(person.sealed, person.id, person.home)).party_member


def of_year(county: str, year: int) -> Mapping[str, Any]:
    """The filter of a year's sheets, also of those that were taken away: their numbers are not given again."""
    return {"county": county, "year": year}


def opening_needed(event: Event[OpenAppraisal]) -> Iterator[Need]:
    """The branch, the schemes, and who is appraised already."""
    county = county_of(event.organisation)
    yield Key(JointBranch, of_county(county, event.data.branch))
    yield Key(AppraisalScheme, county)
    yield Query(Sheet, of_year(county, event.data.year))


def persons_needed(event: Event[OpenAppraisal], allowed: Allowance) -> Iterator[Need]:
    """Whom the list names, and where they serve."""
    asked = event.data
    named = opened(allowed.seals, asked.enclosed, str(asked.year), asked.branch, Members)
    if not isinstance(named, Refused):
        yield from (Key(Person, id) for id in named.persons)
        yield Query(Staff, _posts_of(named.persons))


def _serving(persons: Sequence[Person | None]) -> Mapping[str, Any]:
    return _posts_of([one.id for one in persons if one])


def _posts_of(persons: Sequence[str]) -> Mapping[str, Any]:
    return {"posts.person": {"$in": sorted(set(persons))}}


def _sheet(event: Event[OpenAppraisal], rules: AppraisalRules, person: Person, number: int) -> Sheet:
    asked, county = event.data, county_of(event.organisation)
    sheet = Sheet(
        id=sheet_id(county, asked.year, asked.branch, number),
        county=county,
        year=asked.year,
        branch=asked.branch,
        person=person.id,
        home=home_on(person, date(asked.year, 12, 31)),
        begins=asked.begins,
        rules=rules,
    )
    return done(sheet, event, OPENED, SELF, due_after(asked.begins, rules.self_days).day)
