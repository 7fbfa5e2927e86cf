"""Persons and posts as pages show them: names to those who may read them, numbers with their middle left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from services.roster.people.form import ERASED as ERASED
from services.roster.people.form import SEXES
from services.roster.people.model import Person
from shared.events.labels import POSTS
from shared.events.roster.people import Post
from shared.pages.boards import Cell
from shared.pages.cells import Cells
from shared.pages.chinese import NOTHING, day_text
from shared.pages.words import name_of
from shared.roster.organisations import Roster, county_of
from shared.roster.particulars import Particulars, masked_id_number, masked_mobile
from shared.roster.people import People, PostIn
from shared.roster.staff import HeldPost

PAGE = "/roster/people"
YES_NO = {True: "是", False: "否"}
RecordAt = Callable[[str], str]
"""The page of a submission by its key; empty for whoever may not read it."""


def nowhere(key: str) -> str:
    """Nobody's to read."""
    return ""


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """What a list is asked for; empty for all."""

    name: str = ""
    organisation: str = ""
    post: str = ""

    def page(self, number: int) -> str:
        """The address of one of its pages."""
        asked = {"name": self.name, "organisation": self.organisation, "post": self.post}
        return f"{PAGE}?{urlencode({**{key: value for key, value in asked.items() if value}, 'page': number})}"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody in a list."""

    name: str
    url: str
    home: str
    home_url: str
    posts: tuple[str, ...]
    party_member: str = NOTHING
    mobile: str = NOTHING


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post with its days; `of` is the organisation, or whoever holds it.

    `records` are the pages on which its beginning and its end are corrected or taken back, with what each is called.
    """

    post: str
    of: str
    url: str
    since: str
    until: str
    is_held: bool
    records: tuple[tuple[str, str], ...] = ()


def found(people: People, scope: frozenset[str] | None, asked: PeopleFilter, day: date, roster: Roster) -> list[str]:
    """The ids of those who may be read and are asked for, by organisation and name."""
    listed = []
    for staff in people:
        if (scope is not None and staff.id not in scope) or asked.organisation not in ("", staff.id):
            continue
        for person, name in sorted(staff.names.items(), key=lambda one: one[1]):
            if asked.name in name and _holds(people, person, asked.post, day, roster):
                listed.append(person)
    return listed


def _holds(people: People, person: str, post: str, day: date, roster: Roster) -> bool:
    return not post or any(one.held.post == post for one in people.posts(person, day, roster))


def person_lines(
    ids: Iterable[str], people: People, known: Mapping[str, Particulars | None], roster: Roster, day: date
) -> list[PersonLine]:
    """With what is known of each."""
    return [_line(id, people, known.get(id), roster, day) for id in ids]


def _line(id: str, people: People, known: Particulars | None, roster: Roster, day: date) -> PersonLine:
    home = people.home_of(id) or ""
    posts = tuple(_called(post, home, roster, day) for post in people.posts(id, day, roster))
    line = PersonLine(people.name_of(id) or id, page_of(id), name_of(home, roster, day), of_organisation(home), posts)
    if known is None:
        return line
    mobile = masked_mobile(known.mobile) if known.mobile else NOTHING
    return PersonLine(line.name, line.url, line.home, line.home_url, posts, YES_NO[known.party_member], mobile)


HEADS = {"姓名": "", "单位": "", "现任职务": "", "党员": "", "手机号码": ""}


def person_cells(one: PersonLine) -> Cells:
    """Somebody as a table has it: numbers with their middle left out there too."""
    return tuple(Cell(text) for text in (one.name, one.home, "、".join(one.posts), one.party_member, one.mobile))


def _called(post: PostIn, home: str, roster: Roster, day: date) -> str:
    """By its organisation where that is neither the person's own nor the county, whose posts say so themselves."""
    called = POSTS[post.held.post]
    is_plain = post.organisation in (home, county_of(home))
    return called if is_plain else f"{name_of(post.organisation, roster, day)}{called}"


def posts_of(person: str, people: People, roster: Roster, day: date, at: RecordAt = nowhere) -> list[PostLine]:
    """Everything that somebody held, the latest first."""
    return [_post(one, name_of(one.organisation, roster, day), roster, day, at) for one in people.ever(person)]


def posts_in(organisation: str, people: People, roster: Roster, day: date, at: RecordAt = nowhere) -> list[PostLine]:
    """Everything that was held there, what is held now first, in the order of the posts."""
    order = [*Post]
    posts = [PostIn(organisation, held) for held in people.of(organisation).posts]
    posts.sort(key=lambda one: (not one.held.holds(day), order.index(one.held.post), one.held.since))
    return [_post(one, people.name_of(one.held.person) or ERASED, roster, day, at, one.held.person) for one in posts]


def _post(one: PostIn, of: str, roster: Roster, day: date, at: RecordAt, person: str = "") -> PostLine:
    """With the last day of an organisation ends what was held in it."""
    ending = roster.ending(one.organisation, day)
    until = one.held.until or (ending.since - timedelta(days=1) if ending else None)
    return PostLine(
        POSTS[one.held.post],
        of,
        page_of(person) if person else of_organisation(one.organisation),
        day_text(one.held.since),
        day_text(until) if until else "",
        one.held.holds(day) and ending is None,
        _records(one.held, at),
    )


def _records(held: HeldPost, at: RecordAt) -> tuple[tuple[str, str], ...]:
    said = (("任职", held.by), ("免职", held.ended_by))
    return tuple((called, url) for called, key in said if (url := at(key)))


def facts_of(known: Particulars, in_full: bool) -> Sequence[tuple[str, str]]:
    """What is known, by its name; numbers in full only for those who keep it."""
    mobile, number = known.mobile or "", known.id_number or ""
    return (
        ("性别", SEXES[known.sex]),
        ("出生年份", f"{known.birth_year}年"),
        ("中共党员", YES_NO[known.party_member]),
        ("手机号码", _number(mobile, in_full, masked_mobile)),
        ("居民身份证号码", _number(number, in_full, masked_id_number)),
    )


def _number(number: str, in_full: bool, masked: Callable[[str], str]) -> str:
    return (number if in_full else masked(number)) if number else NOTHING


def homes_of(person: Person, roster: Roster, day: date) -> list[tuple[str, str, str]]:
    """Where somebody was and is at home, the latest first: since when, its name and its page."""
    homes = reversed(person.homes)
    return [
        (day_text(one.since), name_of(one.organisation, roster, day), of_organisation(one.organisation))
        for one in homes
    ]


def page_of(person: str) -> str:
    """The page of one person."""
    return f"{PAGE}/{person}"


def of_organisation(code: str) -> str:
    """The page of one organisation's persons."""
    return f"{PAGE}/of/{code}"
