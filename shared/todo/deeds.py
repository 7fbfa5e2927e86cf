"""What is done to a task in its row and is no submission: somebody is reminded, what was refused is put aside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from shared.identity.audit import AuditKind
from shared.identity.reading import SENT
from shared.todo.aside import ASIDE, MOST_REASON, REASON, TAKE_UP, asides, put_aside, take_up
from shared.todo.asking import TodoQuestion, own_part
from shared.todo.kinds import TaskKind
from shared.todo.list import MOST
from shared.todo.pages import Kinds, acting_here
from shared.todo.refused import REFUSED
from shared.todo.reminding import REMIND, remind, reminds
from shared.todo.returning import Deed, returns_to
from shared.todo.tasks import Tab, Task
from shared.web.auditing import audited
from shared.web.posted import posted
from shared.web.reading import NotYours, reads
from shared.web.signing_in import SignInNeeded
from shared.web.visit import Here, Visit

MOST_BYTES = 64 * 1024
router = APIRouter(prefix="/todo")


@router.post(f"/{REMIND}", response_model=None, dependencies=[reads(SENT)])
async def send_reminder(request: Request, here: Here, kinds: Kinds) -> Response:
    """Of what waits for somebody else, by whoever is above; once a working day."""
    said, acting = await _said(request, here), acting_here(here)
    if not reminds(acting):
        raise NotYours
    task = await _listed(here, kinds, said, Tab.ALL, Tab.COPIED)
    if not task.whose:
        raise HTTPException(404)
    is_first = await remind(here.parts.db, task.id, acting, here.now)
    if is_first:
        audited(request.scope, AuditKind.TODO, f"reminded {here.parts.service} {task.id}")
    return _back(request, here, Deed.REMINDED if is_first else Deed.TODAY, task.url)


@router.post(f"/{ASIDE}", response_model=None, dependencies=[reads(SENT)])
async def lay_aside(request: Request, here: Here, kinds: Kinds) -> Response:
    """One's own that was refused, with a reason."""
    said = await _said(request, here)
    task = await _listed(here, kinds, {**said, "kind": REFUSED.slug}, Tab.MINE)
    reason = " ".join(said.get(REASON, "").split())
    if not 0 < len(reason) <= MOST_REASON:
        return _back(request, here, Deed.LONG if reason else Deed.NO_REASON, task.url)
    await put_aside(here.parts.db, task.id, acting_here(here), here.now, reason)
    audited(request.scope, AuditKind.TODO, f"put-aside {here.parts.service} {task.id}")
    return _back(request, here, Deed.ASIDE, task.url)


@router.post(f"/{TAKE_UP}", response_model=None, dependencies=[reads(SENT)])
async def take_it_up(request: Request, here: Here) -> Response:
    """What one's own organisation put aside waits again."""
    id = (await _said(request, here)).get("task", "")
    found = (await asides(here.parts.db, [id])).get(id)
    if found is None or found.by != here.who:
        raise HTTPException(404)
    await take_up(here.parts.db, id)
    audited(request.scope, AuditKind.TODO, f"taken-up {here.parts.service} {id}")
    return _back(request, here, Deed.TAKEN_UP, f"/{here.parts.service}/submissions/{id}")


async def _said(request: Request, here: Visit) -> Mapping[str, str]:
    if here.who is None:
        raise SignInNeeded(f"/{here.parts.service}/todo")
    async with posted(request, MOST_BYTES) as sent:
        return dict(sent.entered.values)


async def _listed(here: Visit, kinds: Sequence[TaskKind], said: Mapping[str, str], *tabs: Tab) -> Task:
    """The task that is meant, as it waits now in one of these lists of whoever asks; nothing else is theirs to do."""
    for tab in tabs:
        question = TodoQuestion(acting=acting_here(here), now=here.now, tab=tab, only=said.get("kind", ""), most=MOST)
        part = await own_part(here.parts, kinds, question)
        if task := next((one for one in part.tasks if one.id == said.get("task")), None):
            return task
    raise HTTPException(404)


def _back(request: Request, here: Visit, deed: Deed, item: str) -> Response:
    did = {"did": here.parts.marks.put(deed, "todo", here.who or "")}
    to = returns_to(request, item, did) or f"/{here.parts.service}/todo?{urlencode(did)}"
    return RedirectResponse(to, 303)
