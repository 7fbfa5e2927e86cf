"""Where the roster lies, and what its pages ask of it."""

from __future__ import annotations

from pymongo import IndexModel

from services.roster.accounts.model import Account, AccountSession, OutsNoted, RememberedDevice
from services.roster.appraisals.model import AppraisalScheme, Sheet
from services.roster.audit.model import AuditRow
from services.roster.duty.model import Idea, Turn, TurnWork
from services.roster.enrolment.model import Enrolment, RevokedKey, StationKey
from services.roster.learning.model import Activity, Attendance, Certificate, Lesson, Subplan
from services.roster.meetings.model import GuideList, Issue, Process
from services.roster.party.model import JointBranch, PartyOrganisation
from services.roster.people.model import Person
from shared.database.indexes import LEDGER_INDEXES
from shared.pipeline.corrections import Correction
from shared.roster.organisations import Organisation
from shared.roster.staff import Staff
from shared.tables.entered import EnteredTable
from shared.todo import aside, reminding
from shared.web import acts

INDEXES: dict[str, list[IndexModel]] = {
    "ledger": LEDGER_INDEXES,
    "leases": [],
    "alive": [],
    Correction.collection: [],
    **acts.INDEXES,
    **reminding.INDEXES,
    **aside.INDEXES,
    Organisation.collection: [],
    "duties": [],
    AuditRow.collection: [
        IndexModel([("line.id", 1)], unique=True),
        IndexModel([("line.at", 1)]),
        IndexModel([("line.kind", 1), ("_id", -1)]),
    ],
    Turn.collection: [IndexModel([("county", 1), ("begins", 1)])],
    Process.collection: [],
    GuideList.collection: [],
    Issue.collection: [],
    Subplan.collection: [],
    AppraisalScheme.collection: [],
    Sheet.collection: [
        IndexModel([("county", 1), ("year", 1)]),
        IndexModel([("person", 1)]),
        IndexModel([("home", 1)]),
        IndexModel([("look", 1)]),
    ],
    Certificate.collection: [IndexModel([("certificate", 1)])],
    Idea.collection: [],
    Person.collection: [IndexModel([("marks", 1)]), IndexModel([("homes.organisation", 1)])],
    Staff.collection: [IndexModel([("posts.person", 1)])],
    Account.collection: [
        IndexModel([("unified", 1)], unique=True, partialFilterExpression={"unified": {"$type": "string"}}),
    ],
    AccountSession.collection: [
        IndexModel([("person", 1), ("began", -1)]),
        IndexModel([("began", 1)], expireAfterSeconds=180 * 24 * 3600),
    ],
    RememberedDevice.collection: [
        IndexModel([("person", 1)]),
        IndexModel([("until", 1)], expireAfterSeconds=0),
    ],
    OutsNoted.collection: [],
    PartyOrganisation.collection: [],
    EnteredTable.collection: [IndexModel([("submitter", 1), ("at", -1)])],
    JointBranch.collection: [],
    TurnWork.collection: [IndexModel([("turn", 1)])],
    Lesson.collection: [],
    Attendance.collection: [IndexModel([("lesson", 1)])],
    Activity.collection: [],
    Enrolment.collection: [IndexModel([("invitation.code_digest", 1)]), IndexModel([("used", 1)])],
    StationKey.collection: [],
    RevokedKey.collection: [],
}
