"""Makes the client of the bus leave a server that has fallen silent, instead of bidding it farewell.

Before it goes to another server nats-py closes the connection that is lost, and waits until that is closed: over TLS
until the other side has said so too, half a minute where there is nobody any more.
"""

from __future__ import annotations

from typing import Any

from nats.aio.client import Client

_reconnects = Client._attempt_reconnect


async def _leaves_and_reconnects(client: Client) -> None:
    writer: Any = getattr(client._transport, "_io_writer", None)
    if writer is not None:
        writer.transport.abort()
    await _reconnects(client)


def leave_at_once() -> None:
    """For every client of this process."""
    Client._attempt_reconnect = _leaves_and_reconnects  # type: ignore[method-assign, assignment]
