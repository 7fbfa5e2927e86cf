"""Five Party members at windows are appraised for 2018; of one the two grades differ so far that both sides talk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from deploy.linxi.county import COUNTY
from deploy.linxi.people import holders, people
from deploy.linxi.year.submitting import Arrival, chance, moment
from shared.events import Submission
from shared.events.outgoing import submission_message
from shared.events.roster import (
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
from shared.identity.sealing import PublicSealKey
from shared.uuid7 import uuid7

BRANCH, NAME, YEAR = "chuangkou", "政务服务大厅窗口联合党支部", 2018
SET_UP, BEGINS = date(2018, 3, 1), date(2018, 12, 3)
SHARES = {"daily": 30, "service": 30, "party_life": 20, "role": 20}
WHY = {
    "daily": "全年在岗，巡查未发现本人的问题",
    "service": "办件按时办结，没有差评",
    "party_life": "按时参加主题党日和党课",
    "role": "带头办理绿色通道服务",
}


class Appraised(NamedTuple):
    """Whom both sides appraise, and how; `share` is what the committee gives of each part."""

    person: str
    committee: str
    home: str
    share: float


MEMBERS = (
    Appraised("150424-D02-P003", "excellent", "basic", 0.96),
    Appraised("150424-D03-P004", "qualified", "qualified", 0.85),
    Appraised("150424-D05-P003", "qualified", "excellent", 0.88),
    Appraised("150424-D08-P003", "basic", "qualified", 0.7),
    Appraised("150424-D12-P004", "qualified", "qualified", 0.82),
)


class Said(NamedTuple):
    """On which day at which time, by which person for whom about whom."""

    day: date
    clock: str
    person: str
    submitter: str
    about: str
    data: Submission


def appraisals(seed: int, seal: PublicSealKey | None) -> Iterator[Arrival]:
    """All that is said, in its order; without a key nobody, for then nobody is known."""
    if seal is None:
        return
    luck, sealed = chance(seed, "appraisals", seal.id, seal.key.hex()), _Sealing(seed, seal)
    for one in (*_branch(), *_steps(sealed)):
        at = moment(one.day, one.clock)
        message = submission_message(one.data, one.submitter, one.about, uuid7(at, luck), at, actor=one.person)
        yield Arrival(at, message)


class _Sealing:
    """The same each time: nothing is hidden of whoever was made up, and a repeat is to be the same bytes."""

    def __init__(self, seed: int, key: PublicSealKey) -> None:
        self._seed, self._key = seed, key

    def __call__(self, of: str, step: str, **content: object) -> str:
        """For a sheet and a step."""
        own = X25519PrivateKey.from_private_bytes(sha256(f"{self._seed}/{self._key.id}/{of}/{step}".encode()).digest())
        return self._key.seal(json.dumps(content, ensure_ascii=False).encode(), of, step, own)


def _branch() -> Iterator[Said]:
    director, data = _holder(COUNTY, Post.OFFICE_DIRECTOR), _registered()
    yield Said(SET_UP, "09:00", director, COUNTY, COUNTY, data)
    for one in MEMBERS:
        home = _home(one)
        joins = JoinBranch(branch=BRANCH, person=one.person, since=SET_UP)
        yield Said(date(2018, 3, 2), "09:30", _holder(home, Post.PARTY_LIAISON), home, home, joins)


def _registered() -> RegisterJointBranch:
    purpose = "窗口党员在联合党委过双重组织生活"
    return RegisterJointBranch(
        branch=BRANCH, name=NAME, branch_kind=BranchKind.JOINT_BRANCH, purpose=purpose, valid_from=SET_UP
    )


def _steps(sealed: _Sealing) -> Iterator[Said]:
    """Each step on a working day of its own, on which the day before is decided."""
    director, secretary = _holder(COUNTY, Post.OFFICE_DIRECTOR), _holder(COUNTY, Post.COMMITTEE_SECRETARY)
    members = sealed(str(YEAR), BRANCH, persons=[one.person for one in MEMBERS])
    opens = OpenAppraisal(year=YEAR, branch=BRANCH, begins=BEGINS, enclosed=members)
    yield Said(BEGINS, "09:00", director, COUNTY, COUNTY, opens)
    for n, one in enumerate(MEMBERS, 1):
        yield from _of(one, f"{YEAR}.{BRANCH}.{n:02}", secretary, director, sealed)


def _of(one: Appraised, sheet: str, secretary: str, director: str, sealed: _Sealing) -> Iterator[Said]:
    home, differs = _home(one), one.committee == "excellent" and one.home == "basic"
    home_secretary = _holder(home, Post.PARTY_SECRETARY)

    def by_county(day: int, data: Submission, person: str = secretary) -> Said:
        return Said(date(YEAR, 12, day), "10:00", person, COUNTY, COUNTY, data)

    def by_home(day: int, data: Submission, person: str = home_secretary) -> Said:
        return Said(date(YEAR, 12, day), "15:00", person, home, home, data)

    own = sealed(sheet, "self", duty="全年在窗口办理业务，按时办结。", role="参加延时服务和志愿服务。")
    yield by_home(5, AppraiseSelf(sheet=sheet, enclosed=own), one.person)
    ballot = sealed(sheet, "peers", present=len(MEMBERS), excellent=2, qualified=3, basic=0, unqualified=0)
    yield by_county(7, AppraisePeers(sheet=sheet, enclosed=ballot))
    marks = {part: {"points": round(100 * most * one.share), "why": WHY[part]} for part, most in SHARES.items()}
    yield by_county(12, AppraiseMember(sheet=sheet, enclosed=sealed(sheet, "committee", grade=one.committee, **marks)))
    graded = sealed(sheet, "home", grade=one.home, sentence="服务群众耐心，单位内的组织生活还要多参加。")
    yield by_home(18, AppraiseHome(sheet=sheet, enclosed=graded))
    if differs:
        text = "双方当面沟通：窗口表现突出，在原单位参加组织生活较少，两个等次一并报送。"
        yield by_county(20, SettleAppraisal(sheet=sheet, enclosed=sealed(sheet, "settled-committee", text=text)))
        yield by_home(21, SettleAppraisal(sheet=sheet, enclosed=sealed(sheet, "settled-home", text=text)))
    yield by_home(25 if differs else 20, SignAppraisal(sheet=sheet), one.person)
    yield by_county(27, ArchiveAppraisal(sheet=sheet), director)


def _home(one: Appraised) -> str:
    return next(person.home for person in people() if person.id == one.person)


def _holder(organisation: str, post: Post) -> str:
    return holders(organisation, post, BEGINS)[0]
