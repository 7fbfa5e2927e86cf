"""A county that begins anew has nothing of the one before, whatever the server is still busy removing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from nats.aio.msg import Msg

from shared.bus.streams import STREAMS, SUBMISSIONS
from tests.county import County, streams_made_anew
from tests.submitters import station

ADVISORIES = "$JS.EVENT.ADVISORY.STREAM"
LITTER = 20_000
"""Files that a deletion takes longer to remove than the streams to be made anew."""


async def test_it_is_never_without_any_stream(empty_county: County) -> None:
    advisories = await empty_county.client.subscribe(f"{ADVISORIES}.*.*")
    await empty_county.begins_anew()
    seen = [await advisories.next_msg(timeout=60) for _ in range(2 * len(STREAMS))]
    await advisories.unsubscribe()
    assert fewest(seen) > 0


def fewest(seen: Iterable[Msg]) -> int:
    """Streams that there were at a time, by what the server has told of their making and deletion."""
    there = {stream.name for stream in STREAMS}
    counted = []
    for advisory in seen:
        *_, what, name = advisory.subject.split(".")
        there = there - {name} if what == "DELETED" else there | {name}
        counted.append(len(there))
    return min(counted)


async def test_it_holds_nothing_of_a_stream_that_is_still_being_removed(
    empty_county: County, quick_folder: Path
) -> None:
    (consumers,) = quick_folder.glob(f"nats/jetstream/*/streams/{SUBMISSIONS.name}/obs")
    for n in range(LITTER):
        (consumers / f"{n}").touch()
    for _ in range(2):
        await streams_made_anew(empty_county.bus)
        assert await empty_county.everything(SUBMISSIONS.name) == []
        await empty_county.hears(station.logs())
