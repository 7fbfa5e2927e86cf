"""What the person, the window branch and both sides say in a sheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.roster.appraisals.contents import Ballot, OwnWords, Words, opened
from services.roster.appraisals.model import Sheet
from services.roster.appraisals.order import (
    ANSWERED,
    APPEALED,
    ARCHIVED,
    COMMITTEE,
    PEERS,
    SELF,
    SETTLED,
    SIGNED,
    done,
    found,
    goes_on,
    having_parts,
    with_part,
)
from services.roster.party.model import JointBranch
from shared.calendar import due_after
from shared.database.documents import Key, Need
from shared.events import Event
from shared.events.roster.appraisals import (
    AppealAppraisal,
    AppraisalStep,
    AppraisePeers,
    AppraiseSelf,
    SettleAppraisal,
    SignAppraisal,
)
from shared.pipeline.decisions import Refused, State, Verdict
from shared.roster.organisations import county_of, of_county

BY_COUNTY, BY_HOME = f"{SETTLED}-committee", f"{SETTLED}-home"
"""What each side said when the pair differed."""


def sheet_needed(event: Event[Any]) -> Iterator[Need]:
    """The one that is named."""
    yield Key(Sheet, of_county(event.organisation, event.data.sheet))


def peers_needed(event: Event[AppraisePeers]) -> Iterator[Need]:
    """The sheet, and the branch for how many belong to it."""
    yield from sheet_needed(event)
    yield Key(JointBranch, of_county(event.organisation, event.data.sheet.split(".")[1]))


def appraise_self(state: State, event: Event[AppraiseSelf]) -> Verdict:
    """The person itself, in two texts."""
    sheet = found(state, event, SELF)
    if isinstance(sheet, Refused):
        return sheet
    words = opened(state.allowed.seals, event.data.enclosed, sheet.name, SELF, OwnWords)
    if isinstance(words, Refused):
        return words
    due = due_after(sheet.begins, sheet.rules.peers_days).day
    return goes_on(with_part(done(sheet, event, SELF, PEERS, due), SELF, event.data.enclosed), SELF)


def appraise_peers(state: State, event: Event[AppraisePeers]) -> Verdict:
    """Two thirds of the branch were present, and each of them gave one grade."""
    sheet = found(state, event, PEERS)
    if isinstance(sheet, Refused):
        return sheet
    ballot = opened(state.allowed.seals, event.data.enclosed, sheet.name, PEERS, Ballot)
    if isinstance(ballot, Refused):
        return ballot
    if ballot.given != ballot.present:
        return Refused("ballot-mismatch")
    branch = state.get(JointBranch, of_county(event.organisation, sheet.branch))
    members = branch.members_on(event.day) if branch else 0
    if not 2 * members <= 3 * ballot.present <= 3 * members:
        return Refused("too-few-present", members=members)
    due = due_after(sheet.begins, sheet.rules.committee_days).day
    return goes_on(with_part(done(sheet, event, PEERS, COMMITTEE, due), PEERS, event.data.enclosed), PEERS)


def settle_appraisal(state: State, event: Event[SettleAppraisal]) -> Verdict:
    """Each side in its own words; when both have spoken the person reads it."""
    sheet = found(state, event, SETTLED)
    if isinstance(sheet, Refused):
        return sheet
    key = BY_COUNTY if event.organisation == county_of(event.organisation) else BY_HOME
    words = opened(state.allowed.seals, event.data.enclosed, sheet.name, key, Words)
    if isinstance(words, Refused):
        return words
    spoken = with_part(sheet, key, event.data.enclosed)
    if not spoken.parts.keys() >= {BY_COUNTY, BY_HOME}:
        return goes_on(done(spoken, event, SETTLED, SETTLED, sheet.due), SETTLED)
    return goes_on(to_be_read(spoken, event, SETTLED), SETTLED)


def to_be_read(sheet: Sheet, event: Event[Any], step: AppraisalStep) -> Sheet:
    """By the person, who may appeal as long."""
    due = due_after(event.day, sheet.rules.reading_days).day
    return done(sheet, event, step, SIGNED, due).having(read_by=due)


def sign_appraisal(state: State, event: Event[SignAppraisal]) -> Verdict:
    """The person has read it; an appeal that nobody has answered is taken back by it."""
    sheet = found(state, event, SIGNED)
    if isinstance(sheet, Refused):
        return sheet
    open_appeal = (APPEALED,) if ANSWERED not in sheet.parts else ()
    return goes_on(having_parts(done(sheet, event, SIGNED, ARCHIVED, None), sheet.parts, *open_appeal), SIGNED)


def appeal_appraisal(state: State, event: Event[AppealAppraisal]) -> Verdict:
    """Once, in the days for reading it; also when it was signed in them."""
    sheet = found(state, event, APPEALED)
    if isinstance(sheet, Refused):
        return sheet
    if ANSWERED in sheet.parts:
        return Refused("appealed-already")
    if sheet.read_by is not None and event.day > sheet.read_by:
        return Refused("appeal-too-late", day=sheet.read_by)
    words = opened(state.allowed.seals, event.data.enclosed, sheet.name, APPEALED, Words)
    if isinstance(words, Refused):
        return words
    due = due_after(event.day, sheet.rules.appeal_days).day
    return goes_on(with_part(done(sheet, event, APPEALED, ANSWERED, due), APPEALED, event.data.enclosed), APPEALED)
