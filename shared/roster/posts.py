"""Where each post exists, which is held by one at a time, who appoints to it, and which never meet in one hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shared.events.roster.people import Post
from shared.events.vocabulary import DISCIPLINE_INSPECTION, ORGANISATION_DEPARTMENT, OrganisationKind
from shared.roster.organisations import Standing

Fits = Callable[[Standing], bool]


@dataclass(frozen=True, slots=True)
class PostRule:
    """Of one post: in which organisations there is it."""

    fits: Fits
    has_one_holder: bool = False
    by_committee: bool = False


def _county(stands: Standing) -> bool:
    return stands.kind is OrganisationKind.COUNTY


def _member(stands: Standing) -> bool:
    return stands.committee_member


def _in_hall(stands: Standing) -> bool:
    return stands.belongs_in_hall


def _place(stands: Standing) -> bool:
    """A village, or another place of its kind, which has its officers also without a station."""
    return stands.kind in (OrganisationKind.VILLAGE, OrganisationKind.RANCH)


def _township(stands: Standing) -> bool:
    return stands.kind is OrganisationKind.TOWNSHIP


def _discipline(stands: Standing) -> bool:
    """The county, and whoever holds the office."""
    return _county(stands) or stands.holds(DISCIPLINE_INSPECTION)


def _personnel(stands: Standing) -> bool:
    """The county, and whoever holds the office."""
    return _county(stands) or stands.holds(ORGANISATION_DEPARTMENT)


POSTS: Mapping[Post, PostRule] = {
    Post.COMMITTEE_SECRETARY: PostRule(_county, has_one_holder=True, by_committee=True),
    Post.COMMITTEE_DEPUTY: PostRule(_county, by_committee=True),
    Post.COMMITTEE_MEMBER: PostRule(_county, by_committee=True),
    Post.OFFICE_DIRECTOR: PostRule(_county, has_one_holder=True, by_committee=True),
    Post.OFFICE_CLERK: PostRule(_county, by_committee=True),
    Post.PARTY_SECRETARY: PostRule(_member, has_one_holder=True),
    Post.PARTY_LIAISON: PostRule(_member),
    Post.WINDOW_CHIEF: PostRule(_in_hall, has_one_holder=True),
    Post.WINDOW_CLERK: PostRule(_in_hall),
    Post.STATION_CLERK: PostRule(_place),
    Post.TOWNSHIP_LEAD: PostRule(_township),
    Post.TOWNSHIP_CLERK: PostRule(_township),
    Post.DISCIPLINE_OFFICER: PostRule(_discipline, by_committee=True),
    Post.PERSONNEL_CLERK: PostRule(_personnel, by_committee=True),
    Post.MONITOR: PostRule(_county, by_committee=True),
    Post.SYSTEM_ADMIN: PostRule(_county, by_committee=True),
    Post.SECURITY_ADMIN: PostRule(_county, by_committee=True),
    Post.AUDITOR: PostRule(_county, by_committee=True),
}
ADMINISTRATORS = frozenset({Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDITOR})
"""等级保护: the three are three people."""
DRAFTS, SIGNS = (
    frozenset({Post.OFFICE_CLERK}),
    frozenset({Post.COMMITTEE_SECRETARY, Post.COMMITTEE_DEPUTY, Post.OFFICE_DIRECTOR}),
)
BY_TWO = SIGNS | ADMINISTRATORS
"""Whoever signs or administers shows a second factor too."""


def same_hand(actor: str, *others: str) -> bool:
    """Whether who acts is one of those who did before it what is never in one hand with it; where both are known."""
    return bool(actor) and actor in others


def in_one_hand(post: Post, other: Post) -> bool:
    """Whether one person may hold both at the same time."""
    both = {post, other}
    return not (both <= ADMINISTRATORS and len(both) > 1) and not (both & DRAFTS and both & SIGNS)
