"""A station is let in once for each code, by whoever stands above it, and never again with a key that was revoked."""

from __future__ import annotations

from datetime import date

import pytest

from services.roster.enrolment.model import Enrolment, RevokedKey, StationKey
from services.roster.handlers import HANDLERS
from shared.events.enrolment import (
    EnrolStation,
    InviteStation,
    RevokeStation,
    StationEnrolled,
    StationInvited,
    StationRevoked,
)
from shared.identity.invitations import ALPHABET, digest_of, new_code
from shared.pipeline.decisions import Accepted
from shared.roster.organisations import Organisation
from tests.asking import COUNTY, NEIGHBOUR, STATION, TOWNSHIP, Desk, roster

FIRST, SECOND = digest_of("FIRST"), digest_of("SECOND")
UNTIL = date(2018, 3, 12)
KEY, OTHER, THIRD = (f"U{letter * 55}" for letter in "ABC")
REVOKED = RevokeStation(reason="电脑更换")


def desk() -> Desk:
    return Desk(HANDLERS, roster(), *roster())


def invited(code: str = FIRST, until: date = UNTIL) -> InviteStation:
    return InviteStation(code_digest=code, expires=until)


def brings(key: str = KEY, code: str = FIRST) -> EnrolStation:
    return EnrolStation(code_digest=code, public_key=key)


def enrolled() -> Desk:
    county = desk()
    county.agrees(invited(), STATION, by=TOWNSHIP)
    county.agrees(brings(), STATION)
    return county


def keys_ended(county: Desk) -> dict[str, int]:
    """What makes their HTTP tokens void."""
    return {one.id: one.keys_ended for one in county.kept(Organisation) if one.keys_ended}


@pytest.mark.parametrize("above", [TOWNSHIP, COUNTY])
def test_a_station_is_invited_from_above_and_brings_its_key(above: str) -> None:
    county = desk()
    assert county.agrees(invited(), STATION, by=above) == ((STATION, StationInvited(expires=UNTIL)),)
    assert county.agrees(brings(), STATION) == ((STATION, StationEnrolled(public_key=KEY)),)
    kept = county.only(Enrolment)
    assert (kept.key, kept.invitation) == (KEY, None)


def test_nobody_invites_itself() -> None:
    assert desk().refuses(invited(), STATION, by=STATION) == "own-invitation"


def test_nobody_brings_a_key_for_another() -> None:
    county = desk()
    county.agrees(invited(), STATION, by=TOWNSHIP)
    assert county.refuses(brings(), STATION, by=TOWNSHIP) == "own-key-only"


def test_a_code_is_of_one_organisation_only() -> None:
    county = desk()
    county.agrees(invited(), STATION, by=TOWNSHIP)
    assert county.refuses(brings(), NEIGHBOUR) == "unknown-code"


def test_a_code_lets_in_one_key_and_the_same_once_more_changes_nothing() -> None:
    county = enrolled()
    assert county.answers(brings(), STATION, n=1) == Accepted()
    assert county.refuses(brings(OTHER), STATION) == "unknown-code"


def test_a_code_is_good_until_the_end_of_its_day() -> None:
    county = desk()
    county.agrees(invited(), STATION, by=TOWNSHIP)
    assert county.refuses(brings(), STATION, "2018-03-13T00:00") == "invitation-expired"
    county.agrees(brings(), STATION, "2018-03-12T23:59")
    assert desk().refuses(invited(), STATION, "2018-03-13T00:00", by=TOWNSHIP) == "invitation-expired"


def test_a_new_code_takes_the_place_of_one_that_was_not_used() -> None:
    county = desk()
    county.agrees(invited(), STATION, by=TOWNSHIP)
    county.agrees(invited(SECOND), STATION, by=TOWNSHIP)
    assert county.refuses(brings(), STATION) == "unknown-code"
    county.agrees(brings(code=SECOND), STATION)


def test_a_new_pc_revokes_the_key_before() -> None:
    county = enrolled()
    county.agrees(invited(SECOND), STATION, by=COUNTY)
    assert county.only(Enrolment).key == KEY
    assert county.agrees(brings(OTHER, SECOND), STATION) == (
        (STATION, StationRevoked(public_key=KEY)),
        (STATION, StationEnrolled(public_key=OTHER)),
    )
    assert county.only(RevokedKey).id == KEY
    assert keys_ended(county) == {STATION: 1}
    assert county.only(Enrolment).replaced is not None


def test_revoking_ends_the_key_and_the_code_that_was_not_used() -> None:
    county = enrolled()
    county.agrees(invited(SECOND), STATION, by=TOWNSHIP)
    assert county.agrees(REVOKED, STATION, by=TOWNSHIP) == ((STATION, StationRevoked(public_key=KEY)),)
    assert county.refuses(brings(OTHER, SECOND), STATION) == "unknown-code"
    assert county.refuses(brings(), STATION, n=1) == "unknown-code"
    assert county.refuses(REVOKED, STATION, by=TOWNSHIP, n=1) == "not-enrolled"
    assert keys_ended(county) == {STATION: 1}


def test_an_invitation_alone_can_be_taken_back() -> None:
    county = desk()
    county.agrees(invited(), STATION, by=TOWNSHIP)
    assert county.agrees(REVOKED, STATION, by=TOWNSHIP) == ()
    assert keys_ended(county) == {}
    assert county.refuses(brings(), STATION) == "unknown-code"


def test_a_key_is_of_one_organisation_for_ever() -> None:
    """Otherwise a station could bring its neighbour's public key and have it revoked."""
    county = enrolled()
    county.agrees(invited(SECOND), NEIGHBOUR, by=TOWNSHIP)
    assert county.refuses(brings(KEY, SECOND), NEIGHBOUR) == "key-already-used"
    county.agrees(REVOKED, STATION, by=TOWNSHIP)
    county.agrees(invited(FIRST), STATION, by=TOWNSHIP, n=1)
    assert county.refuses(brings(KEY, FIRST), STATION, n=2) == "key-already-used"
    county.agrees(brings(THIRD, FIRST), STATION)
    assert [one.id for one in county.kept(StationKey)] == [KEY, THIRD]


def test_a_code_can_be_read_aloud_and_typed_as_one_likes() -> None:
    code = new_code()
    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4]
    assert set(code) <= {*ALPHABET, "-"}
    assert not set("IO01") & set(ALPHABET)
    assert len(ALPHABET) ** 16 == 2**80
    assert digest_of(code) == digest_of(code.lower()) == digest_of(code.replace("-", "  ")) != digest_of(new_code())
