"""What turns writing round, or is not seen, makes no name read otherwise than it is, new or kept from before."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.events.roster import HoldActivity
from shared.pages.harmless import harmless
from tests.browsing import browsing, token
from tests.county import County
from tests.submitters import committee, station, township

HARMFUL = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\x00\x07\x1b\x7f\x85\x9f"
NAME = "冬不\u202e冷村\u2066便民\x00服务站\u200f"
HTML, JSON = "text/html; charset=utf-8", "application/json"
ANY = st.text(st.one_of(st.sampled_from(HARMFUL), st.characters(exclude_categories=["Cs"])), max_size=60)


def is_harmless(text: str) -> bool:
    turning = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    return not any(unicodedata.bidirectional(one) in turning or one in HARMFUL for one in text)


@given(ANY)
def test_a_page_shows_all_text_and_nothing_that_turns_it(text: str) -> None:
    shown = harmless(HTML, text.encode())
    assert len(shown) == len(text.encode())
    assert is_harmless(shown.decode())
    kept = [one for one in text if one not in HARMFUL and one.isprintable()]
    assert [one for one in shown.decode() if one.isprintable() and one not in "?\ufffd"] == [
        one for one in kept if one not in "?\ufffd"
    ]


@given(ANY, st.booleans())
def test_json_stays_json_of_the_same_length_however_it_is_written(text: str, ascii_only: bool) -> None:
    body = json.dumps({"name": text}, ensure_ascii=ascii_only).encode()
    shown = harmless(JSON, body)
    assert len(shown) == len(body)
    assert is_harmless(json.loads(shown)["name"])
    if text.isprintable() and is_harmless(text):
        assert shown == body


def test_a_backslash_before_a_u_is_a_backslash() -> None:
    body = json.dumps({"name": "\\u202e"}).encode()
    assert harmless(JSON, body) == body


def test_pictures_and_scripts_stay_as_they_are() -> None:
    assert harmless("image/jpeg", b"\x00\xe2\x80\xae") == b"\x00\xe2\x80\xae"
    assert harmless("text/javascript", b"\x00") == b"\x00"


@pytest.mark.parametrize("letter", HARMFUL)
def test_new_text_has_none(letter: str) -> None:
    held = HoldActivity(title=f"参观{letter}西山烈士陵园", prescribed=True, participants=3)
    assert is_harmless(held.title)


async def test_a_name_that_was_kept_before_is_shown_with_a_mark_on_pages_and_in_json(county: County) -> None:
    kept = {"$set": {"history.0.name": NAME}}
    await county.db("roster")["organisations"].update_one({"_id": station.code}, kept)
    async with browsing(county, "roster") as client:
        answers = [
            await client.get(f"/roster/api/organisations/{station.code}", auth=token(committee.code)),
            await client.get(f"/roster/organisations/{station.code}", auth=token(township.code)),
        ]
    for answer in answers:
        assert answer.status_code == 200
        assert is_harmless(answer.text.replace("\n", ""))
    assert "冬不\ufffd冷村" in answers[0].text


async def test_why_a_submission_is_unreadable_is_told_in_the_senders_words_to_the_sender_alone(county: County) -> None:
    said = station.serves().saying('{"client": "vulnerable", "mode": "agency", "张三 13904760000": 1}'.encode())
    async with county.working():
        await county.hears(said)
        await county.settles()
    path = f"/greenchannel/api/verdicts/{station.code}/{said.id}"
    async with browsing(county, "greenchannel") as client:
        own, above = [(await client.get(path, auth=token(code))).json() for code in (station.code, township.code)]
        (letter,) = (await letters(county))["items"]
    assert "张三" in own["reasons"][0]["zh"]
    assert own["verdict"] == above["verdict"] == "unreadable"
    for others in (above, letter):
        assert "张三" not in json.dumps(others, ensure_ascii=False)
        assert "13904760000" not in json.dumps(others)
    assert (letter["why"], letter["why_zh"]) == ("?: Extra inputs are not permitted", "多出未知项“?”")


async def letters(county: County) -> dict[str, list[dict[str, str]]]:
    async with browsing(county, "feedback") as client:
        found: dict[str, list[dict[str, str]]] = (
            await client.get("/feedback/api/dead-letters", auth=token(committee.code))
        ).json()
    return found
