"""How what a Party organisation is called, and who belongs to a joint branch, are corrected by form."""

from __future__ import annotations

from dataclasses import replace

from services.roster.party.form import BRANCH, JOIN, LEAVE, NAME, sharers
from services.roster.party.model import JointBranch
from services.roster.people.reads import people_in
from shared.database.kept import document, documents
from shared.database.mongo import Database
from shared.events.roster.party import (
    BranchJoined,
    BranchLeft,
    JointBranchRegistered,
    PartyOrganisationRegistered,
)
from shared.pipeline.decisions import Original, fact_of
from shared.roster.organisations import Organisation, Roster, of_county
from shared.web.records.correctable import Reported, Rewriting

CHANGE_NAME = replace(NAME, key="change-name", title="更正党组织", button="提交更正", lead="")
CHANGE_BRANCH = replace(BRANCH, key="change-branch", title="更正联合党支部、课题攻关小组", button="提交更正", lead="")
CHANGE_JOINING = replace(JOIN, key="change-joining", title="更正成员加入", button="提交更正")
CHANGE_LEAVING = replace(LEAVE, key="change-leaving", title="更正成员退出", button="提交更正")


async def _named(db: Database, original: Original) -> Reported:
    roster = Roster({one.id: one for one in await documents(db, Organisation, {})})
    others = sharers(original.organisation, original.submitter, roster, original.day)
    return Reported(fact_of(original, PartyOrganisationRegistered).model_dump(mode="json"), others)


async def _branch(db: Database, original: Original) -> Reported:
    """What it is for no fact says."""
    said = fact_of(original, JointBranchRegistered)
    kept = await document(db, JointBranch, of_county(original.organisation, said.branch))
    return Reported({**said.model_dump(mode="json"), "purpose": kept.purpose if kept else ""})


async def _joined(db: Database, original: Original) -> Reported:
    names = (await people_in(db)).of(original.organisation).names
    return Reported(fact_of(original, BranchJoined).model_dump(mode="json"), names)


async def _left(db: Database, original: Original) -> Reported:
    names = (await people_in(db)).of(original.organisation).names
    return Reported(fact_of(original, BranchLeft).model_dump(mode="json"), names)


CHANGING_NAME = Rewriting(CHANGE_NAME, _named)
CHANGING_BRANCH = Rewriting(CHANGE_BRANCH, _branch, is_of_now=True)
CHANGING_JOINING = Rewriting(CHANGE_JOINING, _joined)
CHANGING_LEAVING = Rewriting(CHANGE_LEAVING, _left)
