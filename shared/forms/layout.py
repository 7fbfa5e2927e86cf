"""A form as it stands in its context: which sections it has now, and where each of its entries belongs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from shared.forms.bounds import ANY, Bounds, bounds_of
from shared.forms.declared import (
    YES_OR_NO,
    Context,
    Field,
    Form,
    Group,
    Kind,
    Marks,
    Names,
    Part,
    Photos,
    Remark,
    Rows,
    Ticks,
    item_path,
    kind_of,
)
from shared.forms.entered import Values
from shared.forms.lacking import Lack
from shared.forms.ticked import TicksEntry

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class FormEntry:
    """A field in its place: what it is called there, what may be chosen, and within what it has to be."""

    field: Field
    path: Path
    kind: Kind
    bounds: Bounds
    choices: Names
    where: str = ""
    """The row that it belongs to, to be said before its name: 问题1的."""
    unlisted: str = ""
    """The hint while there is nothing to choose from."""
    context: Context = None

    @property
    def name(self) -> str:
        """In the page: findings-0-item."""
        return name_of(self.path)

    @property
    def is_needed(self) -> bool:
        """Whether leaving it empty is wrong."""
        return self.field.required or self.bounds.required

    @property
    def is_open(self) -> bool:
        """Whether what may be chosen is known only in the context, so that what was chosen before stays."""
        return callable(self.field.choices)

    @property
    def lack(self) -> Lack | None:
        """What is missing, where nothing can be chosen because of it."""
        return self.field.lacks if self.kind is Kind.CHOICE and not self.choices else None

    def called(self, value: str) -> str:
        """A choice by its name, also one that is offered no more."""
        return self.choices.get(value) or self.field.called(self.context, value)

    @property
    def named(self) -> str:
        """As a sentence says it."""
        return f"{self.where}“{self.field.label}”"


ShownPart = FormEntry | TicksEntry | Photos | Remark


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under one title; a row of a list is folded, and wanted only when something was entered in it."""

    title: str
    parts: tuple[ShownPart, ...]
    note: str = ""
    row: Path = ()
    """Where its item would be in a list; empty for what is no row."""
    is_brief: bool = False

    @property
    def entries(self) -> list[FormEntry]:
        """Each of one value."""
        return [one for one in self.parts if isinstance(one, FormEntry)]

    @property
    def filled(self) -> list[FormEntry | TicksEntry]:
        """Without photos and remarks."""
        return [one for one in self.parts if isinstance(one, (FormEntry, TicksEntry))]

    def is_touched(self, values: Values) -> bool:
        """Whether a person entered anything: what stood there in the empty form is nothing."""
        entered = ((values.get(one.name, "").strip(), one.field.default) for one in self.entries)
        return any(text not in ("", default) for text, default in entered)


def name_of(path: Path) -> str:
    """The name of a field in the page."""
    return "-".join(map(str, path))


def sections(form: Form, context: Context, values: Values) -> list[Section]:
    """In their order; fields outside every group stand in sections without a title."""
    return list(_sections(form, context, values))


def _sections(form: Form, context: Context, values: Values) -> Iterator[Section]:
    for part in form.parts:
        if not part.when(context):
            continue
        match part:
            case Group():
                title = part.title(context) if callable(part.title) else part.title
                yield Section(title, tuple(_parts(form, part.parts, context)))
            case Rows():
                yield from (_row(form, part, n, context) for n in range(_rows(form, part, values)))
            case _:
                yield Section("", tuple(_parts(form, [part], context)))


def _parts(form: Form, parts: Sequence[Part], context: Context) -> Iterator[ShownPart]:
    for part in parts:
        if not part.when(context):
            continue
        match part:
            case Field():
                yield _entry(form, part, tuple(part.path.split(".")), part.path, context)
            case Marks():
                yield from _marks(form, part, context)
            case Ticks():
                yield TicksEntry(part, bounds_of(form.model, part.path), tuple(part.items(context)), context)
            case _:
                yield part


def _entry(form: Form, field: Field, path: Path, asked: str, context: Context, where: str = "") -> FormEntry:
    bounds = _narrowed(bounds_of(form.model, asked), field.most)
    choices = _distinct(field.choices(context)) if callable(field.choices) else field.choices
    if bounds.type == "boolean":
        choices = choices or YES_OR_NO
    kind = kind_of(field, bounds)
    if kind is Kind.CHOICE and field.unlisted and not choices:
        kind = Kind.TEXT
    unlisted = field.unlisted(context) if callable(field.unlisted) else field.unlisted
    return FormEntry(field, path, kind, bounds, choices, where, unlisted, context)


def _narrowed(bounds: Bounds, most: int | None) -> Bounds:
    """A rule may take less than the model."""
    return bounds if most is None else replace(bounds, most=most)


def _marks(form: Form, marks: Marks, context: Context) -> Iterator[FormEntry]:
    for key, label, remark in marks.items(context):
        field = Field("", label, Kind.RADIOS, marks.choices, hint=remark, required=True)
        yield _entry(form, field, (*marks.path.split("."), key), f"{marks.path}.{ANY}", context)


def _row(form: Form, rows: Rows, n: int, context: Context) -> Section:
    row: Path = (*rows.path.split("."), n)
    title = f"{rows.title}{n + 1}"
    entries = [
        _entry(form, one, (*row, *filter(None, one.path.split("."))), item_path(rows, one), context, f"{title}的")
        for one in rows.fields
        if one.when(context)
    ]
    return Section(title, tuple(entries), "" if n else rows.note, row, rows.is_brief)


def overfull(form: Form, context: Context, values: Values) -> Iterator[tuple[Rows, int]]:
    """Rows of which more were entered than their list may have, and how many it may have: these are not shown."""
    for rows in form.parts:
        if isinstance(rows, Rows) and rows.when(context):
            most = _most(form, rows)
            if any(_row(form, rows, n, context).is_touched(values) for n in _numbers(rows, values) if n >= most):
                yield rows, most


def unfilled(form: Form, context: Context, values: Values) -> Iterator[tuple[Rows, FormEntry]]:
    """Rows of which fewer were entered than their list must have, and where the next would be."""
    for rows in form.parts:
        if isinstance(rows, Rows) and rows.when(context):
            offered = [_row(form, rows, n, context) for n in range(_rows(form, rows, values))]
            empty = [one for one in offered if not one.is_touched(values)]
            if empty and len(offered) - len(empty) < bounds_of(form.model, rows.path).fewest:
                yield rows, empty[0].entries[0]


def _rows(form: Form, rows: Rows, values: Values) -> int:
    """As many as are offered, or more when more were entered; never more than the list may have."""
    return min(max(rows.count, *(n + 1 for n in _numbers(rows, values)), 0), _most(form, rows))


def _numbers(rows: Rows, values: Values) -> set[int]:
    begins = re.compile(re.escape(rows.path.replace(".", "-")) + r"-([0-9]{1,3})(?:-|$)").match
    return {int(found[1]) for name in values if (found := begins(name))}


def _most(form: Form, rows: Rows) -> int:
    return bounds_of(form.model, rows.path).items or rows.count


def _distinct(offered: Names) -> Names:
    """Where several read alike each says in their order which of them it is."""
    times, so_far = Counter(offered.values()), Counter[str]()
    apart: dict[str, str] = {}
    for value, name in offered.items():
        so_far[name] += 1
        apart[value] = f"{name}（同名第{so_far[name]}项）" if times[name] > 1 else name
    return apart
