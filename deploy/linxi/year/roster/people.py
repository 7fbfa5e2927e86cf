"""Whom the county knows when the year begins: Party organisations, persons and posts; and who changes in the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from deploy.linxi.county import COUNTY, PERSONNEL, START, villages
from deploy.linxi.people import Somebody, Tenure, parties, people
from deploy.linxi.year.submitting import Asked, chance, moment, submitted
from shared.events.outgoing import Outgoing
from shared.events.roster import Appoint, EndPost, RegisterPartyOrganisation, RegisterPerson
from shared.identity.sealing import PublicSealKey
from shared.roster.posts import POSTS

MADE_UP = "示意任职，案例未列名"


def known_from_the_start(seed: int, seal: PublicSealKey | None) -> list[Outgoing]:
    """What the 46 members' Party organisations are called, 311 persons and their posts; without a key no persons.

    The ids of persons' submissions hang on the key: sealed to another the same person is said anew, and is the same.
    """
    luck, at = chance(seed, "people"), moment(START, "00:00")
    said = [submitted(one, luck) for one in _parties(at)]
    if seal is None:
        return said
    sealing = chance(seed, "sealed", seal.id, seal.key.hex())
    persons = [submitted(_person(one, seal, seed, at), sealing) for one in people()]
    posts = (held for one in people() for held in one.tenures if held.since == START)
    return said + persons + [submitted(_appointment(one, at), luck) for one in posts]


def changes() -> Iterator[Asked]:
    """Who left a post in the course of the year, and who came to it."""
    for held in (held for one in people() for held in one.tenures):
        if held.until:
            ends = EndPost(person=held.person, post=held.post, last_day=held.until)
            yield Asked(moment(held.until, "16:00"), _speaker(held.organisation), held.organisation, ends)
        if held.since > START:
            yield _appointment(held, moment(held.since, "08:00"))


def _parties(at: datetime) -> Iterator[Asked]:
    for one in parties():
        data = RegisterPartyOrganisation(
            party_name=one.name, party_kind=one.kind, party_members=one.members, valid_from=START
        )
        yield Asked(at, one.code, one.code, data)


def _person(one: Somebody, seal: PublicSealKey, seed: int, at: datetime) -> Asked:
    """Sealed the same each time: nothing is hidden of whoever was made up, and a repeat is to be the same bytes."""
    own = X25519PrivateKey.from_private_bytes(sha256(f"{seed}/{seal.id}/{one.id}".encode()).digest())
    sealed = seal.seal(one.known.model_dump_json(exclude_none=True).encode(), one.id, one.home, own)
    return Asked(at, _speaker(one.home), one.home, RegisterPerson(person=one.id, sealed=sealed, valid_from=START))


def _appointment(held: Tenure, at: datetime) -> Asked:
    submitter = COUNTY if POSTS[held.post].by_committee else _speaker(held.organisation)
    data = Appoint(person=held.person, post=held.post, since=held.since, basis=MADE_UP)
    return Asked(at, submitter, held.organisation, data)


def _speaker(organisation: str) -> str:
    """Each office enters its own people; a township its villages', the committee whom others have appointed."""
    others = {PERSONNEL: COUNTY, **{one.code: one.township for one in villages()}}
    return others.get(organisation, organisation)
