"""Who may do what: each kind of work, the submissions of which it consists, and the posts that do it.

A post gives its rights in its own organisation and on the days on which it is held; about which other organisations
they are used is asked by admission, of whoever submits. An organisation itself, by its token, may all that it may.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from shared.events.roster.people import Post
from shared.identity.acting import Acting


class Job(StrEnum):
    """Kinds of work; the last three are of no submission of their own."""

    PATROL = "patrol"
    REPLY = "reply"
    JUDGE = "judge"
    WINDOW = "window"
    LOOK = "look"
    LEARN = "learn"
    SUGGEST = "suggest"
    MEMBER = "member"
    PERSONS = "persons"
    POSTS = "posts"
    STATIONS = "stations"
    PLAN = "plan"
    DECIDE = "decide"
    APPRAISE = "appraise"
    OPEN_SHEETS = "open-sheets"
    APPRAISE_HOME = "appraise-home"
    SETTLE = "settle"
    OWN_SHEET = "own-sheet"
    REVIEW = "review"
    SIGN_MONTHLY = "sign-monthly"
    SIGN = "sign"
    RECEIVE = "receive"
    RECEIVE_PACKAGE = "receive-package"
    ORGANISE = "organise"
    ERASE = "erase"
    AMEND = "amend"
    OPERATE = "operate"
    ACCOUNTS = "accounts"


CONSISTS_OF: Mapping[Job, str] = {
    Job.PATROL: "log-inspection replace-photo report-incident register-device remove-device",
    Job.REPLY: "accept-rectification submit-rectification answer-incident publish-commitment withdraw-commitment",
    Job.JUDGE: "verify-rectification send-back-rectification reopen-rectification extend-rectification close-incident",
    Job.WINDOW: "open-case complete-case record-green-service",
    Job.LOOK: "view-device",
    Job.LEARN: "record-attendance hold-activity",
    Job.SUGGEST: "submit-idea raise-issue",
    Job.MEMBER: "record-turn-work file-subplan issue-certificate join-branch leave-branch register-party-organisation "
    "nominate-for-award object-to-nomination",
    Job.PERSONS: "register-person",
    Job.POSTS: "appoint end-post",
    Job.STATIONS: "invite-station revoke-station",
    Job.PLAN: "plan-turn study-issue hold-joint-meeting schedule-lesson register-joint-branch compile-guide-list "
    "publish-guide-item publish-working-days adopt-patrol-plan publish-checklist adopt-reporting-scheme "
    "name-committee enter-in-catalogue adopt-document-scheme adopt-appraisal-scheme "
    "adopt-assessment-scheme publish-nomination",
    Job.DECIDE: "grant-award grant-excellence-mark withdraw-excellence-mark grant-viewing withdraw-viewing "
    "judge-nomination approve-assessment veto-assessment propose-training-up",
    Job.APPRAISE: "appraise-peers appraise-member answer-appeal",
    Job.OPEN_SHEETS: "open-appraisal withdraw-appraisal archive-appraisal reopen-appraisal",
    Job.APPRAISE_HOME: "appraise-home",
    Job.SETTLE: "settle-appraisal",
    Job.OWN_SHEET: "appraise-self sign-appraisal appeal-appraisal",
    Job.REVIEW: "redraft-reports review-report pass-reports redeliver-report answer-objection judge-reply "
    "answer-nomination-objection "
    "order-revision cancel-revision redraw-assessment",
    Job.SIGN_MONTHLY: "sign-monthly-reports send-back-reports withdraw-report",
    Job.SIGN: "sign-reports order-locked-revision cancel-locked-revision send-annual-package",
    Job.RECEIVE: "receive-report return-report object-report reply-report answer-training-up",
    Job.RECEIVE_PACKAGE: "receive-package return-package adopt-package",
    Job.ORGANISE: "register-organisation dissolve-organisation withdraw-dissolution station-department re-place-facts",
    Job.ERASE: "erase-person",
}
"""The types of each, by the names that programs use; what corrects or takes back follows what it corrects."""

_SERVES = frozenset({Job.PATROL, Job.WINDOW, Job.SUGGEST})
_KEEPS = frozenset({Job.REPLY, Job.LEARN, Job.PERSONS})
_LEADS = _SERVES | _KEEPS | {Job.JUDGE, Job.LOOK, Job.POSTS}
_PLANS = frozenset({Job.SUGGEST, Job.JUDGE, Job.PLAN, Job.ORGANISE, Job.AMEND})
_OFFICE = _PLANS | _KEEPS | {Job.PATROL, Job.MEMBER, Job.STATIONS, Job.REVIEW}
_CHAIRS = _PLANS | {Job.POSTS, Job.DECIDE, Job.SIGN_MONTHLY}
_APPRAISES = frozenset({Job.OPEN_SHEETS, Job.APPRAISE, Job.SETTLE})
NOTHING: frozenset[Job] = frozenset()

RIGHTS: Mapping[Post, frozenset[Job]] = {
    Post.COMMITTEE_SECRETARY: _CHAIRS | _APPRAISES | {Job.SIGN},
    Post.COMMITTEE_DEPUTY: _CHAIRS | _APPRAISES | {Job.SIGN},
    Post.COMMITTEE_MEMBER: frozenset({Job.SUGGEST}),
    Post.OFFICE_DIRECTOR: _OFFICE | _CHAIRS | {Job.ERASE, Job.OPEN_SHEETS},
    Post.OFFICE_CLERK: _OFFICE,
    Post.PARTY_SECRETARY: _LEADS | {Job.MEMBER, Job.RECEIVE, Job.APPRAISE_HOME, Job.SETTLE},
    Post.PARTY_LIAISON: _LEADS | {Job.MEMBER, Job.RECEIVE},
    Post.WINDOW_CHIEF: _LEADS | {Job.RECEIVE, Job.OWN_SHEET},
    Post.WINDOW_CLERK: _SERVES | {Job.OWN_SHEET},
    Post.STATION_CLERK: _SERVES | _KEEPS | {Job.POSTS},
    Post.TOWNSHIP_LEAD: _LEADS | {Job.STATIONS, Job.AMEND, Job.RECEIVE},
    Post.TOWNSHIP_CLERK: _SERVES | _KEEPS | {Job.JUDGE, Job.STATIONS},
    Post.DISCIPLINE_OFFICER: frozenset({Job.LOOK}),
    Post.PERSONNEL_CLERK: frozenset({Job.RECEIVE_PACKAGE}),
    Post.MONITOR: NOTHING,
    Post.SYSTEM_ADMIN: frozenset({Job.OPERATE}),
    Post.SECURITY_ADMIN: frozenset({Job.POSTS, Job.STATIONS, Job.ERASE, Job.ACCOUNTS}),
    Post.AUDITOR: NOTHING,
}
"""What each post does. Who looks through a camera decides nothing by it, and is recorded."""
READS_ONLY = frozenset({Post.MONITOR, Post.AUDITOR})
WORK_OF: Mapping[str, Job] = {name: work for work, names in CONSISTS_OF.items() for name in names.split()}

CHANGES_RIGHTS = frozenset({"appoint", "end-post", "erase-person", "invite-station", "revoke-station"})
"""Types that change what somebody may: the audit names them so."""
NEEDS_PROOF: frozenset[str] = frozenset(
    {"erase-person", "send-annual-package", "sign-monthly-reports", "sign-reports", "withdraw-report"}
)
"""Types that a person sends only within minutes after having shown the password again: nobody else may have sat down
where that person is signed in."""


def works(posts: Iterable[Post]) -> frozenset[Job]:
    """What somebody with these posts does."""
    return frozenset[Job]().union(*(RIGHTS[post] for post in posts))


def may(acting: Acting | None, work: Job) -> bool:
    """Whether whoever acts does this; of whom no person is known the organisation alone is asked, elsewhere."""
    return acting is None or acting.posts is None or work in works(acting.posts)


def may_submit(acting: Acting | None, type_name: str) -> bool:
    """Whether a type of submission is among what whoever acts does; one of no work is no person's to send."""
    work = WORK_OF.get(type_name)
    return acting is None or acting.posts is None or (work is not None and may(acting, work))


def may_correct(acting: Acting | None, type_name: str) -> bool:
    """Whether what was accepted of a type may be corrected or taken back: by who submits it or amends others'."""
    return may_submit(acting, type_name) or may(acting, Job.AMEND)


def must_prove(acting: Acting | None, type_name: str) -> bool:
    """Whether whoever acts shows the password first; an organisation, by its token, has shown what it has."""
    return type_name in NEEDS_PROOF and not is_proven(acting)


def is_proven(acting: Acting | None) -> bool:
    """Whether nobody has to show a password again."""
    return acting is None or acting.posts is None or acting.is_proven


def who_may(type_name: str) -> tuple[Post, ...]:
    """The posts that submit a type."""
    return tuple(post for post in Post if WORK_OF.get(type_name) in RIGHTS[post])
