"""To whom what is read may open, by itself: known to the table of services, which asks nobody's roster."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum


class To(StrEnum):
    """Whom a rule opens to; `proof` is what is sent, which brings its own: a session, a token, a one-time code.

    What is for those who run the system in the county, accounts and the audit are of certain posts where a person asks.
    """

    ANYBODY = "anybody"
    SIGNED_IN = "signed-in"
    CONCERNED = "concerned"
    COUNTY = "county"
    RUNNING = "running"
    AUDIT = "audit"
    ACCOUNTS = "accounts"
    OPERATOR = "operator"
    PROOF = "proof"


class Matter(StrEnum):
    """What concerns single organisations, by kind: of each it is said which posts read it."""

    OWN = "own"
    KEYS = "keys"
    PERSONS = "persons"
    PEOPLE = "people"
    PLACES = "places"
    REPORTS = "reports"


_WORK = frozenset({Matter.OWN, Matter.KEYS, Matter.PERSONS, Matter.PLACES, Matter.REPORTS})
_ALL = _WORK | {Matter.PEOPLE}
READ_BY: Mapping[str, frozenset[Matter]] = {
    "committee-secretary": _ALL,
    "committee-deputy": _ALL,
    "committee-member": _WORK,
    "office-director": _ALL,
    "office-clerk": _ALL,
    "party-secretary": _ALL,
    "party-liaison": _ALL,
    "window-chief": _ALL,
    "window-clerk": _WORK,
    "station-clerk": _ALL,
    "township-lead": _ALL,
    "township-clerk": _ALL,
    "discipline-officer": _ALL,
    "personnel-clerk": frozenset({Matter.REPORTS, Matter.PEOPLE}),
    "monitor": frozenset(),
    "system-admin": frozenset({Matter.KEYS}),
    "security-admin": frozenset({Matter.KEYS, Matter.PEOPLE}),
    "auditor": frozenset(),
}
"""By post: as far as the organisation in which it is held reads it. Whoever holds none reads its own record alone."""
OF_THE_COUNTY: Mapping[To, frozenset[str]] = {
    To.COUNTY: frozenset(
        {"committee-secretary", "committee-deputy", "office-director", "office-clerk", "discipline-officer"}
    ),
    To.RUNNING: frozenset({"system-admin", "monitor"}),
    To.AUDIT: frozenset({"auditor"}),
    To.ACCOUNTS: frozenset({"security-admin"}),
}
"""By post, of what is the county's own."""
Posts = Collection[str] | None
"""Those that a person holds; None of an organisation by its token."""


def opens(to: To, code: str | None, county: str, posts: Posts = None, matter: Matter | None = None) -> bool:
    """Whether whoever asks may read anything at all of it; of those concerned, which matters, `Reader` says."""
    match to:
        case To.ANYBODY | To.PROOF:
            return True
        case To.SIGNED_IN:
            return code is not None
        case To.CONCERNED:
            return code is not None and (matter is None or reads_of(posts, matter))
        case To.COUNTY | To.RUNNING | To.ACCOUNTS:
            return code == county and (posts is None or not OF_THE_COUNTY[to].isdisjoint(posts))
        case To.AUDIT:
            return code == county and posts is not None and not OF_THE_COUNTY[to].isdisjoint(posts)
        case To.OPERATOR:
            return False


def reads_of(posts: Posts, matter: Matter) -> bool:
    """Whether one of the posts reads what concerns organisations, of a kind."""
    return posts is None or any(matter in READ_BY[post] for post in posts)
