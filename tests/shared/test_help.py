"""Every page has its help: what it is for, how it is done, what people ask; the way there, and the way back."""

from __future__ import annotations

import re
from importlib import import_module

import pytest

from services.station.page.help import STATION
from shared.help.shelf import ALL
from shared.help.written import Help
from shared.pages.navigation import PLACES
from shared.pages.rendering import Pages
from shared.pages.templates import static_files
from shared.services import SERVICES
from shared.web.reading import declared
from tests.processes_here import Browser, application
from tests.shared.test_county_words import GIVEN_UP
from tests.shared.test_wording import FORBIDDEN

NO_PAGES = re.compile(
    r"/(healthz|readyz|metrics|static/.*|help(/.*)?|api/.*|spot-check|sign-in/units|sign-in/unified(/return)?"
    r"|audit/file|people/import/template/{name}|reports/{report}\.{ending}|report-archives/{period}\.zip"
    r"|packages/{package}(/letter\.{ending}|/performance\.xlsx|\.zip)|yearbook/{year}\.{ending}"
    r"|filing/{year}\.zip|nominations/{id}/decision\.pdf)$"
)
"""What no person looks at, help itself, and what only leads on."""
LATIN = frozenset({"https", "JPEG", "PNG", "MB", "PDF"})


def pages_of(service: str) -> Pages:
    pages: Pages = import_module(f"services.{service}.places").PAGES
    return pages


EVERY = [(service, key) for service in SERVICES for key in pages_of(service).shelf.helps]


def paths(service: str) -> list[str]:
    """Of every page of a service, as its route says it."""
    found = (one.path for one in declared(application(service)) if "GET" in one.methods)
    return sorted({path for path in found if not NO_PAGES.search(path)})


@pytest.mark.parametrize("service", SERVICES)
def test_every_page_has_a_help_of_its_own(service: str) -> None:
    shelf = pages_of(service).shelf
    kept = [f"/{service}/{one.path}" for one in shelf.helps.values()]
    assert len(kept) == len({*kept})
    assert {*paths(service)} - {*kept} == set()
    assert {one.page.key for one in PLACES if one.service == service} <= shelf.helps.keys()


@pytest.mark.parametrize("service", SERVICES)
def test_the_address_of_a_page_leads_to_its_help_also_when_a_form_was_sent_there(service: str) -> None:
    shelf = pages_of(service).shelf
    for one in shelf.helps.values():
        address = f"/{service}/{re.sub(r'{[^}]*}', '150424100202', one.path)}"
        assert shelf.url(address, "") == f"/{service}/{ALL}/{one.key}"
        if one.path.count("/"):
            assert shelf.url(f"{address}/some-form", "") != ""
    assert shelf.url(f"/{service}/{ALL}/more", "more") == ""
    assert shelf.url(f"/{service}/nothing", "") == ""
    assert shelf.url(f"/{service}/record", "more") == f"/{service}/{ALL}/more"


def test_what_is_named_is_found_before_what_is_any() -> None:
    shelf = pages_of("roster").shelf
    assert shelf.url("/roster/organisations/new", "").endswith("/new-organisation")
    assert shelf.url("/roster/organisations/new/department/150424/new", "").endswith("/new-organisation")
    assert shelf.url("/roster/party/branches/some", "").endswith("/branch")
    assert shelf.url("/roster/party/150424-D15", "").endswith("/party-organisation")


@pytest.mark.parametrize(("service", "key"), EVERY)
def test_it_is_short_and_says_what_for_how_and_what_people_ask(service: str, key: str) -> None:
    kept = pages_of(service).shelf.helps[key]
    assert kept.name
    assert kept.place.startswith(f"/{service}/")
    assert "{" not in kept.place
    check(kept.written)


@pytest.mark.parametrize("key", STATION)
def test_so_does_that_of_a_station(key: str) -> None:
    check(STATION[key])


def check(one: Help) -> None:
    """A page's help fits on it, and reads as an office speaks."""
    text = "".join(one.sentences)
    assert 100 <= len(text) <= 420, len(text)
    assert len(one.steps) >= 2
    assert one.questions
    assert all(sentence.endswith(("。", "？")) for sentence in one.sentences if sentence and sentence != one.name)
    assert not re.search(FORBIDDEN, text.replace("待发送", ""))
    assert not re.search("|".join(GIVEN_UP), text)
    assert not re.search("[！!]", text)
    assert set(re.findall("[A-Za-z]+", text)) <= LATIN


async def test_a_page_shows_the_way_to_its_help_and_help_the_way_back() -> None:
    async with Browser(application("roster")) as client:
        page = (await client.get("/roster/sign-in")).text
        assert 'href="/roster/help/sign-in" data-help' in page
        here = {"referer": "http://county/roster/sign-in?back=%2Froster%2Fparty"}
        helped = (await client.get("/roster/help/sign-in", headers=here)).text
        assert 'href="/roster/sign-in?back=%2Froster%2Fparty">返回登录' in helped
        elsewhere = {"referer": "http://elsewhere/roster/sign-in?back=1"}
        assert 'href="/roster/sign-in">返回登录' in (await client.get("/roster/help/sign-in", headers=elsewhere)).text
        assert "data-help" not in helped
        assert (await client.get("/roster/help/nothing")).status_code == 404
        listed = (await client.get("/roster/help")).text
        assert 'href="/feedback/help/overview"' in listed
        assert "/feedback/help/health" not in listed


def test_the_key_does_nothing_while_somebody_types() -> None:
    script = static_files()["help.js"].body.decode()
    assert "INPUT|SELECT|TEXTAREA" in script
