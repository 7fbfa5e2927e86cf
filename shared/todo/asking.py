"""How services ask one another for their parts of what waits, and a page puts all of them together."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from shared.asks.asked_by import AskedBy
from shared.asks.bus import Asking, answers, asked, within
from shared.identity.reading import OWN
from shared.process.running import Running
from shared.services import SERVICES
from shared.todo.done import done_by
from shared.todo.kinds import AskedTasks, TaskKind, part_of
from shared.todo.tasks import Gathered, Tab, TodoPart
from shared.web.visit import Visit, asking_of

WAIT = 1.0
"""Seconds for which a service is waited for, the own one too."""


class TodoQuestion(BaseModel):
    """Who asks, as of when, and for what of which list."""

    acting: AskedBy
    now: datetime
    tab: Tab = Tab.MINE
    only: str = ""
    """The slug of one kind; empty for all."""
    most: int = 0
    with_tabs: bool = False
    """Whether it is said as well how much every list holds."""


TODO: Mapping[str, Asking[TodoQuestion, TodoPart]] = {
    service: Asking(service, "todo", TodoQuestion, TodoPart, WAIT) for service in SERVICES
}


async def own_part(parts: Running, kinds: Sequence[TaskKind], question: TodoQuestion) -> TodoPart:
    """What this service itself tells."""
    here = await asking_of(parts, question.acting, question.now)
    tabs = Tab if question.with_tabs else (question.tab,)
    known = dict[str, Any]()
    found = {tab: await _list(here, kinds, tab, question, known) for tab in tabs}
    if not question.with_tabs:
        return found[question.tab]
    return found[question.tab].model_copy(update={"tabs": {tab: part.count for tab, part in found.items()}})


async def _list(
    here: Visit, kinds: Sequence[TaskKind], tab: Tab, question: TodoQuestion, known: dict[str, Any]
) -> TodoPart:
    """One list; of others than the one that is asked for how much it holds."""
    most = question.most if tab is question.tab else 0
    if tab is Tab.DONE:
        return await done_by(here, most)
    asked = kinds if tab is Tab.MINE or here.reading.reader.reads(OWN) else ()
    return await part_of(here.parts.service, asked, AskedTasks(here, tab, most, known), question.only)


async def gathered(parts: Running, kinds: Sequence[TaskKind], question: TodoQuestion) -> Gathered:
    """All services' parts: this one's own and, at the same time, those of the others as far as they answer."""
    others = [one for one in SERVICES if one != parts.service]
    own, *found = await asyncio.gather(
        within(TODO[parts.service].wait, own_part(parts, kinds, question)),
        *(asked(parts, TODO[one], question) for one in others),
    )
    by = {parts.service: own, **dict(zip(others, found, strict=True))}
    answered = [part for service in SERVICES if (part := by[service]) is not None]
    return Gathered(answered, [service for service in SERVICES if by[service] is None])


def tells(parts: Running, kinds: Sequence[TaskKind]) -> Coroutine[Any, Any, None]:
    """The other services' questions are answered until it is cancelled."""

    async def part(parts: Running, question: TodoQuestion) -> TodoPart:
        return await own_part(parts, kinds, question)

    return answers(parts, TODO[parts.service], part)
