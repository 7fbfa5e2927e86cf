"""Every event by its type name; a subclass registers itself by existing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict


def kebab(name: str) -> str:
    """LogInspection -> log-inspection."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def unused(type_name: str, registry: Mapping[str, object]) -> str:
    """A type name belongs to one class."""
    if type_name in registry:
        raise TypeError(f"two events are called {type_name}")
    return type_name


class EventData(BaseModel):
    """The body of one event: plain JSON, unknown fields are an error, nothing is coerced beyond JSON's own types."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, defer_build=True)

    type: ClassVar[str] = ""
    service: ClassVar[str] = ""


class UnknownType(EventData):
    """Stands for the data of a type that the service does not know: it is refused, not read."""


class Submission(EventData):
    """Something a station, an office or the clock asks a service to decide (imperative)."""

    registry: ClassVar[dict[str, type[Submission]]] = {}
    office: ClassVar[str | None] = None
    """An office that lets its holder submit for organisations outside its own subtree."""
    committee_only: ClassVar[bool] = False
    """Only the county's joint committee (and its clock) may submit it."""
    founding: ClassVar[bool] = False
    """The organisation concerned need not exist yet: the rule itself looks at who may."""
    carries_on: ClassVar[bool] = False
    """It goes on with what was begun before: the organisation concerned may have ended, who answers for it submits."""
    by_others: ClassVar[bool] = False
    """Nobody says it of itself: the rule refuses it."""
    in_confidence: ClassVar[bool] = False
    """Its record is read by whoever acted alone: nobody else reads who did it, of whom, and what became of it."""
    withdraws: ClassVar[bool] = False
    """It says nothing itself, and takes back what it corrects."""

    @classmethod
    def __pydantic_init_subclass__(
        cls,
        *,
        service: str = "",
        office: str | None = None,
        committee_only: bool = False,
        founding: bool = False,
        carries_on: bool = False,
        by_others: bool = False,
        **kwargs: Any,
    ) -> None:
        cls.type, cls.service = kebab(cls.__name__), service
        cls.office, cls.committee_only, cls.founding = office, committee_only, founding
        cls.carries_on, cls.by_others = carries_on, by_others
        Submission.registry[unused(cls.type, Submission.registry)] = cls

    def __init_subclass__(cls, **_: object) -> None:
        super().__init_subclass__()


class Fact(EventData):
    """Something a service decided, in the past tense; never changed, only followed by others."""

    registry: ClassVar[dict[str, type[Fact]]] = {}

    @classmethod
    def __pydantic_init_subclass__(cls, *, service: str = "", **kwargs: Any) -> None:
        cls.type, cls.service = kebab(cls.__name__), service
        Fact.registry[unused(cls.type, Fact.registry)] = cls

    @staticmethod
    def kept(type: str, body: str | bytes) -> Fact:
        """One that was decided, of a known type: what a later release says in it beside is not heard."""
        return Fact.registry[type].model_validate_json(body, extra="ignore")

    def __init_subclass__(cls, **_: object) -> None:
        super().__init_subclass__()
