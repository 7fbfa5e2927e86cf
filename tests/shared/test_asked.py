"""What an address asks for: an emptied field asks for nothing, and what is wrong is named by its field."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute

from shared.pages.asked import FIELDS, INCOMPLETE, sentences
from shared.services import SERVICES
from shared.web.emptied import without_emptied
from tests.browsing import browsing
from tests.county import County
from tests.processes_here import application
from tests.submitters import committee

FILTERED = (
    "/inspection/?township=&silent=",
    "/inspection/patrols?day=",
    "/inspection/inspections?day=&organisation=",
    "/inspection/rectifications?stage=&township=&organisation=&overdue=&page=",
    "/roster/ideas?turn=&organisation=&words=&page=",
    "/roster/subplans?organisation=&words=&page=",
    "/greenchannel/?year=",
    "/greenchannel/cases?state=&process=&organisation=&words=&page=",
    "/greenchannel/services?client=&mode=&organisation=&page=",
    "/feedback/?period=",
    "/feedback/awards?award=&organisation=&year=&page=",
    "/feedback/organisations?period=+",
    "/feedback/organisations/150424?period=",
    "/feedback/dead-letters?state=&after=&again=&closed=",
    "/feedback/health?check=",
)
NEW_EACH_TIME = re.compile(r'<input type="hidden" name="(?:ticket|time)" value="[^"]*">|value="[0-9T:-]{16}"')
"""A form's ticket, and the minute at which it was opened."""
NOT_WRITTEN_BY_PEOPLE = {
    "did",
    "package",
    "rebuild",
    "done",
    "then",
    "logged",
    "name",
    "device",
    "table",
    "place",
    "item",
    "number",
    "issuer",
    "case",
    "lesson",
    "id",
    "inspection",
    "n",
    "sha256",
    "digest",
    "key",
    "report",
    "ending",
    "plan",
    "checklist",
    "sent",
    "again",
    "closed",
    "back",
    "size",
    "path",
}


@pytest.mark.parametrize("address", FILTERED)
async def test_an_emptied_field_means_today_or_all(county: County, address: str) -> None:
    path = address.split("?")[0]
    async with browsing(county, path.split("/")[1], by=committee.code) as client:
        whole, emptied = await client.get(path), await client.get(address)
    assert (whole.status_code, emptied.status_code) == (200, 200)
    assert NEW_EACH_TIME.sub("", emptied.text) == NEW_EACH_TIME.sub("", whole.text)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/inspection/patrols?day=tomorrow", "“日期”应当写作2018-03-05"),
        ("/inspection/api/patrols?from=2018-01-01&to=later", "“截止日期”应当写作2018-03-05"),
        ("/inspection/patrols?day=0026-11-26", "“日期”应当写作2018-03-05"),
        ("/inspection/?township=林西镇", "“乡镇（街道）”应当是完整的单位编号"),
        ("/inspection/rectifications?stage=lost", "“整改环节”不在可选范围内"),
        ("/inspection/rectifications?page=0", "“页码”应当是"),
        ("/greenchannel/?year=18", "“年份”应当写作2018"),
        ("/feedback/?period=2018-13", "“期次”应当写作2018、2018-Q1或者2018-03"),
        ("/feedback/organisations/1504", "“单位”应当是完整的单位编号"),
        ("/feedback/dead-letters/0", "“编号”应当是正整数"),
        ("/inspection/rectifications/150424100202/x/0", INCOMPLETE),
    ],
)
async def test_what_does_not_fit_is_named_by_its_field_and_nothing_else_is(
    county: County, address: str, said: str
) -> None:
    async with browsing(county, address.split("/")[1], by=committee.code) as client:
        answer = await client.get(address)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert sum(sentence[:5] in answer.text for sentence in set(FIELDS.values())) == (said != INCOMPLETE)


def test_two_fields_are_both_named_and_none_twice() -> None:
    assert sentences(["day", "township", "day"]).count("应当") == 2


async def test_a_program_that_names_nothing_is_told_so(county: County) -> None:
    async with browsing(county, "feedback") as client:
        assert (await client.get("/feedback/api/totals?period=&organisation=150424")).status_code == 422


@pytest.mark.parametrize(
    ("query", "left"),
    [
        (b"day=&township=150424100", b"township=150424100"),
        (b"day=+%20&person=%E5%BC%A0", b"person=%E5%BC%A0"),
        (b"day", b""),
        (b"a=1&b=a=b", b"a=1&b=a=b"),
        (b"x=%ff", b"x=%ff"),
    ],
)
def test_what_is_asked_stays_as_it_was_written(query: bytes, left: bytes) -> None:
    assert without_emptied(query) == left


def _routes(router: Any) -> Iterator[APIRoute]:
    for one in router.routes:
        if isinstance(one, APIRoute):
            yield one
        elif hasattr(one, "original_router"):
            yield from _routes(one.original_router)


def _names(dependant: Any) -> Iterator[str]:
    yield from (field.alias for field in (*dependant.query_params, *dependant.path_params))
    for other in dependant.dependencies:
        yield from _names(other)


@pytest.mark.parametrize("service", SERVICES)
def test_every_field_that_a_page_asks_for_has_a_sentence(service: str) -> None:
    pages = [one for one in _routes(application(service)) if "/api/" not in one.path and "GET" in (one.methods or ())]
    asked = {name for one in pages for name in _names(one.dependant)}
    assert len(pages) > 1
    assert asked - FIELDS.keys() - NOT_WRITTEN_BY_PEOPLE == set()


SAID_BACK = {"sent", "again", "back"}
"""What a page carries in its own address, and no program asks for."""


@pytest.mark.parametrize("service", SERVICES)
def test_every_field_that_a_program_asks_by_has_a_sentence_too(service: str) -> None:
    reading = [one for one in _routes(application(service)) if "/api/" in one.path and "GET" in (one.methods or ())]
    asked = {field.alias for one in reading for field in one.dependant.query_params}
    assert len(asked) > 1
    assert asked - FIELDS.keys() - SAID_BACK == set()
