"""What was refused and not put right yet: whoever submitted it does it again, and says it right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from shared.calendar import china_day
from shared.events import Submission
from shared.events.withdrawals import NEVER_TAKEN_BACK
from shared.pages.chinese import time_text
from shared.pages.words import acting_name, name_of
from shared.pipeline.ledger import Entry, ledger
from shared.todo.aside import aside_form, asides
from shared.todo.kinds import NOTHING_FOUND, AskedTasks, FoundTasks, TaskKind
from shared.todo.tasks import Task
from shared.web.records.showing import called

LATELY = timedelta(days=14)
"""What nobody has put right for so long is no task any more; it stays among the records."""
DONE_BEFORE = "already"
"""In the reason of what was refused for somebody had done it before: nothing is to be put right."""
MOST = 500
"""Of one look: whoever has more puts right these first."""


async def refused(asked: AskedTasks) -> FoundTasks:
    """One's own, or all of one's subtree's; not those that came once more since, as corrected, or were put aside."""
    here = asked.here
    entries = await ledger(here.parts.db).find(_wanted(asked)).sort("received", -1).to_list(MOST)
    entries = [one for one in entries if _may(asked, one)]
    if not entries:
        return NOTHING_FOUND
    over = {*await _again(asked, entries), *await asides(here.parts.db, [one["_id"] for one in entries])}
    return asked.cut([_task(asked, one) for one in entries if one["_id"] not in over])


def _wanted(asked: AskedTasks) -> dict[str, Any]:
    here, acting = asked.here, asked.here.acting
    submitters = [asked.who]
    if asked.is_all:
        submitters = [one.id for one in here.roster if asked.who in here.roster.place(one.id, here.now).split("/")]
    by = {"actor": {"$in": [acting.person, "", None]}} if acting and acting.person and not asked.is_all else {}
    lately = {"received": {"$gt": here.now - LATELY}, "type": {"$nin": sorted(NEVER_TAKEN_BACK)}}
    is_open = {"reasons.slug": {"$not": {"$regex": DONE_BEFORE}}}
    return {"verdict": "refused", "submitter": {"$in": submitters}, **lately, **is_open, **by}


def _may(asked: AskedTasks, entry: Entry) -> bool:
    """Nobody puts right what it may not submit at all; an unknown type nobody may."""
    kind = Submission.registry.get(entry["type"])
    return kind is not None and (asked.is_all or asked.here.admits(kind, entry["organisation"]))


async def _again(asked: AskedTasks, entries: Sequence[Entry]) -> set[str]:
    """Those of which something later says that it takes their place."""
    keys, places = [one["_id"] for one in entries], sorted({one["organisation"] for one in entries})
    wanted = {"organisation": {"$in": places}, "received": {"$gt": asked.here.now - LATELY}, "corrects": {"$in": keys}}
    return set(await ledger(asked.here.parts.db).distinct("corrects", wanted))


def _task(asked: AskedTasks, entry: Entry) -> Task:
    here, submitter = asked.here, entry["submitter"]
    is_others = submitter != asked.who
    return Task(
        id=entry["_id"],
        title=f"{called(entry['type'])}：{name_of(entry['organisation'], here.roster, here.today)}",
        says=f"{time_text(entry['received'])}退回：{''.join(one['zh'] for one in entry['reasons'])}",
        url=f"/{here.parts.service}/submissions/{entry['_id']}",
        button="查看原因",
        whose=acting_name(submitter, here.roster, here.today) if is_others else "",
        since=china_day(entry["received"]),
        state=("退回更正", "bad"),
        folded=(aside_form(here.parts.service, entry["_id"]),) if asked.has_forms else (),
    )


REFUSED = TaskKind("refused", "退回更正", refused)
"""Of every service."""
