"""The contract on imports looks where it says: a driver in a rule of any service is found, in a copy of the tree."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from deploy.embedded.settings import ROOT
from shared.services import SERVICES

LINT = Path(sys.executable).with_name("lint-imports")
PARTS = ("services", "shared", "deploy")
PURE = {"model", "rules", "handlers", "ticks"}
"""What a module, or a folder of modules, is called that knows no driver, in whichever service and subject."""
FIRST = "from __future__ import annotations\n"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The modules and what is asked of them."""
    for part in PARTS:
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("*.json", "__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def linted(tree: Path) -> tuple[int, str]:
    """The exit status of import-linter, and what it found."""
    ran = subprocess.run((LINT, "--no-cache"), cwd=tree, capture_output=True, text=True, check=False)
    return ran.returncode, ran.stdout


def importing(tree: Path, modules: Iterable[str], driver: str) -> None:
    """Each of them now imports it."""
    for module in modules:
        file = tree / f"{module.replace('.', '/')}.py"
        text = file.read_text(encoding="utf-8")
        first = FIRST if FIRST in text else ""
        file.write_text(text.replace(first, f"{first}\nimport {driver}\n", 1), encoding="utf-8")


def named_pure(tree: Path) -> list[str]:
    """Every module that its name, or that of its folder, says to be pure."""
    paths = [path.relative_to(tree).with_suffix("") for path in sorted((tree / "services").rglob("*.py"))]
    return [".".join(path.parts) for path in paths if PURE & {*path.parts} and path.name != "__init__"]


def listed_pure(tree: Path) -> list[str]:
    """Those beside them that the contract lists by name."""
    contracts = tomllib.loads((tree / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    contract = next(one for one in contracts if one["name"].startswith("What decides"))
    names = [name for name in contract["source_modules"] if "*" not in name]
    return [name for name in names if (tree / f"{name.replace('.', '/')}.py").exists()]


def rules_of(service: str, tree: Path) -> list[str]:
    return [one for one in named_pure(tree) if one.startswith(f"services.{service}.") and "rules" in one.split(".")]


def test_as_they_stand_all_contracts_are_kept(tree: Path) -> None:
    status, found = linted(tree)
    assert (status, "BROKEN" in found) == (0, False), found


@pytest.mark.parametrize("service", SERVICES)
def test_a_driver_in_one_rule_of_a_service_is_found(tree: Path, service: str) -> None:
    rule = rules_of(service, tree)[-1]
    importing(tree, [rule], "motor")
    status, found = linted(tree)
    assert status == 1
    assert f"{rule} -> motor" in found


def test_there_is_no_rule_model_handler_or_tick_at_which_nobody_looks(tree: Path) -> None:
    modules = [*named_pure(tree), *listed_pure(tree)]
    assert len(modules) > 50
    importing(tree, modules, "motor")
    _, found = linted(tree)
    assert set(modules) - set(re.findall(r"(\S+)\s+->\s+motor\b", found)) == set()


def test_a_driver_that_a_rule_would_reach_through_others_is_found_too(tree: Path) -> None:
    importing(tree, ["services.greenchannel.rules"], "shared.database.mongo")
    status, found = linted(tree)
    assert status == 1
    assert "services.greenchannel.rules -> shared.database.mongo" in found
    assert "shared.database.mongo -> motor" in found


def test_what_is_not_pure_may_import_a_driver(tree: Path) -> None:
    importing(tree, ["services.greenchannel.store"], "pymongo")
    assert linted(tree)[0] == 0


def test_only_one_module_names_the_driver_that_is_to_be_replaced(tree: Path) -> None:
    importing(tree, ["services.greenchannel.store"], "motor")
    status, found = linted(tree)
    assert status != 0
    assert "services.greenchannel.store -> motor" in found
