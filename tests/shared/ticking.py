"""A form in which several of many are ticked, to try that part by."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from shared.events.inspection import ExtendRectification
from shared.forms import Choosing, Form, Ticks
from shared.forms import Field as FormField

MOST = 3
Draft = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]{1,20}$")]


class Batch(BaseModel):
    """What is entered: some of the drafts, and any of the copies."""

    model_config = ConfigDict(extra="forbid")

    drafts: Annotated[list[Draft], Field(min_length=1, max_length=MOST)]
    copies: list[str] = []
    note: str = ""


def becomes(_: Any, batch: BaseModel) -> ExtendRectification:
    """Anything: that the list came whole is seen by its reason."""
    assert isinstance(batch, Batch)
    said = " ".join([*batch.drafts, "|", *batch.copies])
    return ExtendRectification(rectification="00000000-0000-7000-8000-000000000001/0", working_days=1, reason=said)


HALL = Choosing("2018-03-hall", "2018年3月 大厅", "反馈表")
OFFICE = Choosing("2018-03-office", "2018年3月 窗口")
TOWNSHIP = Choosing("2018-03-township", "2018年3月 乡镇")
VILLAGE = Choosing("2018-03-village", "2018年3月 村")
DRAFTS = (HALL, OFFICE, TOWNSHIP, VILLAGE)


def batch(is_all: bool = False) -> Form:
    """Of the drafts that are the context."""
    called = {"2018-02-hall": "2018年2月 大厅"}
    return Form(
        ExtendRectification,
        "batch",
        "成批签发",
        "签发",
        (
            Ticks("drafts", "文件", lambda drafts: drafts, is_all=is_all, called=lambda _, one: called.get(one, one)),
            Ticks("copies", "抄送", lambda drafts: [Choosing("county", "县委组织部")] if drafts else []),
            FormField("note", "说明"),
        ),
        enters=Batch,
        becomes=becomes,
    )
