"""How routes are written: plain functions at module level, which are given the time and never ask the clock."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.embedded.settings import ROOT
from shared.services import SERVICES

LOOPS = {
    "feedback/gauges.py",
    "feedback/operations/books.py",
    "feedback/rebuilding/beginning.py",
    "feedback/rebuilding/running.py",
    "inspection/gauges.py",
    "inspection/photos/clearing.py",
    "inspection/photos/telling.py",
    "inspection/stations/heartbeats.py",
    "roster/accounts/keeping.py",
    "roster/accounts/signing_out.py",
    "roster/enrolment/revoking.py",
    "roster/gauges.py",
}
"""What runs by itself asks the clock: gauges that are taken, heartbeats that are heard, keys and sessions kept out,
rebuilds under way, photos whose time is over.
"""
WEB = ROOT / "shared" / "web"
ASKING, FORM_TIMES = "asking.py", "forms.py"
"""Where the clock is asked for all routes; where a form is given the time at which it is shown."""
CLOCKS = {"datetime": {"datetime", "date"}, "time": {"time", "localtime", "gmtime"}}
METHODS = {"get", "post", "put", "patch", "delete", "head", "api_route"}


def asks_the_clock(source: str) -> bool:
    """Whether a module says `now` or `today` of a class of datetime, or takes the time of the module time."""
    tree = ast.parse(source)
    classes = {*_of_datetime(tree)}
    return any(isinstance(one, ast.Attribute) and _is_clock(one, classes) for one in ast.walk(tree))


def _of_datetime(tree: ast.AST) -> Iterator[str]:
    """What a module calls the classes of datetime."""
    for one in ast.walk(tree):
        if isinstance(one, ast.ImportFrom) and one.module == "datetime":
            yield from (name.asname or name.name for name in one.names if name.name in CLOCKS["datetime"])


def _is_clock(one: ast.Attribute, classes: set[str]) -> bool:
    said, of = one.attr, ast.unparse(one.value)
    if said in ("now", "utcnow", "today"):
        return of in classes or of in ("datetime.datetime", "datetime.date")
    return of == "time" and said in CLOCKS["time"]


def encloses_routes(source: str) -> bool:
    """Whether a function of a module has a route inside."""
    functions = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
    inside = (each for one in functions for each in ast.walk(one) if each is not one)
    return any(isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and _is_route(each) for each in inside)


def _is_route(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    called = (one.func for one in function.decorator_list if isinstance(one, ast.Call))
    return any(isinstance(one, ast.Attribute) and one.attr in METHODS for one in called)


def of_services() -> Iterator[tuple[str, Path]]:
    for service in SERVICES:
        for path in (ROOT / "services" / service).rglob("*.py"):
            yield path.relative_to(ROOT / "services").as_posix(), path


def test_no_page_answer_or_read_of_a_service_asks_the_clock() -> None:
    assert {name for name, path in of_services() if asks_the_clock(path.read_text())} == LOOPS


def test_routes_are_given_the_time_in_one_place() -> None:
    assert {path.name for path in WEB.glob("*.py") if asks_the_clock(path.read_text())} - {FORM_TIMES} == {ASKING}


def test_no_function_encloses_routes() -> None:
    everywhere = [*(path for _, path in of_services()), *WEB.glob("*.py")]
    assert [path for path in everywhere if encloses_routes(path.read_text())] == []


@pytest.mark.parametrize(
    ("source", "asks"),
    [
        ("from datetime import datetime\nat = datetime.now(CHINA)", True),
        ("from datetime import date as day\nat = day.today()", True),
        ("import datetime\nat = datetime.datetime.now()", True),
        ("import time\nat = time.time()", True),
        ("from datetime import UTC, datetime\ndef of(now=datetime.utcnow): ...", True),
        ("from datetime import datetime\nat = datetime.fromisoformat(said)", False),
        ("import time\nat = time.monotonic()", False),
        ("from datetime import datetime\nat = commitment.now", False),
    ],
)
def test_a_module_that_asks_the_clock_is_seen(source: str, asks: bool) -> None:
    assert asks_the_clock(source) is asks


@pytest.mark.parametrize(
    ("source", "encloses"),
    [
        ("def pages(router):\n    @router.get('/')\n    async def page(): ...", True),
        ("@router.get('/')\nasync def page(): ...", False),
        ("def pages(app):\n    @lru_cache(maxsize=1)\n    def page(): ...", False),
    ],
)
def test_a_function_around_a_route_is_seen(source: str, encloses: bool) -> None:
    assert encloses_routes(source) is encloses
