"""Documents are listed in an order; where it sorts by what some lack, those stand last whichever way it is sorted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import pytest

from shared.database.documents import Document
from shared.database.kept import in_turn, page_of_documents
from tests.county import County

BY_PLACE, BACKWARDS = (("place", 1), ("_id", 1)), (("place", -1), ("_id", 1))


class Placed(Document):
    """One that may have a place in its group."""

    collection: ClassVar[str] = "placed"

    group: str
    place: int | None = None


@pytest.mark.parametrize(
    ("order", "found"),
    [
        (BY_PLACE, "b0 a1 a2 a- b-"),
        (BACKWARDS, "a2 a1 b0 a- b-"),
        ((("group", 1), *BY_PLACE), "a1 a2 a- b0 b-"),
    ],
    ids=["upwards", "downwards", "within a group"],
)
async def test_who_has_no_value_stands_last(empty_county: County, order: Sequence[tuple[str, int]], found: str) -> None:
    kept = [Placed(id=one, group=one[0], place=None if one[1] == "-" else int(one[1])) for one in sorted(found.split())]
    db = empty_county.db("feedback")
    await db[Placed.collection].insert_many([one.to_store() for one in kept])
    assert [one.id async for one in in_turn(db, Placed, {}, order, 0, 10, "place")] == found.split()
    page, stretch = await page_of_documents(db, Placed, {}, order, 2, 2, "place")
    assert ([one.id for one in page], stretch.total) == (found.split()[2:4], 5)
    await db[Placed.collection].drop()
