"""A document of finished values: whatever a writer prints stands here, and no rule is left to it.

Its canonical JSON is what is sealed, attached to the PDF and given to programs; the same sheet gives the same bytes.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    SerializerFunctionWrapHandler,
    model_serializer,
    model_validator,
)

from shared.dates import day_text
from shared.events.vocabulary import ReportKind

TEMPLATE = "1"
"""Which making of pages a sheet was printed by: raised whenever the same sheet would give other pages."""
LONGEST = 4_000
"""Characters of a paragraph."""
MOST_BLOCKS, MOST_ROWS, MOST_ITEMS = 400, 500, 200

NO_WORDS = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff]+")
"""Characters that no format holds."""


def _without_controls(words: str) -> str:
    """A line's end is a space: where lines end is said by blocks."""
    return NO_WORDS.sub(" ", words).strip(" ") if NO_WORDS.search(words) else words


Words = Annotated[str, Field(max_length=LONGEST), AfterValidator(_without_controls)]
Name = Annotated[str, Field(max_length=200), AfterValidator(_without_controls)]


class Layout(StrEnum):
    """How its pages are laid out: a red-headed document by GB/T 9704-2012, or an electronic page without a head."""

    OFFICIAL = "official"
    ELECTRONIC = "electronic"


class _Part(BaseModel):
    """Kept without what is only a default, so that a name added later leaves the bytes of older sheets as they are."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_serializer(mode="wrap")
    def _said(self, whole: SerializerFunctionWrapHandler) -> dict[str, Any]:
        known, kept = type(self).model_fields, whole(self)
        return {
            name: value
            for name, value in kept.items()
            if name in ("kind", "template") or getattr(self, name) != known[name].default
        }


class Run(_Part):
    """Words of a paragraph; a `link` leads to the facts of the number that they say."""

    text: Words
    link: Name = ""


class Paragraph(_Part):
    """Words that stand together; `is_note` is printed small, below a table."""

    kind: Literal["paragraph"] = "paragraph"
    runs: tuple[Run, ...] = Field(max_length=200)
    is_note: bool = False

    @classmethod
    def of(cls, text: str, is_note: bool = False) -> Self:
        """Of words without a link."""
        return cls(runs=(Run(text=text),), is_note=is_note)

    @property
    def text(self) -> str:
        """All of its words."""
        return "".join(run.text for run in self.runs)


class Heading(_Part):
    """一、 is level 1, （一） 2, 1. 3, （1） 4 (GB/T 9704-2012, 7.3.3); its number stands in its text."""

    kind: Literal["heading"] = "heading"
    level: int = Field(ge=1, le=4)
    text: Name


class CellKind(StrEnum):
    """What a cell holds: words; a number, which stands right; or a day."""

    WORDS = "words"
    NUMBER = "number"
    DAY = "day"


class SheetCell(_Part):
    """`text` is what is printed; `value` is that as a number, `day` as a day; `link` leads to its facts."""

    text: Words
    kind: CellKind = CellKind.WORDS
    value: float | None = None
    day: date | None = None
    link: Name = ""
    spans: int = Field(default=1, ge=1, le=20)


class SheetRow(_Part):
    """Cells from left to right; `is_group` names the rows below it and spans them all."""

    cells: tuple[SheetCell, ...] = Field(min_length=1, max_length=20)
    is_group: bool = False


class SheetTable(_Part):
    """Heads, and rows of as many columns; `widths` are shares of the page's width."""

    kind: Literal["table"] = "table"
    caption: Name
    heads: tuple[Name, ...] = Field(min_length=1, max_length=20)
    widths: tuple[Annotated[int, Field(ge=1, le=100)], ...] = Field(min_length=1, max_length=20)
    rows: tuple[SheetRow, ...] = Field(max_length=MOST_ROWS)

    @model_validator(mode="after")
    def _fills_its_columns(self) -> Self:
        across = {sum(cell.spans for cell in row.cells) for row in self.rows}
        if len(self.widths) != len(self.heads) or across - {len(self.heads)}:
            raise ValueError("widths and each row fill the columns")
        return self


class Series(_Part):
    """Numbers of one look, one for each category; None where there is none."""

    name: Name
    values: tuple[float | None, ...] = Field(max_length=40)


class SheetChart(_Part):
    """Bars side by side in `categories`, from 0 to `most`."""

    kind: Literal["chart"] = "chart"
    title: Name
    categories: tuple[Name, ...] = Field(min_length=1, max_length=40)
    series: tuple[Series, ...] = Field(min_length=1, max_length=4)
    most: float = Field(default=100, gt=0)

    @model_validator(mode="after")
    def _has_a_bar_in_each(self) -> Self:
        if any(len(one.values) != len(self.categories) for one in self.series):
            raise ValueError("each series has a value or none for each category")
        return self


class Item(_Part):
    """One thing that is to be put right: what, what is required, by whom, by which day; a `link` leads to it."""

    text: Words
    link: Name = ""
    responsible: Name = ""
    due: date | None = None

    @property
    def said(self) -> str:
        """In one sentence after the other: 责任单位：…；完成时限：2018年4月10日。"""
        more = [f"责任单位：{self.responsible}"] if self.responsible else []
        more += [f"完成时限：{day_text(self.due)}"] if self.due else []
        return self.text + (f"（{'；'.join(more)}）" if more else "")


class Items(_Part):
    """A numbered list: problems, requirements or opinions; its numbers are given by their order."""

    kind: Literal["items"] = "items"
    items: tuple[Item, ...] = Field(max_length=MOST_ITEMS)


Block = Annotated[Paragraph | Heading | SheetTable | SheetChart | Items, Field(discriminator="kind")]


class Annex(_Part):
    """附件: on pages of its own behind the signature."""

    title: Name
    blocks: tuple[Block, ...] = Field(max_length=MOST_BLOCKS)


class Sheet(_Part):
    """A document; what is empty is left out on every format.

    `made` is the instant that its files bear, so that they are the same whenever they are made.
    """

    id: Name
    report_kind: ReportKind
    period: Name
    organisation: Name
    layout: Layout
    issuer: Name
    """The issuing body as the red head says it."""
    number: Name = ""
    """发文字号, with its year in 〔〕, or 电子反馈 2018年第3期."""
    title: Name
    title_lines: tuple[Name, ...] = Field(default=(), max_length=6)
    """The title where it is broken between words; in one where this says nothing."""
    mark: Name = ""
    """更正第1次; below the title."""
    to: Name
    blocks: tuple[Block, ...] = Field(max_length=MOST_BLOCKS)
    annexes: tuple[Annex, ...] = Field(default=(), max_length=20)
    signed: Name
    """署名."""
    issued: date | None = None
    """成文日期: the day of signing; none on a draft."""
    contact: Name = ""
    """附注 （联系人：…，电话：…）, below the date."""
    copies_to: tuple[Name, ...] = Field(default=(), max_length=20)
    printed_by: Name = ""
    printed_on: date | None = None
    as_of: Name = ""
    """截至: up to when its figures were counted."""
    made: datetime
    template: str = TEMPLATE

    def canonical(self) -> bytes:
        """Its JSON with sorted names and no spaces, in UTF-8."""
        kept = self.model_dump(mode="json")
        return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
