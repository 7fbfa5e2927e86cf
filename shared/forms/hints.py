"""What stands under the label of a field: as declared, or within what it is taken."""

from __future__ import annotations

from shared.forms.declared import Kind
from shared.forms.entries import shortened
from shared.forms.layout import FormEntry
from shared.forms.ticked import TicksEntry
from shared.pages.chinese import grouped

BEYOND_REACH = 1_000_000
"""A number that nobody comes near is no hint."""


def hint(entry: FormEntry) -> str:
    """As declared, else within what the model takes it."""
    if entry.lack is not None:
        return entry.lack.hint
    if entry.kind is Kind.TEXT and entry.is_open:
        return entry.unlisted
    return entry.field.hint or _limits(entry)


def hint_of_ticks(entry: TicksEntry) -> str:
    """As declared, else how many may be ticked where that is fewer than there are."""
    most = entry.bounds.items
    limits = f"最多选择{most}项。" if most is not None and most < len(entry.items) else ""
    return entry.ticks.hint or limits


def _limits(entry: FormEntry) -> str:
    bounds = entry.bounds
    if entry.kind is Kind.LONG and bounds.longest:
        return f"不超过{bounds.longest}字。"
    if entry.kind not in (Kind.WHOLE, Kind.HUNDREDTHS) or bounds.least is None or bounds.most is None:
        return ""
    said = shortened if entry.kind is Kind.HUNDREDTHS else grouped
    return f"{said(bounds.least)}至{said(bounds.most)}。" if bounds.most < BEYOND_REACH else ""
