"""Parts of what is kept: what a later release wrote there, and this one does not know, stays as it was written.

So a release can be gone back from, and forth again: the older one neither fails at what the newer one has added nor
takes it away by writing the rest anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer


class KeptPart(BaseModel):
    """A part of a document, or one itself."""

    model_config = ConfigDict(frozen=True, extra="allow")

    def known(self) -> Self:
        """As this release knows it, to be compared with what it would write."""
        return type(self).model_validate(self.model_dump(), extra="ignore")


class SubmittedPart(BaseModel):
    """A part of what is submitted, which a document keeps as it came: at the door what is unknown in it is an error.

    Whoever reads it from a store says `extra="allow"`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_serializer(mode="wrap")
    def _with_unknown(self, known: SerializerFunctionWrapHandler) -> dict[str, Any]:
        said: dict[str, Any] = known(self)
        return {**said, **self.__pydantic_extra__} if self.__pydantic_extra__ else said


def without_empty_unknown(part: object, said: Any) -> None:
    """Takes from what a part was dumped as what is unknown and empty: a later release's default says nothing."""
    if isinstance(part, BaseModel):
        for name in part.__pydantic_extra__ or ():
            if not said[name]:
                del said[name]
    for inner, one in _within(part, said):
        without_empty_unknown(inner, one)


def _within(part: object, said: Any) -> Iterator[tuple[object, Any]]:
    match part:
        case BaseModel():
            yield from ((value, said[name]) for name, value in part.__dict__.items() if name in said)
        case Mapping():
            yield from zip(part.values(), said.values(), strict=True)
        case tuple() | list():
            yield from zip(part, said, strict=True)
