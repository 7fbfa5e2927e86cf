"""What an address was marked for it says, and nothing else does."""

from __future__ import annotations

import pytest

from shared.identity.marks import AddressMarks

MARKS = AddressMarks("a key of the county")


def test_what_was_marked_is_read_for_what_it_was_marked() -> None:
    assert MARKS.read(MARKS.put("yes 10:40", "sent", "150424"), "sent", "150424") == "yes 10:40"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "7~",
        "~",
        "7~0",
        "7~张三",
        AddressMarks("another key").put("7", "sent"),
        AddressMarks("").put("7", "sent"),
    ],
)
def test_what_was_not_is_nothing(text: str) -> None:
    assert MARKS.read(text, "sent") == ""


def test_a_mark_is_for_one_value_one_purpose_and_one_reader() -> None:
    marked = MARKS.put("7", "sent", "150424")
    assert MARKS.read(f"8{marked[1:]}", "sent", "150424") == ""
    assert MARKS.read(marked, "again", "150424") == ""
    assert MARKS.read(marked, "sent", "150425") == ""
    assert MARKS.read(marked, "sent") == ""
