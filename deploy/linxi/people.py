"""Linxi's persons and Party organisations as its csv files have them; whoever is in them was made up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from deploy.linxi.county import START, rows
from shared.events.roster import Post
from shared.events.roster.party import PartyKind
from shared.roster.particulars import Particulars

AT = "@"
"""`party-liaison` is a post at home, `office-director@150424` one in another organisation."""


class Tenure(NamedTuple):
    """A post that somebody holds from a day on, and until one where it ended in the year."""

    person: str
    organisation: str
    post: Post
    since: date
    until: date | None

    def holds(self, day: date) -> bool:
        """Whether it is held on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


class Somebody(NamedTuple):
    """A row of people.csv."""

    id: str
    home: str
    known: Particulars
    tenures: tuple[Tenure, ...]


class Party(NamedTuple):
    """A row of party.csv: the Party organisation of a member of the committee."""

    code: str
    name: str
    kind: PartyKind
    members: int


@lru_cache
def people() -> tuple[Somebody, ...]:
    """Everybody in the file's order; without a day of its own a post is held from the start."""
    return tuple(_somebody(row) for row in rows("people.csv"))


def _somebody(row: dict[str, str]) -> Somebody:
    known = Particulars(
        name=row["name"],
        sex=row["sex"],
        birth_year=int(row["birth_year"]),
        party_member=row["party_member"] == "yes",
        mobile=row["mobile"],
    )
    since = date.fromisoformat(row["since"]) if row["since"] else START
    until = date.fromisoformat(row["until"]) if row["until"] else None
    held = (said.partition(AT) for said in row["posts"].split())
    tenures = (Tenure(row["id"], at or row["home"], Post(post), since, until) for post, _, at in held)
    return Somebody(row["id"], row["home"], known, tuple(tenures))


@lru_cache
def parties() -> tuple[Party, ...]:
    """Of each of the 46 members, in the file's order."""
    read = rows("party.csv")
    return tuple(
        Party(row["code"], row["party_name"], PartyKind(row["party_kind"]), int(row["party_members"])) for row in read
    )


@lru_cache
def _tenures() -> Mapping[tuple[str, Post], list[Tenure]]:
    found: defaultdict[tuple[str, Post], list[Tenure]] = defaultdict(list)
    for held in (held for one in people() for held in one.tenures):
        found[held.organisation, held.post].append(held)
    return found


def holders(organisation: str, post: Post, day: date) -> list[str]:
    """Who holds a post there on a day, in the file's order."""
    return [one.person for one in _tenures().get((organisation, post), ()) if one.holds(day)]


def at_window(organisation: str, day: date) -> list[str]:
    """Who serves at a window on a day, its chief first."""
    posts = (Post.WINDOW_CHIEF, Post.WINDOW_CLERK)
    return [person for post in posts for person in holders(organisation, post, day)]
