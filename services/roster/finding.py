"""What the roster keeps under some words: items of the guide, issues, lessons, activities, ideas, certificates."""

from __future__ import annotations

from services.roster.duty.model import Idea
from services.roster.learning.model import Activity, Certificate, Lesson, Subplan
from services.roster.learning.reads import certificates_open_to
from services.roster.meetings.issues import page_of as issue_page
from services.roster.meetings.model import Issue, Process
from shared.asks.search import FoundItem, FoundKind
from shared.database.documents import COUNTS
from shared.pages.chinese import day_text
from shared.pages.words import name_of
from shared.web.searching import kept_under
from shared.web.visit import Visit


async def found(here: Visit, words: str) -> list[FoundKind]:
    """By a part of the title, and certificates by number."""

    def titled(one: Activity | Idea | Subplan) -> FoundItem:
        name = name_of(one.organisation, here.roster, here.today)
        day = f"，{day_text(one.day)}" if one.day else ""
        return FoundItem(title=one.title, url=f"{PLACES[type(one)]}/{one.id}", note=f"{name}{day}")

    return [
        FoundKind(kind="服务指南事项", items=await kept_under(here, Process, "name", words, {}, process)),
        FoundKind(kind="议题", items=await kept_under(here, Issue, "title", words, {}, issue)),
        FoundKind(kind="党课", items=await kept_under(here, Lesson, "title", words, STANDS, lesson)),
        FoundKind(kind="活动", items=await kept_under(here, Activity, "title", words, dict(COUNTS), titled)),
        FoundKind(kind="意见建议", items=await kept_under(here, Idea, "title", words, dict(COUNTS), titled)),
        FoundKind(kind="改革子方案", items=await kept_under(here, Subplan, "title", words, dict(COUNTS), titled)),
        FoundKind(kind="证书", items=await _certificates(here, words)),
    ]


STANDS = {"cancelled": {"$ne": True}}
PLACES: dict[type, str] = {Activity: "/roster/activities", Idea: "/roster/ideas", Subplan: "/roster/subplans"}


def process(one: Process) -> FoundItem:
    """An item of the guide."""
    return FoundItem(title=one.name, url=f"/roster/guide/{one.id.split('/', 1)[1]}")


def issue(one: Issue) -> FoundItem:
    """An issue of a joint meeting."""
    return FoundItem(title=one.title, url=issue_page(one))


def lesson(one: Lesson) -> FoundItem:
    """A lesson."""
    return FoundItem(title=one.title, url=f"/roster/lessons/{one.id.split('/', 1)[1]}", note=day_text(one.day))


async def _certificates(here: Visit, words: str) -> list[FoundItem]:
    people = await here.parts.people.current()

    def certificate(one: Certificate) -> FoundItem:
        return FoundItem(
            title=one.number, url=f"/roster/certificates/{one.id}", note=people.name_of(one.person) or one.person
        )

    among = {**COUNTS, **certificates_open_to(here.reading)}
    return await kept_under(here, Certificate, "number", words, among, certificate)
