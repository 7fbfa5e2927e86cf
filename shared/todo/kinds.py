"""How a kind of task is declared, and what its query is asked: by whom, for which list, how many."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from shared.database.documents import T
from shared.events import Submission
from shared.roster.organisations import county_of
from shared.todo.reminded import with_reminders
from shared.todo.reminding import reminds
from shared.todo.tasks import KindCount, Tab, Task, TodoPart, in_order, newest_first
from shared.web.visit import Visit

MOST_WITH_FORMS = 100
"""Tasks: a form is as long as a page of text, and an answer over the bus has an end."""
R = TypeVar("R")
Holder = Callable[[str], str | None]
"""Whose turn it is about an organisation."""


@dataclass(frozen=True, slots=True)
class FoundTasks:
    """How many there are, how many of them overdue, and the first of them."""

    count: int = 0
    overdue: int = 0
    tasks: Sequence[Task] = ()


NOTHING_FOUND = FoundTasks()


@dataclass(frozen=True, slots=True)
class AskedTasks:
    """One look at one list: the first `most` of it, or how many there are alone."""

    here: Visit
    tab: Tab
    most: int
    known: dict[str, Any] = field(default_factory=dict)
    """What was read for one list and serves the others of the same look."""

    async def once(self, what: str, read: Callable[[], Awaitable[R]]) -> R:
        """Read for whichever list asks first."""
        if what not in self.known:
            self.known[what] = await read()
        found: R = self.known[what]
        return found

    @property
    def has_forms(self) -> bool:
        """Whether what is done in the row is told with each: only of one's own, and not of a long list."""
        return self.tab is Tab.MINE and 0 < self.most <= MOST_WITH_FORMS

    @property
    def may_remind(self) -> bool:
        """Whether whoever looks reminds others of what waits for them: where a form stands in each row of theirs."""
        is_others = self.tab in (Tab.ALL, Tab.COPIED)
        return is_others and 0 < self.most <= MOST_WITH_FORMS and reminds(self.here.acting)

    @property
    def who(self) -> str:
        """The organisation that is signed in."""
        return self.here.who or ""

    @property
    def county(self) -> str:
        """That is served."""
        return self.here.parts.settings.county

    @property
    def is_all(self) -> bool:
        """Whether it is asked for all of one's own subtree, whosever turn it is and whatever one's posts."""
        return self.tab is Tab.ALL

    def is_mine(self, holder: str | None, verb: type[Submission], organisation: str) -> bool:
        """Whether it stands in this list: it is the viewer's turn and right or, of all, its own or below it."""
        if self.is_all:
            return self.who in (holder, *self._path(organisation))
        return holder == self.who and self.here.admits(verb, organisation)

    def _path(self, organisation: str) -> Sequence[str]:
        return self.here.roster.place(organisation, self.here.now).split("/")

    def places(self, verb: type[Submission], holder: Holder | None = None) -> list[str]:
        """The organisations whose tasks stand in this list, also those that have ended; done by themselves unless said.

        By code; a query asks for these alone.
        """
        turn = holder or self.answering
        codes = (one.id for one in self.here.roster if county_of(one.id) == self.county)
        return [code for code in codes if self.is_mine(turn(code), verb, code)]

    def answering(self, code: str) -> str:
        """Who answers for an organisation now: itself, while it stands."""
        return self.here.roster.answering(code, self.here.now)

    def is_committees(self, verb: type[Submission]) -> bool:
        """Whether what only the county does stands in this list."""
        return self.who == self.county and (self.is_all or self.here.admits(verb, self.county))

    def cut(self, tasks: Sequence[Task]) -> FoundTasks:
        """Of all tasks that there are the part that is asked for."""
        sort = newest_first if self.tab is Tab.COPIED else in_order
        return FoundTasks(len(tasks), sum(one.is_overdue for one in tasks), sort(tasks)[: self.most])


Find = Callable[[AskedTasks], Awaitable[FoundTasks]]


@dataclass(frozen=True, slots=True)
class TaskKind:
    """A kind of task: what it is called in a line and among the filters, and its query.

    What only `informs` asks nothing of anybody: it stands among what was copied to one.
    """

    slug: str
    name: str
    find: Find
    informs: bool = False

    def is_in(self, tab: Tab) -> bool:
        """Whether a list holds such tasks."""
        return self.informs is (tab is Tab.COPIED)


async def soonest(
    asked: AskedTasks, kind: type[T], wanted: Mapping[str, Any], by: str, task: Callable[[T], Task]
) -> FoundTasks:
    """Of documents with a due day in the field `by`: counted where they lie, the first due first."""
    kept, today = asked.here.parts.db[kind.collection], asked.here.today.isoformat()
    count = await kept.count_documents(wanted)
    if not count:
        return NOTHING_FOUND
    overdue = await kept.count_documents({"$and": [wanted, {by: {"$lt": today}}]})
    if not asked.most:
        return FoundTasks(count, overdue)
    cursor = kept.find(wanted).sort([(by, 1), ("_id", 1)]).limit(asked.most)
    return FoundTasks(count, overdue, [task(kind.stored(raw)) for raw in await cursor.to_list(None)])


async def latest(
    asked: AskedTasks, kind: type[T], wanted: Mapping[str, Any], by: str, task: Callable[[T], Task]
) -> FoundTasks:
    """Of documents that are only told: counted where they lie, the last by the field `by` first."""
    kept = asked.here.parts.db[kind.collection]
    count = await kept.count_documents(wanted)
    if not asked.most or not count:
        return FoundTasks(count)
    cursor = kept.find(wanted).sort([(by, -1), ("_id", 1)]).limit(asked.most)
    return FoundTasks(count, 0, [task(kind.stored(raw)) for raw in await cursor.to_list(None)])


async def part_of(service: str, kinds: Sequence[TaskKind], asked: AskedTasks, only: str = "") -> TodoPart:
    """What a service tells: every kind counted, the tasks of one kind or of all in the order of the list."""
    here = [one for one in kinds if one.is_in(asked.tab)]
    found = [(one, await one.find(_as_asked(asked, one, only))) for one in here]
    tasks = [task.model_copy(update={"kind": one.name, "slug": one.slug}) for one, its in found for task in its.tasks]
    sort = newest_first if asked.tab is Tab.COPIED else in_order
    first = await with_reminders(asked.here, service, sort(tasks)[: asked.most], asked.may_remind)
    return TodoPart(
        service=service,
        kinds=tuple(
            KindCount(slug=one.slug, name=one.name, count=its.count, overdue=its.overdue) for one, its in found
        ),
        tasks=tuple(first),
    )


def _as_asked(asked: AskedTasks, kind: TaskKind, only: str) -> AskedTasks:
    """Of a kind that is not asked for it is only said how many there are."""
    return asked if only in ("", kind.slug) else replace(asked, most=0)
