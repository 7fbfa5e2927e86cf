"""The year book: every measure in one chapter, each figure the county's total, the same as page and as file."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from services.feedback.measures.catalogue import MEASURES, OF_PLACES
from services.feedback.papers.sheet import Sheet, SheetTable
from services.feedback.yearbook.book import axis_end
from services.feedback.yearbook.chapters import CHAPTERS
from tests.browsing import browsing
from tests.conftest import county_on
from tests.county import County
from tests.submitters import COUNTY, committee, moment, station, township

PAGE = "/feedback/yearbook"


def test_every_measure_that_names_no_place_stands_in_one_chapter() -> None:
    named = [name for chapter in CHAPTERS for name in chapter.measures]
    assert sorted(named) == sorted(MEASURES.keys() - {*OF_PLACES})
    assert {name for chapter in CHAPTERS for name in chapter.drawn} <= {*named}


@pytest.mark.parametrize(("highest", "end"), [(1, 4), (4, 4), (5, 8), (9, 20), (21, 40), (81, 200), (9_999, 20_000)])
def test_an_axis_ends_in_four_round_steps_above_the_highest(highest: int, end: int) -> None:
    assert axis_end(highest) == end


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """Two findings in March."""
    async with county_on(bus_and_database) as county, county.at_work():
        await county.hears(station.logs(findings=2, at=moment("2018-03-12")))
        await county.settles()
        yield county


@pytest.mark.asyncio(loop_scope="module")
async def test_each_figure_is_the_countys_total_and_the_page_shows_what_the_file_has(county: County) -> None:
    async with browsing(county, "feedback", by=committee.code) as client:
        client.looks_at(moment("2019-02-01"))
        total = (await client.get(f"/feedback/api/totals?period=2018&organisation={COUNTY}")).json()["measures"]
        page, file = await client.get(f"{PAGE}?year=2018"), await client.get(f"{PAGE}/2018.json")
        assert (page.status_code, file.status_code) == (200, 200)
        tables = [one for one in Sheet.model_validate_json(file.content).blocks if isinstance(one, SheetTable)]
        found = {row.cells[0].text: row.cells[2] for table in tables for row in table.rows}
        by_name = {one.zh: name for name, one in MEASURES.items()}
        counts = {by_name[name]: cell.value for name, cell in found.items() if isinstance(total[by_name[name]], int)}
        assert counts == {name: total[name] for name in counts}
        assert counts.get("findings") == 2
        assert f"/feedback/organisations/{COUNTY}/facts?measure=findings&amp;period=2018" in page.text
        assert "2018年各月发现问题" in page.text
        assert (await client.get(f"{PAGE}/2018.html")).status_code == 404
        assert "本年没有数据" in (await client.get(f"{PAGE}?year=2017")).text


@pytest.mark.asyncio(loop_scope="module")
async def test_to_others_lead_no_links_to_the_countys_facts(county: County) -> None:
    async with browsing(county, "feedback", by=township.code) as client:
        client.looks_at(moment("2019-02-01"))
        page = (await client.get(f"{PAGE}?year=2018")).text
        assert ("只列本单位可以查看的" in page, "/facts?" in page) == (True, False)
