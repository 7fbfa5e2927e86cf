"""The page 开始使用: where a county lands while nothing is registered, and from which it goes on step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from services.feedback.county.start import Begun, SetUp, set_up
from services.feedback.measures.model import MonthlyDocument
from services.feedback.places import PAGES
from shared.bus.streams import FACTS
from shared.events import Fact
from shared.events.enrolment import StationEnrolled
from shared.events.inspection import InspectionLogged
from shared.events.vocabulary import OrganisationKind
from shared.identity.reading import COMMITTEE
from shared.pages.chinese import month_text, time_text
from shared.pages.words import name_of
from shared.web.first_page import START
from shared.web.reading import reads
from shared.web.unless_away import unless_away
from shared.web.visit import Here, Visit

router = APIRouter()


@router.get(START, dependencies=[reads(COMMITTEE)])
async def start(here: Here) -> HTMLResponse:
    """How far the county is, the next step first."""
    return PAGES.render("start.html", "start", seen=set_up(await begun(here)))


async def still_to_do(here: Visit) -> SetUp | None:
    """What the county itself is reminded of; nothing once all is done, or while it cannot be said."""
    if not here.reading.may(COMMITTEE, here.parts.settings.county):
        return None
    has = await unless_away(begun(here))
    seen = set_up(has) if has else None
    return seen if seen and seen.coming else None


async def begun(here: Visit) -> Begun:
    """As the roster, the persons, the facts and the months have it now."""
    county, people = here.parts.settings.county, await here.parts.people.current()
    enrolled, patrolled = [await _first(here, kind) for kind in (StationEnrolled, InspectionLogged)]
    return Begun(
        county=county,
        is_founded=here.roster.organisation(county) is not None,
        organisations=sum(one.id != county for one in here.roster),
        people=sum(len(one.names) for one in people),
        station=_first_village(here),
        enrolled=f"{enrolled}登记" if enrolled else await _reported(here),
        patrolled=f"{patrolled}检查" if patrolled else "",
        figures=await _months(here),
    )


async def _first(here: Visit, kind: type[Fact]) -> str:
    """Of facts of a kind the first: whom it is about, and when."""
    message = await here.parts.bus.next(FACTS.name, f"fact.{kind.type}.*", 0)
    if message is None:
        return ""
    called = name_of(message.subject.rpartition(".")[2], here.roster, here.today)
    return f"{called}{time_text(message.headers['ce-time'])}"


async def _reported(here: Visit) -> str:
    """A station without a PC that reports by the pages is in as well."""
    found = await _month(here, "self-checks", {"path": {"$regex": "/[0-9]{12}$"}})
    return f"{name_of(found.path.rpartition('/')[2], here.roster, here.today)}已用网页报送" if found else ""


async def _months(here: Visit) -> str:
    found = await _month(here, "inspections", {})
    return f"{month_text(found.month)}起有数据" if found else ""


async def _month(here: Visit, measure: str, more: Mapping[str, Any]) -> MonthlyDocument | None:
    """The first month in which there is something of a measure."""
    wanted = {"county": here.parts.settings.county, f"add.{measure}": {"$gt": 0}, **more}
    raw = await here.parts.db[MonthlyDocument.collection].find_one(wanted, sort=[("month", 1)])
    return MonthlyDocument.stored(raw) if raw else None


def _first_village(here: Visit) -> str:
    stood = ((one.id, one.on(here.today)) for one in here.roster)
    villages = (code for code, now in stood if now is not None and now.kind is OrganisationKind.VILLAGE)
    return min(villages, default="")
