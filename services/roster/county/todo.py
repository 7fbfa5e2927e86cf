"""What waits of what is the county's own: a catalogue in which nothing is listed, for of it nothing can be chosen."""

from __future__ import annotations

from services.roster.county.catalogue_pages import page_of
from shared.events.refusals import WORDS
from shared.events.roster import EnterInCatalogue
from shared.events.vocabulary import Catalogue
from shared.roster.committees import catalogues_of
from shared.todo.kinds import NOTHING_FOUND, AskedTasks, FoundTasks, TaskKind
from shared.todo.tasks import Task


async def to_list(asked: AskedTasks) -> FoundTasks:
    """By the committee, once its county is registered."""
    roster = asked.here.roster
    listed = {one.catalogue for one in catalogues_of(roster, asked.county)}
    missing = [one for one in Catalogue if one not in listed] if asked.county in roster else []
    if not missing or not asked.is_committees(EnterInCatalogue):
        return NOTHING_FOUND
    return asked.cut([_task(one) for one in missing])


def _task(catalogue: Catalogue) -> Task:
    name = WORDS["catalogue"][catalogue]
    return Task(
        id=f"catalogue-{catalogue}",
        title=f"登记{name}目录",
        says="登记以前，填表时没有可选的",
        url=page_of(catalogue),
        button="登记",
    )


TASKS = (TaskKind("catalogues", "本县目录", to_list),)
