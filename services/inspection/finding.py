"""What inspection keeps under some words: findings by what they are, plans and checklists by name."""

from __future__ import annotations

from services.inspection.patrols.model.checklists import Checklist
from services.inspection.patrols.reads import checklists, plans_of
from services.inspection.rectifications.board import page_of, state
from services.inspection.rectifications.model import Rectification
from shared.asks.search import MOST, FoundItem, FoundKind
from shared.pages.chinese import day_text
from shared.pages.words import name_of
from shared.web.searching import kept_under
from shared.web.visit import Visit


async def found(here: Visit, words: str) -> list[FoundKind]:
    """The newest findings first."""

    def rectification(one: Rectification) -> FoundItem:
        name = name_of(one.organisation, here.roster, one.found)
        note = f"{name}，{day_text(one.found)}发现，{state(one, here.today).word}"
        return FoundItem(title=one.item, url=page_of(one.organisation, one.rectification), note=note)

    county = here.parts.settings.county
    rectified = await kept_under(here, Rectification, "item", words, {"county": county}, rectification)
    plans = (await plans_of(here.parts.db, county)).on(here.today).values()
    kept = [FoundItem(title=one.name, url=f"/inspection/plans/{one.plan}") for one in plans if words in one.name]
    lists = [_checklist(one) for one in await checklists(here.parts.db, county)]
    return [
        FoundKind(kind="整改事项", items=rectified, all_url="/inspection/rectifications"),
        FoundKind(kind="巡查计划", items=kept[:MOST]),
        FoundKind(kind="检查表", items=[one for one in lists if words in one.title][:MOST]),
    ]


def _checklist(one: Checklist) -> FoundItem:
    return FoundItem(title=one.versions[-1].name, url=f"/inspection/checklists/{one.checklist}")
