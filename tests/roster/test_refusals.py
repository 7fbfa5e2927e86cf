"""Every no of the roster, each for its own reason."""

from __future__ import annotations

from datetime import date

import pytest

from services.roster.handlers import HANDLERS
from shared.events import Submission
from shared.events.enrolment import EnrolStation, InviteStation, RevokeStation
from shared.events.roster import (
    CompileGuideList,
    DissolveOrganisation,
    EnterInCatalogue,
    FileSubplan,
    HoldActivity,
    HoldJointMeeting,
    IssueCertificate,
    LimitChange,
    PlanTurn,
    PublishGuideItem,
    RaiseIssue,
    RecordAttendance,
    RecordTurnWork,
    RegisterOrganisation,
    RotateDuty,
    ScheduleLesson,
    StationDepartment,
    StudyIssue,
    SubmitIdea,
    WithdrawDissolution,
)
from shared.events.vocabulary import AwardCriterion, Catalogue, Hall, OrganisationKind
from tests.asking import COUNTY, HALL, OFFICE, OUTSIDER, STATION, TOWNSHIP, Desk, roster, slugs_in

DAY, EARLIER, LATER = date(2018, 3, 1), date(2018, 2, 1), date(2018, 6, 1)
STRANGER = "150424-D99"


def village(code: str, parent: str | None = TOWNSHIP, since: date = DAY) -> RegisterOrganisation:
    return RegisterOrganisation(
        code=code, name="村", kind=OrganisationKind.VILLAGE, parent=parent, valid_from=since, basis=""
    )


def plan(turn: str = "2018-1", holder: str = HALL, begins: date = date(2018, 1, 1)) -> PlanTurn:
    return PlanTurn(turn=turn, holders=[holder], begins=begins, theme="主题")


PUBLISHED = PublishGuideItem(process="licence", name="许可", limit_days=10, effective_from=DAY)
RAISED = RaiseIssue(issue="faster", title="提速", consulted=[HALL])
STUDIED = StudyIssue(issue="faster", plan="方案")
HELD = HoldJointMeeting(issue="faster", resolution="通过", effective_from=LATER)
LESSON = ScheduleLesson(lesson="first", title="党课", day=DAY)
ATTENDED = RecordAttendance(lesson="first", attended=12)
CERTIFICATE = IssueCertificate(certificate="first-aid", number="lx-1", person="P1", home=OFFICE)
LIST = CompileGuideList(list="powers", name="权责清单", items=3)
INVITED = InviteStation(code_digest="0" * 64, expires=LATER)
BROUGHT = EnrolStation(code_digest="0" * 64, public_key="U" + "A" * 55)
REVOKED = RevokeStation(reason="遗失")
IN = StationDepartment(hall=Hall.HALL, valid_from=DAY)
ENDS = DissolveOrganisation(last_day=LATER)
WORK = RecordTurnWork(turn="2018-1", work="banner", quantity=2)
IDEA = SubmitIdea(turn="2018-1", title="点子")
UNLIMITED = HELD.model_copy(update={"limits": [LimitChange(process="licence", limit_days=3)]})

AWARD = EnterInCatalogue(
    catalogue=Catalogue.AWARD,
    entry="star",
    name="服务之星",
    valid_from=DAY,
    criteria=[AwardCriterion(name="服务规范", most=60), AwardCriterion(name="群众满意度", most=30)],
)
LISTED = EnterInCatalogue(catalogue=Catalogue.WORK, entry="gala", name="文艺晚会", unit="场", valid_from=DAY)

Asked = tuple[Submission, str, str]
"""What, about whom, when."""


def of(data: Submission, about: str = COUNTY, at: str = "2018-03-05") -> Asked:
    return data, about, at


TABLE: list[tuple[str, list[Asked], Asked]] = [
    # the slug, what was accepted before, what is refused
    ("kind-mismatch", [], of(village("150424-D77"), "150424-D77")),
    ("kind-mismatch", [], of(village("150424100299"), COUNTY)),
    ("code-taken", [], of(village(STATION).model_copy(update={"new": True}), STATION)),
    ("unknown-parent", [], of(village("150424100299", "150424199"), "150424100299")),
    ("unknown-parent", [], of(village("150424100299", None), "150424100299")),
    ("unknown-parent", [], of(village("150424100299", since=date(2017, 12, 31)), "150424100299")),
    ("unknown-parent", [], of(village(STATION, STATION), STATION)),
    ("registered-earlier", [of(village(STATION, since=LATER), STATION)], of(village(STATION, since=DAY), STATION)),
    ("registered-earlier", [of(PUBLISHED, OFFICE)], of(PUBLISHED, OFFICE)),
    ("registered-earlier", [of(IN, HALL)], of(IN.model_copy(update={"valid_from": EARLIER}), HALL)),
    ("criteria-not-a-hundred", [], of(AWARD)),
    ("not-stationable", [], of(IN, OUTSIDER)),
    ("not-stationable", [], of(IN.model_copy(update={"valid_from": date(2017, 1, 1)}), HALL)),
    ("already-stationed", [of(IN, HALL)], of(IN.model_copy(update={"valid_from": LATER}), HALL)),
    ("county-stays", [], of(DissolveOrganisation(last_day=LATER))),
    ("unfit-successor", [], of(DissolveOrganisation(last_day=LATER, followed_by=[STRANGER]), STATION)),
    ("not-dissolved", [], of(WithdrawDissolution(reason="缓"), STATION)),
    ("organisation-ends", [of(ENDS, STATION)], of(village(STATION, since=LATER), STATION)),
    ("turn-already-planned", [of(plan())], of(plan(begins=date(2018, 7, 1)))),
    ("unknown-holder", [], of(plan(holder=STRANGER))),
    ("unknown-holder", [], of(plan(begins=date(2017, 10, 1)))),
    ("turn-overlaps", [of(plan())], of(plan("2018-2", begins=date(2018, 3, 1)))),
    ("turn-not-on-the-first", [], of(plan("2018-2", begins=date(2018, 3, 15)))),
    ("no-turn-due", [], of(RotateDuty(due=DAY))),
    ("no-turn-due", [of(plan())], of(RotateDuty(due=LATER))),
    ("unknown-turn", [], of(WORK, HALL)),
    ("unknown-turn", [], of(IDEA, STATION)),
    ("outside-the-turn", [of(plan())], of(WORK, HALL, "2018-04-01T00:00")),
    ("outside-the-turn", [of(plan())], of(IDEA, STATION, "2018-04-01T00:00")),
    ("not-your-turn", [of(plan())], of(WORK, OFFICE)),
    ("issue-already-raised", [of(RAISED, HALL)], of(RAISED, HALL, "2018-03-06")),
    ("issue-of-several", [of(RAISED, HALL), of(RAISED, OFFICE)], of(STUDIED)),
    ("unknown-organisation", [], of(RAISED.model_copy(update={"consulted": [HALL, STRANGER]}), HALL)),
    ("unknown-organisation", [], of(CERTIFICATE.model_copy(update={"home": STRANGER}), OFFICE)),
    ("unknown-issue", [], of(STUDIED)),
    ("unknown-issue", [], of(HELD)),
    ("issue-already-studied", [of(RAISED), of(STUDIED)], of(STUDIED)),
    ("issue-not-studied", [of(RAISED)], of(HELD)),
    ("issue-already-resolved", [of(RAISED), of(STUDIED), of(HELD)], of(HELD)),
    ("unknown-process", [of(RAISED), of(STUDIED)], of(UNLIMITED)),
    ("list-already-compiled", [of(LIST)], of(LIST)),
    ("not-a-member", [], of(FileSubplan(title="子方案"), OUTSIDER)),
    ("certificate-already-issued", [of(CERTIFICATE, OFFICE)], of(CERTIFICATE, OFFICE, "2018-03-06")),
    ("not-its-issuer", [], of(CERTIFICATE, STATION)),
    ("beyond-reason", [], of(HoldActivity(title="活动", prescribed=True, participants=5001), STATION)),
    ("beyond-reason", [of(LESSON)], of(ATTENDED.model_copy(update={"attended": 5001}), STATION)),
    ("lesson-already-scheduled", [of(LESSON)], of(LESSON)),
    ("unknown-lesson", [], of(ATTENDED, STATION)),
    ("own-invitation", [], of(INVITED, COUNTY)),
    ("invitation-expired", [], of(INVITED.model_copy(update={"expires": EARLIER}), STATION)),
    ("own-key-only", [], of(BROUGHT, STATION)),
    ("not-enrolled", [], of(REVOKED, STATION)),
    ("entry-backwards", [], of(LISTED.model_copy(update={"last_day": EARLIER}))),
    ("entry-name-taken", [of(LISTED)], of(LISTED.model_copy(update={"entry": "other"}))),
    ("attendance-already-recorded", [of(LESSON), of(ATTENDED, STATION)], of(ATTENDED, STATION)),
]


@pytest.mark.parametrize(("slug", "before", "last"), TABLE)
def test_what_may_not_be_is_refused_with_its_reason(slug: str, before: list[Asked], last: Asked) -> None:
    desk = Desk(HANDLERS, roster(), *roster())
    for data, about, at in before:
        desk.agrees(data, about, at, by=COUNTY)
    data, about, at = last
    assert desk.refuses(data, about, at, by=COUNTY, n=1) == slug


def test_another_countys_committee_may_not_register_anything_here() -> None:
    desk = Desk(HANDLERS, roster(), *roster())
    assert desk.refuses(village("150424100299"), "150424100299", by="150425") == "outside-subtree"
    assert desk.refuses(village("150424100299"), "150424100299", by=TOWNSHIP) == "outside-subtree"


def test_every_reason_the_rules_name_is_given_above() -> None:
    asked_over_http = {
        *slugs_in("services/roster/enrolment/api.py"),
        "unknown-code",
        "key-already-used",
    }
    by_those_below = {"still-below"}
    planned = {"turn-begun", "lesson-begun", "lesson-cancelled", "lesson-not-held-yet", "limit-in-force"}
    elsewhere = {
        "own-stationing",
        "catalogue-full",
        "outside-subtree",
        *planned,
        *by_those_below,
        *asked_over_http,
        *slugs_in("services/roster/notices"),
    }
    by_persons = (f"services/roster/{one}" for one in ("appraisals", "people", "party", "accounts", "audit", "tokens"))
    elsewhere |= slugs_in(*by_persons)
    assert slugs_in("services/roster") == {slug for slug, _, _ in TABLE} | elsewhere
