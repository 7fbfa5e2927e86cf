"""After an action in the list: back to it, at the next task, with what happened in a sentence and how to undo it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import urlencode

from fastapi import Request

from shared.bus.verdicts import verdict_on
from shared.events import Submission
from shared.events.labels import TYPES
from shared.events.withdrawals import NEVER_TAKEN_BACK, TAKEN_BACK_BY
from shared.pages.chinese import SERVICES
from shared.patience import is_fault
from shared.todo.aside import MOST_REASON
from shared.todo.list import BACK, THEN
from shared.web.told import PENDING, Told, named, verdict_in_words
from shared.web.visit import Visit

DONE = "done"
"""What the list says of it, as an address names the place: in sight, with the task that follows below."""
OF_ALL = "|".join(SERVICES)
IS_LIST = re.compile(rf"/({OF_ALL})/todo(\?[a-z0-9&=-]*)?").fullmatch
IS_ANCHOR = re.compile(r"t-[0-9a-f]{12}").fullmatch
IS_ITEM = re.compile(rf"/({OF_ALL})(/[A-Za-z0-9_-]+)+").fullmatch
"""The page of what was dealt with."""


def returns_to(request: Request, item: str, more: Mapping[str, str] = {}) -> str:
    """Where the form of an item leads: to the list that it was sent from, at the task that follows; or to its page."""
    back, then = (request.query_params.get(name, "") for name in (BACK, THEN))
    if not IS_LIST(back):
        return "" if more else item
    asked = {"item": item, **({THEN: then} if IS_ANCHOR(then) else {}), **more}
    return f"{back}{'&' if '?' in back else '?'}{urlencode(asked)}#{DONE}"


class Deed(StrEnum):
    """What was done to a task that is no submission."""

    REMINDED = "reminded"
    TODAY = "today"
    ASIDE = "aside"
    NO_REASON = "no-reason"
    LONG = "long"
    TAKEN_UP = "taken-up"


SAID: Mapping[str, Told] = {
    Deed.REMINDED: Told("已催办", "good", ("对方的待办中已经注明。每个工作日可以催办一次。",)),
    Deed.TODAY: Told("今天已经催办过", "warn", ("每个工作日催办一次，下一个工作日可以再次催办。",)),
    Deed.ASIDE: Told("不再办理", "good", ("已经移出待办，在“我办过的”中可以查看、恢复。",)),
    Deed.NO_REASON: Told("请填写不再办理的理由", "warn", ("没有填写理由，该事项仍在待办中。",)),
    Deed.LONG: Told("不再办理的理由过长", "warn", (f"理由不超过{MOST_REASON}字，请精简后再次提交。",)),
    Deed.TAKEN_UP: Told("已恢复办理", "good", ("该事项回到“等我办”。",)),
}


class WayOn(NamedTuple):
    """A link behind the sentence."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class JustDone:
    """What the list says first after a form that was sent from it."""

    told: Told
    ways: tuple[WayOn, ...] = ()


async def just_done(here: Visit, sent: str, item: str, did: str = "") -> JustDone | None:
    """By the submission or the deed in the address, for whoever it was written; nothing when there is none."""
    if did and here.who:
        told = SAID.get(here.parts.marks.read(did, "todo", here.who))
        return JustDone(told, (WayOn("查看该事项", item),) if IS_ITEM(item) else ()) if told else None
    id = named(here.parts, here.who, sent)
    if here.who is None or not id:
        return None
    try:
        verdict = await verdict_on(here.parts.bus, here.who, id)
    except Exception as error:
        if not is_fault(error):
            raise
        return JustDone(PENDING)
    told = verdict_in_words(verdict)
    if verdict is None:
        return JustDone(told)
    called = replace(told, word=f"{TYPES.get(verdict['type'], '')}{told.word}")
    seen = (WayOn("查看该事项", item),) if IS_ITEM(item) else ()
    return JustDone(called, (*seen, *(_ways_back(verdict["type"], f"{here.who}/{id}", item) if told.accepted else ())))


def _ways_back(type_name: str, key: str, item: str) -> tuple[WayOn, ...]:
    """What is taken back by a submission of its own is so on its own page."""
    kind = Submission.registry.get(type_name)
    if kind is None or type_name in NEVER_TAKEN_BACK:
        return ()
    if other := TAKEN_BACK_BY.get(type_name):
        return (WayOn(f"有误的，{TYPES[other]}", item),) if IS_ITEM(item) else ()
    return (WayOn("有误的，撤回", f"/{kind.service}/submissions/{key}/withdraw"),)
