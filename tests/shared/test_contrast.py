"""What is to be seen differs enough from what it lies on: WCAG 2.2, 1.4.3 (text 4.5 : 1) and 1.4.11 (a ring 3 : 1)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deploy.embedded.settings import ROOT

CSS = (Path(ROOT) / "shared/pages/static/pages.css").read_text(encoding="utf-8")
WHITE = "#ffffff"


def value(name: str, rule: str) -> str:
    """Of a colour that a rule declares, in six digits."""
    (body,) = re.findall(re.escape(rule) + r" \{([^}]*)\}", CSS)[:1]
    (found,) = re.findall(rf"{name}: (#[0-9a-f]+|var\(--[a-z]+\));", body)[:1]
    if found.startswith("var"):
        return value(found[4:-1], ":root")
    return found if len(found) == 7 else "#" + "".join(2 * digit for digit in found[1:])


def luminance(colour: str) -> float:
    """Relative, of sRGB."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(
    ("name", "rule", "on", "least"),
    [
        ("--ring", ":root", WHITE, 3),
        ("--ring", ":root", value("--pale", ":root"), 3),
        ("--ring", ".top", value("--red", ":root"), 3),
        ("color", ".blank .code", WHITE, 4.5),
        ("--soft", ":root", value("--pale", ":root"), 4.5),
    ],
)
def test_it_is_seen(name: str, rule: str, on: str, least: float) -> None:
    assert contrast(value(name, rule), on) >= least


def test_the_measure_is_the_norms() -> None:
    assert round(contrast("#000000", WHITE), 2) == 21.0
    assert contrast("#e0a030", WHITE) < 3
