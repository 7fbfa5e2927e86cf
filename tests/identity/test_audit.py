"""The audit's chain: whatever is done to rows that are kept shows, without a database and without a bus."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from shared.identity.audit import AuditKind, AuditLine, chained, faults_in, sum_of, trimmed, unexplained

Rows = list[dict[str, Any]]


AT = "2018-03-05T09:00:00+08:00"


def line(n: int) -> AuditLine:
    return AuditLine(id=f"l{n}", at=AT, service="roster", kind=AuditKind.SIGN_IN, what=f"{n}")


def rows(most: int = 5) -> Rows:
    return [*chained([line(n) for n in range(most)], 0, "0" * 64)]


def changed(found: Rows) -> None:
    found[2]["line"]["what"] = "nothing"


def changed_with_its_sum(found: Rows) -> None:
    changed(found)
    found[2]["sum"] = sum_of(3, found[2]["previous"], found[2]["line"])


def taken_out(found: Rows) -> None:
    del found[2]


def taken_out_and_counted_anew(found: Rows) -> None:
    del found[2]
    for n, row in enumerate(found, 1):
        row["n"] = n


def put_in(found: Rows) -> None:
    found.insert(2, deepcopy(found[2]))


@pytest.mark.parametrize("harm", [changed, changed_with_its_sum, taken_out, taken_out_and_counted_anew, put_in])
def test_what_is_done_to_a_row_shows(harm: Callable[[Rows], None]) -> None:
    found = rows()
    assert [*faults_in(found)] == []
    harm(found)
    assert [*faults_in(found)] != []


def test_a_stretch_holds_by_itself_and_the_chain_goes_on_from_it() -> None:
    found = rows()
    more = [*chained([line(9)], found[-1]["n"], found[-1]["sum"])]
    assert [*faults_in([*found[2:], *more])] == []
    assert [*faults_in([*found[:4], *more])] == ["rows 5 to 5 are missing"]


def test_where_the_first_rows_are_gone_a_row_has_to_say_so() -> None:
    found = rows()
    assert [*unexplained(found)] == []
    assert [*unexplained(found[2:])] == ["rows before 3 are missing, and no row says that they were trimmed"]
    went = AuditLine(id="t", at=AT, service="roster", kind=AuditKind.AUDIT, what=trimmed(2, found[1]["sum"]))
    more = [*chained([went], found[-1]["n"], found[-1]["sum"])]
    assert [*unexplained([*found[2:], *more])] == []
    assert [*unexplained([*found[3:], *more])] != []


def test_the_sum_is_sm3() -> None:
    assert len(sum_of(1, "", {})) == 64
    assert sum_of(1, "", {}) == "23ff893cc0a01f9675f1c1d9843f488047b050144133e149b87e64dad11a1b78"
