"""Numbers that no such number can be are found where they are unsealed, and never quoted; shown they are masked."""

from __future__ import annotations

import json

import pytest

from shared.roster.particulars import (
    Sex,
    UnfitParticulars,
    masked_id_number,
    masked_mobile,
    read_particulars,
)
from tests.sealed import id_number, particulars

TRUE = "11010519491231002X"
"""The example of GB 11643-1999."""


def fault(**more: object) -> tuple[str, str] | None:
    """Why they are not taken, and the field."""
    try:
        read_particulars(json.dumps(particulars(**more)).encode())
    except UnfitParticulars as no:
        return no.slug, no.field
    return None


def test_the_example_of_the_norm_is_a_number() -> None:
    assert fault(id_number=TRUE, birth_year=1949, sex="female") is None


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, None),
        ({"mobile": "13800138000", "id_number": id_number()}, None),
        ({"mobile": "+86 138-0013-8000"}, None),
        ({"mobile": "１３８００１３８０００"}, None),
        ({"mobile": ""}, None),
        ({"mobile": "12800138000"}, ("unfit-mobile", "mobile")),
        ({"mobile": "1380013800"}, ("unfit-mobile", "mobile")),
        ({"id_number": "110105194912310020"}, ("unfit-identity-number", "id_number")),
        ({"id_number": id_number("19850230")}, ("unfit-identity-number", "id_number")),
        ({"id_number": TRUE[:17]}, ("unfit-identity-number", "id_number")),
        ({"id_number": id_number("19860203")}, ("identity-number-contradicts", "birth_year")),
        ({"id_number": id_number(serial=123)}, ("identity-number-contradicts", "sex")),
        ({"id_number": TRUE.lower(), "birth_year": 1949}, None),
        ({"name": ""}, ("unfit-particulars", "name")),
        ({"name": "长" * 41}, ("unfit-particulars", "name")),
        ({"sex": "x"}, ("unfit-particulars", "sex")),
        ({"birth_year": 1919}, ("unfit-particulars", "birth_year")),
        ({"birth_year": "1985"}, ("unfit-particulars", "birth_year")),
        ({"party_member": None}, ("unfit-particulars", "party_member")),
        ({"salary": "9000"}, ("unfit-particulars", "sealed")),
    ],
)
def test_each_field_is_looked_at(more: dict[str, object], expected: tuple[str, str] | None) -> None:
    assert fault(**more) == expected


def test_what_is_wrong_is_never_quoted() -> None:
    with pytest.raises(UnfitParticulars) as no:
        read_particulars(json.dumps(particulars(mobile="1380013800000")).encode())
    assert "138" not in f"{no.value}{no.value.__cause__}"


def test_what_is_no_json_is_unfit_as_a_whole() -> None:
    with pytest.raises(UnfitParticulars, match="sealed"):
        read_particulars(b"\xff\x00")


def test_they_are_kept_as_they_are_meant() -> None:
    found = read_particulars(json.dumps(particulars(mobile="+86 138 0013 8000", sex="male")).encode())
    assert (found.mobile, found.sex) == ("13800138000", Sex.MALE)


def test_shown_they_are_masked() -> None:
    assert masked_mobile("13800135678") == "138****5678"
    assert masked_id_number("15042419850203123X") == "1504**********123X"
