"""The forms of turns: one is planned, and changed before it begins; what is done in it, and ideas, are recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from services.roster.duty.model import Turn, TurnWork
from shared.database.kept import document, documents
from shared.database.mongo import Database
from shared.dates import turn_text
from shared.events.roster import IdeaSubmitted, PlanTurn, RecordTurnWork, SubmitIdea, TurnPlanned
from shared.events.vocabulary import MOST_TITLE, Catalogue
from shared.forms import Field, Form, Kind, Rows
from shared.forms.listed import listed, with_unit
from shared.pipeline.decisions import Original, fact_of
from shared.roster.organisations import Organisation, Roster, county_of, of_county
from shared.web.records.correctable import Reported, Rewriting, of_facts

HOLDERS = 6
"""Rows that are offered; 2018's largest joint turn had as many. More that were entered are shown."""
ONE_DAY = timedelta(days=1)
TERM = 3
"""Months, by the committee's rule."""
TERM_FIELDS = (
    Field("begins", "开始日期", hint="每月1日。"),
    Field("months", "任期", unit="个月", required=True, hint="1至12，一般为3。"),
    Field("theme", "主题", hint=f"不超过{MOST_TITLE}字。"),
)


@dataclass(frozen=True, slots=True)
class Planning:
    """Who may hold a turn, which turns there are to be planned, and when the next one begins."""

    members: Mapping[str, str] = field(default_factory=dict)
    turns: Mapping[str, str] = field(default_factory=dict)
    begins: date | None = None

    @property
    def begun(self) -> Mapping[str, str]:
        """As the form opens."""
        begins = self.begins.isoformat() if self.begins else ""
        return {"turn": next(iter(self.turns), ""), "begins": begins, "months": str(TERM)}


def planning(members: Mapping[str, str], planned: Iterable[Turn], today: date) -> Planning:
    """The next term follows the last that is planned; without one, or after a gap, it begins with the next month."""
    turns = list(planned)
    after = max((one.ends + ONE_DAY for one in turns), default=today)
    begins = after if after > today else (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    years = (begins.year, begins.year + 1)
    free = [f"{year}-{_next_number(turns, year)}" for year in years]
    return Planning(members, {one: turn_text(one) for one in free}, begins)


def _next_number(turns: Iterable[Turn], year: int) -> int:
    names = (one.id.split("/", 1)[1].split("-") for one in turns)
    return max((int(number) for of, number in names if int(of) == year), default=0) + 1


def holder_rows(names: Any) -> Rows:
    """Whoever is chosen from these in the context."""
    note = "一个单位为轮值，几个单位为联值。"
    return Rows("holders", "轮值单位", HOLDERS, (Field("", "单位", Kind.CHOICE, names, empty="请选择"),), note=note)


PLAN = Form(
    PlanTurn,
    "plan",
    "安排轮值",
    "安排",
    (
        Field("turn", "期次", Kind.CHOICE, lambda planning: planning.turns if planning else {}, empty="请选择"),
        holder_rows(lambda planning: planning.members if planning else {}),
        *TERM_FIELDS,
    ),
    lead="期次、开始日期和任期按上一期推算，可以改。开始前一日为止可以更改、取消。",
)
CHANGE = Form(
    PlanTurn,
    "change-turn",
    "更改轮值安排",
    "提交更改",
    (holder_rows(lambda names: names or {}), *TERM_FIELDS),
    given=("turn",),
    lead="更改受理后，以更改后的安排为准；开始之后不能再更改。",
)


WORK = Form(
    RecordTurnWork,
    "work",
    "登记轮值工作",
    "登记",
    (
        Field("turn", "期次", Kind.HIDDEN),
        listed("work", "工作", Catalogue.WORK, with_unit),
        Field("quantity", "数量", hint="按所选工作的单位填写，至少1。"),
        Field("note", "说明"),
    ),
    asks_when="完成时间",
    is_counted=True,
)
IDEA = Form(
    SubmitIdea,
    "idea",
    "登记意见建议",
    "提交",
    (Field("turn", "期次", Kind.HIDDEN), Field("title", "意见建议", hint=f"不超过{MOST_TITLE}字，一条一登。")),
    is_counted=True,
)
CHANGE_WORK = replace(WORK, key="change-work", title="更正轮值工作", button="提交更正")
CHANGE_IDEA = replace(IDEA, key="change-idea", title="更正意见建议", button="提交更正")


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
    return members(roster, turn.county, day, turn.holders)


def members(roster: Roster, county: str, day: date, holders: Iterable[str] = ()) -> dict[str, str]:
    """The committee's members on a day by name, and whoever holds already."""
    kept = set(holders)
    known = ((one.id, roster.known(one.id, day)) for one in roster if county_of(one.id) == county)
    return {code: stood.name for code, stood in known if stood and (stood.committee_member or code in kept)}


async def _work(db: Database, original: Original) -> Reported:
    kept = await document(db, TurnWork, original.key)
    return Reported(kept.model_dump(mode="json", include={"turn", "work", "quantity", "note"}) if kept else {})


def _idea(original: Original) -> Mapping[str, Any]:
    return fact_of(original, IdeaSubmitted).model_dump(mode="json", include={"turn", "title"})


CHANGING = Rewriting(CHANGE, _read, is_of_now=True)
CHANGING_WORK = Rewriting(CHANGE_WORK, _work)
CHANGING_IDEA = Rewriting(CHANGE_IDEA, of_facts(_idea))
