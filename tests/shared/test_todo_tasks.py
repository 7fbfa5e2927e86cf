"""The list of what waits, without any service: its order, its words, what a page of it counts and where forms lead."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from fastapi import Request

from shared.todo.list import ListAddress, task_list
from shared.todo.returning import returns_to
from shared.todo.tasks import Gathered, KindCount, Tab, Task, TodoPart, anchor_of, in_order, newest_first
from tests.submitters import moment

TODAY = date(2018, 11, 30)
AT = moment("2018-11-30")
ITEM = "/inspection/rectifications/150424100202/00000000-0000-4000-8000-000000000000/0"


def task(id: str, days: int | None = None, since: int = 0) -> Task:
    """Due so many days from now, begun so many days ago."""
    due = None if days is None else TODAY + timedelta(days=days)
    is_overdue = days is not None and days < 0
    return Task(id=id, title=id, url=ITEM, due=due, is_overdue=is_overdue, since=TODAY - timedelta(days=since))


def test_what_is_overdue_comes_first_then_what_is_due_soonest_then_what_waits_longest() -> None:
    mixed = [task("c", 3), task("b", 0), task("e", since=1), task("a", -4), task("d", since=9), task("z", -1)]
    assert [one.id for one in in_order(mixed)] == ["a", "z", "b", "c", "d", "e"]
    assert [one.id for one in newest_first([task("old", since=5), task("new", since=1)])] == ["new", "old"]


def test_what_was_done_on_one_day_stands_by_the_time_at_all_services() -> None:
    morning, noon = (task(id).model_copy(update={"at": AT.replace(hour=hour)}) for id, hour in (("z", 9), ("a", 12)))
    assert [one.id for one in newest_first([morning, noon])] == ["a", "z"]


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (-304, ("逾期304天", "bad")),
        (0, ("今天到期", "warn")),
        (1, ("明天到期", "warn")),
        (3, ("12月3日到期", "warn")),
        (4, ("12月4日到期", "")),
        (40, ("2019年1月9日到期", "")),
    ],
)
def test_a_task_says_how_it_stands_with_its_due_day(days: int, said: tuple[str, str]) -> None:
    shown = task("a", days).shown_state(TODAY)
    assert (shown.word, shown.level) == said


def test_the_working_day_before_a_long_holiday_reminds_of_what_is_due_after_it() -> None:
    due = Task(id="a", title="a", url=ITEM, due=date(2018, 10, 8))
    levels = {day: due.shown_state(date(2018, 9, day)).level for day in (28, 29, 30)}
    assert levels == {28: "", 29: "", 30: "warn"}, "Sunday 30 September was worked, the next working day is 8 October"


def part(service: str, slug: str, count: int, *tasks: Task) -> TodoPart:
    kinds = (KindCount(slug=slug, name=f"名{slug}", count=count),)
    return TodoPart(service=service, kinds=kinds, tasks=tasks, tabs={Tab.MINE: count, Tab.ALL: count + 1})


def test_a_list_that_is_cut_counts_all_of_it_and_leads_to_the_rest() -> None:
    tasks = [task(f"{n:02}", n) for n in range(50)]
    found = Gathered([part("inspection", "verify", 60, *tasks), part("roster", "plan", 1, task("p"))], ["feedback"])
    second = task_list(found, ListAddress("roster", page=2), TODAY)
    assert [row.task.id for row in second.rows] == [f"{n}" for n in range(25, 50)]
    assert (second.paging.sentence, second.paging.previous_url) == ("共61项，本页第26至50项。", "/roster/todo")
    assert [one.name for one in second.kinds] == ["全部 61", "名verify 60", "名plan 1"]
    assert [one.name for one in second.tabs] == ["等我办 61", "我办过的", "抄送我的", "本单位全部 63"]
    assert second.silent == "考核反馈"


def test_of_more_than_its_pages_hold_a_list_says_how_many_there_are() -> None:
    found = Gathered([part("inspection", "verify", 2000, *(task(f"{n:04}", n) for n in range(500)))])
    last = task_list(found, ListAddress("inspection", page=99), TODAY)
    assert (last.rows[-1].task.id, "2,000" in last.beyond, "500" in last.beyond) == ("0499", True, True)


def asking(query: str) -> Request:
    return Request({"type": "http", "query_string": query.encode(), "headers": [], "path": "/", "method": "POST"})


def test_a_form_comes_back_to_its_list_at_the_task_that_follows() -> None:
    address = ListAddress("roster", Tab.MINE, "verify", 2)
    then = anchor_of("next")
    to = returns_to(asking(address.back(task("next"))), ITEM)
    assert to.startswith("/roster/todo?kind=verify&page=2&item=%2Finspection%2F")
    assert to.endswith(f"&then={then}#done")
    assert "then=" not in returns_to(asking(address.back(None)), ITEM)


@pytest.mark.parametrize(
    "back",
    [
        "",
        "//elsewhere.example/todo",
        "https://elsewhere.example/",
        "/inspection/todo#x",
        "/inspection/todo/../x",
        "/x/todo",
    ],
)
def test_nobody_is_sent_elsewhere_by_a_form_s_address(back: str) -> None:
    assert returns_to(asking(f"back={back}"), ITEM) == ITEM
