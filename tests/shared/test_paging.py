"""No list is cut off silently: it says how many there are, and the rest is a link or a filter away."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from html import unescape
from pathlib import Path

import pytest

from deploy.embedded.settings import ROOT
from services.greenchannel.model import Case
from services.inspection.dated import From
from services.inspection.excellence.model.excellence import Commitment
from services.inspection.excellence.model.incidents import Incident
from services.inspection.patrols.model.patrols import Inspection
from services.inspection.supervision.model import Viewing
from shared.database.documents import Document
from shared.events.inspection import IncidentKind, ViewingRole
from shared.events.vocabulary import PatrolKind
from shared.pages.paging import paging
from shared.services import SERVICES
from shared.stretch import Stretch
from tests.browsing import browsing, token
from tests.county import County
from tests.submitters import COUNTY, START, committee, moment, office, station

AT = moment("2018-03-05")
LIMITED = {
    "services/inspection/patrols/reads.py",
    "services/inspection/photos/album.py",
    "services/inspection/photos/clearing.py",
    "services/inspection/excellence/reads.py",
    "services/inspection/rectifications/reads.py",
    "services/roster/appraisals/resealing.py",
    "services/roster/people/resealing.py",
}
"""Where a query is limited: the last facility checks, which tell of all, a page of the register, some at a time."""


@pytest.mark.parametrize(
    ("total", "asked", "shown"),
    [
        (0, 1, (1, 0, 0)),
        (60, 1, (1, 0, 60)),
        (61, 2, (2, 60, 61)),
        (61, 9, (2, 60, 61)),
        (61, 0, (1, 0, 60)),
    ],
)
def test_a_page_behind_the_end_is_the_last(total: int, asked: int, shown: tuple[int, int, int]) -> None:
    stretch = Stretch.of(total, asked, 60)
    assert (stretch.number, stretch.skip, stretch.end) == shown


def test_a_list_on_one_page_says_how_many_and_a_longer_one_which_and_where_the_rest_is() -> None:
    whole, middle = (paging(Stretch.of(n, 2, 60), "起", "page={}".format) for n in (3, 1234))
    assert (whole.sentence, whole.previous_url, whole.next_url) == ("共3起。", "", "")
    assert middle.sentence == "共1,234起，本页第61至120起。"
    assert (middle.previous_url, middle.next_url) == ("page=1", "page=3")


async def kept(county: County, service: str, documents: Iterable[Document]) -> None:
    raw = [one.to_store() for one in documents]
    await county.db(service)[next(iter(documents)).collection].insert_many(raw)


def incidents(count: int) -> list[Incident]:
    return [
        Incident(
            id=f"{office.code}/{n:05}",
            county=COUNTY,
            organisation=office.code,
            incident=f"{n:05}",
            kind=IncidentKind.COMPLAINT,
            summary="",
            person=None,
            reported=START,
            quarter="2018-Q1",
            due=START,
            provisional=False,
            upheld=True,
        )
        for n in range(count)
    ]


def commitments(count: int) -> list[Commitment]:
    since = (From(since=AT, value="承诺"),)
    return [
        Commitment(
            id=f"{office.code}/{n:05}/integrity",
            county=COUNTY,
            organisation=office.code,
            person=f"P{n:05}",
            item="integrity",
            history=since,
        )
        for n in range(count)
    ]


async def test_the_board_of_the_programme_counts_all_that_there_are(county: County) -> None:
    await kept(county, "inspection", incidents(2100))
    await kept(county, "inspection", commitments(2050))
    async with browsing(county, "inspection", by=committee.code) as client:
        page = (await client.get("/inspection/excellence")).text
        last = (await client.get("/inspection/excellence?page=35")).text
        window = (await client.get(f"/inspection/excellence/{office.code}")).text
    assert re.search(r'<td class="number roomy">2050</td><td class="number">2050</td><td[^>]*>2100<', page)
    assert ("共2,100起，本页第1至60起。" in page, "?page=2" in page) == (True, True)
    assert ("共2,100起，本页第2,041至2,100起。" in last, "下一页" in last) == (True, False)
    assert window.count("/inspection/incidents/") == 2100


def inspections(count: int) -> list[Inspection]:
    return [
        Inspection(
            id=f"{station.code}/{n:05}",
            county=COUNTY,
            organisation=station.code,
            submitter=station.code,
            inspection=f"{n:05}",
            patrol=PatrolKind.STATION if n else PatrolKind.FACILITY,
            plan=None,
            day=AT.date(),
            due=None,
            captured=AT,
            score=9500,
            findings=0,
        )
        for n in range(count)
    ]


def cases(count: int) -> list[Case]:
    open_ = {"process": "licence", "opened": START, "limit_days": 5, "due": START, "provisional": False}
    return [Case(id=f"{station.code}/{n:05}", organisation=station.code, **open_) for n in range(count)]


def viewings(count: int) -> list[Viewing]:
    by = {"viewer": office.code, "person": "D02-H1", "role": ViewingRole.DEPARTMENT_HEAD, "at": AT}
    return [
        Viewing(id=f"{office.code}/{n}", county=COUNTY, organisation=office.code, device="counter-1", **by)
        for n in range(count)
    ]


@pytest.mark.parametrize(
    ("address", "many", "sentences"),
    [
        (f"/inspection/inspections?day={AT:%F}", inspections(51), ("共51条，本页第1至50条。", "本页第51至51条。")),
        ("/greenchannel/?year=2018", cases(31), ("共31件，本页第1至30件。", "本页第31至31件。")),
        ("/inspection/supervision?person=D02-H1", viewings(21), ("共21次，本页第1至20次。", "本页第21至21次。")),
    ],
)
async def test_the_rest_of_a_list_is_a_link_away(
    county: County, address: str, many: list[Document], sentences: tuple[str, str]
) -> None:
    service = address.split("/")[1]
    await kept(county, service, many)
    async with browsing(county, service) as client:
        page = (await client.get(address, auth=token(committee.code))).text
        (behind,) = re.findall(r'<a class="button quiet" href="([^"]+)">下一页', page)
        rest = (await client.get(unescape(behind), auth=token(committee.code))).text
    assert (sentences[0] in page, sentences[1] in rest, "下一页" in rest) == (True, True, False)


async def test_a_window_tells_of_all_facility_checks_and_where_to_see_them(county: County) -> None:
    last = [one.having(patrol=PatrolKind.FACILITY) for one in inspections(7)]
    await kept(county, "inspection", last)
    async with browsing(county, "inspection", by=committee.code) as client:
        page = (await client.get(f"/inspection/excellence/{station.code}")).text
    assert "共7次，列出最近5次；其余在" in page


def _sources() -> Iterator[tuple[str, ast.Module]]:
    for service in SERVICES:
        for path in sorted((ROOT / "services" / service).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text())


def _limits(module: ast.Module) -> bool:
    """Whether it limits a query of its own."""
    nodes = list(ast.walk(module))
    called = any(isinstance(one, ast.Attribute) and one.attr == "limit" for one in nodes)
    return called or any(isinstance(one, ast.Constant) and one.value == "$limit" for one in nodes)


def test_no_service_limits_what_it_reads_but_where_it_says_so() -> None:
    assert {path for path, module in _sources() if _limits(module)} == LIMITED


def _lists(function: ast.AsyncFunctionDef) -> bool:
    routed = any(
        isinstance(one, ast.Call) and ast.unparse(one.func).endswith(".get") for one in function.decorator_list
    )
    calls = (ast.unparse(one.func) for one in ast.walk(function) if isinstance(one, ast.Call))
    return routed and any(one == "listed" or one.endswith(".listed") for one in calls)


def test_every_list_for_programs_can_be_read_on() -> None:
    """What `listed` answers names the next page: its route takes it."""
    routes = [
        (path, function)
        for path, module in _sources()
        for function in ast.walk(module)
        if isinstance(function, ast.AsyncFunctionDef) and _lists(function)
    ]
    assert len(routes) > 10
    assert [(path, one.name) for path, one in routes if "after" not in {each.arg for each in one.args.args}] == []


def test_a_limit_is_seen(tmp_path: Path) -> None:
    assert _limits(ast.parse("await db[x].find(y).limit(5).to_list(None)"))
    assert not _limits(ast.parse("process.limits[0]"))
