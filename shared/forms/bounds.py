"""What the model of an event says of one of its values: asked of its JSON schema, so that no form says it again.

A path names a value: `working_days`, `checked.marks.*`, `findings.*.item`; the star is any key of a map or any item of
a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

Schema = Mapping[str, Any]
ANY = "*"


class UnknownPath(TypeError):
    """A form was declared for something that its submission does not have."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """One value: its JSON type, and within what it has to be; lengths in characters, of a list `fewest` to `items`."""

    type: str
    required: bool
    shortest: int = 0
    longest: int | None = None
    least: int | None = None
    most: int | None = None
    pattern: str = ""
    format: str = ""
    among: tuple[str, ...] = ()
    items: int | None = None
    fewest: int = 0


def bounds_of(model: type[BaseModel], path: str) -> Bounds:
    """Required is what no parent on the way may leave out; within an item of a list, what the item needs."""
    whole = _schema(model)
    node, required = _resolved(whole, whole), True
    for step in path.split("."):
        inner, is_needed = _within(node, step)
        if inner is None:
            raise UnknownPath(f"{model.__name__} has no {path}")
        required = is_needed and (required or node.get("type") == "array")
        node = _resolved(whole, inner)
    return _bounds(node, required)


def left_out(model: type[BaseModel], paths: Iterable[str]) -> list[str]:
    """What the model needs and none of the paths brings, itself or as part of a larger value."""
    return list(_left_out(_schema(model), _schema(model), set(paths), ""))


@lru_cache(maxsize=256)
def _schema(model: type[BaseModel]) -> Schema:
    return model.model_json_schema()


def _resolved(whole: Schema, node: Schema) -> Schema:
    """Behind a reference, and what it is when it is not null."""
    if "$ref" in node:
        return _resolved(whole, whole["$defs"][node["$ref"].rpartition("/")[2]])
    if "anyOf" in node:
        kinds = [one for one in node["anyOf"] if one.get("type") != "null"]
        return _resolved(whole, kinds[0]) if len(kinds) == 1 else node
    return node


def _within(node: Schema, step: str) -> tuple[Schema | None, bool]:
    """A part of an object, a map or a list, and whether it must be there."""
    if node.get("type") == "array":
        return (node["items"], True) if step == ANY else (None, False)
    if "properties" in node:
        return node["properties"].get(step), step in node.get("required", ())
    return _value_of_map(node) if step == ANY or _is_key(node, step) else None, True


def _is_key(node: Schema, step: str) -> bool:
    """A map whose keys have a pattern has each that fits it."""
    return any(re.search(pattern, step) for pattern in node.get("patternProperties", {}))


def _value_of_map(node: Schema) -> Schema | None:
    """A map whose keys have a pattern names its values there."""
    named = [*node.get("patternProperties", {}).values(), node.get("additionalProperties")]
    return next((one for one in named if isinstance(one, dict)), None)


def _bounds(node: Schema, required: bool) -> Bounds:
    return Bounds(
        type=node.get("type", ""),
        required=required,
        shortest=node.get("minLength", 0),
        longest=node.get("maxLength"),
        least=node.get("minimum"),
        most=node.get("maximum"),
        pattern=node.get("pattern", ""),
        format=node.get("format", ""),
        among=tuple(node.get("enum", ())),
        items=node.get("maxItems"),
        fewest=node.get("minItems", 0),
    )


def _left_out(whole: Schema, node: Schema, paths: set[str], above: str) -> Iterable[str]:
    for name, inner in node.get("properties", {}).items():
        path, is_needed = f"{above}{name}", name in node.get("required", ())
        if path in paths:
            continue
        if any(one.startswith(f"{path}.") for one in paths):
            yield from _left_out_within(whole, _resolved(whole, inner), paths, path)
        elif is_needed:
            yield path


def _left_out_within(whole: Schema, node: Schema, paths: set[str], path: str) -> Iterable[str]:
    """Of a list, what each of its items needs."""
    if node.get("type") == "array":
        return _left_out(whole, _resolved(whole, node["items"]), paths, f"{path}.{ANY}.")
    return _left_out(whole, node, paths, f"{path}.")
