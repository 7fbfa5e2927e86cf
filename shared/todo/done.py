"""What whoever looks has submitted lately (我办过的): a person what bears its id, else all of the organisation's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shared.calendar import china_day
from shared.pages.chinese import time_text
from shared.pages.words import name_of
from shared.pipeline.ledger import Entry, ledger
from shared.todo.aside import PutAside, asides, take_up_form
from shared.todo.tasks import KindCount, Task, TodoPart
from shared.web.records.lookup import IN_CONFIDENCE
from shared.web.records.showing import called
from shared.web.visit import Visit

LATELY = timedelta(days=90)
"""What is older stands among the records (报送记录)."""
PUT_ASIDE = ("不再办理", "")
STATES = {"accepted": ("已受理", "good"), "refused": ("退回更正", "bad")}


async def done_by(here: Visit, most: int) -> TodoPart:
    """The newest first; how many there are is said of all."""
    wanted, service = _by(here), here.parts.service
    kept = ledger(here.parts.db)
    count = await kept.count_documents(wanted)
    tasks = list[Task]()
    if most and count:
        newest = kept.find(wanted).sort([("received", -1), ("_id", -1)]).limit(most)
        entries = await newest.to_list(None)
        aside = await asides(here.parts.db, [one["_id"] for one in entries])
        tasks = [_task(here, entry, aside.get(entry["_id"])) for entry in entries]
    counts = (KindCount(slug=service, name=service, count=count),)
    return TodoPart(service=service, kinds=counts, tasks=tuple(tasks))


def _by(here: Visit) -> dict[str, Any]:
    """A submission's key begins with its submitter: no index is kept for those of an organisation."""
    lately = {"received": {"$gt": here.now - LATELY}}
    if here.acting is not None and here.acting.person:
        return {"actor": here.acting.person, **lately}
    return {"_id": {"$gte": f"{here.who}/", "$lt": f"{here.who}0"}, "type": {"$nin": IN_CONFIDENCE}, **lately}


def _task(here: Visit, entry: Entry, aside: PutAside | None) -> Task:
    about = name_of(entry["organisation"], here.roster, here.today)
    return Task(
        id=entry["_id"],
        title=f"{called(entry['type'])}：{about}",
        says=f"{time_text(entry['received'])}报送" + (f"，不再办理：{aside.reason}" if aside else ""),
        url=f"/{here.parts.service}/submissions/{entry['_id']}",
        since=china_day(entry["received"]),
        at=entry["received"],
        state=PUT_ASIDE if aside else STATES[entry["verdict"]],
        forms=(take_up_form(here.parts.service, entry["_id"]),) if aside and aside.by == here.who else (),
    )
