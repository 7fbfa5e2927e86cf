"""What people write with a decimal point becomes whole hundredths, and nothing that is no number gets through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shared.hundredths import decimal, in_hundredths


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("97.5", 9750),
        (" 100 ", 10_000),
        ("0", 0),
        ("12.30", 1230),
        ("12.300", 1230),
        (".5", 50),
        ("7.", 700),
        ("-1", -100),
        ("９７.5", 9750),
        ("123456789012.99", 12_345_678_901_299),
    ],
)
def test_what_is_written_is_read_exactly(written: str, value: int) -> None:
    assert in_hundredths(written) == value


@pytest.mark.parametrize(
    "written", ["", " ", ".", "abc", "9,7", "NaN", "Infinity", "-inf", "1e999999", "1_0", "9" * 13]
)
def test_what_is_no_number_is_asked_for_as_one(written: str) -> None:
    with pytest.raises(ValueError, match=r"^应当填写数字$"):
        in_hundredths(written)


@pytest.mark.parametrize("written", ["97.555", "1.005", "0.001", "97.499999999999"])
def test_a_third_decimal_is_not_rounded_away(written: str) -> None:
    with pytest.raises(ValueError, match=r"^最多保留两位小数$"):
        in_hundredths(written)


@given(some.integers(min_value=-(10**14) + 1, max_value=10**14 - 1))
def test_what_is_shown_is_read_as_the_same(value: int) -> None:
    assert in_hundredths(decimal(value)) == value
