"""Whatever a person may submit a page offers: each type has a form where a route takes it, or a reason for none."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

import pytest
from fastapi import APIRouter

import services
from shared.events import Submission
from shared.forms import Form
from shared.services import SERVICES

BY_THE_CLOCK = frozenset(
    {
        "close-day",
        "close-period",
        "mark-documents-overdue",
        "mark-appraisals-overdue",
        "mark-overdue",
        "mark-unanswered",
        "rotate-duty",
        "settle-answer-days",
        "settle-deadlines",
        "settle-due-days",
        "settle-patrol-days",
    }
)
"""Ticks: what is due is due, whoever looks."""
BY_A_PROGRAM: Mapping[str, str] = {
    "enrol-station": "a station's program brings the key that it has made on its own PC",
    "issue-token": "the operator's command makes the token and shows it once, where a program is set up",
    "note-connected": "the watch notes that a station is heard of again",
    "note-disconnected": "the watch notes that a station is not heard of",
    "renew-token": "a program renews its own token",
    "revoke-token": "the operator's command makes a token void, at the same place where it is issued",
}
"""Each with the reason for which no person sends it from a page."""
ON_EVERY_RECORD = frozenset(f"withdraw-from-{service}" for service in SERVICES)
"""The page of each record offers them (`shared/web/records`): such a form is made for the type that it takes back."""


def modules() -> Iterator[ModuleType]:
    """Of every service of the county; a station's own pages are on its PC."""
    for module in pkgutil.walk_packages(services.__path__, "services."):
        is_of_a_station = module.name.startswith("services.station")
        if not is_of_a_station and module.name.rpartition(".")[2] != "__main__":
            yield importlib.import_module(module.name)


def takes_forms(module: ModuleType) -> bool:
    """Whether a route of its own is posted to."""
    router = vars(module).get("router")
    return isinstance(router, APIRouter) and any("POST" in getattr(one, "methods", ()) for one in router.routes)


def forms_in(value: Any) -> Iterator[Form]:
    """A form, or those of a map."""
    if isinstance(value, Form):
        yield value
    elif isinstance(value, Mapping):
        yield from (one for one in value.values() if isinstance(one, Form))


def offered() -> dict[str, list[str]]:
    """The types whose forms a module with such a route names, and which modules these are."""
    found: dict[str, list[str]] = {}
    for module in modules():
        if takes_forms(module):
            for form in (one for value in vars(module).values() for one in forms_in(value)):
                found.setdefault(form.submission.type, []).append(module.__name__)
    return found


def without_a_form(types: set[str]) -> set[str]:
    """Of these what a person may submit and cannot from a page."""
    return types - {*offered(), *BY_THE_CLOCK, *BY_A_PROGRAM, *ON_EVERY_RECORD}


def test_whatever_a_person_may_submit_has_a_form() -> None:
    assert without_a_form({*Submission.registry}) == set(), "give it a form on its page (CONTRIBUTING.md)"


def test_a_type_that_nobody_thought_of_is_found() -> None:
    """The control."""
    assert without_a_form({"submit-idea", "swap-turns"}) == {"swap-turns"}


@pytest.mark.parametrize("named", [BY_THE_CLOCK, {*BY_A_PROGRAM}, ON_EVERY_RECORD])
def test_what_is_listed_there_is(named: set[str]) -> None:
    assert named <= {*Submission.registry}


def test_what_a_program_sends_no_form_offers() -> None:
    assert {*offered()} & {*BY_THE_CLOCK, *BY_A_PROGRAM} == set()
