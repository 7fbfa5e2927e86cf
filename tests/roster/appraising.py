"""A county whose Party members at windows are appraised, by persons, in domain words; rules alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from services.roster.appraisals.model import Sheet
from services.roster.handlers import HANDLERS
from services.roster.people.model import Person
from shared.database.documents import Document, Need, Query
from shared.events import EventData, Fact
from shared.events.roster import (
    AnswerAppeal,
    AppealAppraisal,
    Appoint,
    AppraiseHome,
    AppraiseMember,
    AppraisePeers,
    AppraiseSelf,
    ArchiveAppraisal,
    BranchKind,
    JoinBranch,
    OpenAppraisal,
    Post,
    RegisterJointBranch,
    SettleAppraisal,
    SignAppraisal,
)
from shared.pipeline.decisions import Accepted, Refused, State
from shared.roster.staff import Staff
from tests.asking import COUNTY, HALL, OFFICE, Desk, asked, facts, roster
from tests.sealed import ALLOWED, KEYS, registers

SECRETARY, HOME_SECRETARY = "p-secretary", "p-home"
BRANCH, YEAR, BEGINS = "hall", 2018, date(2018, 12, 3)
MEMBERS = ("p-1", "p-2", "p-3", "p-4")
"""Party members with posts at windows: the first at the office, the others at the hall."""
FIRST = "2018.hall.01"
MARKS: Mapping[str, Any] = {
    name: {"points": points, "why": "经核实"}
    for name, points in (("daily", 2800), ("service", 2700), ("party_life", 1900), ("role", 1800))
}


def enclosed(sheet: str, step: str, **content: object) -> str:
    """As a page seals it."""
    return KEYS.seal(json.dumps(content, ensure_ascii=False).encode(), sheet, step)


def opens(persons: Iterable[str], branch: str = BRANCH, year: int = YEAR, begins: date = BEGINS) -> OpenAppraisal:
    """The office's list."""
    return OpenAppraisal(
        year=year, branch=branch, begins=begins, enclosed=enclosed(str(year), branch, persons=[*persons])
    )


def by_self(sheet: str = FIRST, duty: str = "按时办结", role: str = "带头服务") -> AppraiseSelf:
    """Two texts."""
    return AppraiseSelf(sheet=sheet, enclosed=enclosed(sheet, "self", duty=duty, role=role))


def by_peers(sheet: str = FIRST, present: int = 4, excellent: int = 2, qualified: int = 2) -> AppraisePeers:
    """Counts."""
    ballot = {"present": present, "excellent": excellent, "qualified": qualified, "basic": 0, "unqualified": 0}
    return AppraisePeers(sheet=sheet, enclosed=enclosed(sheet, "peers", **ballot))


def by_committee(sheet: str = FIRST, grade: str = "qualified", **more: object) -> AppraiseMember:
    """Four parts and a grade."""
    return AppraiseMember(sheet=sheet, enclosed=enclosed(sheet, "committee", **{**MARKS, "grade": grade, **more}))


def by_home(sheet: str = FIRST, grade: str = "qualified") -> AppraiseHome:
    """A grade and a sentence."""
    return AppraiseHome(sheet=sheet, enclosed=enclosed(sheet, "home", grade=grade, sentence="工作踏实"))


def settles(side: str, sheet: str = FIRST) -> SettleAppraisal:
    """One side's words."""
    return SettleAppraisal(sheet=sheet, enclosed=enclosed(sheet, f"settled-{side}", text="当面沟通，意见一致"))


def appeals(sheet: str = FIRST) -> AppealAppraisal:
    """For a reason."""
    return AppealAppraisal(sheet=sheet, enclosed=enclosed(sheet, "appealed", text="服务质量得分偏低"))


def answers(upheld: bool, sheet: str = FIRST) -> AnswerAppeal:
    """The committee's."""
    return AnswerAppeal(sheet=sheet, enclosed=enclosed(sheet, "answered", upheld=upheld, text="经核实"))


class AppraisalDesk:
    """Four members of a branch; queries find what is kept."""

    def __init__(self) -> None:
        self.desk = Desk(HANDLERS, roster(), allowed=ALLOWED)
        branch = RegisterJointBranch(
            branch=BRANCH, name="窗口联合党支部", branch_kind=BranchKind.JOINT_BRANCH, valid_from=date(2018, 1, 1)
        )
        self.agrees(branch, at="2018-01-01")
        for n, person in enumerate(MEMBERS):
            home = OFFICE if n == 0 else HALL
            self.agrees(registers(person, home), at="2018-01-01", of=home)
            self.agrees(
                Appoint(person=person, post=Post.WINDOW_CLERK, since=date(2018, 1, 1)), at="2018-01-01", of=home
            )
            self.agrees(JoinBranch(branch=BRANCH, person=person, since=date(2018, 1, 1)), at="2018-01-01", of=home)

    def says(
        self, data: EventData, by: str = "", at: str = "2018-12-04", of: str = COUNTY, n: int = 0
    ) -> Accepted | Refused:
        """A submission of a person for an organisation."""
        event = replace(asked(data, of, at, n=n), actor=by)
        return self.desk.decides(event, self._all())

    def agrees(self, data: EventData, by: str = "", at: str = "2018-12-04", of: str = COUNTY, n: int = 0) -> list[Fact]:
        """The facts that follow."""
        verdict = self.says(data, by, at, of, n)
        assert isinstance(verdict, Accepted), verdict
        return [fact for _, fact in facts(verdict, of)]

    def refuses(self, data: EventData, by: str = "", at: str = "2018-12-04", of: str = COUNTY) -> str:
        """The slug; nothing changes."""
        before = self.desk.kept(Sheet)
        verdict = self.says(data, by, at, of)
        assert isinstance(verdict, Refused), verdict
        assert self.desk.kept(Sheet) == before
        return verdict.slug

    def moves(self, person: str, home: str, to: str, day: str) -> None:
        """By the county, which is above both."""
        moved = registers(person, to, date.fromisoformat(day), moves_from=home)
        assert isinstance(self.desk.decides(asked(moved, to, day, COUNTY), self._all()), Accepted)

    def opened(self, persons: Sequence[str] = MEMBERS) -> None:
        """By the office."""
        self.agrees(opens(persons), SECRETARY, "2018-12-03")

    def goes_to_home(self, grade: str = "qualified") -> None:
        """The first sheet through its first three steps."""
        self.agrees(by_self(), MEMBERS[0], "2018-12-05", OFFICE)
        self.agrees(by_peers(), SECRETARY, "2018-12-12")
        self.agrees(by_committee(grade=grade), SECRETARY, "2018-12-20")

    def goes_to_reading(self) -> None:
        """And the home's."""
        self.goes_to_home()
        self.agrees(by_home(), HOME_SECRETARY, "2018-12-26", OFFICE)

    def looks_at(self, needs: Iterable[Need]) -> State:
        """What a taking back may look at."""
        state = State(self.desk.roster, ALLOWED)
        for need in needs:
            if isinstance(need, Query):
                wanted = [one for one in self._all() if isinstance(one, need.kind)]
                state.copy.load_found(need, wanted)
            else:
                state.copy.load([one for one in self.desk.kept(need.kind) if one.id == need.id])
        return state

    def sheet(self, name: str = FIRST) -> Sheet:
        """As it is now."""
        return next(one for one in self.desk.kept(Sheet) if one.name == name)

    def _all(self) -> list[Document]:
        kinds: tuple[type[Document], ...] = (Sheet, Staff, Person)
        return [one for kind in kinds for one in self.desk.kept(kind)]


signs, archives = SignAppraisal(sheet=FIRST), ArchiveAppraisal(sheet=FIRST)
