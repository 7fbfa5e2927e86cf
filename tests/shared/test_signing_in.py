"""Signing in: with the own token only, and back to these pages; a program says with each request who it is."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from httpx import AsyncClient

from shared.identity.tokens import token_of
from shared.web.sign_in_page import MOST_BYTES
from tests.asking import NEIGHBOUR, STATION
from tests.shared.signing import NAME, OURS, SECRET, TOKEN, application, basic, browser_of, signs_in, who


@pytest.fixture
async def browser() -> AsyncIterator[AsyncClient]:
    """At a service on whose roster no key has ended."""
    async with browser_of(application()) as client:
        yield client


async def test_who_signs_in_with_its_own_token_is_known_until_it_signs_out(browser: AsyncClient) -> None:
    assert await who(browser) == "nobody"
    assert (await signs_in(browser, f" {STATION} ", f" {TOKEN} ")).status_code == 303
    assert await who(browser) == STATION
    await browser.post("/inspection/sign-out", headers=OURS)
    assert await who(browser) == "nobody"


@pytest.mark.parametrize(
    ("code", "token"),
    [
        (STATION, "0" * 64),
        (STATION, token_of(NEIGHBOUR, SECRET)),
        (NEIGHBOUR, TOKEN),
        ("村", "é"),
    ],
)
async def test_anything_else_is_refused_in_a_sentence_and_the_code_stays_filled_in(
    browser: AsyncClient, code: str, token: str
) -> None:
    answer = await signs_in(browser, code, token)
    assert answer.status_code == 401
    assert "单位编号与登录口令不符" in answer.text
    assert f'value="{code}"' in answer.text
    assert token not in answer.text
    assert wrong_fields(answer.text) == [("token", True)]
    assert await who(browser) == "nobody"


async def test_who_is_not_known_yet_sends_no_more_than_a_form_that_waited(browser: AsyncClient) -> None:
    for size, status in ((MOST_BYTES, 413), (MOST_BYTES // 2, 401)):
        photo = {"photos": ("1.jpg", bytes(size), "image/jpeg")}
        answer = await browser.post(
            "/inspection/sign-in", data={"code": STATION, "token": "x"}, files=photo, headers=OURS
        )
        assert answer.status_code == status


def wrong_fields(page: str) -> list[tuple[str, bool]]:
    """Those marked as wrong, each described by its sentence and led to from the top, and whether it has the focus."""
    found = re.findall(r'<input id="(\w+)"[^>]* aria-invalid="true" aria-describedby="(\w+-wrong)"( autofocus)?>', page)
    assert all(f'id="{sentence}"' in page and f'<a href="#{name}">' in page for name, sentence, _ in found)
    return [(name, bool(focus)) for name, _, focus in found]


@pytest.mark.parametrize(
    ("code", "token", "wrong"),
    [
        ("", "", [("code", True), ("token", False)]),
        (" ", TOKEN, [("code", True)]),
        (STATION, "", [("token", True)]),
    ],
)
async def test_what_is_left_empty_is_asked_for_at_its_field(
    browser: AsyncClient, code: str, token: str, wrong: list[tuple[str, bool]]
) -> None:
    answer = await signs_in(browser, code, token, "/inspection/mine")
    assert (answer.status_code, wrong_fields(answer.text)) == (422, wrong)
    assert ("请填写“单位编号”。" in answer.text, 'name="back" value="/inspection/mine"' in answer.text) == (
        ("code", True) in wrong,
        True,
    )
    assert await who(browser) == "nobody"


@pytest.mark.parametrize(
    "back",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "\\\\elsewhere.example/",
        "/\t/elsewhere.example/",
        "/\n/elsewhere.example/",
        "javascript:alert(1)",
        "elsewhere",
        "http:/inspection/",
        "//[",
    ],
)
async def test_nobody_is_sent_elsewhere_after_signing_in(browser: AsyncClient, back: str) -> None:
    assert (await signs_in(browser, back=back)).headers["location"] == "/inspection/todo"


async def test_a_person_comes_back_to_the_page_that_asked_them_to_sign_in(browser: AsyncClient) -> None:
    asked = await browser.get("/inspection/mine?township=150424100&kind=station")
    assert asked.headers["location"].startswith("/inspection/sign-in?back=")
    form = await browser.get(asked.headers["location"])
    assert 'value="/inspection/mine?township=150424100&amp;kind=station"' in form.text
    signed = await signs_in(browser, back="/inspection/mine?township=150424100&kind=station")
    assert (signed.status_code, signed.headers["location"]) == (303, "/inspection/mine?township=150424100&kind=station")


@pytest.mark.parametrize("path", ["sign-in", "sign-out"])
async def test_another_origin_signs_nobody_in_or_out(browser: AsyncClient, path: str) -> None:
    await signs_in(browser)
    other = {"origin": "https://elsewhere.example", "host": "county"}
    answer = await browser.post(f"/inspection/{path}", data={"code": NEIGHBOUR, "token": "x"}, headers=other)
    assert answer.status_code == 403
    assert await who(browser) == STATION


@pytest.mark.parametrize(
    ("headers", "known"),
    [
        (basic(f"{STATION}:{TOKEN}".encode()), STATION),
        (basic(f"{STATION}:{TOKEN}".encode(), "basic"), STATION),
        (basic(f"{NEIGHBOUR}:{TOKEN}".encode()), "nobody"),
        (basic(f"{STATION}:".encode()), "nobody"),
        (basic(STATION.encode()), "nobody"),
        (basic(b"\xff\xfe:\xff"), "nobody"),
        ({"authorization": "Basic not base64!"}, "nobody"),
        ({"authorization": "Basic"}, "nobody"),
        ({"authorization": f"Bearer {TOKEN}"}, "nobody"),
    ],
)
async def test_a_program_says_who_it_is_by_code_and_token(
    browser: AsyncClient, headers: dict[str, str], known: str
) -> None:
    assert (await browser.get("/inspection/who", headers=headers)).text == known


async def test_a_wrong_password_is_nobody_even_with_a_cookie(browser: AsyncClient) -> None:
    await signs_in(browser)
    answer = await browser.get("/inspection/who", headers=basic(f"{STATION}:wrong".encode()))
    assert answer.text == "nobody"


async def test_a_county_without_a_secret_signs_nobody_in_and_nothing_breaks() -> None:
    async with browser_of(application(None)) as client:
        assert (await signs_in(client)).status_code == 401
        assert (await client.post("/inspection/sign-out", headers=OURS)).status_code == 303
        assert (await client.get("/inspection/who", headers=basic(f"{STATION}:{TOKEN}".encode()))).text == "nobody"
        assert "登录" not in (await client.get("/inspection/page")).text


async def test_every_page_says_who_is_signed_in_and_offers_to_sign_out(browser: AsyncClient) -> None:
    before = (await browser.get("/inspection/page")).text
    assert 'href="/inspection/sign-in"' in before
    assert "退出" not in before
    await signs_in(browser)
    after = (await browser.get("/inspection/page")).text
    assert NAME in after
    assert 'action="/inspection/sign-out"' in after


@pytest.mark.parametrize("encoding", ["undefined", "unicode_escape", "utf-16", "raw_unicode_escape"])
async def test_what_is_sent_in_another_encoding_than_the_pages_is_no_error(browser: AsyncClient, encoding: str) -> None:
    part = 'Content-Disposition: form-data; name="code"\r\n\r\n\\ud800\r\n'
    for name in ("charset", "Charset*0"):
        kind = f"multipart/form-data; {name}={encoding}; boundary=edge"
        answer = await browser.post(
            "/inspection/sign-in", content=f"--edge\r\n{part}--edge--\r\n", headers={"content-type": kind}
        )
        assert (answer.status_code, "\\ud800" in answer.text) == (422, True)


async def test_a_file_in_the_place_of_a_code_is_no_code(browser: AsyncClient) -> None:
    answer = await browser.post("/inspection/sign-in", files={"code": ("a", b"b"), "token": ("c", b"d")})
    assert (answer.status_code, "请填写“单位编号”。" in answer.text) == (422, True)
