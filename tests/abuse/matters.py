"""A county in which something of every kind concerns each of four organisations, and where each thing is read.

What is closed has a text of its own (`Closed`): it may stand in no answer to whoever may not read it, wherever it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from services.feedback.packages.model import Package, PackagedReport
from services.feedback.reports.model import recipient_of
from services.roster.enrolment.model import Enrolment, Invitation, StationKey
from shared.bus.photos import digest_of
from shared.events.assessment import AdoptAssessmentScheme, ApproveAssessment, Indicator, VetoAssessment, VetoGround
from shared.events.documents import AdoptDocumentScheme
from shared.events.feedback import GrantAward, JudgeNomination, NominateForAward, PublishNomination
from shared.events.inspection import (
    ChecklistItem,
    Finding,
    FourScores,
    GeoPlace,
    GrantExcellenceMark,
    GrantViewing,
    IncidentKind,
    LogInspection,
    PublishChecklist,
    PublishCommitment,
    RegisterDevice,
    ReportIncident,
    ViewingRole,
)
from shared.events.roster import (
    BranchKind,
    EnterInCatalogue,
    FileSubplan,
    HoldActivity,
    IssueCertificate,
    Office,
    PlanTurn,
    RaiseIssue,
    RecordAttendance,
    RegisterJointBranch,
    RegisterOrganisation,
    ScheduleLesson,
    SubmitIdea,
)
from shared.events.training_up import ProposeTrainingUp
from shared.events.vocabulary import (
    DISCIPLINE_INSPECTION,
    ORGANISATION_DEPARTMENT,
    Catalogue,
    OrganisationKind,
    PatrolKind,
    Severity,
)
from shared.identity.reading import KEYS, OWN, PEOPLE, PERSONS, PLACES, REPORTS, Rule
from shared.tables.entered import EnteredTable
from tests.county import County
from tests.photographs import drained, keeping, photograph, sent
from tests.sealed import ALLOWED, registers
from tests.submitters import COUNTY, Said, Submitter, closes_period, committee, hall, moment, office, stations, township

VILLAGE, NEIGHBOUR = stations[:2]
OTHER_TOWNSHIP, FAR = Submitter("150424101"), Submitter("150424101202")
DISCIPLINE, PERSONNEL = Submitter("150424-D91"), Submitter("150424-D92")
BEARERS = (VILLAGE, NEIGHBOUR, FAR, office)
"""Those whom something concerns: a village, one of the same township, one of another, a department with a window."""
READERS: Mapping[str, str] = {
    "nobody": "",
    "village": VILLAGE.code,
    "other village": NEIGHBOUR.code,
    "township": township.code,
    "other township": OTHER_TOWNSHIP.code,
    "hall": hall.code,
    "department": office.code,
    "discipline inspection": DISCIPLINE.code,
    "organisation department": PERSONNEL.code,
    "county": COUNTY,
}
AT, READ_AT = moment("2018-03-05"), moment("2018-04-10")
PHOTO = photograph(seed=41)
TABLE_DIGEST = "0" * 32
"""Of a table that a village brought."""
KEY = "UBVILLAGESPUBLICKEY"
BROKEN = "王某某的身份证号"


class Closed(NamedTuple):
    """A text that only those may read whom a rule lets read what concerns an organisation, and whoever said it."""

    text: str
    rule: Rule
    organisation: str
    said_by: str = ""


def number(who: Submitter) -> int:
    """By which the matters of one are told from those of another."""
    return BEARERS.index(who)


def looked(who: Submitter, by: Submitter) -> Said:
    """An inspection with its place, a photo and a finding that says more than its name."""
    kind = PatrolKind.WINDOW if who == office else PatrolKind.STATION
    finding = Finding(item="设备故障", severity=Severity.MINOR, note=f"说明{number(who)}", rectify_within=3)
    place = GeoPlace(latitude=float(f"43.6{number(who)}01"), longitude=118.0)
    photos = [digest_of(PHOTO)] if who == VILLAGE else []
    return by.says(LogInspection(patrol=kind, score=9101, findings=[finding], place=place, photos=photos), AT, who.code)


def reported(who: Submitter) -> Said:
    """An incident of a person."""
    said = ReportIncident(kind=IncidentKind.COMPLAINT, summary=f"投诉内容{number(who)}", person=f"PX{number(who)}")
    return committee.says(said, AT, who.code)


def certified(who: Submitter) -> Said:
    """A person's certificate."""
    n = number(who)
    asked = IssueCertificate(certificate="first-aid", number=f"lx-{n}", person=f"PC{n}", home=who.code)
    return office.says(asked, AT)


def at_home(who: Submitter) -> Said:
    """A person by name, with a number."""
    n = number(who)
    return who.says(registers(f"PN{n}", who.code, name=f"姓名{n}", mobile=f"1380013800{n}"), AT)


def attended(who: Submitter) -> Said:
    """A lesson."""
    return who.says(RecordAttendance(lesson="oath", attended=7), AT)


INSPECTIONS = {who: looked(who, hall if who == office else who) for who in BEARERS}
INCIDENTS = {who: reported(who) for who in BEARERS}
CASES = {who: who.opens() for who in BEARERS}
SERVED = {who: who.serves(persons=3 + number(who)) for who in BEARERS}
ATTENDED = {who: attended(who) for who in BEARERS}
FILED = PERSONNEL.says(FileSubplan(title="子方案"), AT)
HELD = office.says(HoldActivity(title="主题党日", prescribed=True, participants=30), AT)
SUGGESTED = office.says(SubmitIdea(turn="2018-2", title="延长服务时间"), moment("2018-04-02"))
STAR = EnterInCatalogue(
    catalogue=Catalogue.AWARD, entry="star", name="文明服务之星", valid_from=date(2018, 1, 1), quota=1
)
NAMED = office.says(NominateForAward(award="star", person="PN3", reason="推荐他的理由"), AT)
MODEL = EnterInCatalogue(
    catalogue=Catalogue.AWARD, entry="model", name="共产党员先锋岗", valid_from=date(2018, 1, 1), quota=1
)
HONOURED = office.says(NominateForAward(award="model", person="PN3", reason="公示过的理由"), AT)
GIVEN = committee.says(GrantAward(award="chifeng-good-person", person="PN3"), AT, office.code)
BROUGHT_ON = committee.says(
    ProposeTrainingUp(grant=GIVEN.id, proposed="培养他的建议"), moment("2018-03-06"), office.code
)
REPORT, DRAFT = f"2018-03_{office.code}", f"2018-04_{office.code}"
SIGNED_FIRST = AdoptDocumentScheme(effective_from=date(2018, 4, 1), prefix="某联党")
"""Reports of April are drafted, and wait to be signed."""
QUARTER, VOTED = "2018-Q1", date(2018, 4, 2)
ASSESSED = f"{QUARTER}_{office.code}"
PACKAGE = f"2018_{COUNTY}"
ASSESSED_BY = AdoptAssessmentScheme(
    effective_from=date(2018, 1, 1),
    indicators=[
        Indicator(name="受理办件", applies_to=kind, figure="cases-opened", weight=100, floor=0, target=100_00)
        for kind in (OrganisationKind.DEPARTMENT, OrganisationKind.TOWNSHIP)
    ],
    quarterly=True,
)
VETO = VetoAssessment(
    member=office.code, period=QUARTER, veto=VetoGround.CONCEALMENT, reason="否决理由", proof="核查报告"
)
APPROVED = ApproveAssessment(period=QUARTER, edition=1, held_on=VOTED, present=3, in_favour=3, against=0, abstained=0)
BRANCH = RegisterJointBranch(
    branch="qiye", name="企业联合党支部", branch_kind=BranchKind.JOINT_BRANCH, valid_from=date(2018, 3, 1)
)
LIST = PublishChecklist(
    checklist="window",
    version=1,
    name="窗口检查表",
    effective_from=date(2018, 3, 5),
    items=[ChecklistItem(item="notice", name="告知单齐全", weight=1)],
)
LESSON = ScheduleLesson(lesson="oath", title="重温誓词", day=date(2018, 3, 5))


def founding() -> Iterator[Said]:
    """Beside those of every county: another township with its village, and two that read by their office."""
    yield committee.registers(OTHER_TOWNSHIP.code, OrganisationKind.TOWNSHIP, COUNTY)
    yield committee.registers(FAR.code, OrganisationKind.VILLAGE, OTHER_TOWNSHIP.code)
    yield from (committee.says(one, moment("2018-01-01", "00:00")) for one in (STAR, MODEL))
    for who, post in ((DISCIPLINE, DISCIPLINE_INSPECTION), (PERSONNEL, ORGANISATION_DEPARTMENT)):
        held = RegisterOrganisation(
            code=who.code,
            name=f"组织{who.code}",
            kind=OrganisationKind.DEPARTMENT,
            parent=COUNTY,
            offices=[Office(office=post, scope=COUNTY)],
            committee_member=who == PERSONNEL,
            valid_from=date(2018, 1, 1),
        )
        yield committee.says(held, moment("2018-01-01", "00:00"), about=who.code)


def honoured() -> Iterator[Said]:
    """A nomination that came to its award."""
    of = HONOURED.id
    judged = JudgeNomination(nomination=of, software=20, streamlining=20, standards=20, satisfaction=20)
    yield HONOURED
    yield committee.says(judged, moment("2018-03-06"), office.code)
    yield committee.says(PublishNomination(nomination=of), moment("2018-03-06", "10:00"), office.code)
    granted = GrantAward(award="model", person="PN3", nomination=of)
    yield committee.says(granted, moment("2018-03-20"), office.code)


def matters() -> Iterator[Said]:
    """What is reported in March, and the reports of that month."""
    yield from (committee.says(LESSON, AT), committee.says(LIST, AT))
    yield committee.says(
        PlanTurn(turn="2018-2", holders=[office.code], begins=date(2018, 4, 1), months=3, theme="便民"), AT
    )
    yield office.says(RaiseIssue(issue="one-visit", title="一次办好", consulted=[office.code]), AT)
    yield from (FILED, HELD, SUGGESTED, NAMED, GIVEN, BROUGHT_ON, *honoured())
    yield committee.says(BRANCH, AT)
    marked = FourScores(environment=9100, service=9200, management=9300, integrity=9400)
    yield committee.says(GrantExcellenceMark(quarter="2018-Q1", scores=marked), moment("2018-04-09"), office.code)
    yield committee.says(GrantViewing(person="PT0", role=ViewingRole.TOWNSHIP_DEPUTY), AT, township.code)
    for who in BEARERS:
        yield from (INSPECTIONS[who], INCIDENTS[who], CASES[who], SERVED[who], certified(who), ATTENDED[who])
        yield at_home(who)
        link = f"https://10.20.30.40/{number(who)}"
        yield committee.says(RegisterDevice(device="counter", name=f"镜头{number(who)}", link=link), AT, who.code)
        yield who.says(PublishCommitment(person=f"PP{number(who)}", item="integrity", text="不收礼"), AT)
    yield committee.says(ASSESSED_BY, moment("2018-01-01"))
    yield committee.says(VETO, moment("2018-03-31"))
    yield closes_period("2018-03", "2018-04-01")
    yield closes_period(QUARTER, "2018-04-01")
    yield committee.says(APPROVED, moment("2018-04-02"))
    yield committee.says(SIGNED_FIRST, moment("2018-04-01", "09:00"))
    yield closes_period("2018-04", "2018-05-01")


async def happened(county: County) -> None:
    """All of it, with a photo, a station's key and a submission that nobody can decide."""
    county.allowed = ALLOWED
    await county.begins_anew()
    await county.is_founded()
    async with county.working(), keeping(county):
        await county.hears(*founding())
        await county.settles()
        await county.hears(*matters())
        await sent(county, VILLAGE, PHOTO)
        await drained(county)
        await county.hears(VILLAGE.serves(n=9).saying(f'{{"{BROKEN}": 1}}'.encode()))
        await county.settles()
    invited = Invitation(code_digest="0" * 64, expires=date(2018, 4, 23))
    enrolled = Enrolment(id=VILLAGE.code, key=KEY, since=AT, invitation=invited)
    roster = county.db("roster")
    await roster[Enrolment.collection].insert_one(enrolled.to_store())
    table = EnteredTable(id=f"{VILLAGE.code}/{TABLE_DIGEST}", submitter=VILLAGE.code, file="人员.xlsx", at=AT)
    await roster[EnteredTable.collection].insert_one(table.to_store())
    await county.db("feedback")[Package.collection].insert_one(reported_to_personnel().to_store())
    await roster[StationKey.collection].insert_one(StationKey(id=KEY, organisation=VILLAGE.code).to_store())


def reported_to_personnel() -> Package:
    """What the organisation department was sent, of three organisations."""
    whole = [f"2018-03_{one.code}" for one in (hall, office, township)]
    reports = [PackagedReport(report=one, organisation=recipient_of(one), edition=0, content="") for one in whole]
    return Package(
        id=PACKAGE,
        county=COUNTY,
        year=2018,
        edition=1,
        editions=1,
        number="某联党函〔2018〕1号",
        addressee=PERSONNEL.code,
        addressed="某县委组织部",
        committee="某县政务服务联合党委",
        sent=AT,
        signed_by="PT0",
        due=VOTED,
        on_time=True,
        reports=tuple(reports),
        content="0" * 64,
        submission="",
    )


def closed() -> Iterator[Closed]:
    """Every text that is not everybody's."""
    for who in BEARERS:
        n, code = number(who), who.code
        yield from (Closed(text, PLACES, code) for text in (f"43.6{n}01", INCIDENTS[who].id, f"镜头{n}"))
        yield from (Closed(text, PERSONS, code) for text in (CASES[who].id, SERVED[who].id))
        yield from (Closed(text, PERSONS, code, office.code) for text in (f"lx-{n}", f"PC{n}"))
    yield from (Closed(f"姓名{number(who)}", PEOPLE, who.code) for who in BEARERS)
    yield Closed("13800138000", PEOPLE, VILLAGE.code)
    yield from (Closed(text, PLACES, VILLAGE.code) for text in (digest_of(PHOTO), "说明0", "投诉内容0"))
    yield from (Closed(f"2018-03_{one.code}", REPORTS, one.code) for one in (office, hall, township))
    yield from (Closed(f"{QUARTER}_{one.code}", REPORTS, one.code) for one in (office, hall, township))
    yield from (Closed(text, REPORTS, office.code) for text in (VETO.reason, VETO.proof))
    yield from (Closed(text, PERSONS, office.code) for text in ("推荐他的理由", "培养他的建议"))
    yield Closed("PT0", OWN, township.code)
    yield Closed("2018-04-23", KEYS, VILLAGE.code)
