"""An id says when it was made; by default nobody can work it out, and luck of a seed makes it again."""

from __future__ import annotations

from datetime import datetime
from random import Random
from uuid import UUID

from shared.calendar import CHINA
from shared.uuid7 import uuid7

AT = datetime.fromtimestamp(0x0160BB59_0D3C / 1000, CHINA)


def test_a_uuid7_tells_its_millisecond() -> None:
    class Ones(Random):
        def getrandbits(self, bits: int, /) -> int:
            return (1 << bits) - 1

    assert uuid7(AT, Ones()) == "0160bb59-0d3c-7fff-bfff-ffffffffffff"


def test_only_luck_of_a_seed_makes_the_same_id_again() -> None:
    assert uuid7(AT, Random(7)) == uuid7(AT, Random(7))
    made = {uuid7(AT) for _ in range(100)}
    assert len(made) == 100
    assert {(UUID(one).version, UUID(one).variant) for one in made} == {(7, UUID(uuid7(AT)).variant)}
