"""Who acts, and for which organisation: a person in its posts there, or the organisation itself by its token."""

from __future__ import annotations

from typing import NamedTuple

from starlette.types import Scope

from shared.events.roster.people import Post

ACTING = "lianban.acting"
"""Where a request holds it; nothing where nobody is signed in."""


class Acting(NamedTuple):
    """Of a person `posts` are those that it holds in the organisation on the day; None where no person is known."""

    code: str
    person: str = ""
    posts: frozenset[Post] | None = None


def acting_in(scope: Scope) -> Acting | None:
    """Of a request."""
    acting: Acting | None = scope.get(ACTING)
    return acting
