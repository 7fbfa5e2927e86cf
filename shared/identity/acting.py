"""Who acts, and for which organisation: a person in its posts there, or the organisation itself by its token."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from starlette.types import Scope

from shared.calendar import CHINA, china_day
from shared.events.roster.people import Post

if TYPE_CHECKING:  # A station's agent knows no persons, and must not load the driver of their database.
    from shared.roster.known import KnownRoster
    from shared.roster.people import KnownPeople

ACTING = "lianban.acting"
"""Where a request holds it; nothing where nobody is signed in."""


class Acting(NamedTuple):
    """Of a person `posts` are those that it holds in the organisation on the day; None where no person is known.

    `is_proven` is whether the person had shown the password again within minutes before the request.
    """

    code: str
    person: str = ""
    posts: frozenset[Post] | None = None
    is_proven: bool = False


async def acting_now(code: str, person: str, people: KnownPeople, roster: KnownRoster) -> Acting | None:
    """A person in its posts of today; None of one who is neither at home nor in a post there, or it stands no more."""
    known, today, standing = await people.current(), china_day(datetime.now(CHINA)), await roster.current()
    if not known.belongs(person, code, today, standing):
        return None
    held = known.posts(person, today, standing)
    return Acting(code, person, frozenset(one.held.post for one in held if one.organisation == code))


def acting_in(scope: Scope) -> Acting | None:
    """Of a request."""
    acting: Acting | None = scope.get(ACTING)
    return acting
