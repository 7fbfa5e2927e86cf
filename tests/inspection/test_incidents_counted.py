"""The board of the excellence programme: the database counts incidents, and only those of the page are read."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio
from httpx import AsyncClient

from deploy.embedded.servers.running import Servers
from services.inspection.excellence.model.incidents import Incident, IncidentCount, IncidentStage
from services.inspection.excellence.pages import BOARD, SHOWN
from services.inspection.excellence.reads import counted
from shared.events.inspection import IncidentKind
from tests.browsing import token
from tests.conftest import county_on
from tests.county import County
from tests.submitters import COUNTY, committee, hall, office

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """A county whose pages are looked at."""
    async with county_on(bus_and_database) as county, county.at_work():
        yield county


def reported(n: int, of: str = office.code, **more: object) -> Incident:
    about = {
        "county": COUNTY,
        "organisation": of,
        "incident": f"{n}",
        "kind": IncidentKind.COMPLAINT,
        "summary": "久等",
    }
    days = {"reported": date(2018, 3, 1 + n % 28), "quarter": "2018-Q1", "due": date(2018, 3, 30), "provisional": False}
    return Incident.model_validate({"id": f"{of}/{n:04}", "person": None, **about, **days, **more})


async def keeps(county: County, *incidents: Incident) -> None:
    """Those and no others."""
    await county.db("inspection")[Incident.collection].delete_many({})
    await county.db("inspection")[Incident.collection].insert_many([one.to_store() for one in incidents])


async def test_each_organisations_are_counted_by_state_and_quarter_and_what_was_withdrawn_is_not(
    county: County,
) -> None:
    closed = {"stage": IncidentStage.CLOSED}
    upheld = [reported(n, upheld=True, quarter=quarter, **closed) for n, quarter in enumerate(("2018-Q1", "2018-Q3"))]
    others = [reported(5), reported(6, **closed), reported(7, stage=IncidentStage.WITHDRAWN), reported(8, hall.code)]
    await keeps(county, *upheld, *others)
    found = await counted(county.db("inspection"), COUNTY, {})
    assert found == {
        office.code: IncidentCount(1, 2, frozenset({"2018-Q1", "2018-Q3"})),
        hall.code: IncidentCount(open=1),
    }
    assert await counted(county.db("inspection"), COUNTY, {"organisation": hall.code}) == {
        hall.code: IncidentCount(open=1)
    }


async def test_the_board_reads_a_page_of_them_however_many_there_are(county: County, client: AsyncClient) -> None:
    """One that lies behind the page cannot be read at all: nobody tries to."""
    oldest = reported(999, reported=date(2018, 1, 2)).to_store()
    oldest.pop("kind")
    await keeps(county, *(reported(n) for n in range(SHOWN)))
    await county.db("inspection")[Incident.collection].insert_one(oldest)
    first = await client.get(BOARD, auth=token(committee.code))
    assert first.status_code == 200
    assert f"共{SHOWN + 1}起，本页第1至{SHOWN}起" in first.text
    listed = first.text[first.text.index("<h2>事故") :]
    assert len(re.findall(r'href="/inspection/incidents/', listed)) == SHOWN
