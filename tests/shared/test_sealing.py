"""What is sealed to the roster nobody else opens, nobody puts under another's id, and a new key takes over."""

from __future__ import annotations

import pytest

from shared.identity.sealing import NotOpened, SealKeys, key_id
from tests.sealed import KEYS, NEW, OLD, ROTATED

CLEAR = "王某某 13800138000".encode()
SEALED = OLD.public.seal(CLEAR, "p-1", "150424-D02")


def test_it_is_opened_for_the_person_and_organisation_that_it_was_sealed_for() -> None:
    assert KEYS.open(SEALED, "p-1", "150424-D02") == CLEAR
    assert "13800138000" not in SEALED


def test_the_same_sealed_twice_is_not_the_same() -> None:
    assert OLD.public.seal(CLEAR, "p-1", "150424-D02") != SEALED


@pytest.mark.parametrize(
    ("sealed", "person", "organisation"),
    [
        (SEALED, "p-2", "150424-D02"),
        (SEALED, "p-1", "150424-D03"),
        (NEW.public.seal(CLEAR, "p-1", "150424-D02"), "p-1", "150424-D02"),
        ("b2" + SEALED[2:], "p-1", "150424-D02"),
        (SEALED[:-8] + "AAAAAAAA", "p-1", "150424-D02"),
        (SEALED[:40], "p-1", "150424-D02"),
        ("a1." + "A" * 100, "p-1", "150424-D02"),
        ("a1.===", "p-1", "150424-D02"),
        ("", "p-1", "150424-D02"),
    ],
    ids=["person", "organisation", "key", "key-id", "altered", "cut-off", "made-up", "no-base64", "empty"],
)
def test_anything_else_is_not_opened(sealed: str, person: str, organisation: str) -> None:
    with pytest.raises(NotOpened):
        KEYS.open(sealed, person, organisation)


def test_after_a_rotation_both_keys_open_and_the_newest_seals() -> None:
    again = ROTATED.reseal(SEALED, "p-1", "150424-D02")
    assert (key_id(SEALED), key_id(again)) == ("a1", "b2")
    assert ROTATED.open(SEALED, "p-1", "150424-D02") == ROTATED.open(again, "p-1", "150424-D02") == CLEAR
    with pytest.raises(NotOpened):
        KEYS.open(again, "p-1", "150424-D02")


def test_a_number_is_found_under_each_key_and_kinds_are_apart() -> None:
    old, (new, former) = next(KEYS.marks("mobile", "13800138000")), ROTATED.marks("mobile", "13800138000")
    assert former == old != new
    assert old not in set(KEYS.marks("id-number", "13800138000"))


def test_a_file_of_keys_names_the_newest_first() -> None:
    text = f"{NEW.id} {NEW.secret.hex()}\n{OLD.id} {OLD.secret.hex()}\n"
    assert SealKeys.of(text).newest == NEW
    assert SealKeys.of(text).open(SEALED, "p-1", "150424-D02") == CLEAR


@pytest.mark.parametrize("text", ["", "a1", "a1 00", f"a1 {'0' * 64}\na1 {'1' * 64}", f"A1 {'0' * 64}", "secret"])
def test_what_is_no_file_of_keys_is_said_without_its_content(text: str) -> None:
    with pytest.raises(ValueError, match="64 hex digits") as no:
        SealKeys.of(text)
    assert "000" not in str(no.value)


def test_a_key_is_not_shown_where_it_is_printed() -> None:
    assert OLD.secret.hex() not in repr(OLD)
    assert str(OLD.secret) not in repr(OLD)
