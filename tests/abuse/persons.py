"""Persons in their posts as the walk through all routes asks as them, and the forms that a page shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from shared.events.roster.people import Post
from shared.identity.audience import To
from shared.web.cookie import AT_HOME
from tests.abuse.matters import PERSONNEL
from tests.browser_fields import fields_in
from tests.browsing import session_of
from tests.processes_here import NOBODY
from tests.staffed import AUDITS, CLERK, NOBODYS, OFFICE_CLERK, RUNS, SECURES, WATCHES, Holder

NO_SUBMISSION = ("/sign-out", "/sign-in", "/large", "/usual", "/look")
PERSONS: Mapping[str, Holder] = {
    "window clerk": CLERK,
    "no post": NOBODYS,
    "office clerk": OFFICE_CLERK,
    "discipline officer": WATCHES,
    "personnel clerk": Holder("p-personnel", PERSONNEL.code, Post.PERSONNEL_CLERK),
    "system administrator": RUNS,
    "security administrator": SECURES,
    "auditor": AUDITS,
}
BY_POSTS = (To.CONCERNED, To.COUNTY, To.RUNNING, To.AUDIT, To.ACCOUNTS)
OF_PERSONS = """
## Persons, by their posts

Whoever signs in as a person reads no more than its organisation, and of what concerns single organisations only the
matters that one of its posts of the day reads (`READ_BY` in `shared/identity/audience.py`); a person who holds no post
there reads its own record. What is for anybody and for whoever is signed in is as above. The window clerk and the one
without a post are of the department, the personnel clerk of the organisation department, all others of the county.

"""


def as_person(who: Holder) -> dict[str, str]:
    return {**NOBODY, "cookie": f"{AT_HOME}={session_of(who.id, who.organisation)}"}


def posts_of(who: Holder) -> frozenset[Post]:
    return frozenset([who.post] if who.post else [])


def sent_to(page: str) -> dict[str, dict[str, str]]:
    """Where the forms of a page that submit something are sent, with what they correct."""
    found = re.findall(r'<form method="post" action="([^"]+)".*?</form>', page, re.S)
    named = {one: fields_in(page, one).get("corrects", "") for one in found if not one.endswith(NO_SUBMISSION)}
    return {one: {"corrects": corrects} if corrects else {} for one, corrects in named.items()}
