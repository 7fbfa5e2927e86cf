"""Rows say when they were reminded of; of what waits for others whoever may remind has a button for it."""

from __future__ import annotations

from collections.abc import Sequence

from shared.pages.words import acting_name
from shared.todo.reminding import may_remind, remind_form, reminded_text, reminders
from shared.todo.tasks import Task
from shared.web.visit import Visit


async def with_reminders(here: Visit, service: str, tasks: Sequence[Task], has_button: bool) -> list[Task]:
    """As whoever looks and those above it have reminded; nobody else's word on it is its matter."""
    if not tasks or not here.who:
        return [*tasks]
    above = {here.who, *here.roster.place(here.who, here.now).split("/")}
    found = await reminders(here.parts.db, [one.id for one in tasks], above)
    own = await reminders(here.parts.db, [one.id for one in tasks], [here.who]) if has_button else {}

    def row(one: Task) -> Task:
        last = found.get(one.id)
        said = reminded_text(last, acting_name(last.by, here.roster, here.today)) if last else ""
        mine = own.get(one.id)
        is_open = has_button and bool(one.whose) and may_remind(mine.at if mine else None, here.today)
        button = (remind_form(service, one.slug, one.id),) if is_open else ()
        return one.model_copy(update={"reminded": said, "forms": (*one.forms, *button)})

    return [row(one) for one in tasks]
