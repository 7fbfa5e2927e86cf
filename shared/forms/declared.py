"""What a form is declared of. A path names a value of the submission; bounds are the model's, never written again.

A declaration that names what the submission does not have, or leaves out what it needs, is an error where it is made.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from shared.events import Submission
from shared.events.reasonable import Unreasonable
from shared.forms.bounds import ANY, Bounds, UnknownPath, bounds_of, left_out
from shared.forms.choosing import Choosing as Choosing
from shared.forms.choosing import Context as Context
from shared.forms.choosing import Marks as Marks
from shared.forms.choosing import Names as Names
from shared.forms.choosing import Ticks as Ticks
from shared.forms.choosing import When, always, as_it_stands
from shared.forms.lacking import Lack
from shared.forms.sentences import Wrong

Choices = Names | Callable[[Context], Names]
YES_OR_NO = {"yes": "是", "no": "否"}
"""The choices of what is true or false; other words may be declared for the same two."""
LONG_FROM = 300
"""Characters from which a text has several lines."""


class Kind(StrEnum):
    """How a value is entered; unless it is declared it follows from the model."""

    TEXT = "text"
    LONG = "long"
    WHOLE = "whole"
    HUNDREDTHS = "hundredths"
    """97.5 for 9750: points and yuan."""
    CHOICE = "choice"
    RADIOS = "radios"
    SUGGESTED = "suggested"
    """Text, with choices offered."""
    DAY = "day"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Field:
    """One value. `sentence` is said when it does not have its pattern, instead of the general one.

    `default` stands in an empty form and is nothing that a person entered. `empty` is what choosing nothing is called.
    `unlisted` is the hint under a text that takes the place of a choice as long as there is nothing to choose from.
    """

    path: str
    label: str
    kind: Kind | None = None
    choices: Choices = field(default_factory=dict)
    hint: str = ""
    unit: str = ""
    default: str = ""
    required: bool = False
    """Asked for although the model has a default."""
    sentence: str = ""
    empty: str = ""
    unlisted: str | Callable[[Context], str] = ""
    lacks: Lack | None = None
    """What is said of a choice as long as there is nothing to choose from."""
    called: Callable[[Context, str], str] = as_it_stands
    """What is chosen already and is offered no more, as people call it."""
    when: When = always
    most: int | None = None
    """What its rule takes at most, where that is less than the model's."""


@dataclass(frozen=True, slots=True)
class Photos:
    """Pictures that were sent or saved beside the submission, by their SHA-256: a list, or the one that is meant."""

    path: str = "photos"
    label: str = "照片"
    upload: str = ""
    """Where one is sent ahead while the form is filled in; the form then carries its digest."""
    when: When = always


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence among the fields."""

    text: str
    when: When = always


Part = Field | Marks | Ticks | Photos | Remark
EnteredPart = Field | Marks | Ticks | Photos


@dataclass(frozen=True, slots=True)
class Group:
    """What belongs together under a title, which may follow from the context."""

    title: str | Callable[[Context], str]
    parts: Sequence[Part]
    when: When = always


@dataclass(frozen=True, slots=True)
class Rows:
    """The same fields for each item of a list; `count` rows are offered, and as many shown as were entered.

    A list of plain values has one field, with an empty path.

    A row in which a person entered anything is an item. Each is folded, for who needs it, and titled with its number;
    `note` stands above them. Of many that are begun with, `is_brief` keeps each folded until it is wanted, titled with
    what stands in its first field.
    """

    path: str
    title: str
    count: int
    fields: Sequence[Field]
    note: str = ""
    when: When = always
    is_brief: bool = False


Complete = Callable[[Context, Mapping[str, Any]], Mapping[str, Any]]
Foresees = Callable[[Context, Any, datetime], Unreasonable | None]
"""What of a submission that happened then its rule would refuse, as far as is known where the form is."""
Becomes = Callable[[Context, Any], Submission | Wrong]
"""From what was entered to the submission, where that says it otherwise; or what is wrong with it."""


@dataclass(frozen=True)
class Form:
    """One way to make a submission. Each path of its model is a field, `given` by the page, or `completed`.

    `complete` is asked once every field is right: from the context and what was entered it makes what follows from it,
    which takes its place beside it. `asks_when` is the label under which a person says when it happened; without it, it
    happened when the form was opened. What it `foresees` is said at the field, and not sent.
    Where the submission says otherwise what is entered, as what it seals, a form `enters` a model of its own, which
    then `becomes` it. Of what `is_counted` each is one more, and the same again within minutes is asked about; the rest
    is refused a second time by its rule, or may be done as often as one likes.
    """

    submission: type[Submission]
    key: str
    title: str
    button: str
    parts: Sequence[Part | Group | Rows] = ()
    lead: str = ""
    given: Sequence[str] = ()
    completed: Sequence[str] = ()
    complete: Complete | None = None
    asks_when: str = ""
    is_counted: bool = False
    foresees: Foresees | None = None
    enters: type[BaseModel] | None = None
    becomes: Becomes | None = None

    def __post_init__(self) -> None:
        """Raises `UnknownPath` for what the submission does not have, and for what it needs and would not get."""
        for part, path in self.places():
            _check(self.model, part, path)
        for path in (*self.given, *self.completed):
            bounds_of(self.model, path)
        if left := left_out(self.model, [*(path for _, path in self.places()), *self.given, *self.completed]):
            raise UnknownPath(f"the form {self.key} leaves out {', '.join(left)} of {self.model.__name__}")

    @property
    def model(self) -> type[BaseModel]:
        """Of what is entered."""
        return self.enters or self.submission

    def places(self) -> Iterator[tuple[EnteredPart, str]]:
        """What is entered, with its path; a star where there are several."""
        for part in self.parts:
            if isinstance(part, Rows):
                yield from ((one, item_path(part, one)) for one in part.fields)
            else:
                inner = part.parts if isinstance(part, Group) else [part]
                yield from ((one, _path(one)) for one in inner if not isinstance(one, Remark))

    @property
    def photos(self) -> Photos | None:
        """Where its pictures go."""
        return next((part for part, _ in self.places() if isinstance(part, Photos)), None)


def item_path(rows: Rows, field: Field) -> str:
    """A value of every item."""
    return ".".join((rows.path, ANY, field.path)).rstrip(".")


def _path(part: EnteredPart) -> str:
    return f"{part.path}.{ANY}" if isinstance(part, Marks) else part.path


def _check(submission: type[BaseModel], part: EnteredPart, path: str) -> None:
    bounds = bounds_of(submission, path)
    if bounds.type not in _types(part, bounds):
        raise UnknownPath(f"{path} of {submission.__name__} is not one value")
    if isinstance(part, Ticks) and bounds_of(submission, f"{path}.{ANY}").type != "string":
        raise UnknownPath(f"{path} of {submission.__name__} is no list of texts")
    choices = {} if isinstance(part, (Photos, Ticks)) or callable(part.choices) else part.choices
    if bounds.among and (unknown := sorted(choices.keys() - set(bounds.among))):
        raise UnknownPath(f"{path} of {submission.__name__} is never {', '.join(unknown)}")


def _types(part: EnteredPart, bounds: Bounds) -> Collection[str]:
    """In JSON, of what such a part enters."""
    if isinstance(part, Ticks):
        return ("array",)
    return ("array", "string") if isinstance(part, Photos) else {bounds.type} - {"array", "object"}


def kind_of(field: Field, bounds: Bounds) -> Kind:
    """As declared, else as the model suggests."""
    if field.kind is not None:
        return field.kind
    if bounds.among or field.choices or bounds.type == "boolean":
        return Kind.CHOICE
    if bounds.type == "integer":
        return Kind.WHOLE
    if bounds.format == "date":
        return Kind.DAY
    return Kind.LONG if (bounds.longest or 0) >= LONG_FROM else Kind.TEXT


def most_photos(form: Form, part: Photos) -> int | None:
    """How many the model takes: of a value that is no list, one."""
    bounds = bounds_of(form.model, part.path)
    return bounds.items if bounds.type == "array" else 1
