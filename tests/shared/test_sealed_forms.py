"""A session that ends while a form is filled in loses nothing: the form waits at the sign-in and goes on from there."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape

import pytest
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse, Response
from httpx import ASGITransport, AsyncClient

from shared.pages.rendering import SIGNED_IN
from shared.web import sealed_forms
from shared.web.asking import SignedIn
from shared.web.posted import posted
from shared.web.sealed_forms import SealedForm, sealed, unsealed
from tests.asking import STATION
from tests.shared.signing import OURS, SECRET, TOKEN, application, signs_in

FILLED = {"ticket": "00000000-0000-4000-8000-00000000000a", "note": "已更换 & <新>", "photo": "a" * 64}


def notes() -> FastAPI:
    """A page that says back who sent what."""
    app = application()

    @app.post("/inspection/note")
    async def note(request: Request, who: SignedIn) -> Response:
        async with posted(request) as sent:
            named = SIGNED_IN.get()
            values = [who, named.code if named else "", request.url.query, *(f"{n}={v}" for n, v in sent.fields)]
        return PlainTextResponse("\n".join(values))

    return app


@pytest.fixture
async def browser() -> AsyncIterator[AsyncClient]:
    async with AsyncClient(transport=ASGITransport(notes()), base_url="http://county") as client:
        yield client


def kept_in(page: str) -> dict[str, str]:
    """The hidden fields of the page of signing in."""
    return {name: unescape(value) for name, value in re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)}


async def test_a_form_sent_by_nobody_goes_on_after_signing_in(browser: AsyncClient) -> None:
    waits = await browser.post("/inspection/note?n=1", data=FILLED, headers=OURS)
    assert (waits.status_code, "登录已到时，填写的内容还在" in waits.text, "照片" in waits.text) == (401, True, False)
    hidden = kept_in(waits.text)
    wrong = await browser.post("/inspection/sign-in", data={**hidden, "code": STATION, "token": "0"}, headers=OURS)
    assert (wrong.status_code, kept_in(wrong.text)) == (401, hidden)
    sent = await browser.post("/inspection/sign-in", data={**hidden, "code": STATION, "token": TOKEN}, headers=OURS)
    said = [f"{name}={value}" for name, value in FILLED.items()]
    assert sent.text.split("\n") == [STATION, STATION, "n=1", *said]
    assert (await browser.get("/inspection/who")).text == STATION  # and is signed in from now on


async def test_photos_that_were_chosen_with_it_are_said_to_be_missing(browser: AsyncClient) -> None:
    waits = await browser.post("/inspection/note", data=FILLED, files={"photos": ("a.png", b"x")}, headers=OURS)
    assert "照片没有带来" in waits.text
    hidden = kept_in(waits.text)
    sent = await browser.post("/inspection/sign-in", data={**hidden, "code": STATION, "token": TOKEN}, headers=OURS)
    assert "note=已更换 & <新>" in sent.text


async def test_of_nine_photos_that_were_chosen_the_texts_before_them_are_kept(browser: AsyncClient) -> None:
    """However much comes of somebody who is not known: what is not read is not kept on the disk."""
    photos = [("photos", (f"{n}.jpg", b"x" * 5_000_000)) for n in range(9)]
    waits = await browser.post("/inspection/note", data=FILLED, files=photos, headers=OURS)
    assert (waits.status_code, "照片没有带来" in waits.text) == (401, True)
    hidden = kept_in(waits.text)
    sent = await browser.post("/inspection/sign-in", data={**hidden, "code": STATION, "token": TOKEN}, headers=OURS)
    assert "note=已更换 & <新>" in sent.text


async def test_wherever_it_is_cut_within_the_photos_the_texts_before_them_are_kept(
    browser: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also between two photos, where the next one has said nothing of itself or half."""
    photos = [("photos", (f"{n}.jpg", b"x\r\n-")) for n in range(2)]
    whole = browser.build_request("POST", "/inspection/note", data=FILLED, files=photos, headers=OURS)
    body = await whole.aread()

    async def byte_by_byte() -> AsyncIterator[bytes]:
        for n in range(len(body)):
            yield body[n : n + 1]

    for most in range(body.index(b"x\r\n-"), len(body)):
        monkeypatch.setattr(sealed_forms, "MOST_WITHOUT_PHOTOS", most)
        waits = await browser.post("/inspection/note", content=byte_by_byte(), headers=dict(whole.headers))
        assert (waits.status_code, "照片没有带来" in waits.text) == (401, True), body[most - 60 : most]
        kept = unsealed(kept_in(waits.text)["kept"], SECRET)
        assert kept is not None
        assert dict(kept.fields) == FILLED


async def test_what_was_not_sealed_here_is_not_sent_on(browser: AsyncClient) -> None:
    theirs = sealed(SealedForm("/inspection/note", (("note", "x"),)), "another secret")
    for kept in (theirs, "x", theirs[:-1]):
        data = {"code": STATION, "token": TOKEN, "kept": kept, "back": "/inspection/mine"}
        answer = await browser.post("/inspection/sign-in", data=data, headers=OURS)
        assert (answer.status_code, answer.headers["location"]) == (303, "/inspection/mine")


async def test_what_is_too_long_to_be_kept_is_said_to_be_with_the_browser(
    browser: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealed_forms, "LONGEST", 10)
    waits = await browser.post("/inspection/note", data=FILLED, headers=OURS)
    assert ("登录后请后退到原来的页面再次提交" in waits.text, "kept" in kept_in(waits.text)) == (True, False)


async def test_who_only_wanted_to_see_a_page_is_sent_there_as_before(browser: AsyncClient) -> None:
    asked = await browser.get("/inspection/mine")
    assert (asked.status_code, asked.headers["location"]) == (303, "/inspection/sign-in?back=%2Finspection%2Fmine")
    assert (await signs_in(browser, back="/inspection/mine")).headers["location"] == "/inspection/mine"


def test_the_seal_holds_for_a_day_and_keeps_every_field_in_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    form = SealedForm("/inspection/note", (("photo", "a"), ("photo", "b"), ("note", "说")), had_files=True)
    text = sealed(form, SECRET)
    assert unsealed(text, SECRET) == form
    monkeypatch.setattr(sealed_forms, "KEPT_FOR", -1)
    assert unsealed(text, SECRET) is None
