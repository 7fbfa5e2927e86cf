"""The control of the forgeries: on a bus without identities the same attempts succeed."""

from __future__ import annotations

import asyncio

from shared.bus.round_trip import round_trip
from shared.bus.shares import kept_under
from tests.county import County
from tests.submitters import station, stations

OTHER = stations[1]


async def test_without_identities_an_acknowledgement_is_stored_as_anothers_submission(empty_county: County) -> None:
    said, stolen = station.logs().message, f"submit.inspection.log-inspection.{OTHER.code}"
    await empty_county.client.publish(said.subject, said.body, reply=stolen, headers=dict(said.headers))
    async with asyncio.timeout(5):
        while (forged := await empty_county.bus.last("SUBMISSIONS", kept_under(stolen))) is None:
            await asyncio.sleep(0.01)
    assert b'"stream"' in forged.body


async def test_without_identities_anybody_hears_anothers_verdicts(empty_county: County) -> None:
    async with empty_county.connection() as stranger:
        heard = await stranger.client.subscribe(f"verdict.{OTHER.code}.*")
        await round_trip(stranger.client)
        await empty_county.client.publish(f"verdict.{OTHER.code}.x", b"secret")
        assert (await heard.next_msg(5)).data == b"secret"
