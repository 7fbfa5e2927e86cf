"""What a submitter is told, and that every no in the code has a sentence."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.events.refusals import REFUSALS, reason
from shared.events.verdict import VerdictBody, verdict_body, verdict_headers, verdict_subject
from shared.events.vocabulary import PatrolKind

ROOT = Path(__file__).parents[2]
ID = "0161f3b7-1f00-7ea0-b0ab-582a07e3d956"
DIGEST = "0" * 64
FACTS = [f"inspection/150424100202/{ID}/{n}" for n in range(2)]

SAMPLES = {"period": "2018-Q1", "quarter": "2018-Q1", "turn": "2018-1", "other_turn": "2018-2"}
"""Details that have a form."""


def details_of(sentence: str) -> set[str]:
    return set(re.findall(r"\{([a-z_]+)\}", sentence))


def refusals_in_code() -> Iterator[tuple[str, str, set[str]]]:
    """Every `Refused("slug", detail=...)` and `reason("slug", ...)`: where, the slug, its details."""
    for file in sorted([*ROOT.glob("services/**/*.py"), *ROOT.glob("shared/**/*.py")]):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="Refused" | "reason"), args=[ast.Constant(value=str(slug))], keywords=details
                ):
                    named = {detail.arg for detail in details if detail.arg}
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", slug, named


def test_every_no_in_the_code_has_a_sentence_and_its_details() -> None:
    found = list(refusals_in_code())
    unknown = [(place, slug) for place, slug, _ in found if slug not in REFUSALS]
    lacking = [
        (place, slug) for place, slug, named in found if not details_of("".join(REFUSALS.get(slug, ""))) <= named
    ]
    assert (unknown, lacking) == ([], [])
    assert len(found) > 30


@pytest.mark.parametrize("slug", REFUSALS)
def test_both_languages_name_only_details_that_are_given(slug: str) -> None:
    zh, en = REFUSALS[slug]
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", slug)
    assert zh.endswith("。")
    assert en.endswith(".")
    assert reason(slug, **{name: SAMPLES.get(name, "x") for name in details_of(zh + en)})["slug"] == slug


def test_an_unknown_slug_or_a_missing_detail_is_noticed_at_once() -> None:
    with pytest.raises(KeyError):
        reason("no-such-reason")
    with pytest.raises(KeyError):
        reason("unknown-case")


def test_a_chinese_sentence_uses_chinese_words() -> None:
    why = reason("not-patrolled", organisation="150424-D30", patrol=PatrolKind.WINDOW)
    assert "“窗口”" in why["zh"]
    assert "as a window" in why["en"]


def test_a_detail_is_never_a_template() -> None:
    assert "{why.__class__}" in reason("unreadable", why="{why.__class__}")["en"]


@pytest.mark.parametrize(
    ("verdict", "reasons", "facts"),
    [
        ("accepted", [], 3),
        ("accepted", [], 0),
        ("refused", [reason("unknown-case", case=ID)], 0),
        ("unreadable", [reason("unreadable", why="score: Field required")], 0),
    ],
)
def test_a_fast_body_is_a_verdict_body(verdict: str, reasons: list[dict[str, str]], facts: int) -> None:
    body = verdict_body(ID, "log-inspection", verdict, reasons, facts, DIGEST)
    read = VerdictBody.model_validate_json(body)
    assert read.model_dump() == {
        "submission": ID,
        "type": "log-inspection",
        "verdict": verdict,
        "reasons": reasons,
        "facts": facts,
        "digest": DIGEST,
    }
    assert read.model_dump_json().encode() == body


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8")))
def test_a_reason_survives_the_body(why: str) -> None:
    body = verdict_body(ID, "log-inspection", "unreadable", [reason("unreadable", why=why)], 0, DIGEST)
    assert why in VerdictBody.model_validate_json(body).reasons[0].en


def test_a_verdict_lies_where_its_submitter_looks() -> None:
    assert verdict_subject("150424100202", ID) == f"verdict.150424100202.{ID}"
    headers = verdict_headers("inspection", "150424100202", ID, "unreadable", None)
    assert headers["ce-id"] == f"inspection/150424100202/{ID}/verdict"
    assert headers["ce-type"] == "submission-unreadable"
    assert "ce-time" not in headers
