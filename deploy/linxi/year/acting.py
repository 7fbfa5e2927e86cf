"""Who in an office did what it submitted in 2018: somebody who held the post for it that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from deploy.linxi.county import COUNTY
from deploy.linxi.people import holders
from shared.events import Submission
from shared.events.feedback import ClosePeriod
from shared.events.inspection import (
    AnswerIncident,
    CloseDay,
    MarkOverdue,
    MarkUnanswered,
    PublishCommitment,
    ViewDevice,
)
from shared.events.roster import (
    FileSubplan,
    HoldActivity,
    IssueCertificate,
    Post,
    RaiseIssue,
    RecordTurnWork,
    RegisterOrganisation,
    RegisterPartyOrganisation,
    RotateDuty,
    SubmitIdea,
)

NOBODYS = (ClosePeriod, CloseDay, MarkOverdue, MarkUnanswered, RotateDuty, RegisterOrganisation)
"""The clock's, and what was entered before anybody was known."""
ONES_OWN = (PublishCommitment, ViewDevice)
PARTY_WORK = (FileSubplan, HoldActivity, RaiseIssue, RecordTurnWork, RegisterPartyOrganisation, SubmitIdea)
CHIEFS = (AnswerIncident, IssueCertificate)
COUNTY_POSTS = (Post.OFFICE_CLERK,)
PARTY_POSTS, CHIEF_POSTS = (Post.PARTY_LIAISON,), (Post.WINDOW_CHIEF,)
DAILY_POSTS = (Post.WINDOW_CLERK, Post.TOWNSHIP_CLERK, Post.STATION_CLERK, Post.PARTY_LIAISON)
"""A window's, a township's, a village's; a member without a window has its liaison."""


def actor(data: Submission, submitter: str, at: datetime) -> str:
    """The person's id; where several hold the post they take turns by the day. Empty of what nobody does."""
    if isinstance(data, NOBODYS):
        return ""
    if isinstance(data, ONES_OWN):
        return data.person
    for post in _posts(data, submitter):
        if found := holders(submitter, post, at.date()):
            return found[at.toordinal() % len(found)]
    raise LookupError(f"nobody of {submitter} submits {data.type} on {at.date()}")


def _posts(data: Submission, submitter: str) -> Sequence[Post]:
    """Which post does that there, the first that is held."""
    if submitter == COUNTY:
        return COUNTY_POSTS
    if isinstance(data, PARTY_WORK):
        return PARTY_POSTS + DAILY_POSTS
    return CHIEF_POSTS if isinstance(data, CHIEFS) else DAILY_POSTS
