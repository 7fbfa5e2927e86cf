"""A program's token is issued from above for a time, renewed by whoever holds it, and revoked without the others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from services.roster.handlers import HANDLERS
from services.roster.tokens.rules import LONGEST, MOST, OVERLAP
from shared.events.enrolment import EnrolStation, InviteStation, RevokeStation
from shared.events.tokens import IssueToken, RenewToken, RevokeToken, TokenIssued, TokenRevoked
from shared.identity.invitations import digest_of
from shared.pipeline.decisions import Accepted
from shared.roster.organisations import Organisation
from tests.asking import COUNTY, STATION, TOWNSHIP, Desk, roster

DAY = date(2018, 3, 5)
AT = "2018-03-05T10:00"
REVOKED = RevokeToken(serial="a1", reason="停用")


def desk() -> Desk:
    return Desk(HANDLERS, roster(), *roster())


def issues(serial: str = "a1", expires: date = DAY + timedelta(days=30)) -> IssueToken:
    return IssueToken(serial=serial, holder="对接程序", expires=expires)


def good(county: Desk, code: str, *serials: str, on: date = DAY) -> list[str]:
    """Which of these are good on a day."""
    (found,) = [one for one in county.kept(Organisation) if one.id == code]
    return [serial for serial in serials if found.has_token(serial, on)]


@pytest.mark.parametrize(("code", "by"), [(STATION, TOWNSHIP), (STATION, COUNTY), (COUNTY, COUNTY)])
def test_it_is_issued_from_above_and_to_the_county_by_itself(code: str, by: str) -> None:
    county = desk()
    facts = county.agrees(issues(), code, AT, by=by)
    assert facts == ((code, TokenIssued(serial="a1", holder="对接程序", expires=DAY + timedelta(days=30))),)
    assert good(county, code, "a1", "k0", "b2") == ["a1", "k0"]
    assert good(county, code, "a1", on=DAY + timedelta(days=31)) == []


@pytest.mark.parametrize(
    ("asked", "by", "slug"),
    [
        (issues(), STATION, "own-token"),
        (issues(expires=DAY - timedelta(days=1)), TOWNSHIP, "token-over"),
        (issues(expires=DAY + LONGEST + timedelta(days=1)), TOWNSHIP, "token-too-long"),
        (issues("k1"), TOWNSHIP, "token-known"),
        (RenewToken(serial="k0", following="b2"), TOWNSHIP, "not-its-own-token"),
        (RenewToken(serial="a1", following="b2"), STATION, "token-ended"),
        (REVOKED, TOWNSHIP, "unknown-token"),
        (RevokeToken(serial="k1", reason=""), TOWNSHIP, "unknown-token"),
    ],
)
def test_what_is_not_so_is_refused(asked: IssueToken | RenewToken | RevokeToken, by: str, slug: str) -> None:
    assert desk().refuses(asked, STATION, AT, by=by) == slug


def test_one_is_revoked_and_the_others_stay() -> None:
    county = desk()
    for serial in ("a1", "b2"):
        county.agrees(issues(serial), STATION, AT, by=TOWNSHIP)
    assert county.agrees(REVOKED, STATION, AT, by=TOWNSHIP) == ((STATION, TokenRevoked(serial="a1")),)
    assert good(county, STATION, "a1", "b2", "k0") == ["b2", "k0"]
    assert county.refuses(REVOKED, STATION, AT, by=TOWNSHIP) == "unknown-token"
    assert county.refuses(issues(), STATION, AT, by=TOWNSHIP) == "token-known"


@pytest.mark.parametrize("code", [STATION, COUNTY])
def test_the_token_that_nobody_issued_is_revoked_in_the_same_way(code: str) -> None:
    county = desk()
    county.agrees(issues(), code, AT, by=COUNTY)
    county.agrees(RevokeToken(serial="k0", reason="换发"), code, AT, by=COUNTY)
    assert good(county, code, "k0", "a1") == ["a1"]


def test_a_key_that_enrols_after_its_token_was_revoked_has_another() -> None:
    county = desk()
    county.agrees(RevokeToken(serial="k0", reason="泄露"), STATION, AT, by=TOWNSHIP)
    county.agrees(InviteStation(code_digest=digest_of("A"), expires=DAY), STATION, AT, by=TOWNSHIP)
    county.agrees(EnrolStation(code_digest=digest_of("A"), public_key="U" + "A" * 55), STATION, AT)
    assert good(county, STATION, "k0", "k1") == ["k1"]


def test_a_program_renews_its_own_and_the_old_one_ends_after_some_days() -> None:
    county, asked = desk(), RenewToken(serial="k0", following="b2")
    (fact,) = county.agrees(asked, STATION, AT)
    assert fact[1].model_dump()["expires"] == DAY + LONGEST
    assert county.answers(asked, STATION, AT, n=1) == Accepted()
    assert good(county, STATION, "k0", "b2", on=DAY + OVERLAP) == ["k0", "b2"]
    assert good(county, STATION, "k0", "b2", on=DAY + OVERLAP + timedelta(days=1)) == ["b2"]
    county.agrees(RenewToken(serial="b2", following="c3"), STATION, AT)
    assert good(county, STATION, "b2", "c3", on=DAY + LONGEST) == ["c3"]


def test_what_came_of_a_key_ends_with_the_key_and_what_was_issued_from_above_does_not() -> None:
    county = desk()
    county.agrees(InviteStation(code_digest=digest_of("A"), expires=DAY), STATION, AT, by=TOWNSHIP)
    county.agrees(EnrolStation(code_digest=digest_of("A"), public_key="U" + "A" * 55), STATION, AT)
    county.agrees(RenewToken(serial="k0", following="b2"), STATION, AT)
    county.agrees(issues(), STATION, AT, by=TOWNSHIP)
    county.agrees(RevokeStation(reason="遗失"), STATION, AT, by=TOWNSHIP)
    assert good(county, STATION, "k0", "b2", "a1", "k1") == ["a1", "k1"]


def test_nobody_has_more_than_some_and_what_is_long_over_is_forgotten() -> None:
    county = desk()
    for n in range(MOST):
        county.agrees(issues(f"a{n}"), STATION, AT, by=TOWNSHIP)
    assert county.refuses(issues("b"), STATION, AT, by=TOWNSHIP) == "too-many-tokens"
    county.agrees(RevokeToken(serial="a0", reason=""), STATION, AT, by=TOWNSHIP)
    county.agrees(issues("b"), STATION, AT, by=TOWNSHIP)
    county.agrees(issues("c", date(2020, 3, 5)), STATION, "2020-01-01T10:00", by=TOWNSHIP)
    (found,) = [one for one in county.kept(Organisation) if one.id == STATION]
    assert [one.serial for one in found.tokens] == ["c"]
