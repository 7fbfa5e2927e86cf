"""查找, on every page: units, persons and pages are known everywhere, and each service tells what it keeps.

A service that does not answer in time is named; what the others found is shown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from shared.asks.bus import answers, asked
from shared.asks.search import MOST, SEARCHES, FoundItem, FoundKind, SearchAsked, SearchFound
from shared.countys_own import in_own_words
from shared.database.documents import T
from shared.database.kept import every_document
from shared.events.labels import POSTS
from shared.identity.acting import Acting
from shared.identity.reading import PEOPLE, REPORTS, SIGNED_IN
from shared.pages.chinese import SERVICES
from shared.pages.navigation import open_to
from shared.pages.words import kind_word, name_of, names_on
from shared.process.running import Running
from shared.web.asking import OwnPages, SignedIn
from shared.web.boards import saying
from shared.web.parameters import WordsAsked
from shared.web.reading import reads
from shared.web.visit import Here, Visit, asking_of

Searching = Callable[[Visit, str], Awaitable[list[FoundKind]]]
"""A service's own part: what it keeps under such words, of what whoever looks may read."""
SHORTEST = 2
"""Letters, below which nearly everything would be found; one Chinese one says as little."""
router = APIRouter()


@router.get("/search", dependencies=[reads(SIGNED_IN)])
async def search(here: Here, pages: OwnPages, who: SignedIn, q: WordsAsked = "") -> HTMLResponse:
    """What is found under the words, by kind."""
    words = q.strip()
    found, missing = await _everywhere(here, who, words) if len(words) >= SHORTEST else ([], [])
    return pages.render(
        "search.html",
        words=words,
        is_short=0 < len(words) < SHORTEST,
        kinds=found,
        missing="、".join(SERVICES[one] for one in missing),
    )


async def _everywhere(here: Visit, who: str, words: str) -> tuple[list[FoundKind], list[str]]:
    """Own knowledge first; services in the order of the table."""
    question = SearchAsked(words=words, acting=here.acting or Acting(who), now=here.now)
    parts = await asyncio.gather(*(_part(here, service, question) for service in SEARCHES))
    known = [*_units(here, words), *_places(here, words), *await _people(here, words)]
    found = [kind for part in parts if part is not None for kind in part.kinds]
    missing = [service for service, part in zip(SEARCHES, parts, strict=True) if part is None]
    return [kind for kind in (*known, *found) if kind.items], missing


async def _part(here: Visit, service: str, question: SearchAsked) -> SearchFound | None:
    if service != here.parts.service:
        return await asked(here.parts, SEARCHES[service], question)
    return await _own(here.parts, question)


def searched(parts: Running) -> Coroutine[Any, Any, None]:
    """Among what runs beside the pages of a service: the others' questions are answered."""
    return answers(parts, SEARCHES[parts.service], _own)


async def _own(parts: Running, question: SearchAsked) -> SearchFound:
    """As if whoever asks looked at this service's pages."""
    own: Searching | None = parts.searches
    if own is None:
        return SearchFound()
    here = await asking_of(parts, question.acting, question.now)
    return SearchFound(kinds=[kind for kind in await own(here, question.words) if kind.items])


def _units(here: Visit, words: str) -> Iterator[FoundKind]:
    """By a part of the name, or by code; those that stand first."""
    called = names_on(here.roster, here.today)
    found = [code for code, name in called.items() if words in name or words in code]
    found.sort(key=lambda code: (here.roster.standing(code, here.today) is None, len(called[code]), code))
    items = [_unit(here, code, called[code]) for code in found[:MOST]]
    yield FoundKind(
        kind="单位", items=items, all_url=f"/roster/organisations?{urlencode({'words': words})}" if items else ""
    )


def _unit(here: Visit, code: str, name: str) -> FoundItem:
    """Its page of figures for those who may read them, else what the roster says of it."""
    may, known = here.reading.may(REPORTS, code), here.roster.known(code, here.today)
    url = f"/feedback/organisations/{code}" if may else f"/roster/organisations/{code}"
    above = name_of(known.parent, here.roster, here.today) if known and known.parent else ""
    kind = kind_word(known.kind) if known else ""
    return FoundItem(title=name, url=url, note="，".join(one for one in (kind, above, code) if one))


def _places(here: Visit, words: str) -> Iterator[FoundKind]:
    """Pages by name."""
    opening = open_to(here.who or "", here.parts.settings.county, here.reading.reader.posts)
    items = [
        FoundItem(title=name, url=one.url, note=in_own_words(one.page.says))
        for one in opening
        if words in (name := in_own_words(one.page.name))
    ]
    yield FoundKind(kind="栏目", items=items[:MOST])


async def _people(here: Visit, words: str) -> list[FoundKind]:
    """By a part of the name, of those whose names whoever looks may read."""
    people, items = await here.parts.people.current(), list[FoundItem]()
    for staff in people:
        if not here.reading.may(PEOPLE, staff.id):
            continue
        for person, name in sorted(staff.names.items(), key=lambda one: one[1]):
            if words in name:
                posts = "、".join(POSTS[one.held.post] for one in people.posts(person, here.today, here.roster))
                home = name_of(staff.id, here.roster, here.today)
                note = f"{home}{posts}"
                items.append(FoundItem(title=name, url=f"/roster/people/{person}", note=note))
    return [FoundKind(kind="人员", items=items[:MOST], all_url=f"/roster/people?{urlencode({'name': words})}")]


async def kept_under(
    here: Visit,
    kind: type[T],
    field: str,
    words: str,
    among: dict[str, Any],
    item: Callable[[T], FoundItem],
) -> list[FoundItem]:
    """Some of the documents in whose field the words stand."""
    found = every_document(here.parts.db, kind, {**among, **saying(field, words)}, (("_id", -1),), MOST)
    return [item(one) async for one in found]
