"""The page 待办 below every service, its count for the header, and a service's own part for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse

from shared.dates import weekday_text
from shared.events.vocabulary import SLUG_PATTERN
from shared.identity.acting import Acting
from shared.identity.reading import WAITS
from shared.pages.chinese import clock_text
from shared.pages.navigation import TODO
from shared.pages.words import acting_name
from shared.todo.asking import TodoQuestion, gathered, own_part
from shared.todo.kinds import TaskKind
from shared.todo.list import MOST, SIZE, ListAddress, task_list
from shared.todo.returning import just_done
from shared.todo.tasks import Gathered, Tab
from shared.todo.waiting import WaitingCounts
from shared.web.asking import OwnPages, SignedIn
from shared.web.parameters import LimitAsked, PageAsked
from shared.web.reading import reads
from shared.web.visit import Here, Visit

KindAsked = Annotated[str, Query(pattern=rf"^$|{SLUG_PATTERN}", max_length=60)]
router = APIRouter()


async def kinds_here(request: Request) -> Sequence[TaskKind]:
    """As the service gave them to `answer`."""
    found: Sequence[TaskKind] = request.app.state.todo
    return found


async def counts_here(request: Request) -> WaitingCounts:
    """Of this process."""
    found: WaitingCounts = request.app.state.waiting
    return found


Kinds = Annotated[Sequence[TaskKind], Depends(kinds_here)]
Counts = Annotated[WaitingCounts, Depends(counts_here)]


def acting_here(here: Visit) -> Acting:
    """Whoever asks, also where a program does."""
    return here.acting or Acting(here.who or "")


def _asked(here: Visit, **more: Any) -> TodoQuestion:
    return TodoQuestion(acting=acting_here(here), now=here.now, **more)


@router.get("/todo", dependencies=[reads(WAITS)])
async def todo(
    here: Here,
    who: SignedIn,
    pages: OwnPages,
    kinds: Kinds,
    counts: Counts,
    tab: Tab = Tab.MINE,
    kind: KindAsked = "",
    page: PageAsked = 1,
    sent: str = "",
    item: str = "",
    then: str = "",
    did: str = "",
) -> HTMLResponse:
    """One list of whoever is signed in; after a form of it what happened, before the task that follows."""
    most = min(page * SIZE, MOST)
    done = await just_done(here, sent, item, did)
    question = _asked(here, tab=tab, only=kind, most=most, with_tabs=True)
    found = await gathered(here.parts, kinds, question)
    if not found.silent:
        counts.learns(acting_here(here), found.of_tab(Tab.MINE))
    seen = task_list(found, ListAddress(here.parts.service, tab, kind, page), here.today)
    follows = then if any(row.task.anchor == then for row in seen.rows) else ""
    return pages.render(
        "todo.html",
        TODO,
        waiting=found.of_tab(Tab.MINE),
        seen=seen,
        done=done,
        follows=follows,
        whose=acting_name(who, here.roster, here.today),
        day=weekday_text(here.today),
        as_of=clock_text(here.now),
    )


@router.get(
    "/api/todo", summary="What waits for whoever asks at this service, with how much", dependencies=[reads(WAITS)]
)
async def part(
    here: Here, kinds: Kinds, tab: Tab = Tab.MINE, kind: KindAsked = "", limit: LimitAsked = SIZE
) -> JSONResponse:
    found = await own_part(here.parts, kinds, _asked(here, tab=tab, only=kind, most=min(limit, MOST)))
    return JSONResponse(
        found.model_dump(mode="json", exclude={"tabs": True, "tasks": {"__all__": {"forms", "folded"}}})
    )


@router.get("/api/todo/count", summary="How much waits for whoever asks, at all services", dependencies=[reads(WAITS)])
async def count(here: Here, kinds: Kinds, counts: Counts) -> dict[str, Any]:
    async def counted() -> int:
        found: Gathered = await gathered(here.parts, kinds, _asked(here))
        return found.count

    return {"count": await counts.of(acting_here(here), counted), "at": clock_text(here.now)}
