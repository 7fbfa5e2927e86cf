"""Within a type only optional additions are allowed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from deploy.contract import __main__ as document
from deploy.contract.__main__ import broken, main, schemas
from deploy.contract.compatibility import breaks
from deploy.contract.published import SCHEMAS, read, text

COUNT = {"type": "integer", "minimum": 0, "maximum": 9}
NAME = {"type": "string", "minLength": 1, "maxLength": 9}
MODE = {"type": "string", "enum": ["a", "b"]}
CODE = {"type": "string", "pattern": "^[0-9]{6}$"}


def of(required: str = "n", **properties: Any) -> dict[str, Any]:
    needed = [name for name in required.split() if name in properties]
    return {"type": "object", "properties": properties, "required": needed, "additionalProperties": False}


def named(**definition: Any) -> dict[str, Any]:
    return of(n={"$ref": "#/$defs/N"}) | {"$defs": {"N": definition}}


OR_NULL = {"anyOf": [CODE, {"type": "null"}]}

ALLOWED = {
    "nothing changed": (of(n=COUNT), of(n=COUNT)),
    "an optional addition": (of(n=COUNT), of(n=COUNT, m=NAME)),
    "another description": (of(n=COUNT), of(n=COUNT | {"description": "x"})),
    "no longer required": (of(n=COUNT), of("", n=COUNT)),
    "a wider range": (of(n=COUNT), of(n=COUNT | {"maximum": 10})),
    "no limit any more": (of(n=COUNT), of(n={"type": "integer"})),
    "a further value": (of(n=MODE), of(n=MODE | {"enum": ["a", "b", "c"]})),
    "any value": (of(n=MODE), of(n={"type": "string"})),
    "any value within bounds that each of the few keeps": (
        of(n=MODE),
        of(n={"type": "string", "pattern": "^[a-z]+$", "maxLength": 60}),
    ),
    "no pattern any more": (of(n=CODE), of(n={"type": "string"})),
    "also a number": (of(n={"type": "integer"}), of(n={"type": "number"})),
    "also null": (of(n=CODE), of(n=OR_NULL)),
    "a definition of its own": (of(n=MODE), named(**MODE)),
    "a wider definition": (named(**MODE), named(**MODE | {"enum": ["a", "b", "c"]})),
    "longer lists": (
        of(n={"type": "array", "items": MODE, "maxItems": 2}),
        of(n={"type": "array", "items": MODE, "maxItems": 3}),
    ),
}

BREAKING = {
    "removed": (of(n=COUNT, m=NAME), of(n=COUNT), "m: removed"),
    "renamed": (of(n=COUNT), of("m", m=COUNT), "n: removed"),
    "a required addition": (of(n=COUNT), of("n m", n=COUNT, m=NAME), "m: is now required"),
    "required from now on": (of("", n=COUNT), of(n=COUNT), "n: is now required"),
    "another type": (of(n=COUNT), of(n=COUNT | {"type": "string"}), "n: type integer is now string"),
    "no fractions any more": (
        of(n={"type": "number"}),
        of(n={"type": "integer"}),
        "n: type number is now integer",
    ),
    "a value less": (of(n=MODE), of(n=MODE | {"enum": ["a"]}), "n: fewer values are allowed"),
    "only some values": (of(n={"type": "string"}), of(n=MODE), "n: fewer values are allowed"),
    "any value within bounds that one of the few breaks": (
        of(n=MODE | {"enum": ["a", "b2"]}),
        of(n={"type": "string", "pattern": "^[a-z]+$"}),
        "n: pattern is another",
    ),
    "any value, and one of the few is too long": (
        of(n=MODE | {"enum": ["a", "bb"]}),
        of(n={"type": "string", "maxLength": 1}),
        "n: maxLength is lower",
    ),
    "one value": (of(n=MODE), of(n={"type": "string", "const": "a"}), "n: fewer values are allowed"),
    "a lower maximum": (of(n=COUNT), of(n=COUNT | {"maximum": 8}), "n: maximum is lower"),
    "a new maximum": (of(n={"type": "integer"}), of(n=COUNT), "n: maximum is lower"),
    "a higher minimum": (of(n=COUNT), of(n=COUNT | {"minimum": 1}), "n: minimum is higher"),
    "a shorter text": (of(n=NAME), of(n=NAME | {"maxLength": 8}), "n: maxLength is lower"),
    "another pattern": (of(n=CODE), of(n=CODE | {"pattern": "^1$"}), "n: pattern is another"),
    "a new pattern": (of(n={"type": "string"}), of(n=CODE), "n: pattern is another"),
    "a format": (of(n={"type": "string"}), of(n={"type": "string", "format": "date"}), "n: format is another"),
    "null no more": (of(n=OR_NULL), of(n=CODE), "n: an alternative is gone or narrower"),
    "a narrower alternative": (
        of(n=OR_NULL),
        of(n={"anyOf": [CODE | {"pattern": "^1$"}, {"type": "null"}]}),
        "n: an alternative is gone or narrower",
    ),
    "a narrower definition": (named(**MODE), named(**MODE | {"enum": ["b"]}), "n: fewer values are allowed"),
    "a narrower item": (
        of(n={"type": "array", "items": COUNT}),
        of(n={"type": "array", "items": COUNT | {"maximum": 3}}),
        "n[]: maximum is lower",
    ),
    "a field less within an item": (
        of(n={"type": "array", "items": of(n=COUNT, m=NAME)}),
        of(n={"type": "array", "items": of(n=COUNT)}),
        "n[].m: removed",
    ),
    "another default": (of(n=COUNT | {"default": 1}), of(n=COUNT | {"default": 2}), "n: default is another"),
    "nothing unknown": (of(n=COUNT) | {"additionalProperties": True}, of(n=COUNT), "body: unknown fields"),
}


@pytest.mark.parametrize(("before", "after"), ALLOWED.values(), ids=ALLOWED.keys())
def test_is_allowed(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert breaks(before, after) == []


@pytest.mark.parametrize(("before", "after", "words"), BREAKING.values(), ids=BREAKING.keys())
def test_breaks(before: dict[str, Any], after: dict[str, Any], words: str) -> None:
    assert any(what.startswith(words) for what in breaks(before, after)), breaks(before, after)


def test_the_committed_schemas_are_not_broken() -> None:
    assert broken() == []


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the committed contract that may be rewritten."""
    for name, value in {
        "HERE": tmp_path,
        "SCHEMAS": tmp_path / "schemas",
        "ASYNCAPI": tmp_path / "asyncapi.json",
    }.items():
        monkeypatch.setattr(document, name, value)
    (tmp_path / "schemas").mkdir()
    for file in SCHEMAS.glob("*.json"):
        (tmp_path / "schemas" / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def test_drift_is_named_and_mended(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 1
    assert capsys.readouterr().out.startswith("asyncapi.json ")
    assert main([]) == 0
    assert main(["--check"]) == 0


def test_a_schema_is_not_broken_unless_asked(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = elsewhere / "schemas" / "log-inspection.json"
    wider = read(file)
    wider["properties"]["drone"] = {"type": "string"}
    file.write_text(text(wider), encoding="utf-8")
    assert main([]) == 1
    assert "log-inspection: drone: removed" in capsys.readouterr().out
    assert read(file) == wider
    assert main(["--break"]) == 0
    assert read(file) == schemas()["log-inspection"]


def test_a_type_is_not_dropped_unless_asked(elsewhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    gone = elsewhere / "schemas" / "ring-bell.json"
    gone.write_text("{}", encoding="utf-8")
    assert main([]) == 1
    assert "ring-bell: the type is gone" in capsys.readouterr().out
    assert main(["--break"]) == 0
    assert not gone.exists()
