"""The body of a message as the data of an event."""

from __future__ import annotations

from typing import TypeVar

from pydantic import ValidationError

from shared.events.encodings import NoUtf8, in_utf8
from shared.events.misread import Unfit, misread
from shared.events.registry import EventData, Fact

E = TypeVar("E", bound=EventData)


def data_in(kind: type[E], body: bytes) -> E:
    """What is no JSON is looked at once more: it may be in another encoding.

    A submission says nothing that is not known, for it would be lost; a fact may come from a later release.
    """
    try:
        return kind.model_validate_json(body, extra="ignore" if issubclass(kind, Fact) else None)
    except ValidationError as error:
        plain = _plain(body)
        if plain != body:
            return data_in(kind, plain)
        raise misread(error) from error


def _plain(body: bytes) -> bytes:
    try:
        return in_utf8(body)
    except NoUtf8 as no:
        raise Unfit(f"body: Invalid JSON: {no.named}", str(no)) from no
