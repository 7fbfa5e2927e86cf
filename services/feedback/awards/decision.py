"""The decision by which an award was granted (表彰决定), as a paper; a sheet of finished values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import NamedTuple

from services.feedback.papers.sheet import Block, Layout, Paragraph, Sheet
from shared.calendar import CHINA
from shared.dates import day_text
from shared.events.vocabulary import AwardObject, ReportKind

TO = "各成员党组织："
HONOURED = {
    AwardObject.PERSON: "同志",
    AwardObject.PARTY_MEMBER: "同志",
    AwardObject.AGENT: "同志",
}
"""What follows a name; a window and an organisation are called by theirs alone."""


class Decided(NamedTuple):
    """What a decision says: who was given what by which nomination, how long that was public, on which day."""

    nomination: str
    organisation: str
    unit: str
    receiver: str
    given_to: AwardObject
    award: str
    public_from: date
    public_until: date
    granted: date
    committee: str
    number: str


def decision(one: Decided) -> Sheet:
    """As it was granted; one from before decisions were numbered bears no number."""
    title = (one.committee, f"关于授予“{one.award}”称号的决定")
    return Sheet(
        id=one.nomination,
        report_kind=ReportKind.ANNUAL,
        period=str(one.granted.year),
        organisation=one.organisation,
        layout=Layout.OFFICIAL,
        issuer=one.committee,
        number=one.number,
        title="".join(title),
        title_lines=title,
        to=TO,
        blocks=tuple(_said(one)),
        signed=one.committee,
        issued=one.granted,
        printed_by=f"{one.committee}办公室",
        printed_on=one.granted,
        made=datetime.combine(one.granted, time(9), CHINA),
    )


def _said(one: Decided) -> Iterator[Block]:
    public = f"{day_text(one.public_from)}至{day_text(one.public_until)}"
    yield Paragraph.of(f"经推荐、资格审核、评审，并于{public}公示，联合党委决定：")
    honoured = one.unit + one.receiver + HONOURED[one.given_to] if one.given_to in HONOURED else one.receiver
    yield Paragraph.of(f"授予{honoured}“{one.award}”称号。")
    yield Paragraph.of(
        "希望受到表彰的珍惜荣誉、再接再厉。各成员党组织要学习先进，规范服务，提高效率，方便企业和群众办事。"
    )
