"""大字: chosen on any page, kept for a year by a cookie, without a script, and back to where it was chosen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from httpx import AsyncClient

from shared.pages.templates import Templates
from shared.web.letters import COOKIE
from tests.shared.signing import application, browser_of

OURS = {"origin": "http://county", "host": "county", "sec-fetch-site": "same-origin"}
PAGE, CHOICE = "/inspection/sign-in", "/inspection/letters/"


@pytest.fixture
async def browser() -> AsyncIterator[AsyncClient]:
    """At a service in which nobody has signed in."""
    async with browser_of(application()) as client:
        yield client


async def test_large_letters_stay_until_the_usual_ones_are_chosen(browser: AsyncClient) -> None:
    assert '<html lang="zh-CN">' in (await browser.get(PAGE)).text
    chosen = await browser.post(CHOICE + "large", headers=OURS)
    large = (await browser.get(PAGE)).text
    assert '<html lang="zh-CN" class="large">' in large
    assert f'action="{CHOICE}usual"' in large
    cookie = chosen.headers["set-cookie"].lower()
    assert all(said in cookie for said in ("path=/", "max-age=31536000", "samesite=strict", "httponly"))
    await browser.post(CHOICE + "usual", headers=OURS)
    assert COOKIE not in browser.cookies
    assert '<html lang="zh-CN">' in (await browser.get(PAGE)).text


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://county/inspection/?township=150424100", "/inspection/?township=150424100"),
        ("http://elsewhere/inspection/", "/"),
        ("http://county//elsewhere/", "/elsewhere/"),
        ("http://[", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
async def test_whoever_chose_is_back_where_it_was_and_nowhere_else(
    browser: AsyncClient, referer: str, back: str
) -> None:
    answer = await browser.post(CHOICE + "large", headers=OURS | {"referer": referer})
    assert (answer.status_code, answer.headers["location"]) == (303, back)


async def test_no_other_site_chooses_for_somebody(browser: AsyncClient) -> None:
    answer = await browser.post(CHOICE + "large", headers=OURS | {"origin": "http://elsewhere"})
    assert (answer.status_code, COOKIE in browser.cookies) == (403, False)


async def test_what_a_cookie_says_is_not_written_into_a_page(browser: AsyncClient) -> None:
    page = (await browser.get(PAGE, headers={"cookie": f'{COOKIE}="><script>'})).text
    assert '<html lang="zh-CN">' in page


def test_what_a_page_shows_takes_no_name_of_the_layouts(tmp_path: Path) -> None:
    """Seen: dead letters were called as the size of the letters is, and stood in the page's first tag."""
    (tmp_path / "page.html").write_text('{% extends "layout.html" %}{% block content %}{{ letters }}{% endblock %}')
    templates = Templates(tmp_path, "/static", "/")
    page = bytes(templates.render("page.html", title="x", letters="many").body).decode()
    assert ('<html lang="zh-CN">' in page, "many" in page) == (True, True)
    with pytest.raises(TypeError, match="letter_size"):
        templates.render("page.html", title="x", letter_size="many")
