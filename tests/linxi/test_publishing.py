"""Publishing on a real server: what returns is stored, what is not stored is raised."""

from __future__ import annotations

import nats.errors
import pytest
from nats.aio.client import Client

from shared.bus.connection import Bus
from shared.bus.publishing import IN_FLIGHT, TOGETHER, PublishRefused, publish_all, publish_each
from shared.bus.shares import kept_under
from shared.bus.streams import SUBMISSIONS
from shared.events.outgoing import Outgoing

WAIT = 10.0


def some(count: int, start: int = 0, body: bytes = b"{}") -> list[Outgoing]:
    return [
        Outgoing(f"submit.roster.hold-activity.{n:06}", body, {"Nats-Msg-Id": f"m/{n}", "ce-id": str(n)})
        for n in range(start, start + count)
    ]


async def stored(client: Client) -> list[str]:
    """The ids that the stream holds, in its order."""
    bus, ids, sequence = Bus(client), [], 0
    while message := await bus.next("SUBMISSIONS", "submit.>", sequence):
        ids.append(message.headers["ce-id"])
        sequence = message.sequence
    return ids


def ids(messages: list[Outgoing]) -> list[str]:
    return [message.headers["ce-id"] for message in messages]


@pytest.mark.parametrize("count", [0, 1, 2, TOGETHER, TOGETHER + 1, 2 * TOGETHER + 200])
async def test_all_are_stored_in_their_order(client: Client, count: int) -> None:
    messages = some(count)
    await publish_all(client, messages, WAIT)
    assert await stored(client) == ids(messages)


async def test_publishing_again_changes_nothing(client: Client) -> None:
    messages = some(IN_FLIGHT + 20)
    await publish_all(client, messages, WAIT)
    await publish_all(client, messages, WAIT)
    assert await stored(client) == ids(messages)


async def test_a_batch_of_which_some_is_stored_is_completed_in_order(client: Client) -> None:
    messages = some(3 * IN_FLIGHT)
    await publish_all(client, [messages[5]], WAIT)
    await publish_all(client, messages, WAIT)
    assert await stored(client) == ["5", *(one for one in ids(messages) if one != "5")]


async def test_one_by_one_is_in_order_too(client: Client) -> None:
    messages = some(2 * IN_FLIGHT + 3)
    await publish_each(client, messages, WAIT)
    assert await stored(client) == ids(messages)


async def test_headers_of_the_caller_stay_as_they_are(client: Client) -> None:
    messages, before = some(3), some(3)
    await publish_all(client, messages, WAIT)
    assert messages == before


async def test_stored_messages_bear_their_own_headers(client: Client) -> None:
    await publish_all(client, some(3), WAIT)
    last = await Bus(client).last("SUBMISSIONS", kept_under("submit.roster.hold-activity.000001"))
    assert last
    assert last.headers["ce-id"] == "1"
    assert last.body == b"{}"


async def test_a_message_that_is_too_long_is_refused_and_none_of_its_batch_is_stored(client: Client) -> None:
    messages = [*some(3), *some(1, start=3, body=b"x" * (SUBMISSIONS.max_message + 1)), *some(3, start=4)]
    with pytest.raises(PublishRefused):
        await publish_all(client, messages, WAIT)
    assert await stored(client) == []


async def test_a_full_stream_refuses_and_takes_the_same_again_when_there_is_room(client: Client) -> None:
    bus, messages = Bus(client), some(40, body=b"x" * 1000)
    await bus.api("STREAM.UPDATE.SUBMISSIONS", SUBMISSIONS.config() | {"max_bytes": 20_000})
    with pytest.raises(PublishRefused):
        await publish_all(client, messages, WAIT)
    await bus.api("STREAM.UPDATE.SUBMISSIONS", SUBMISSIONS.config())
    await publish_all(client, messages, WAIT)
    assert await stored(client) == ids(messages)


async def test_a_stream_that_is_not_there_is_raised(client: Client) -> None:
    await Bus(client).api("STREAM.DELETE.SUBMISSIONS")
    for messages in (some(1), some(3)):
        with pytest.raises(nats.errors.NoRespondersError):
            await publish_all(client, messages, WAIT)


async def test_a_stream_that_takes_no_batches_is_raised(client: Client) -> None:
    bus = Bus(client)
    await bus.api("STREAM.UPDATE.SUBMISSIONS", SUBMISSIONS.config() | {"allow_atomic": False})
    with pytest.raises(PublishRefused):
        await publish_all(client, some(3), WAIT)


async def test_a_connection_that_is_closed_is_raised(client: Client) -> None:
    await client.close()
    with pytest.raises(nats.errors.Error):
        await publish_all(client, some(3), WAIT)
