"""What breaks between two versions of a schema: within a type only optional additions are allowed.

Old messages stay readable for good (facts are kept, stations resend for weeks), so nothing may be narrowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from deploy.contract.published import Json

FLOORS = ("minimum", "exclusiveMinimum", "minLength", "minItems")
CEILINGS = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")
EXACT = ("pattern", "format", "multipleOf", "uniqueItems")


def breaks(before: Json, after: Json) -> list[str]:
    """Every break as `place: what`, in a stable order; empty when `after` reads all that `before` did."""
    return list(_Pair(before, after).compare("", before, after))


class _Pair:
    """Two documents, within which references are followed."""

    def __init__(self, before: Json, after: Json) -> None:
        self._before, self._after = before, after

    def compare(self, place: str, old: Json, new: Json) -> Iterator[str]:
        old, new = _followed(old, self._before), _followed(new, self._after)
        if "anyOf" in old or "anyOf" in new:
            yield from self._options(place, old, new)
            return
        at = place or "body"
        yield from (f"{at}: {what}" for what in _narrowed(old, new))
        yield from self._properties(place, old, new)
        if "items" in new:
            yield from self.compare(f"{place}[]", old.get("items", {}), new["items"])

    def _properties(self, place: str, old: Json, new: Json) -> Iterator[str]:
        had, has = old.get("properties", {}), new.get("properties", {})
        for name, schema in had.items():
            here = f"{place}.{name}".lstrip(".")
            if name not in has:
                yield f"{here}: removed"
            else:
                yield from self.compare(here, schema, has[name])
        for name in new.get("required", []):
            if name not in old.get("required", []):
                yield f"{place}.{name}".lstrip(".") + ": is now required"

    def _options(self, place: str, old: Json, new: Json) -> Iterator[str]:
        """Everything that one of the old options allowed, one of the new options allows."""
        for option in old.get("anyOf", [old]):
            if not any(self._reads(option, other) for other in new.get("anyOf", [new])):
                yield f"{place or 'body'}: an alternative is gone or narrower"
        yield from (f"{place or 'body'}: {what}" for what in _other_default(old, new))

    def _reads(self, old: Json, new: Json) -> bool:
        return next(self.compare("", old, new), None) is None


def _followed(schema: Json, document: Json) -> Json:
    """The schema a reference means, with what stands beside the reference."""
    while "$ref" in schema:
        beside = {key: value for key, value in schema.items() if key != "$ref"}
        schema = document["$defs"][schema["$ref"].rsplit("/", 1)[1]] | beside
    return schema


def _narrowed(old: Json, new: Json) -> Iterator[str]:
    if _fits_all(new, _values(old)):
        yield from _other_default(old, new)
        return
    if not _types(old) <= _types(new):
        yield f"type {old.get('type')} is now {new.get('type')}"
    if (allowed := _values(new)) is not None:
        kept = _values(old)
        if kept is None or any(value not in allowed for value in kept):
            yield "fewer values are allowed"
    yield from (f"{key} is higher" for key in FLOORS if new.get(key, float("-inf")) > old.get(key, float("-inf")))
    yield from (f"{key} is lower" for key in CEILINGS if new.get(key, float("inf")) < old.get(key, float("inf")))
    yield from (f"{key} is another" for key in EXACT if key in new and new[key] != old.get(key))
    if (
        new.get("additionalProperties") is False
        and old.get("additionalProperties") is not False
        and "properties" in old
    ):
        yield "unknown fields are no longer allowed"
    yield from _other_default(old, new)


def _fits_all(new: Json, values: list[Any] | None) -> bool:
    """Whether a text is bounded so that each of the few values fits that it had to be one of."""
    if values is None or new.get("type") != "string" or _values(new) is not None or "format" in new:
        return False
    shortest, longest = new.get("minLength", 0), new.get("maxLength", float("inf"))
    is_like = re.compile(new.get("pattern", "")).search
    return all(isinstance(one, str) and shortest <= len(one) <= longest and is_like(one) for one in values)


def _other_default(old: Json, new: Json) -> Iterator[str]:
    """Leaving a field out would come to mean something else."""
    if "default" in old and ("default" not in new or old["default"] != new["default"]):
        yield "default is another"


def _types(schema: Json) -> set[str]:
    """`integer` is among the numbers; no type is every type."""
    stated = schema.get("type", ["array", "boolean", "integer", "null", "number", "object", "string"])
    types = {stated} if isinstance(stated, str) else set(stated)
    return types | {"integer"} if "number" in types else types


def _values(schema: Json) -> list[Any] | None:
    if "const" in schema:
        return [schema["const"]]
    values: list[Any] | None = schema.get("enum")
    return values
