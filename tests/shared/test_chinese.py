"""Words that people read stand once: every code has its word, and no page has a word of its own for it."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from shared.events.inspection.incidents import IncidentKind
from shared.events.photos import MOST_BYTES
from shared.events.refusals import WORDS
from shared.events.vocabulary import (
    MOST_PHOTOS,
    Catalogue,
    ClientGroup,
    Hall,
    OrganisationKind,
    PatrolKind,
    Rhythm,
    ServiceMode,
    Severity,
)
from shared.pages import chinese
from shared.pages.chinese import due_text, limit_text, month_text, quarter_text

ROOT = Path(__file__).parents[2]
HOMES = (ROOT / "shared/pages/chinese.py", ROOT / "shared/events/refusals")
TABLES: list[tuple[Mapping[str, str], Iterable[str]]] = [
    (chinese.SEVERITIES, Severity),
    (chinese.PATROLS, PatrolKind),
    (chinese.KINDS, OrganisationKind),
    (chinese.HALLS, Hall),
    (chinese.CLIENTS, ClientGroup),
    (chinese.CLIENT_UNITS, ClientGroup),
    (chinese.MODES, ServiceMode),
    (chinese.INCIDENTS, IncidentKind),
    (WORDS["catalogue"], Catalogue),
    (WORDS["rhythm"], Rhythm),
]


@pytest.mark.parametrize(("words", "codes"), TABLES)
def test_every_code_has_a_word_and_every_word_a_code(words: Mapping[str, str], codes: Iterable[str]) -> None:
    assert set(words) == set(codes)
    assert len(set(words.values())) == len(words)


def test_no_file_beside_the_tables_has_words_of_its_own_for_what_they_name() -> None:
    once = {*chinese.SEVERITIES.values(), *chinese.MARKS.values(), *chinese.INCIDENTS.values(), "严重"}
    again = {f"{path.relative_to(ROOT)}: {word}" for path in _sources() for word in once & set(_texts(path))}
    assert again == set()


def _sources() -> Iterator[Path]:
    files = (path for folder in ("services", "shared", "deploy") for path in (ROOT / folder).rglob("*.py"))
    return (path for path in files if not any(path.is_relative_to(home) for home in HOMES))


def _texts(path: Path) -> Iterator[str]:
    nodes = ast.walk(ast.parse(path.read_text()))
    return (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


def test_limits_of_photos_are_said_as_they_are_kept() -> None:
    assert chinese.PHOTOS == "JPEG或者PNG格式，每张不超过5MB，最多9张"
    assert (MOST_BYTES, MOST_PHOTOS) == (5 * 1024 * 1024, 9)


def test_a_limit_a_quarter_and_a_due_day_read_as_an_office_writes_them() -> None:
    assert (limit_text(0), limit_text(5)) == ("当日办结", "5个工作日")
    assert (month_text("2018-03"), quarter_text("2018-Q4")) == ("2018年3月", "2018年第四季度")
    assert (due_text(date(2018, 3, 5), False), due_text(date(2027, 3, 5), True)) == (
        "2018年3月5日",
        "2027年3月5日（暂定）",
    )
