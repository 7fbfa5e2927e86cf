"""A submitter's token fits the submitter and the county's secret, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.identity.tokens import is_token_of, token_of
from tests.asking import NEIGHBOUR, STATION

SECRET, OTHER = "5" * 64, "6" * 64


def test_a_token_is_the_same_every_time_and_each_submitters_own() -> None:
    assert token_of(STATION, SECRET) == token_of(STATION, SECRET)
    first = (token_of(STATION, SECRET), token_of(NEIGHBOUR, SECRET), token_of(STATION, OTHER))
    later = (token_of(STATION, SECRET, 1), token_of(STATION, SECRET, 2), token_of(STATION, SECRET, 11))
    assert len({*first, *later}) == 6


def test_a_submitter_is_known_by_its_own_token() -> None:
    assert is_token_of(STATION, f"Bearer {token_of(STATION, SECRET)}", SECRET)


@pytest.mark.parametrize(
    ("submitter", "authorization"),
    [
        (STATION, ""),
        (STATION, "Bearer "),
        (STATION, token_of(STATION, SECRET)),
        (STATION, f"Basic {token_of(STATION, SECRET)}"),
        (STATION, f"Bearer {token_of(NEIGHBOUR, SECRET)}"),
        (STATION, f"Bearer {token_of(STATION, OTHER)}"),
        ("", f"Bearer {token_of('', SECRET)}"),
    ],
)
def test_anything_else_is_not_its_token(submitter: str, authorization: str) -> None:
    assert not is_token_of(submitter, authorization, SECRET)


@given(st.text(st.characters(codec="ascii")))
def test_no_header_but_the_right_one_is_taken(header: str) -> None:
    assert not is_token_of(STATION, header, SECRET)


def test_a_header_beyond_ascii_is_no_token() -> None:
    assert not is_token_of(STATION, "Bearer é", SECRET)
