"""The form by which a planned turn is changed before it begins."""

from __future__ import annotations

from datetime import date

from services.roster.duty.model import Turn
from shared.database.kept import document, documents
from shared.database.mongo import Database
from shared.events.roster import PlanTurn, TurnPlanned
from shared.forms import Field, Form, Kind, Rows
from shared.pipeline.decisions import Original, fact_of
from shared.roster.organisations import Organisation, Roster, county_of, of_county
from shared.web.records.correctable import Reported, Rewriting

HOLDERS = 6
"""Rows that are offered; 2018's largest joint turn had as many. More that were entered are shown."""
CHANGE = Form(
    PlanTurn,
    "change-turn",
    "更改轮值安排",
    "提交更改",
    (
        Rows(
            "holders", "轮值单位", HOLDERS, (Field("", "单位", Kind.CHOICE, lambda names: names or {}, empty="请选择"),)
        ),
        Field("begins", "开始日期", hint="每月1日。"),
        Field("months", "任期", unit="个月", required=True),
        Field("theme", "主题"),
    ),
    given=("turn",),
    lead="更改受理后，以更改后的安排为准；开始之后不能再更改。",
)


async def _read(db: Database, original: Original) -> Reported:
    fact = fact_of(original, TurnPlanned)
    turn = await document(db, Turn, of_county(original.organisation, fact.turn))
    if turn is None or turn.cancelled or turn.begins != fact.begins:
        return Reported()
    said = turn.model_dump(mode="json", include={"holders", "begins", "months", "theme"})
    return Reported({"turn": fact.turn, **said}, await _members(db, turn, original.day))


async def _members(db: Database, turn: Turn, day: date) -> dict[str, str]:
    """Who may be chosen, by code: the committee's members, and whoever is planned."""
    roster = Roster({one.id: one for one in await documents(db, Organisation, {})})
    known = ((one.id, roster.known(one.id, day)) for one in roster if county_of(one.id) == turn.county)
    return {code: stood.name for code, stood in known if stood and (stood.committee_member or code in turn.holders)}


CHANGING = Rewriting(CHANGE, _read, is_of_now=True)
