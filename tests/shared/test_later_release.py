"""What a later release has written is neither failed at nor taken away by this one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError

from services.feedback.documents.signing import content_hash
from services.feedback.reports.model import Report
from shared.events import Fact, inspection
from shared.events.bodies import data_in
from shared.events.misread import Unfit
from shared.part import KeptPart, SubmittedPart
from shared.roster.organisations import Organisation
from tests.asking import OFFICE
from tests.feedback.documenting import MARCH, DocumentDesk
from tests.kept_later import kinds_of_documents

LATER = {"said-later": {"more": [1]}}
STORED: dict[str, Any] = {
    "_id": "123456",
    "version": 3,
    "history": [
        {
            "since": "2018-01-01",
            "name": "某县",
            "kind": "county",
            "offices": [{"office": "hall-patrol", "scope": "123456", **LATER}],
            **LATER,
        }
    ],
    **LATER,
}


def parts_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for one in get_args(annotation):
        yield from parts_in(one)


def parts_of(kind: type[BaseModel], seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    for field in kind.model_fields.values():
        for one in parts_in(field.annotation):
            if one not in seen:
                seen.add(one)
                parts_of(one, seen)
    return seen


def test_unknown_fields_survive_a_write_at_every_depth() -> None:
    one = Organisation.stored(STORED)
    written = one.having(history=(*one.history, one.history[0].model_copy(update={"name": "又一县"}))).to_store()
    assert written["version"] == 4
    standings = written["history"]
    said = [written, *standings, *(office for standing in standings for office in standing["offices"])]
    assert [each["said-later"] for each in said] == [LATER["said-later"]] * 5
    assert one.known() == Organisation.stored({**STORED, "said-later": "otherwise"}).known() != one


def test_every_part_of_a_document_keeps_what_it_does_not_know() -> None:
    kept = {part for kind in kinds_of_documents().values() for part in parts_of(kind, set())}
    assert len(kept) > 50
    assert {one.__name__ for one in kept if not issubclass(one, KeptPart | SubmittedPart)} == set()


def test_a_fact_of_a_later_release_is_read_and_a_submission_with_what_is_unknown_is_not() -> None:
    found = {"item": "地面有水", "severity": "minor", "rectify_within": 3}
    asked = {"patrol": "station", "score": 9300, "findings": [found]}
    assert data_in(inspection.LogInspection, json.dumps(asked).encode()).findings[0].item == "地面有水"
    for wrong in ({**asked, **LATER}, {**asked, "findings": [{**found, **LATER}]}):
        with pytest.raises(Unfit):
            data_in(inspection.LogInspection, json.dumps(wrong).encode())
    said = json.dumps({"rectification": "00000000-0000-4000-8000-000000000001/1", **LATER})
    heard = data_in(inspection.RectificationAccepted, said.encode())
    assert heard == Fact.kept("rectification-accepted", said)
    assert heard.rectification == "00000000-0000-4000-8000-000000000001/1"
    with pytest.raises(ValidationError):
        Fact.kept("rectification-accepted", "{}")


def test_the_seal_of_a_report_holds_beside_defaults_that_a_later_release_keeps_with_it() -> None:
    desk = DocumentDesk()
    desk.counts(findings=3)
    desk.closes(MARCH)
    desk.signed(MARCH)
    signed = next(one for one in desk.desk.kept(Report) if one.organisation == OFFICE)
    stored = signed.to_store()
    trend = [{**one, "drawn": None} for one in stored["trend"]]
    assert trend
    assert content_hash(Report.stored({**stored, "seen": [], "trend": trend})) == signed.content
    assert content_hash(Report.stored({**stored, "seen": ["p-1"]})) != signed.content
    trend[0]["drawn"] = 1
    assert content_hash(Report.stored({**stored, "trend": trend})) != signed.content
