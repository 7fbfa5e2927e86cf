"""Pages work in a browser of October 2019, Chromium 78, which offices' double-core browsers still are."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.embedded.settings import ROOT
from shared.pages.templates import static_files
from tests.wants import JAVASCRIPT, not_tried, wants

STATIC = ROOT / "shared/pages/static"
SCRIPTS = sorted(STATIC.rglob("*.js"))
OWN_SCRIPTS = sorted(STATIC.glob("*.js"))
CSS = static_files()["pages.css"].body.decode()
ACORN = ROOT / "tests/journeys/node_modules/acorn/bin/acorn"
LATER_STYLE = {
    r":(has|is|where)\(": "selectors of 88 and 105",
    r":not\([^)]*,": "lists in :not, 88",
    r":user-(in)?valid|::marker": "86 and later",
    r"(?<![\w-])(min|max|clamp)\(": "79",
    r"(?<![\w-])(inset|aspect-ratio|accent-color|content-visibility|scrollbar-gutter)\s*:": "84 to 94",
    r"(?<![\w-])(text-wrap|appearance)\s*:": "84 to 114",
    r"(?<![\w-])(rotate|scale|translate|overscroll-behavior-inline)\s*:": "104",
    r"(margin|padding|border|inset)-(inline|block)\s*:": "87",
    r"overflow(-[xy])?:\s*clip": "90",
    r"\d[dsl]v[hw]\b": "108",
    r"color-mix|oklch|\blab\(|image-set\(": "111",
    r"@(layer|container|property|scope|starting-style)\b": "85 to 118",
    r"[{;]\s*&": "nesting, 112",
}
LATER_CALLS = (
    r"\.(replaceAll|at|replaceChildren|findLast|toSorted|toReversed|getHTML|showPicker)\(|"
    r"structuredClone|Object\.(hasOwn|groupBy)|Promise\.any|randomUUID|AbortSignal\.(timeout|any)|WeakRef|showModal"
)


def rules() -> Iterator[tuple[str, str]]:
    """Each rule's selector and declarations; of those within @media as well."""
    for found in re.finditer(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", CSS, flags=re.S)):
        yield found[1].strip(), found[2]


def missing_in_78(style: str) -> list[str]:
    return [why for pattern, why in LATER_STYLE.items() if re.search(pattern, style)]


def parses(script: Path) -> subprocess.CompletedProcess[str]:
    wants(JAVASCRIPT)
    if not ACORN.exists():
        not_tried(f"{JAVASCRIPT.what} (`make test` installs its packages)")
    asked = ("node", str(ACORN), "--ecma2019", "--silent", str(script))
    return subprocess.run(asked, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_a_script_is_written_in_the_language_of_2019(script: Path) -> None:
    done = parses(script)
    assert done.returncode == 0, done.stderr


def test_a_later_script_is_told(tmp_path: Path) -> None:
    later = tmp_path / "later.js"
    later.write_text("var a = window.b?.c ?? 1;")
    assert parses(later).returncode != 0


@pytest.mark.parametrize("script", OWN_SCRIPTS, ids=lambda script: script.name)
def test_a_script_calls_nothing_that_came_later(script: Path) -> None:
    assert re.findall(LATER_CALLS, script.read_text(encoding="utf-8")) == []


def test_no_style_came_later() -> None:
    assert missing_in_78(CSS) == []


@pytest.mark.parametrize("later", [".a:has(b) {}", "width: min(1px, 2px)", "inset: 0", ".a { & b {} }", "height: 1dvh"])
def test_a_later_style_is_told(later: str) -> None:
    assert missing_in_78(later)


def test_what_stands_in_a_row_keeps_its_distance_without_gap() -> None:
    """Of flexible boxes Chromium knows `gap` since 84; of grids it always did."""
    assert [selector for selector, style in rules() if "flex" in style and "gap" in style] == []


def test_a_keyboards_place_is_seen_without_focus_visible() -> None:
    """Known since 86: an older browser drops a rule that names it, and takes the one for `:focus`."""
    alone = [selector for selector, style in rules() if selector == ":focus" and "outline" in style]
    hides = [selector for selector, style in rules() if "outline: none" in style]
    assert alone == [":focus"]
    assert hides == [":focus:not(:focus-visible)"]


def test_long_words_break_where_anywhere_is_unknown() -> None:
    """`anywhere` came with 80."""
    breaking = [style for _, style in rules() if "overflow-wrap: anywhere" in style]
    assert breaking
    assert all("word-break: break-word" in style for style in breaking)


def test_double_core_browsers_are_asked_for_the_newer_core() -> None:
    """360, QQ and Sogou would show an office's page in the core of Internet Explorer."""
    layout = (ROOT / "shared/pages/layout.html").read_text(encoding="utf-8")
    assert '<meta name="renderer" content="webkit">' in layout
