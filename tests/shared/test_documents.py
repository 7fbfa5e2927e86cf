"""The working copy: later decisions see what earlier ones changed, and what was only read is guarded."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from shared.database.documents import Document, Increment, Place, Query, WorkingCopy, place


class Sheet(Document):
    """A document for these tests."""

    collection: ClassVar[str] = "sheets"

    text: str = ""


def held(*documents: Document) -> WorkingCopy:
    copy = WorkingCopy()
    copy.load(documents)
    return copy


def test_what_is_changed_is_what_the_next_decision_gets() -> None:
    copy = held(Sheet(id="1", version=3))
    copy.apply([Sheet(id="1", version=3, text="new"), Sheet(id="2")])
    assert copy.get(Sheet, "1") == Sheet(id="1", version=3, text="new")
    assert copy.get(Sheet, "2") == Sheet(id="2")
    assert copy.get(Sheet, "3") is None


def test_loading_again_does_not_undo_a_change() -> None:
    copy = held(Sheet(id="1"))
    copy.apply([Sheet(id="1", text="new")])
    copy.load([Sheet(id="1", text="old")])
    assert copy.get(Sheet, "1") == Sheet(id="1", text="new")


def test_a_query_shows_documents_as_they_stand_now() -> None:
    copy, query = WorkingCopy(), Query(Sheet, {"text": "old"})
    copy.load_found(query, [Sheet(id="1", text="old")])
    copy.apply([Sheet(id="1", text="new")])
    assert copy.find(query, Sheet) == [Sheet(id="1", text="new")]
    assert copy.find(Query(Sheet, {"text": "other"}), Sheet) == []


def test_what_was_only_read_is_guarded_by_the_decision_that_read_it() -> None:
    copy = held(Sheet(id="1"), Sheet(id="2"), Sheet(id="3"))
    copy.begin()
    copy.get(Sheet, "1")
    copy.begin()
    copy.get(Sheet, "2")
    copy.apply([Sheet(id="3", text="new")])
    assert copy.guarded == {Place("sheets", "2")}


def test_what_is_written_counts_one_version_further_and_leaves_nothing_to_write() -> None:
    copy = held(Sheet(id="1", version=4), Sheet(id="2", version=7), Sheet(id="3", version=1))
    copy.begin()
    copy.get(Sheet, "2")
    copy.apply([Sheet(id="1", version=4, text="new")])
    copy.written()
    assert [copy.get(Sheet, id) for id in "123"] == [
        Sheet(id="1", version=5, text="new"),
        Sheet(id="2", version=8),
        Sheet(id="3", version=1),
    ]
    assert (copy.changed, copy.guarded, copy.increments) == ({}, set(), {})


def test_increments_of_one_document_are_put_together() -> None:
    copy = WorkingCopy()
    copy.apply([Increment("monthly", "1", {"a": 1, "b": 2}, {"month": "2018-03"})])
    copy.apply([Increment("monthly", "1", {"a": 4, "c": -1}), Increment("monthly", "2", {"a": 1})])
    together = Increment("monthly", "1", {"a": 5, "b": 2, "c": -1}, {"month": "2018-03"})
    assert copy.increments[Place("monthly", "1")] == together
    assert len(copy.increments) == 2


def test_a_document_comes_back_from_the_store_one_version_on() -> None:
    sheet = Sheet(id="1", version=2, text="文")
    raw = sheet.to_store()
    assert raw == {"_id": "1", "version": 3, "text": "文"}
    began = datetime(2026, 11, 28, tzinfo=UTC)
    later = Sheet.stored({**raw, "began": began, "picture": b"\xff"})
    assert later.known() == sheet.having(version=3)
    assert later.to_store() == {**raw, "version": 4, "began": began, "picture": b"\xff"}
    assert place(sheet) == Place("sheets", "1")
