"""Persons and the posts they hold: an event carries a person's id, and never a name or a number."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Code, Day, Note, PersonId, Statement

SEALED_PATTERN = r"^[a-z0-9]{1,16}\.[A-Za-z0-9_-]{80,2000}$"
Sealed = Annotated[
    str,
    StringConstraints(pattern=SEALED_PATTERN),
    Field(description="Particulars sealed to the roster: `<key id>.<base64url>`, as /roster/api/people/seal-key says."),
]


class Post(StrEnum):
    """What somebody is in an organisation; what follows from it is a right of that day."""

    COMMITTEE_SECRETARY = "committee-secretary"
    COMMITTEE_DEPUTY = "committee-deputy"
    COMMITTEE_MEMBER = "committee-member"
    OFFICE_DIRECTOR = "office-director"
    OFFICE_CLERK = "office-clerk"
    PARTY_SECRETARY = "party-secretary"
    PARTY_LIAISON = "party-liaison"
    WINDOW_CHIEF = "window-chief"
    WINDOW_CLERK = "window-clerk"
    STATION_CLERK = "station-clerk"
    TOWNSHIP_LEAD = "township-lead"
    TOWNSHIP_CLERK = "township-clerk"
    DISCIPLINE_OFFICER = "discipline-officer"
    PERSONNEL_CLERK = "personnel-clerk"
    MONITOR = "monitor"
    SYSTEM_ADMIN = "system-admin"
    SECURITY_ADMIN = "security-admin"
    AUDITOR = "auditor"


class RegisterPerson(Submission, service="roster"):
    """Enters a person of the organisation concerned; the same id again corrects the particulars.

    `sealed` is JSON of name, sex, birth_year, party_member, and mobile and id_number where they are known, sealed for
    this person of this organisation. With `moves_from` it is at home here from a day on, and no longer there: only
    whoever is above both says so.
    """

    person: PersonId
    sealed: Sealed
    valid_from: Day
    moves_from: Code | None = None


class Appoint(Submission, service="roster"):
    """A person holds a post in the organisation concerned from a day on; posts of the county are the committee's."""

    person: PersonId
    post: Post
    since: Day
    basis: Note = ""


class EndPost(Submission, service="roster", carries_on=True):
    """A person holds a post in the organisation concerned until a day, that day included."""

    person: PersonId
    post: Post
    last_day: Day
    reason: Note = ""


class ErasePerson(Submission, service="roster", committee_only=True, carries_on=True):
    """A person's particulars are removed for good; the id stays, so that histories still count."""

    person: PersonId
    reason: Statement


class PersonRegistered(Fact, service="roster"):
    """A person is at home in an organisation from a day on."""

    person: PersonId
    home: Code
    valid_from: Day


class PersonAppointed(Fact, service="roster"):
    """A person holds a post from a day on."""

    person: PersonId
    post: Post
    since: Day


class AppointmentWithdrawn(PersonAppointed, service="roster"):
    """An appointment was corrected or withdrawn: the person never held the post from that day on."""


class PostEnded(Fact, service="roster"):
    """A person holds a post until a day, that day included."""

    person: PersonId
    post: Post
    last_day: Day


class PostEndWithdrawn(PostEnded, service="roster"):
    """The end of a post was corrected or withdrawn: the person goes on holding it."""


class PersonErased(Fact, service="roster"):
    """A person's particulars were removed; nothing is known any more but the id."""

    person: PersonId
