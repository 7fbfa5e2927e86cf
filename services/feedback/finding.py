"""What feedback keeps under some words: reports and assessments of units by name, of those who may read them."""

from __future__ import annotations

from typing import Any

from services.feedback.assessment.model import Assessed
from services.feedback.assessment.pages import PAGE, open_to
from services.feedback.assessment.words import grade_state, points_text
from services.feedback.awards.model import Nomination
from services.feedback.awards.nomination_list import PAGE as NOMINATIONS
from services.feedback.awards.nomination_list import open_to as nominations_open_to
from services.feedback.awards.nomination_list import state_of
from services.feedback.awards.words import award_name, receiver
from services.feedback.reports import periods
from services.feedback.reports.model import STANDS, Report
from shared.asks.search import MOST, FoundItem, FoundKind
from shared.countys_own import own
from shared.database.kept import every_document
from shared.events.vocabulary import Catalogue
from shared.identity.reading import REPORTS
from shared.pages.words import name_of, names_on
from shared.web.persons import Persons, persons
from shared.web.searching import kept_under
from shared.web.visit import Visit


async def found(here: Visit, words: str) -> list[FoundKind]:
    """The newest periods first."""
    among: dict[str, Any] = {**here.reading.filter(REPORTS), **STANDS}
    return [
        FoundKind(kind="报告", items=await kept_under(here, Report, "name", words, among, report)),
        FoundKind(kind="考核", items=await kept_under(here, Assessed, "name", words, open_to(here), assessed)),
        FoundKind(kind="荣誉推荐", items=await _nominations(here, words)),
    ]


async def _nominations(here: Visit, words: str) -> list[FoundItem]:
    """By what they are for: the name of the award, of the organisation or of the person, as far as it may be read."""
    everybody = await persons(here)
    awards = [entry for entry, name in own().listed(Catalogue.AWARD).items() if words in name]
    units = [code for code, name in names_on(here.roster, here.today).items() if words in name]
    people = [person for staff in everybody.people for person, name in staff.names.items() if words in name]
    asked = [{"award": {"$in": awards}}, {"organisation": {"$in": units}}, {"person": {"$in": people}}]
    wanted = {"$and": [nominations_open_to(here), {"$or": asked}]}
    newest = (("day", -1), ("_id", 1))
    found = [one async for one in every_document(here.parts.db, Nomination, wanted, newest, MOST)]

    def nominated(one: Nomination) -> FoundItem:
        title = f"{receiver(here, everybody, one)}：{award_name(one)}"
        return FoundItem(title=title, url=f"{NOMINATIONS}/{one.id}", note=state_of(one, here).word)

    return [nominated(one) for one in found if _may_be_found(here, everybody, one, words)]


def _may_be_found(here: Visit, everybody: Persons, one: Nomination, words: str) -> bool:
    """A name that whoever looks does not read finds nothing."""
    said = (award_name(one), name_of(one.organisation, here.roster, here.today), receiver(here, everybody, one))
    return any(words in each for each in said)


def report(one: Report) -> FoundItem:
    """A report as a document."""
    return FoundItem(title=one.name, url=f"/feedback/reports/{one.id}", note=periods.in_chinese(one.period))


def assessed(one: Assessed) -> FoundItem:
    """A unit's assessment in a period."""
    said = f"{periods.in_chinese(one.period)}考核，{points_text(one.result.score)}分，{grade_state(one.result).word}"
    return FoundItem(title=one.name, url=f"{PAGE}/{one.id}", note=said)
