"""What could not be decided is for the system's administrator: read by those whose post that is, driven by it alone."""

from __future__ import annotations

from shared.events.roster.people import Post
from tests.browsing import acting_as, browsing
from tests.county import County
from tests.feedback.test_closing_letters import API, PAGE, buried
from tests.staffed import DIRECTOR, RUNS, Holder, staffed
from tests.submitters import committee

MONITOR = Holder("p-monitor", committee.code, Post.MONITOR)
NO = "该内容不由您的职务查看"


async def test_letters_are_driven_and_closed_by_the_administrator_alone(county: County) -> None:
    number = await buried(county)
    await staffed(county, RUNS, MONITOR, DIRECTOR)
    async with browsing(county, "feedback") as client:
        for who, reads, acts in ((DIRECTOR, False, False), (MONITOR, True, False), (RUNS, True, True)):
            async with acting_as(client, who.id, who.organisation):
                page = await client.get(f"{PAGE}/{number}")
                assert (page.status_code == 200, NO in page.text) == (reads, not reads), who
                assert (f'action="{PAGE}/{number}/close"' in page.text) is acts, who
                for address in (PAGE, API):
                    done = await client.post(f"{address}/{number}/again")
                    assert (done.status_code == 403) is not acts, (who, address)
                assert ((await client.get("/feedback/health")).status_code == 200) is reads
