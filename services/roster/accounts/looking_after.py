"""Who looks after whose account: gives a one-time code, and so makes void everything before."""

from __future__ import annotations

from typing import NamedTuple

from services.roster.accounts.rules import is_of_security
from shared.events.roster.people import Post
from shared.identity.acting import Acting
from shared.identity.rights import Job, may


class Whom(NamedTuple):
    """Somebody whose account it is: where at home, and every post of the day."""

    person: str
    posts: frozenset[Post]


def administers(by: Acting | None, county: str, has_administrator: bool) -> bool:
    """The county's security administrator; by its token the county itself, until one has an account."""
    if by is None or by.code != county:
        return False
    return not has_administrator if by.posts is None else may(by, Job.ACCOUNTS)


def may_look_after(by: Acting | None, whom: Whom, keeps: bool, is_administrator: bool) -> bool:
    """Whether one may give a code to another: nobody to themselves; `keeps` says that one keeps such persons."""
    if by is None or by.person == whom.person:
        return False
    if is_administrator:
        return True
    return keeps and not is_of_security(whom.posts)
