"""Which tests start no server and no other process, by what they and their fixtures lead to: `make test-quick`."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from functools import partial
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

OURS = {"tests", "services", "shared", "deploy"}
STARTING = {"subprocess", "multiprocessing", "playwright"}
"""Packages that start processes."""
STARTS = {"create_subprocess_exec", "create_subprocess_shell", "fork", "posix_spawn"}
"""What starts one, wherever it is found."""
STARTED = {"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.system"}
"""How Python names it when one is started."""


def keep_the_quick(items: list[pytest.Item]) -> list[pytest.Item]:
    """Leaves the tests that start nothing in the list; the others are the answer."""
    lead = Leads()
    slow = [item for item in items if lead.anywhere(*_parts(item))]
    items[:] = [item for item in items if item not in set(slow)]
    if not items:
        raise pytest.UsageError("no test is quick: tests/quick.py finds a process behind every one")
    sys.addaudithook(_refuse)
    return slow


def _refuse(event: str, _: object) -> None:
    assert event not in STARTED, f"{event}: this test starts a process, and tests/quick.py did not see that it does"


def _parts(item: pytest.Item) -> Iterator[Any]:
    """The test, and the fixtures that it is given."""
    yield getattr(item, "obj", None)
    for found in item._fixtureinfo.name2fixturedefs.values() if isinstance(item, pytest.Function) else ():
        yield found[-1].func


class Leads:
    """Follows names from function to function through this project, and remembers what leads to no process."""

    def __init__(self) -> None:
        self._clear: dict[int, Any] = {}

    def anywhere(self, *start: Any) -> bool:
        """Whether some way leads to one."""
        todo, met = list(start), dict[int, Any]()
        while todo:
            one = todo.pop()
            if id(one) in met or id(one) in self._clear:
                continue
            met[id(one)] = one
            if _is_start(one):
                return True
            todo += _named_in(one)
        self._clear |= met
        return False


def _package(one: Any) -> str:
    name = one.__name__ if isinstance(one, ModuleType) else getattr(one, "__module__", None)
    return str(name).split(".")[0]


def _is_start(one: Any) -> bool:
    if isinstance(one, FunctionType) and any(STARTS & set(code.co_names) for code in _codes(one.__code__)):
        return _package(one) in OURS
    return _package(one) in STARTING


def _named_in(one: Any) -> Iterator[Any]:
    """What a function names, and all that a class or a wrapper holds, as far as it is this project's own."""
    if isinstance(one, (partial, staticmethod, classmethod)) or inspect.ismethod(one):
        yield one.func if isinstance(one, partial) else one.__func__
    elif isinstance(one, property):
        yield one.fget
    elif isinstance(one, type) and _package(one) in OURS:
        yield from (*vars(one).values(), *one.__bases__)
    elif isinstance(one, FunctionType):
        yield getattr(one, "__wrapped__", None)
        if _package(one) in OURS:
            yield from _values(one)


def _values(function: FunctionType) -> Iterator[Any]:
    """The globals that it names, through a module what it names there; and what it encloses."""
    for code in _codes(function.__code__):
        known = [function.__globals__[name] for name in code.co_names if name in function.__globals__]
        yield from known
        for module in (one for one in known if isinstance(one, ModuleType) and _package(one) in OURS):
            yield from (vars(module)[name] for name in code.co_names if name in vars(module))
    yield from (cell.cell_contents for cell in function.__closure__ or () if cell.cell_contents is not function)


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _codes(one)
