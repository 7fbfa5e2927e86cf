"""What an operator has to do between two releases, as CHANGELOG.md says it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_TITLE = re.compile(r"^## ([0-9]+\.[0-9]+\.[0-9]+)\b.*$", re.MULTILINE)
_SAID = re.compile(r"\*\*Steps?\*\*")
_PARAGRAPH = re.compile(r"\n\n|\n(?=- )")


class Section(NamedTuple):
    """A release of the changelog, and what it says."""

    release: str
    text: str

    @property
    def steps(self) -> list[str]:
        """The paragraphs and items that name a step, each in one line."""
        said = (" ".join(one.split()) for one in _PARAGRAPH.split(self.text) if _SAID.search(one))
        return [one.removeprefix("- ") for one in said]


def sections(changelog: str) -> Iterator[Section]:
    """Newest first."""
    found = list(_TITLE.finditer(changelog))
    ends = [*(one.start() for one in found[1:]), len(changelog)]
    for one, end in zip(found, ends, strict=True):
        yield Section(one[1], changelog[one.end() : end])


def between(changelog: str, older: str, newer: str) -> list[Section]:
    """What came after `older`, up to `newer`: in the order in which it is done."""
    passed = [one for one in sections(changelog) if _of(older) < _of(one.release) <= _of(newer)]
    return passed[::-1]


def _of(release: str) -> tuple[int, ...]:
    return tuple(int(part) for part in release.split("."))
