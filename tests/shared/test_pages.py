"""What all pages share: security, static files, errors, wording, and where a form may come from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI, HTTPException
from httpx import ASGITransport, AsyncClient
from jinja2 import UndefinedError

from shared.pages.chinese import day_text, percent, since, size, span_text, time_text, work_text
from shared.pages.error_pages import SENTENCES, answer_errors
from shared.pages.rendering import Pages
from shared.pages.templates import STATIC, static_files
from shared.web import files
from shared.web.same_origin import is_same_origin
from tests.listed import answering

NOW = datetime(2018, 3, 5, 6, 5, tzinfo=UTC)
PAGES = Pages("feedback", Path("nowhere"))


def _app() -> FastAPI:
    app = FastAPI(openapi_url=None)
    answer_errors(app, PAGES)
    app.include_router(files.router, prefix="/feedback")

    @app.get("/feedback/number/{number}")
    async def number(number: int) -> None:
        raise HTTPException(404)

    @app.get("/feedback/api/number")
    async def from_program() -> None:
        raise HTTPException(404)

    @app.api_route("/feedback/broken", methods=["GET", "POST"])
    async def broken() -> None:
        raise ValueError("secret <detail>")

    @app.api_route("/feedback/away", methods=["GET", "POST"])
    async def away() -> None:
        raise TimeoutError

    @app.post("/feedback/refused/{status}")
    async def refused(status: int) -> None:
        raise HTTPException(status)

    return app


def _client() -> AsyncClient:
    return AsyncClient(transport=ASGITransport(_app(), raise_app_exceptions=False), base_url="http://county")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/feedback/nothing", 404),
        ("/feedback/number/1", 404),
        ("/feedback/broken", 500),
        ("/feedback/away", 503),
    ],
)
async def test_an_error_is_a_page_that_says_what_to_do(path: str, status: int) -> None:
    async with _client() as client:
        answer = await client.get(path)
    assert answer.status_code == status
    assert all(sentence in answer.text for sentence in SENTENCES[status])
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert "secret" not in answer.text


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/feedback/refused/400", "减少照片、精简文字后重新提交"),
        ("/feedback/refused/404", "本次提交没有收到"),
        ("/feedback/refused/413", "减少或者压缩照片后重新提交"),
        ("/feedback/broken", "请稍后刷新本页再次提交"),
        ("/feedback/away", "请稍后刷新本页再次提交"),
    ],
)
async def test_who_has_sent_a_form_in_vain_reads_that_it_was_not_taken_and_how_to_send_it(path: str, said: str) -> None:
    async with _client() as client:
        answer = await client.post(path)
    assert (said in answer.text, "没有找到这一页" in answer.text, "不受影响" in answer.text) == (True, False, False)


async def test_a_program_is_answered_in_json() -> None:
    async with _client() as client:
        assert (await client.get("/feedback/api/number")).json() == {"detail": "Not Found"}


async def test_a_static_file_is_kept_for_ever_under_the_digest_of_its_content() -> None:
    async with _client() as client:
        now = await client.get(PAGES.static("pages.css"))
        old = await client.get("/feedback/static/000000000000/pages.css")
        outside = await client.get("/feedback/static/0/../../rendering.py")
    assert "immutable" in now.headers["cache-control"]
    assert now.headers["content-type"].startswith("text/css")
    assert (old.status_code, old.headers["cache-control"]) == (200, "no-cache")
    assert outside.status_code == 404


def test_a_vendored_file_lies_beside_its_licence() -> None:
    folder = STATIC / "vendor" / "echarts"
    assert "Apache License" in (folder / "LICENSE").read_text()
    assert (folder / "NOTICE").exists()


def test_nothing_that_pages_load_is_fetched_from_elsewhere() -> None:
    own = [file for path, file in static_files().items() if not path.startswith("vendor/")]
    assert own
    assert not any(b"url(http" in file.body or b"@import" in file.body for file in own)


def test_a_template_that_misses_a_value_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(UndefinedError):
        PAGES.render("error.html")


def test_what_a_page_prints_is_escaped() -> None:
    answer = PAGES.render("error.html", title="<script>", advice="", code=404)
    assert b"<h1>&lt;script&gt;</h1>" in bytes(answer.body)


@pytest.mark.parametrize(
    ("headers", "may"),
    [
        ({}, True),
        ({"sec-fetch-site": "same-origin", "origin": "http://county:8080", "host": "county:8080"}, True),
        ({"sec-fetch-site": "none"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
        ({"origin": "http://elsewhere", "host": "county:8080"}, False),
        ({"origin": "null", "host": "county:8080"}, False),
    ],
)
def test_a_form_may_only_come_from_these_pages(headers: dict[str, str], may: bool) -> None:
    assert is_same_origin(headers) is may


@pytest.mark.parametrize(
    ("ago", "words"),
    [
        (timedelta(seconds=3), "刚刚"),
        (timedelta(seconds=-30), "刚刚"),
        (timedelta(minutes=5), "5分钟前"),
        (timedelta(hours=3), "3小时前"),
        (timedelta(days=2), "2天前"),
        (timedelta(days=65), "2个月前"),
        (timedelta(days=800), "2年前"),
    ],
)
def test_time_since_is_told_in_words(ago: timedelta, words: str) -> None:
    assert since(NOW - ago, NOW) == words


def test_never_is_a_word_of_its_own() -> None:
    assert since(None, NOW) == "从未"


@pytest.mark.parametrize(
    ("seconds", "words"), [(90, "2分钟"), (600, "10分钟"), (7_140, "119分钟"), (86_400, "24小时"), (3 * 86_400, "3天")]
)
def test_how_far_apart_two_clocks_are_is_told_in_a_unit_that_can_be_pictured(seconds: int, words: str) -> None:
    assert span_text(seconds) == words


def test_what_has_not_come_yet_by_a_clock_set_back_is_not_just_now() -> None:
    assert since(NOW + timedelta(days=3), NOW) == time_text(NOW + timedelta(days=3))


def test_times_are_those_of_the_county() -> None:
    assert time_text(datetime(2018, 3, 31, 16, 5, tzinfo=UTC)) == "2018年4月1日 00:05"
    assert day_text("2018-03-05") == "2018年3月5日"


def test_numbers_and_work_read_as_an_office_writes_them() -> None:
    assert percent(None) == "—"
    assert percent(0.9053) == "90.5%"
    assert size(16 * 1024**3) == "16.0 GB"
    with answering():
        said = work_text({"banner": 106, "unheard-of": 2, "unlisted": 3})
    assert said == "配发宣传条幅106条、其他工作5项"
