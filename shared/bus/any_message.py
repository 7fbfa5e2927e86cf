"""Makes the client of the bus read on, whatever somebody put into a message's subject and headers.

The server takes any bytes there; nats-py 2 stops reading for good at a subject that is no UTF-8 or holds a form feed,
and at headers without a line: one such message, kept in a stream, would stop a service for the whole county. What is
strange is read as well as it can be, and is unreadable to whoever takes it.
"""

from __future__ import annotations

import re
from typing import Any

from nats.aio.client import Client
from nats.protocol import parser

LINE = b"NATS/1.0"
TOKEN = rb"[^ \t\r\n]+"
MSG = re.compile(rb"\AMSG\s+(%b)\s+(%b)\s+((%b)[^\S\r\n]+)?(\d+)\r\n" % (TOKEN, TOKEN, TOKEN))
HMSG = re.compile(rb"\AHMSG\s+(%b)\s+(%b)\s+((%b)[^\S\r\n]+)?(\d+)\s+(\d+)\r\n" % (TOKEN, TOKEN, TOKEN))


def headers_in(block: bytes | None) -> dict[str, str] | None:
    """Names and values; the server's own status, `NATS/1.0 404 No Messages`, as `Status` and `Description`."""
    if not block:
        return None
    first, *lines = bytes(block).split(b"\r\n")
    code, _, description = first[len(LINE) :].strip().decode(errors="replace").partition(" ")
    headers = {"Status": code, "Description": description} if code.isdecimal() else {}
    for line in lines:
        name, colon, value = line.partition(b":")
        if colon and name.isascii():
            headers[name.strip().decode()] = value.strip().decode(errors="replace")
    return headers or None


async def _process_headers(_: Client, block: bytes | None) -> dict[str, str] | None:
    return headers_in(block)


def _build_message(
    client: Client, sid: int, subject: bytes, reply: bytes, data: bytes, headers: dict[str, str] | None
) -> Any:
    return client.msg_class(
        subject=subject.decode(errors="replace"),
        reply=reply.decode(errors="replace"),
        data=data,
        headers=headers,
        _client=client,
        _sid=sid,
    )


def read_any_message() -> None:
    """For every client of this process."""
    Client._process_headers = _process_headers  # type: ignore[method-assign, assignment]
    Client._build_message = _build_message  # type: ignore[method-assign, assignment]
    parser.MSG_RE, parser.HMSG_RE = MSG, HMSG
