"""What is kept as a later release might have written it: with a field more in everything that has fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from pydantic import BaseModel

import services
import shared
from shared.database.documents import Document

LATER = "said-later"


def kinds_of_documents() -> dict[tuple[str, str], type[Document]]:
    """Every kind by the service that keeps it, empty where it is any, and its collection."""
    for package in (services, shared):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    return {
        (one.__module__.split(".")[1] if one.__module__.startswith("services.") else "", one.collection): one
        for one in _below(Document)
        if hasattr(one, "collection")
    }


def _below(kind: type[Document]) -> Iterator[type[Document]]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def said_later(part: object, stored: Any) -> None:
    """A field more in each part of a document, as it is stored."""
    match part:
        case BaseModel():
            stored[LATER] = {"more": [1]}
            for name in part.__dict__.keys() & stored.keys():
                said_later(part.__dict__[name], stored[name])
        case Mapping():
            for inner, one in zip(part.values(), stored.values(), strict=True):
                said_later(inner, one)
        case tuple() | list():
            for inner, one in zip(part, stored, strict=True):
                said_later(inner, one)
