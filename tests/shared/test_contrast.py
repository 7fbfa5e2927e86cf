"""What is seen differs enough from what it lies on: WCAG 2.2, 1.4.3 (text 4.5 : 1), 1.4.11 (edges and rings 3 : 1)."""

from __future__ import annotations

import re

import pytest

from shared.pages.templates import static_files

CSS = static_files()["pages.css"].body.decode()
(ROOT,) = re.findall(r":root \{([^}]*)\}", CSS)
COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{3,6});", ROOT))
GROUNDS = ("paper", "pale", "dim")
TEXT = [
    *((text, ground) for text in ("ink", "soft", "link", "good", "warn", "bad") for ground in GROUNDS),
    *((text, f"{text}-pale") for text in ("good", "warn", "bad")),
    *(("ink", f"{level}-pale") for level in ("good", "warn", "bad")),
    *((text, "red-pale") for text in ("ink", "link", "red-dark")),
    *(("paper", red) for red in ("red", "red-dark")),
    *(("paper", f"drawn-{part}") for part in ("some", "many", "quiet")),
]
"""What is written, and on what."""
EDGES = [
    *((edge, ground) for edge in ("edge", "ring", "red", "bad") for ground in ("paper", "pale")),
    ("paper", "red"),
    ("drawn-before", "paper"),
    ("edge", "dim"),
]
"""Edges of what is filled in, the mark of where one is, and both tones of the ring around what has the focus."""
UNNAMED = {"#fff": "letters on red", "#d0021b": "the red of official documents", "#888": "lines", "#999": "lines"}


def luminance(colour: str) -> float:
    """Relative, of sRGB."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_is_read_on_what_it_lies_on(text: str, ground: str) -> None:
    assert contrast(COLOURS[text], COLOURS[ground]) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_an_edge_is_seen(edge: str, ground: str) -> None:
    assert contrast(COLOURS[edge], COLOURS[ground]) >= 3


def test_the_measure_is_the_norms() -> None:
    assert round(contrast("#000000", "#fff"), 2) == 21.0
    assert contrast("#e0a030", "#fff") < 3


def test_every_colour_of_text_has_a_name_that_is_measured() -> None:
    used = {*re.findall(r"[{; ]color: ([^;}]+)", CSS)}
    named = {found[1] for one in used if (found := re.fullmatch(r"var\(--([a-z-]+)\)", one))}
    assert named <= {text for text, _ in TEXT}
    assert {one for one in used if not one.startswith(("var", "inherit"))} <= UNNAMED.keys()


def test_letters_grow_with_the_size_that_somebody_has_chosen() -> None:
    """Printed ones have points; on a screen nothing that is read is in pixels."""
    screen, _, _ = CSS.partition("@media print")
    assert re.findall(r"font(?:-size)?:[^;}]*\dp[xt]", screen) == []
    assert re.findall(r"line-height: *[\d.]+px", screen) == []
    assert "html { font-size: 100%;" in CSS
