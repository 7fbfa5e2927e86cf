"""How services ask one another over the bus for their parts: for whom is sealed, so that nobody asks for another.

An answer that does not come within `WAIT` is not waited for: the page says which service did not answer.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

import structlog
from itsdangerous import BadData, URLSafeTimedSerializer
from nats.aio.msg import Msg
from pydantic import ValidationError

from shared.events.roster.people import Post
from shared.identity.acting import Acting
from shared.identity.reading import OWN, Reader
from shared.patience import is_fault
from shared.process.running import Running
from shared.services import SERVICES
from shared.todo.done import done_by
from shared.todo.kinds import AskedTasks, TaskKind, part_of
from shared.todo.tasks import Gathered, Tab, TodoPart
from shared.web.reading import Reading
from shared.web.visit import Visit

WAIT = 1.0
"""Seconds for which a service is waited for."""
FRESH = 30
"""Seconds for which a question holds: one that was kept on the way is no question any more."""
AT_ONCE = 4
"""Questions that a service answers at a time; those that have waited too long it leaves, for nobody waits for them."""
log = structlog.get_logger()


class TodoQuestion(NamedTuple):
    """Who asks, as of when, and for what of which list."""

    acting: Acting
    now: datetime
    tab: Tab = Tab.MINE
    only: str = ""
    """The slug of one kind; empty for all."""
    most: int = 0
    with_tabs: bool = False
    """Whether it is said as well how much every list holds."""


def asked_of(service: str) -> str:
    """The subject."""
    return f"ask.{service}.todo"


def sealed_question(question: TodoQuestion, secret: str) -> bytes:
    """As it goes over the bus."""
    acting, posts = question.acting, question.acting.posts
    said = [acting.code, acting.person, None if posts is None else sorted(posts), question.now.isoformat()]
    text = _sealing(secret).dumps([*said, question.tab, question.only, question.most, question.with_tabs])
    return text if isinstance(text, bytes) else text.encode()


def opened_question(sealed: bytes, secret: str) -> TodoQuestion | None:
    """Nothing when it was not sealed in this county, or a while ago."""
    try:
        code, person, posts, now, tab, only, most, with_tabs = _sealing(secret).loads(sealed, max_age=FRESH)
        held = None if posts is None else frozenset(Post(one) for one in posts)
        acting = Acting(code, person, held)
        return TodoQuestion(acting, datetime.fromisoformat(now), Tab(tab), only, most, with_tabs)
    except (BadData, TypeError, ValueError):
        return None


def _sealing(secret: str) -> URLSafeTimedSerializer:
    key = hmac.new(secret.encode(), b"lianban/ask", hashlib.sha256).hexdigest()
    return URLSafeTimedSerializer(key, salt="lianban/todo")


async def own_part(parts: Running, kinds: Sequence[TaskKind], question: TodoQuestion) -> TodoPart:
    """What this service itself tells."""
    here = await _here(parts, question)
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


async def _here(parts: Running, question: TodoQuestion) -> Visit:
    """As if whoever asks looked at this service's pages."""
    roster, code = await parts.roster.current(), question.acting.code
    reader = Reader(code, parts.settings.county, roster, question.now, question.acting.posts)
    return Visit(parts, roster, code, question.now, Reading(reader, cast(Any, None)), question.acting)


async def gathered(parts: Running, kinds: Sequence[TaskKind], question: TodoQuestion) -> Gathered:
    """All services' parts: this one's own and, at the same time, those of the others as far as they answer."""
    others = [one for one in SERVICES if one != parts.service]
    found = await asyncio.gather(
        _within(own_part(parts, kinds, question)), *(_within(_asked(parts, one, question)) for one in others)
    )
    by = dict(zip((parts.service, *others), found, strict=True))
    answered = [part for service in SERVICES if (part := by[service]) is not None]
    return Gathered(answered, [service for service in SERVICES if by[service] is None])


async def _within(part: Any) -> TodoPart | None:
    try:
        async with asyncio.timeout(WAIT):
            found: TodoPart = await part
            return found
    except ValidationError:
        return None
    except Exception as error:
        if not is_fault(error):
            raise
        return None


async def _asked(parts: Running, service: str, question: TodoQuestion) -> TodoPart:
    sealed = sealed_question(question, parts.settings.token_secret or "")
    answer = await parts.bus.client.request(asked_of(service), sealed, timeout=WAIT)
    if not answer.data:
        raise TimeoutError
    return TodoPart.model_validate_json(answer.data)


async def answers(parts: Running, kinds: Sequence[TaskKind]) -> None:
    """Answers the other services until it is cancelled; the client asks anew for its subject after each connection."""
    turns, secret = asyncio.Semaphore(AT_ONCE), parts.settings.token_secret
    if secret is None:
        await asyncio.Event().wait()
        return

    async def answer(message: Msg) -> None:
        question = opened_question(message.data, secret)
        if question is None:
            return
        try:
            async with asyncio.timeout(WAIT), turns:
                part = await own_part(parts, kinds, question)
                await message.respond(part.model_dump_json().encode())
        except Exception as error:
            if not is_fault(error):
                log.error("todo not answered", exc_info=error)

    asking = set[asyncio.Task[None]]()

    async def heard(message: Msg) -> None:
        """Each at once: one that takes long keeps nobody else waiting."""
        task = asyncio.create_task(answer(message))
        asking.add(task)
        task.add_done_callback(asking.discard)

    hearing = await parts.bus.client.subscribe(asked_of(parts.service), queue="todo", cb=heard)
    try:
        await asyncio.Event().wait()
    finally:
        await hearing.unsubscribe()
