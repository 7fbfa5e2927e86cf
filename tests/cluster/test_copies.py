"""On how many servers streams are to be kept, by what was asked and what lies there."""

from __future__ import annotations

import pytest

from deploy.setup.replicas import Copies, FewerCopies, copies_wanted
from shared.bus.streams import STREAMS

NAMES = [stream.name for stream in STREAMS]
ONCE, THRICE = dict.fromkeys(NAMES, 1), dict.fromkeys(NAMES, 3)
ONE_IS_NEW = {name: copies for name, copies in THRICE.items() if name != "AUDIT"}


@pytest.mark.parametrize(
    ("asked", "now", "wanted"),
    [
        (None, {}, ONCE),
        (3, {}, THRICE),
        (None, THRICE, THRICE),
        (None, ONE_IS_NEW, THRICE),
        (None, THRICE | {"AUDIT": 1}, THRICE | {"AUDIT": 1}),
        (3, ONCE, THRICE),
    ],
    ids=["new", "new and asked for", "as it lies there", "one stream is new", "each as it lies there", "raised"],
)
def test_as_told_or_as_it_lies_there(asked: Copies | None, now: dict[str, int], wanted: dict[str, int]) -> None:
    assert copies_wanted(asked, now) == wanted


def test_fewer_than_before_only_where_that_is_meant() -> None:
    with pytest.raises(FewerCopies, match="REPLICAS is 3, but 5 servers of this bus keep FACTS: with fewer"):
        copies_wanted(3, THRICE | {"FACTS": 5})
    assert copies_wanted(1, THRICE, may_fall=True) == ONCE
