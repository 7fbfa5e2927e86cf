"""`in_image.py <lock> <module>`: runs a module of this folder with the packages of a lock alone, as an image does."""

from __future__ import annotations

import re
import runpy
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType


def plain(name: str) -> str:
    """A distribution's name as locks write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def unlocked(lock: str) -> set[str]:
    """What is importable here and comes from no distribution of the lock."""
    locked = set(re.findall(r"^([a-z0-9-]+)(?:\[[^\]]*\])?==", lock, re.MULTILINE))
    installed = packages_distributions()
    return {name for name, owners in installed.items() if not locked & {plain(owner) for owner in owners}}


class Absent(MetaPathFinder):
    """Packages that are installed here and would not be there."""

    def __init__(self, names: set[str]) -> None:
        self._names = names

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name.partition(".")[0] in self._names:
            raise ModuleNotFoundError(f"{name} is in no package of the lock", name=name)
        return None


if __name__ == "__main__":
    lock, module = sys.argv[1:]
    sys.meta_path.insert(0, Absent(unlocked(Path(lock).read_text())))
    sys.path[0] = ""
    sys.argv = [module]
    runpy.run_module(module, run_name="__main__")
