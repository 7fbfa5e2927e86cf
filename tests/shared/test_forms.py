"""Forms are declared once: bounds are the model's, and what does not fit its model is an error at import."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

import services
from shared.events.greenchannel import RecordGreenService
from shared.events.inspection import CloseIncident, ExtendRectification, LogInspection, VerifyRectification
from shared.events.roster import EnterInCatalogue, ScheduleLesson
from shared.events.vocabulary import Catalogue
from shared.forms import Field, Form, Marks, Photos, Rows, UnfitForm, read
from shared.forms.bounds import Bounds, UnknownPath, bounds_of
from tests.shared.filled_forms import DEFAULTS, EXTEND, ITEMS, PATROL, page


@pytest.mark.parametrize(
    ("model", "path", "bounds"),
    [
        (ExtendRectification, "working_days", Bounds("integer", True, least=1, most=60)),
        (ExtendRectification, "reason", Bounds("string", True, shortest=1, longest=1000)),
        (RecordGreenService, "persons", Bounds("integer", False, least=1, most=1_000_000)),
        (EnterInCatalogue, "catalogue", Bounds("string", True, among=tuple(Catalogue))),
        (CloseIncident, "upheld", Bounds("boolean", True)),
        (LogInspection, "checked.marks.*", Bounds("integer", False, least=0, most=100)),
        (LogInspection, "findings.*.item", Bounds("string", True, shortest=1, longest=120)),
        (LogInspection, "findings.*.note", Bounds("string", False, longest=1000)),
        (LogInspection, "place.latitude", Bounds("number", False, least=-90, most=90)),
        (LogInspection, "photos", Bounds("array", False, items=9)),
    ],
)
def test_bounds_are_those_of_the_model(model: type[BaseModel], path: str, bounds: Bounds) -> None:
    assert bounds_of(model, path) == bounds


def test_what_may_be_null_and_what_is_referred_to_have_their_bounds() -> None:
    reinspection, day = bounds_of(VerifyRectification, "reinspection"), bounds_of(ScheduleLesson, "day")
    assert (reinspection.type, reinspection.required, bool(reinspection.pattern)) == ("string", False, True)
    assert (day.format, day.required) == ("date", True)


@pytest.mark.parametrize("path", ["days", "reason.x", "working_days.*", "findings", "findings.item"])
def test_an_unknown_path_is_an_error_where_the_form_is_made(path: str) -> None:
    with pytest.raises(UnknownPath):
        Form(ExtendRectification, "extend", "", "", (Field(path, ""), *EXTEND.parts), given=("rectification",))


@pytest.mark.parametrize(
    ("parts", "left"),
    [
        ((Field("patrol", ""),), "score"),
        ((Field("score", ""),), "patrol"),
        (
            (Field("score", ""), Field("patrol", ""), Rows("findings", "", 1, (Field("item", ""),))),
            "findings.*.severity",
        ),
        (
            (Field("score", ""), Field("patrol", ""), Marks("checked.marks", lambda _: (), {})),
            "checked.checklist, checked.version",
        ),
    ],
)
def test_a_form_that_leaves_out_what_its_submission_needs_is_an_error(parts: Any, left: str) -> None:
    with pytest.raises(UnknownPath, match=re.escape(left)):
        Form(LogInspection, "patrol", "", "", parts)


@pytest.mark.parametrize(
    "part",
    [
        Field("findings", ""),
        Field("checked", ""),
        Photos("score"),
        Field("patrol", "", choices={"stations": "村级便民服务站"}),
    ],
)
def test_what_is_not_one_value_or_never_such_a_value_is_no_field(part: Any) -> None:
    with pytest.raises(UnknownPath):
        Form(LogInspection, "patrol", "", "", (part,), completed=("patrol", "score", "findings", "checked"))


def declared() -> Iterator[tuple[str, Form]]:
    """Every form of every service, by where it is."""
    for module in pkgutil.walk_packages(services.__path__, "services."):
        if module.name.rpartition(".")[2] == "__main__":
            continue
        for value in vars(importlib.import_module(module.name)).values():
            forms = value.values() if isinstance(value, dict) else [value]
            yield from ((module.name, one) for one in forms if isinstance(one, Form))


def test_every_declared_form_has_a_key_of_its_own_in_its_service_and_whole_declarations() -> None:
    """That each path exists and nothing is left out a form sees to when it is made; here all of them are made."""
    found = {(name.split(".")[1], one.key): one for name, one in declared()}
    assert len([one for service, one in found if service == "station"]) == 11
    assert len({id(one) for one in found.values()}) == len({id(one) for _, one in declared()})
    for one in found.values():
        labels = [part.label for part, _ in one.places() if not isinstance(part, Marks)]
        assert all(labels)
        assert "！" not in one.lead + one.title + one.button + "".join(labels)


def test_more_rows_than_a_list_may_have_are_not_left_out_without_a_word() -> None:
    row = {**DEFAULTS, "item": "灭火器过期"}
    for numbers, said in ((range(21), [TOO_MANY]), ((999,), [TOO_MANY]), (range(20), [])):
        rows = {f"findings-{n}-{name}": text for n in numbers for name, text in row.items()}
        got = read(PATROL, {"score": "90", **rows})
        assert [one.sentence for one in got.wrongs] == said if isinstance(got, UnfitForm) else not said
    defaults = {f"findings-25-{name}": text for name, text in DEFAULTS.items()}
    assert not isinstance(read(PATROL, {"score": "90", **defaults}), UnfitForm)


TOO_MANY = "“问题”最多20项，超出的没有收到，请另行登记。"


def test_nothing_that_a_person_enters_is_withheld_from_who_goes_back_to_the_form() -> None:
    assert 'autocomplete="off"' not in page(PATROL, context=ITEMS)
