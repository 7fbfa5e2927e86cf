"""The list as its page shows it: rows in words, filters by kind, where each form comes back to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from shared.countys_own import in_own_words
from shared.forms import Shown
from shared.pages.chinese import SERVICES, grouped
from shared.pages.paging import Paging, paging
from shared.pages.words import Choice, ShownState
from shared.stretch import Stretch
from shared.todo.tasks import Gathered, KindCount, Tab, Task, in_order, newest_first

SIZE = 25
MOST = 500
"""Tasks that the pages of one list show: whoever has more does these first, or narrows by kind."""
TABS = {Tab.MINE: "等我办", Tab.DONE: "我办过的", Tab.COPIED: "抄送我的", Tab.ALL: "本单位全部"}
EMPTY = {
    Tab.MINE: ("现在没有等待办理的事项", "需要本单位办理的事项出现后，自动列在这里。"),
    Tab.DONE: ("近90日没有办理过事项", "更早的在“报送记录”中查看。"),
    Tab.COPIED: ("没有抄送的事项", "只须知悉、不须办理的事项，例如提请督办的整改、新印发的反馈，列在这里。"),
    Tab.ALL: ("本单位和下级单位没有待办事项", "各单位待办的事项出现后，自动列在这里。"),
}
BACK, THEN = "back", "then"
"""In the address of a form: the list that it was sent from, and the task that follows."""


class ListAddress(NamedTuple):
    """Of a list: below which service, which tab, which kind, which page."""

    service: str
    tab: Tab = Tab.MINE
    kind: str = ""
    page: int = 1

    def at(self, page: int = 1) -> str:
        """One of its pages; what is empty is not said."""
        asked = {"tab": self.tab if self.tab is not Tab.MINE else "", "kind": self.kind}
        said = {name: str(value) for name, value in asked.items() if value}
        query = urlencode({**said, **({"page": str(page)} if page > 1 else {})})
        return f"/{self.service}/todo{'?' + query if query else ''}"

    def back(self, following: Task | None) -> str:
        """What a form's address says of where it comes back to: this page, at the task that follows."""
        then = {THEN: following.anchor} if following else {}
        return urlencode({BACK: self.at(self.page), **then})


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task in the page."""

    task: Task
    called: str
    """Its title, told apart from others of the page that read alike, for who listens to its buttons."""
    state: ShownState
    notes: tuple[str, ...]
    forms: tuple[Shown, ...]
    folded: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class TaskList:
    """A page of a list, and what stands above and below it."""

    tab: Tab
    tabs: tuple[Choice, ...]
    kinds: tuple[Choice, ...]
    rows: tuple[TaskRow, ...]
    paging: Paging
    empty: tuple[str, str]
    silent: str
    beyond: str


def task_list(found: Gathered, address: ListAddress, today: date) -> TaskList:
    """As asked for."""
    total = sum(one.count for one in found.kinds if address.kind in ("", one.slug))
    stretch = Stretch.of(min(total, MOST), address.page, SIZE)
    tasks = _sorted(found, address.tab)
    shown = tasks[stretch.skip : stretch.end]
    here = address._replace(page=stretch.number)
    following = [*tasks[stretch.skip + 1 : stretch.end], None]
    return TaskList(
        tab=address.tab,
        tabs=tuple(_tab(one, name, found, address) for one, name in TABS.items()),
        kinds=_kinds(found.kinds, address) if address.tab is not Tab.DONE else (),
        rows=tuple(
            _row(task, called, after, here, today)
            for task, called, after in zip(shown, _apart(shown), following, strict=False)
        ),
        paging=paging(stretch, "项", address.at),
        empty=EMPTY[address.tab],
        silent="、".join(SERVICES[one] for one in found.silent),
        beyond=f"共{grouped(total)}项，只列出最先的{grouped(MOST)}项；其余请按类别查看。" if total > MOST else "",
    )


def _sorted(found: Gathered, tab: Tab) -> Sequence[Task]:
    every = [task for part in found.parts for task in part.tasks]
    return newest_first(every) if tab in (Tab.DONE, Tab.COPIED) else in_order(every)


def _tab(tab: Tab, name: str, found: Gathered, address: ListAddress) -> Choice:
    count = found.of_tab(tab)
    return Choice(
        f"{name} {grouped(count)}" if count else name, ListAddress(address.service, tab).at(), tab is address.tab
    )


def _kinds(kinds: Sequence[KindCount], address: ListAddress) -> tuple[Choice, ...]:
    """What several services have of one kind is one filter; a single kind is no choice."""
    names = {one.slug: in_own_words(one.name) for one in kinds}
    counts = Counter({slug: sum(one.count for one in kinds if one.slug == slug) for slug in names})
    if len(names) < 2 and not address.kind:
        return ()
    every = Choice(f"全部 {grouped(counts.total())}", address._replace(kind="").at(), not address.kind)
    each = (
        Choice(f"{name} {grouped(counts[slug])}", address._replace(kind=slug).at(), address.kind == slug)
        for slug, name in names.items()
    )
    return (every, *each)


def _apart(tasks: Sequence[Task]) -> Iterator[str]:
    """The same may be found at the same place more than once."""
    times, so_far = Counter(one.title for one in tasks), Counter[str]()
    for one in tasks:
        so_far[one.title] += 1
        yield f"{one.title}（第{so_far[one.title]}项）" if times[one.title] > 1 else one.title


def _row(task: Task, called: str, following: Task | None, address: ListAddress, today: date) -> TaskRow:
    back = address.back(following)
    return TaskRow(
        task,
        called,
        task.shown_state(today),
        tuple(one for one in _notes(task) if one),
        tuple(_coming_back(one, back) for one in task.forms),
        tuple(_coming_back(one, back) for one in task.folded),
    )


def _notes(task: Task) -> tuple[str, ...]:
    """What is said ends its own sentence only where it stands last."""
    after = (f"由{task.whose}办理" if task.whose else "", task.reminded)
    return in_own_words(task.kind), task.says.removesuffix("。") if any(after) else task.says, *after


def _coming_back(form: Shown, back: str) -> Shown:
    return replace(form, action=f"{form.action}?{back}")
