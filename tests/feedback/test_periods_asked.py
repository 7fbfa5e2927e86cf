"""A period that no event could have is a question that cannot be answered, not an error of ours."""

from __future__ import annotations

from tests.browsing import browsing
from tests.county import County
from tests.submitters import committee

PLACE = f"organisation={committee.code}"
ASKED = (
    "/feedback/?period={}",
    "/feedback/organisations?period={}",
    f"/feedback/organisations/{committee.code}?period={{}}",
    "/feedback/api/reports?period={}",
    f"/feedback/api/totals?{PLACE}&period={{}}",
    f"/feedback/api/series?{PLACE}&period={{}}",
)


async def test_a_period_beyond_the_years_of_events_is_answered_so(empty_county: County) -> None:
    async with browsing(empty_county, "feedback", by=committee.code) as client:
        for path in ASKED:
            for period in ("9999", "0000", "9999-12", "0001-Q1", "1999", "2018-13"):
                answer = await client.get(path.format(period))
                assert (path, period, answer.status_code) == (path, period, 422)
            for period in ("2000", "2018-Q1", "2099-12"):
                answer = await client.get(path.format(period))
                assert (path, period, answer.status_code in (200, 404)) == (path, period, True)
