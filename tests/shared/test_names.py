"""A name says one thing: a class is named once in its service, and `told` is only what a person reads."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.embedded.settings import ROOT

PARTS = ("services", "shared", "deploy", "tests")
IS_CAMEL = re.compile(r"_?[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*").fullmatch
TELLS = "shared/web/told.py"
"""Where what a person reads after sending a form is made: `Told`, and `told_of` that looks it up."""


def modules(tree: Path, *parts: str) -> Iterator[tuple[str, ast.Module]]:
    """Each by its path, as Python reads it."""
    for path in sorted(one for part in parts for one in (tree / part).rglob("*.py")):
        if "node_modules" not in path.parts:
            yield path.relative_to(tree).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def house(path: str) -> str:
    """Within which a class name is taken: a service, or shared, or deploy."""
    first, second, *_ = path.split("/")
    return f"{first}/{second}" if first == "services" else first


def defined(module: ast.Module) -> Iterator[str]:
    """Classes, and what bears a name like one: aliases of types."""
    for one in module.body:
        if isinstance(one, ast.ClassDef):
            yield one.name
        targets = one.targets if isinstance(one, ast.Assign) else [one.target] if isinstance(one, ast.AnnAssign) else []
        yield from (name.id for name in targets if isinstance(name, ast.Name) and IS_CAMEL(name.id))


def taken_twice(tree: Path) -> list[str]:
    """Each name with where it is defined, when that is more than one place of a house."""
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, module in modules(tree, "services", "shared", "deploy"):
        for name in defined(module):
            places[house(path), name].append(path)
    return [f"{name}: {', '.join(paths)}" for (_, name), paths in places.items() if len(paths) > 1]


def names(module: ast.Module) -> Iterator[str]:
    """Of variables, parameters, attributes, functions, classes and imports.

    A test's name is a sentence; the name of an argument is the callee's, or a page's, which people read.
    """
    for one in ast.walk(module):
        match one:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.Attribute(attr=name) | ast.ClassDef(name=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) if not name.startswith("test_"):
                yield name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.ExceptHandler(name=str(name)):
                yield name
            case ast.alias(name=name, asname=given):
                yield given or name


def tells(module: ast.Module) -> bool:
    """Whether it has from there what a person reads."""
    froms = [one for one in module.body if isinstance(one, ast.ImportFrom) and one.module == "shared.web.told"]
    return any(name.name in ("Told", "told_of") for one in froms for name in one.names)


def telling(tree: Path) -> list[str]:
    """The modules that call something told which no person reads."""
    said = re.compile(r"(?:.*_)?told(?:_.*)?", re.IGNORECASE).fullmatch
    return [
        path
        for path, module in modules(tree, *PARTS)
        if path != TELLS and not tells(module) and any(said(name) for name in names(module))
    ]


def test_a_class_name_is_taken_once_in_a_service_in_shared_and_in_deploy() -> None:
    assert taken_twice(ROOT) == []


def test_told_is_only_what_a_person_reads() -> None:
    assert telling(ROOT) == []


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Two services and what they share, with nothing wrong."""
    for part in PARTS:
        (tmp_path / part).mkdir()
    for service in ("roster", "feedback"):
        (tmp_path / "services" / service / "desk").mkdir(parents=True)
        (tmp_path / "services" / service / "model.py").write_text("class Line:\n    pass\n", encoding="utf-8")
    (tmp_path / "shared" / "words.py").write_text('"""Whoever is told."""\nLine = str\nLINE = ""\n', encoding="utf-8")
    return tmp_path


def test_the_same_name_in_another_service_is_another(tree: Path) -> None:
    assert taken_twice(tree) == []


@pytest.mark.parametrize("again", ["class Line: ...", "Line = tuple[str, ...]", "Line: object = str"])
def test_a_second_class_or_alias_in_a_service_is_found(tree: Path, again: str) -> None:
    (tree / "services" / "roster" / "desk" / "form.py").write_text(again, encoding="utf-8")
    assert taken_twice(tree) == ["Line: services/roster/desk/form.py, services/roster/model.py"]


def test_a_second_class_in_one_module_is_found(tree: Path) -> None:
    (tree / "deploy" / "parts.py").write_text("Json = dict\nclass Json: ...\n", encoding="utf-8")
    assert taken_twice(tree) == ["Json: deploy/parts.py, deploy/parts.py"]


@pytest.mark.parametrize(
    "text",
    [
        "told = 1",
        "def read(told): ...",
        "def told(): ...",
        "async def _told_of(): ...",
        "class Told: ...",
        "from shared.words import Line as told",
        "from shared.words import told",
        "answer.told",
        "self._told = 1",
        "try: ...\nexcept OSError as told: ...",
        "match 1:\n    case told: ...",
        "print([told for told in ()])",
        "TOLD = {'told'}",
    ],
)
def test_something_else_called_told_is_found(tree: Path, text: str) -> None:
    (tree / "tests" / "asking.py").write_text(text, encoding="utf-8")
    assert telling(tree) == ["tests/asking.py"]


@pytest.mark.parametrize(
    "text",
    [
        "def test_who_asks_is_told(): ...",
        '"""Whom told it."""',
        "untold = 'told'",
        "render('sent.html', told=1)",
        "from shared.web.told import Told\ntold = Told('已受理', 'good')",
        "from shared.web.told import told_of\ntold = told_of('x')",
    ],
)
def test_what_a_person_reads_and_a_sentence_are_not(tree: Path, text: str) -> None:
    (tree / "tests" / "asking.py").write_text(text, encoding="utf-8")
    assert telling(tree) == []
