"""On how many servers streams are to be kept, by what was asked and what lies there."""

from __future__ import annotations

from typing import Any

import pytest

from deploy.setup.replicas import Copies, FewerCopies, copies_wanted, is_under_way
from shared.bus.streams import STREAMS
from shared.process.gauges import servers_lacking

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


HERE, BEHIND, AWAY = {"current": True}, {"current": False}, {"current": False, "offline": True}


@pytest.mark.parametrize(
    ("cluster", "copies", "lacking", "under_way"),
    [
        (None, 1, 0, False),
        ({"leader": "one"}, 1, 0, False),
        ({"replicas": [HERE, HERE]}, 3, 0, False),
        ({"replicas": [HERE, AWAY]}, 3, 1, False),
        ({"replicas": [HERE, BEHIND]}, 3, 1, True),
        ({}, 3, 2, True),
        ({"replicas": [HERE]}, 3, 1, True),
        ({"replicas": [HERE], "desired": {"name": "lianban"}}, 3, 1, True),
        ({"replicas": [HERE, HERE], "desired": {"name": "lianban"}}, 3, 0, True),
    ],
    ids=["one", "one of three", "all", "away", "behind", "asked", "two", "moving", "moved"],
)
def test_a_server_that_was_not_told_yet_lacks_a_stream_as_one_that_is_away_does(
    cluster: dict[str, Any] | None, copies: int, lacking: int, under_way: bool
) -> None:
    """The bus says `num_replicas` as soon as it is asked for them."""
    info = {"config": {"num_replicas": copies}, "cluster": cluster}
    assert (servers_lacking(info), is_under_way(info, copies)) == (lacking, under_way)
