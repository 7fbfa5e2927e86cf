"""Text is read as it is meant, whatever keyboard or system wrote it: in a body, in a header and in a form."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.events import Event, Unreadable, read_submission
from shared.events.inspection import Finding, LogInspection, SendBackRectification, SubmitRectification
from shared.events.text import alike, as_meant, in_one_line, number_as_meant
from shared.events.vocabulary import MOST_NOTE, MOST_TITLE
from tests.submitters import station

ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
BLANK = ["", " ", "　", "\u200b", "\ufeff", "\x00", "\x00\x07\x1b", "\r\n\r\n", "\u3164", "\u2800", "\u200d", "\u0301"]


def read(text: str, note: str = "") -> Event[Any] | Unreadable:
    """A patrol with one finding, as the bus brings it."""
    found = {"item": text, "severity": "minor", "note": note, "rectify_within": 3}
    body = json.dumps({"patrol": "station", "score": 9800, "findings": [found]}).encode()
    message = station.logs().message
    return read_submission(message.subject, message.headers, body)


def finding(text: str, note: str = "") -> Finding:
    event = read(text, note)
    assert isinstance(event, Event), event
    assert isinstance(event.data, LogInspection)
    return event.data.findings[0]


@settings(deadline=None)
@given(ANY)
@example("e\u0301")
@example("\u1100\u1161")
@example("炙\uf9fb")
@example("a\u200b\u0301")
def test_whatever_is_written_is_kept_in_one_form_or_said_to_be_nothing(text: str) -> None:
    event = read(text)
    meant = str(in_one_line(text))
    if not meant or len(meant) > MOST_TITLE:
        assert isinstance(event, Unreadable)
        assert "“事项”" in event.zh
        return
    assert isinstance(event, Event)
    item = event.data.findings[0].item
    assert item == meant == in_one_line(item)
    assert unicodedata.is_normalized("NFC", item)
    assert not any(unicodedata.category(letter) == "Cc" for letter in item)


@given(ANY)
def test_what_is_as_meant_stays_so(text: str) -> None:
    assert as_meant(as_meant(text)) == as_meant(text)


@pytest.mark.parametrize("text", BLANK)
def test_what_shows_nothing_is_no_text(text: str) -> None:
    no = read(text)
    assert isinstance(no, Unreadable)
    assert no.zh == "第1项“事项”不得为空"
    assert finding("灯不亮", text).note == ""
    with pytest.raises(ValueError, match="at least 1"):
        SendBackRectification(rectification=f"{'0' * 36}/0", reason=text)


def test_the_bytes_that_came_stay_and_are_what_is_digested() -> None:
    decomposed, composed = read("e\u0301"), read("é")
    assert isinstance(decomposed, Event)
    assert isinstance(composed, Event)
    assert decomposed.data == composed.data
    assert decomposed.body != composed.body
    assert decomposed.digest != composed.digest


def test_a_line_break_counts_once_and_a_title_has_none() -> None:
    lines = "\r\n".join(["字" * 65] * 15)
    assert len(lines) > MOST_NOTE
    assert len(SubmitRectification(rectification=f"{'0' * 36}/0", note=lines).note) == 15 * 65 + 14
    assert finding("灯\r\n不亮\r").item == "灯 不亮"


def test_rare_letters_emoji_and_mongolian_stay_as_they_are() -> None:
    for text in ("𠀀𰻝", "👨‍👩‍👧", "ᠮᠣᠩᠭᠣᠯ\u180e᠎ᠠ", "卐\ue000", "①", "１号"):
        assert finding(text).item == text


def test_half_a_surrogate_is_none_and_neither_is_what_nests_without_end() -> None:
    message = station.logs().message
    for body in (rb'{"patrol": "station", "score": 1, "findings": "\ud83d"}', b"[" * 30_000, b'{"a":' * 7_000):
        no = read_submission(message.subject, message.headers, body)
        assert isinstance(no, Unreadable)
        assert no.zh == "内容不完整或者格式有误"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("９５．５", "95.5"),
        ("95。5", "95.5"),
        ("９５｡５", "95.5"),
        ("1,200", "1200"),
        ("１，２００", "1200"),
        ("－3", "-3"),
        (" 7\u200b", "7"),
    ],
)
def test_a_number_is_read_as_a_chinese_keyboard_writes_it(written: str, meant: str) -> None:
    assert number_as_meant(written) == meant


def test_a_comma_that_groups_no_thousands_stays() -> None:
    assert number_as_meant("95,5") == "95,5"


SAME = [
    "灭火器1号过期",
    "灭火器１号过期",
    "灭火器1号过期。",
    "灭火器1号 过期",
    "灭火器 1号过期！",
    "灭火器1号过期\u200b",
]


def test_what_says_the_same_in_other_letters_is_alike() -> None:
    assert {alike(one) for one in SAME} == {SAME[0]}
    assert alike("Wi-Fi故障") == alike("WI-FI故障")
    assert alike("e\u0301") == alike("é")
    assert alike("\uf9fb") == alike("\u7099")
    assert alike("灭火器2号过期") != alike(SAME[0])
    assert alike("。") == "。"
