"""What no client library would send, but anybody with a socket and a station's rights can: it stops nobody else."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from shared.bus.any_message import headers_in
from shared.bus.draining import drained
from shared.pipeline.dead_letters import dead_letters, drive_again
from tests.county import County
from tests.submitters import Said, station

SAID = station.serves(3)
BEFORE, AFTER = station.serves(1), station.serves(2)
SUBJECT = SAID.message.subject.encode()
BODY = SAID.message.body


async def publishes(county: County, subject: bytes, block: bytes, body: bytes = BODY) -> None:
    """The bytes as they are, on a connection of its own; returns when the server has read them."""
    at = urlsplit(county.nats_url)
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    options = json.dumps({"verbose": False, "headers": True, "no_responders": True}).encode()
    sizes = b"%d %d" % (len(block), len(block) + len(body))
    writer.write(b"CONNECT %b\r\nHPUB %b %b\r\n%b%b\r\nPING\r\n" % (options, subject, sizes, block, body))
    async with asyncio.timeout(10):
        while (line := await reader.readline()) != b"PONG\r\n":
            assert not line.startswith(b"-ERR"), line
    writer.close()


def block(*more: bytes, said: Said = SAID) -> bytes:
    """The headers of a good submission, and others behind them."""
    good = (f"{name}: {value}".encode() for name, value in said.message.headers.items())
    return b"\r\n".join([b"NATS/1.0", *more, *good, b"", b""])


BY_NOBODY = {
    "a subject that is no UTF-8": b"submit.greenchannel.record-green-service.\xff",
    "a form feed in the subject": b"submit.greenchannel.record-green-service.a\x0cb",
}
STRANGE = {
    **{what: (subject, block(said=station.serves(4))) for what, subject in BY_NOBODY.items()},
    "no header at all": (SUBJECT, b"NATS/1.0"),
    "an empty block": (SUBJECT, b"NATS/1.0\r\n\r\n"),
    "a status that is the server's to give": (SUBJECT, b"NATS/1.0 404 No Messages\r\n\r\n"),
    "a name that cannot be published": (SUBJECT, block(b"a/b: 1", said=station.serves(4).heading(id="none"))),
    "a value that grows when it is read": (SUBJECT, b"NATS/1.0\r\nce-id: " + b"\xff" * 28_000 + b"\r\n\r\n"),
    "headers behind the end of headers": (SUBJECT, b"NATS/1.0\r\nx: 1\r\n\r\nNats-Sequence: 1\r\n\r\n"),
}


@pytest.mark.parametrize("strange", STRANGE)
async def test_it_is_buried_and_its_neighbours_are_decided(county: County, strange: str) -> None:
    async with county.working():
        await county.hears(BEFORE)
        await publishes(county, *STRANGE[strange])
        await county.hears(AFTER)
        assert not await drained(county.bus) or await county.verdict(AFTER)
        await county.settles()
    verdicts = [await county.verdict(one) for one in (BEFORE, AFTER)]
    assert [one and one["verdict"] for one in verdicts] == ["accepted", "accepted"]
    (letter,) = (await dead_letters(county.bus, 10))["items"]
    by = "unknown" if strange in BY_NOBODY else station.code
    assert (letter["service"], letter["reason"], letter["submitter"]) == ("greenchannel", "unreadable", by)
    await drive_again(county.bus, int(letter["id"]))
    async with county.working():
        await county.settles()


@pytest.mark.parametrize("type_name", [b"\xff", b"a\x0cb", b"_", b"close-day"])
async def test_what_stands_where_the_type_is_counts_for_nothing_beside_its_header(
    county: County, type_name: bytes
) -> None:
    async with county.working():
        await publishes(county, b".".join((b"submit.greenchannel", type_name, station.code.encode())), block())
        await county.hears(AFTER)
        await county.settles()
    assert [(await county.verdict(one) or {}).get("verdict") for one in (SAID, AFTER)] == ["accepted", "accepted"]
    assert (await dead_letters(county.bus, 10))["items"] == []


@pytest.mark.parametrize("status", [b"404", b"abc", b"503"])
async def test_a_header_called_status_is_nothing_special(county: County, status: bytes) -> None:
    async with county.working():
        await publishes(county, SUBJECT, block(b"Status: " + status))
        await county.hears(AFTER)
        await county.settles()
    assert await drained(county.bus)
    verdict = await county.verdict(SAID)
    assert verdict is not None
    assert verdict["verdict"] == "accepted"


async def test_a_service_error_of_the_largest_message_fits_its_stream(county: County) -> None:
    """The largest that the server takes, of bytes that triple in a letter where they are headers."""
    async with county.working():
        await publishes(county, SUBJECT, b"NATS/1.0\r\nce-x: " + b"\xff" * 30_000 + b"\r\n\r\n", b"x" * 35_000)
        await county.hears(AFTER)
        await county.settles()
    assert len((await dead_letters(county.bus, 10))["items"]) == 1


@pytest.mark.parametrize(
    ("block", "headers"),
    [
        (None, None),
        (b"", None),
        (b"NATS/1.0\r\n\r\n", None),
        (b"NATS/1.0 404 No Messages\r\n\r\n", {"Status": "404", "Description": "No Messages"}),
        (b"NATS/1.0 100 Idle\r\nA: 1\r\n\r\n", {"Status": "100", "Description": "Idle", "A": "1"}),
        (b"NATS/1.0\r\nA:1\r\nB :  2 \r\nno colon\r\n\xff: 3\r\n\r\n", {"A": "1", "B": "2"}),
        (b"NATS/1.0\r\nA: \xe4\xb8\xad\xff\r\n\r\n", {"A": "中�"}),
        (b"N", None),
    ],
)
def test_headers_are_read_as_well_as_they_can_be(block: bytes | None, headers: dict[str, Any] | None) -> None:
    assert headers_in(block) == headers
