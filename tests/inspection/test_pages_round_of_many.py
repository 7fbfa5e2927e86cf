"""A round of more windows than one submitter may let wait: it is sent as those before are decided."""

from __future__ import annotations

from shared.bus.streams import SHARE
from tests.county import County
from tests.inspection.browsing import browsing, signed_in
from tests.inspection.test_pages_round import PAGE, founding, logged, opened, ticks
from tests.submitters import COUNTY, Submitter, hall

WINDOWS = tuple(Submitter(f"{COUNTY}-D{n}") for n in range(300, 300 + SHARE + 10))
DAY = "2018-03-05"


async def test_every_window_of_a_round_is_logged_however_many_there_are(county: County) -> None:
    async with county.working(), browsing(county) as client, signed_in(client, hall.code):
        await county.hears(*founding(WINDOWS))
        await county.settles()
        form = await opened(client, DAY) | ticks(*WINDOWS)
        sent = await client.post(PAGE, data=form)
        await county.settles()
    assert sent.status_code == 303
    assert await logged(county, DAY) == {one.code: 10000 for one in WINDOWS}
