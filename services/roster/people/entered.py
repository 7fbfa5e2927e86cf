"""What a person's form enters, and how it becomes a submission: sealed before it leaves the process that was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict

from services.roster.people.model import Person
from shared.events.refusals import reason
from shared.events.roster.people import EndPost, Post, RegisterPerson
from shared.events.vocabulary import Code, Day, Note, PersonId
from shared.forms import Wrong
from shared.identity.sealing import SealKeys
from shared.roster.organisations import Roster
from shared.roster.particulars import Particulars, fault_of, read_particulars
from shared.roster.people import People
from shared.roster.posts import POSTS
from shared.roster.staff import HeldPost

BETWEEN = "/"
CHANGED = "所选职务已有变动，请重新选择。"


class EnteredPerson(Particulars):
    """Particulars in the clear, as a person enters them about somebody."""

    person: PersonId
    valid_from: Day
    moves_from: Code | None = None


class EnteredEnd(BaseModel):
    """The end of one of the posts that are held, chosen as `<post>/<person>`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    held: str
    last_day: Day
    reason: Note = ""


@dataclass(frozen=True, slots=True)
class PeopleDesk:
    """An organisation's persons as whoever looks may know and change them, on a day."""

    organisation: str
    roster: Roster
    people: People
    keys: SealKeys | None
    day: date
    is_county: bool = False
    ended_too: bool = False
    """A form that is sent twice ends what had not ended when it was shown: the second time it is the same form."""
    besides: frozenset[str] = frozenset()
    """Persons of whom an appointment speaks that is corrected, wherever they are at home by now."""

    @property
    def names(self) -> Mapping[str, str]:
        """Who may be appointed: its own, and to the committee's posts whoever is known."""
        staff = [*self.people] if self.is_county else [self.people.of(self.organisation)]
        ours = {id: name for one in staff if one.id == self.organisation for id, name in one.names.items()}
        others = {
            id: f"{name}（{self.roster.called(one.id, self.day)}）"
            for one in staff
            if one.id != self.organisation
            for id, name in one.names.items()
        }
        gone = {id: name for id in self.besides - ours.keys() - others.keys() if (name := self.people.name_of(id))}
        return ours | others | gone

    @property
    def posts(self) -> list[Post]:
        """Those that there are here, and that whoever looks may appoint to."""
        stands = self.roster.standing(self.organisation, self.day)
        if stands is None:
            return []
        return [post for post, rule in POSTS.items() if rule.fits(stands) and (self.is_county or not rule.by_committee)]

    @property
    def held(self) -> list[HeldPost]:
        """Those that are not ended, and may be ended by whoever looks."""
        held = (one for one in self.people.of(self.organisation).posts if self.ended_too or one.until is None)
        return [one for one in held if self.is_county or not POSTS[one.post].by_committee]


def becomes_person(desk: PeopleDesk, entered: EnteredPerson) -> RegisterPerson | Wrong:
    """Sealed for the organisation of the page; what is wrong with a number is said at its field."""
    said = entered.model_dump(exclude={"person", "valid_from", "moves_from"})
    known = Particulars(**said)
    if no := fault_of(known):
        return Wrong(reason(no.slug, field=no.field)["zh"], no.field)
    if desk.keys is None:
        return Wrong(reason("no-people-keys")["zh"])
    sealed = desk.keys.seal(known.model_dump_json(exclude_none=True).encode(), entered.person, desk.organisation)
    return RegisterPerson(
        person=entered.person, sealed=sealed, valid_from=entered.valid_from, moves_from=entered.moves_from
    )


def becomes_end(desk: PeopleDesk, entered: EnteredEnd) -> EndPost | Wrong:
    """Of whoever holds it."""
    held = next((one for one in desk.held if chosen_as(one) == entered.held), None)
    if held is None:
        return Wrong(CHANGED, "held")
    return EndPost(person=held.person, post=held.post, last_day=entered.last_day, reason=entered.reason)


def chosen_as(held: HeldPost) -> str:
    """How a form names a post that somebody holds."""
    return f"{held.post}{BETWEEN}{held.person}"


def particulars_of(keys: SealKeys | None, person: Person) -> Particulars | None:
    """What is known of somebody; nothing without keys, or once it was erased."""
    if keys is None or not person.sealed:
        return None
    return read_particulars(keys.open(person.sealed, person.id, person.home))
