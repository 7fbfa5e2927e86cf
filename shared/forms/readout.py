"""What was entered in a form, as a record says it: each field with its label, a choice by its name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shared.forms.declared import Kind
from shared.forms.layout import FormEntry, Section
from shared.forms.ticked import TicksEntry
from shared.pages.chinese import day_text

AFTER_A_NUMBER = {"工作日": "个工作日"}
"""Units that a label names otherwise."""


@dataclass(frozen=True, slots=True)
class ReadOut:
    """What belongs together: labels, each with what was entered."""

    title: str
    lines: tuple[tuple[str, str], ...]


def read_out(section: Section, values: Mapping[str, str]) -> ReadOut:
    """Of one group of a form."""
    lines = (_line(one, values) for one in section.filled)
    return ReadOut(section.title, tuple((label, said) for label, said in lines if said))


def _line(entry: FormEntry | TicksEntry, values: Mapping[str, str]) -> tuple[str, str]:
    """What is left empty or was never seen says nothing."""
    if isinstance(entry, TicksEntry):
        return entry.ticks.label, "、".join(entry.names(values))
    text = "" if entry.kind is Kind.HIDDEN else values.get(entry.name, "")
    return entry.field.label, _said(entry, text) if text else ""


def _said(entry: FormEntry, text: str) -> str:
    """As it was chosen; a day as a person says it."""
    if entry.kind is Kind.DAY:
        return day_text(text)
    said, unit = entry.called(text), entry.field.unit
    return f"{said}{AFTER_A_NUMBER.get(unit, unit)}" if said == text else said
