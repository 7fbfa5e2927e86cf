"""Who in an office did what it submitted in 2018: somebody who held the post for it that day, and whose work it is."""

from __future__ import annotations

from datetime import datetime

from deploy.linxi.county import COUNTY, PERSONNEL
from deploy.linxi.people import holders
from shared.events import Submission
from shared.events.documents import (
    MarkDocumentsOverdue,
    ObjectReport,
    OrderRevision,
    ReceiveReport,
    RedraftReports,
    ReplyReport,
)
from shared.events.feedback import ClosePeriod
from shared.events.inspection import CloseDay, MarkOverdue, MarkUnanswered, ViewDevice
from shared.events.roster import (
    Appoint,
    EndPost,
    EnterInCatalogue,
    FileSubplan,
    HoldActivity,
    NameCommittee,
    Post,
    RegisterOrganisation,
    RegisterPerson,
    RotateDuty,
    SubmitIdea,
)
from shared.events.training_up import AnswerTrainingUp
from shared.identity.rights import who_may

NOBODYS = (
    ClosePeriod,
    CloseDay,
    EnterInCatalogue,
    MarkDocumentsOverdue,
    MarkOverdue,
    MarkUnanswered,
    NameCommittee,
    RotateDuty,
    RegisterOrganisation,
)
"""The clock's, and what was entered before anybody was known."""
OF_DOCUMENTS = (ObjectReport, ReceiveReport, ReplyReport)
PARTY_WORK = (*OF_DOCUMENTS, AnswerTrainingUp, Appoint, EndPost, FileSubplan, HoldActivity, RegisterPerson, SubmitIdea)
"""The liaison's, where there is one."""
COUNTY_POSTS = (Post.OFFICE_CLERK, Post.OFFICE_DIRECTOR, Post.COMMITTEE_SECRETARY)
LIAISON_FIRST = (
    Post.PARTY_LIAISON,
    Post.STATION_CLERK,
    Post.WINDOW_CHIEF,
    Post.WINDOW_CLERK,
    Post.PARTY_SECRETARY,
    Post.TOWNSHIP_LEAD,
)
CLERKS_FIRST = (Post.WINDOW_CLERK, Post.TOWNSHIP_CLERK, Post.STATION_CLERK, Post.WINDOW_CHIEF, Post.PARTY_LIAISON)
PERSONNEL_FIRST = (Post.PERSONNEL_CLERK,)


def actor(data: Submission, submitter: str, at: datetime) -> str:
    """The person's id; where several hold the post they take turns by the day, and another one drafts.

    Empty of what nobody does.
    """
    if isinstance(data, NOBODYS):
        return ""
    if isinstance(data, ViewDevice):
        return data.person
    for post in (one for one in _order(data, submitter) if one in who_may(data.type)):
        if found := [one for one in holders(submitter, post, at.date()) if one != _appointed(data)]:
            return found[(at.toordinal() + isinstance(data, RedraftReports | OrderRevision)) % len(found)]
    if _appointed(data):
        return ""
    raise LookupError(f"nobody of {submitter} submits {data.type} on {at.date()}")


def _order(data: Submission, submitter: str) -> tuple[Post, ...]:
    """Whose work it is first."""
    if submitter in (COUNTY, PERSONNEL):
        return COUNTY_POSTS if submitter == COUNTY else PERSONNEL_FIRST
    return LIAISON_FIRST if isinstance(data, PARTY_WORK) else CLERKS_FIRST


def _appointed(data: Submission) -> str:
    """Nobody appoints themselves: where there is nobody else the office itself says so."""
    return data.person if isinstance(data, Appoint | EndPost) else ""
