"""A submitter's token fits the submitter and the county's secret, and nothing else."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.calendar import CHINA
from shared.events.vocabulary import OrganisationKind
from shared.identity.tokens import issued_token, passing_token, serial_of, token_of
from shared.roster.organisations import Organisation
from shared.roster.program_tokens import ProgramToken
from tests.asking import NEIGHBOUR, STATION, TOWNSHIP, standing

SECRET, OTHER = "5" * 64, "6" * 64
NOW = datetime(2026, 11, 26, 10, tzinfo=CHINA)
LAST = datetime(2026, 11, 30, 23, 59, tzinfo=CHINA)
HELD = ProgramToken(serial="5b0e", holder="对接程序", since=NOW, until=date(2026, 11, 30))
VILLAGE = standing(OrganisationKind.VILLAGE, TOWNSHIP)


def shown(
    token: str, submitter: str = STATION, at: datetime = NOW, tokens: tuple[ProgramToken, ...] = (HELD,)
) -> str | None:
    """Of the station, whose tokens are these."""
    known = Organisation(id=STATION, history=(VILLAGE,), tokens=tokens)
    return serial_of(submitter, token, SECRET, known, at)


def test_a_token_is_the_same_every_time_and_each_submitters_own() -> None:
    assert token_of(STATION, SECRET) == token_of(STATION, SECRET)
    first = (token_of(STATION, SECRET), token_of(NEIGHBOUR, SECRET), token_of(STATION, OTHER))
    later = (token_of(STATION, SECRET, 1), token_of(STATION, SECRET, 2), token_of(STATION, SECRET, 11))
    assert len({*first, *later}) == 6


def test_a_submitter_is_known_by_its_own_token() -> None:
    assert shown(token_of(STATION, SECRET)) == "k0"


@pytest.mark.parametrize(
    ("submitter", "token"),
    [
        (STATION, ""),
        (STATION, "Bearer"),
        (STATION, token_of(NEIGHBOUR, SECRET)),
        (STATION, token_of(STATION, OTHER)),
        (STATION, token_of(STATION, SECRET, 1)),
        (STATION, issued_token(STATION, "5b0e", OTHER)),
        (STATION, issued_token(NEIGHBOUR, "5b0e", SECRET)),
        (STATION, issued_token(STATION, "none", SECRET)),
        (STATION, passing_token(STATION, OTHER, NOW)),
        (STATION, "now."),
        (STATION, "now.²." + "0" * 64),
        (STATION, f"now.{'9' * 400}.0"),
        (STATION, f"now.{'9' * 12}.0"),
        (STATION, f"now.{'9' * 11}.0"),
        (STATION, "é"),
        ("", token_of("", SECRET)),
        (f"token/{STATION}/5b0e", issued_token(STATION, "5b0e", SECRET).split(".")[1]),
    ],
)
def test_anything_else_is_not_its_token(submitter: str, token: str) -> None:
    assert shown(token, submitter) is None


@given(st.text())
def test_no_text_but_the_right_one_is_taken(text: str) -> None:
    assert shown(text) is None
    assert shown(f"now.{text}") is None
    assert shown(f"5b0e.{text}") is None


@pytest.mark.parametrize(
    ("held", "at", "serial"),
    [
        (HELD, NOW, "5b0e"),
        (HELD, LAST, "5b0e"),
        (HELD, LAST + timedelta(minutes=1), None),
        (HELD.ending(revoked=NOW), NOW, None),
        (HELD.ending(until=date(2026, 11, 25)), NOW, None),
        (HELD.ending(of_key=0), NOW, "5b0e"),
        (HELD.ending(of_key=1), NOW, None),
    ],
)
def test_one_that_was_issued_is_good_until_its_day_is_over_or_it_is_revoked_or_its_key_ends(
    held: ProgramToken, at: datetime, serial: str | None
) -> None:
    assert shown(issued_token(STATION, "5b0e", SECRET), at=at, tokens=(held,)) == serial


@pytest.mark.parametrize(
    ("first", "until", "serial"),
    [
        ((), None, "k0"),
        ((), date(2026, 11, 26), "k0"),
        ((), date(2026, 11, 25), None),
        ((HELD.ending(serial="k0", revoked=NOW),), None, None),
        ((HELD.ending(serial="k0"),), None, "k0"),
        ((HELD.ending(serial="k1", revoked=NOW),), None, "k0"),
    ],
)
def test_the_token_that_nobody_issued_is_good_until_it_is_revoked_or_the_county_says_a_day(
    first: tuple[ProgramToken, ...], until: date | None, serial: str | None
) -> None:
    known = Organisation(id=STATION, history=(VILLAGE,), tokens=first)
    assert serial_of(STATION, token_of(STATION, SECRET), SECRET, known, NOW, until) == serial


@pytest.mark.parametrize(("seconds", "serial"), [(0, "now"), (290, "now"), (-290, "now"), (310, None), (-310, None)])
def test_a_command_speaks_for_minutes_whatever_became_of_other_tokens(seconds: int, serial: str | None) -> None:
    revoked = (HELD.ending(serial="k0", revoked=NOW),)
    token = passing_token(STATION, SECRET, NOW)
    assert shown(token, at=NOW + timedelta(seconds=seconds), tokens=revoked) == serial
