"""A pipeline abandoned between any two steps, by any service and again and again, changes nothing in the end."""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest

from shared.services import SERVICES
from tests.county import County, Outcome
from tests.faults.controls import PlainIncrement, PublishesOnlyWhatIsNew
from tests.faults.crashing import CRASH_POINTS, Crashes, Kinds, calm, stormy
from tests.faults.month import month

VARIANTS = 4
RUNS = 200 if os.environ.get("LIANBAN_LONG") == "1" else 60
CONTROL_RUNS = 12
SUBMISSIONS = tuple(f"{service}-submissions" for service in SERVICES)


@pytest.mark.parametrize("variant", range(VARIANTS))
async def test_crashes_between_any_two_steps_change_nothing(empty_county: County, variant: int) -> None:
    expected = await calm(empty_county, month(variant))
    assert expected.differences == []
    met: Counter[str] = Counter()
    for seed in range(variant, RUNS, VARIANTS):
        crashes = Crashes(empty_county, seed)
        outcome = await stormy(crashes, month(variant))
        assert outcome.unlike(expected) == [], f"seed {seed}, crashes {crashes.at}"
        met += crashes.at
    assert set(met) == set(CRASH_POINTS), f"not met: {set(CRASH_POINTS) - set(met)}"
    print(f"variant {variant}: {met.total()} crashes in {RUNS // VARIANTS} runs, {dict(met)}")


async def test_control_a_plain_increment_counts_twice(empty_county: County) -> None:
    expected = await calm(empty_county, month(0))
    over = [
        counted(outcome.monthly) - counted(expected.monthly)
        for outcome in await _controlled(empty_county, {"feedback-facts": PlainIncrement})
    ]
    print(f"a plain $inc counted {sum(over)} too many in {CONTROL_RUNS} runs: {over}")
    assert max(over) > 0


async def test_control_publishing_only_what_is_new_loses_facts(empty_county: County) -> None:
    expected = await calm(empty_county, month(0))
    kinds = dict.fromkeys(SUBMISSIONS, PublishesOnlyWhatIsNew)
    outcomes = await _controlled(empty_county, kinds)
    lost = [len(expected.facts.keys() - outcome.facts.keys()) for outcome in outcomes]
    print(f"publishing only what is new lost {sum(lost)} facts in {CONTROL_RUNS} runs: {lost}")
    assert max(lost) > 0


async def _controlled(county: County, kinds: Kinds) -> list[Outcome]:
    """A control's outcomes, each of which must be told from the expected one by the comparison itself."""
    expected = await calm(county, month(0))
    outcomes = [await stormy(Crashes(county, seed, kinds), month(0)) for seed in range(CONTROL_RUNS)]
    assert any(outcome.unlike(expected) for outcome in outcomes)
    return outcomes


def counted(value: Any) -> int:
    """Everything that monthly documents count, over all months, places and measures."""
    if isinstance(value, dict):
        return sum(counted(part) for name, part in value.items() if name != "latest")
    return value if isinstance(value, int) else 0
