"""How a process proves to the bus who it is, and by what it knows the bus: a credentials file and a certificate.

Both are optional, for a bus on loopback without either. Whoever has credentials has an inbox of its own, that of its
name in them, so that nobody hears answers meant for another.
"""

from __future__ import annotations

import asyncio
import logging
import re
import ssl
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import nats
from nats.aio.client import Client

from shared.bus.addresses import servers_in
from shared.bus.any_message import read_any_message
from shared.bus.silent import leave_at_once
from shared.identity.nats_jwt import claims_in, jwt_in

read_any_message()
leave_at_once()

NOT_LET_IN = ("authorization violation", "authentication revoked", "authentication expired")
SAY_AGAIN = 5.0
LOOK = 0.1


IS_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}").fullmatch


class _WithoutEof(logging.Filter):
    """The client reads TLS as it reads plain text; the event loop says so at every end of a connection."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "eof_received" not in record.getMessage()


logging.getLogger("asyncio").addFilter(_WithoutEof())


class NoEntry(Exception):
    """Bus or database do not let this process in, or are not what they should be; trying again would not help."""


@dataclass(frozen=True)
class Access:
    """`creds` is a credentials file (JWT and key), `ca` the certificate of who signs the bus's own."""

    creds: Path | None = None
    ca: Path | None = None

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Access:
        """From NATS_CREDS and NATS_CA; an empty one counts as none."""
        creds, ca = environment.get("NATS_CREDS"), environment.get("NATS_CA")
        return cls(Path(creds) if creds else None, Path(ca) if ca else None)

    @cached_property
    def name(self) -> str | None:
        """Who the credentials say it is."""
        if self.creds is None:
            return None
        try:
            name = str(claims_in(jwt_in(self.creds.read_text()))["name"])
        except OSError as error:
            raise NoEntry(f"NATS_CREDS: {self.creds} cannot be read ({error.strerror}).") from error
        except (ValueError, KeyError) as error:
            raise NoEntry(f"NATS_CREDS: {self.creds} is no credentials file of NATS.") from error
        if not IS_NAME(name):
            raise NoEntry(f"NATS_CREDS: the user's name {name!r} can name no inbox: letters, digits, - and _ can.")
        return name

    @property
    def inbox(self) -> str:
        """Where its answers come: its own, when it has a name."""
        return f"_INBOX_{self.name}" if self.name else "_INBOX"

    @cached_property
    def tls(self) -> ssl.SSLContext | None:
        """Trusts this one authority and no other."""
        if self.ca is None:
            return None
        try:
            return ssl.create_default_context(cafile=str(self.ca))
        except FileNotFoundError as error:
            raise NoEntry(f"NATS_CA: {self.ca} is not there.") from error
        except ssl.SSLError as error:
            raise NoEntry(f"NATS_CA: {self.ca} holds no certificate.") from error
        except OSError as error:
            raise NoEntry(f"NATS_CA: {self.ca} cannot be read ({error.strerror}).") from error

    @property
    def options(self) -> dict[str, Any]:
        """What `nats.connect` is given."""
        options: dict[str, Any] = {"inbox_prefix": self.inbox}
        if self.creds is not None:
            options["user_credentials"] = str(self.creds)
        return options | ({"tls": self.tls} if self.tls else {})


def no_entry(error: Exception) -> NoEntry | None:
    """What an error of connecting means when it is not only that the bus is away."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return NoEntry(
            f"NATS_CA: the bus's certificate is not signed by it, or is another host's ({error.verify_message})."
        )
    if any(words in str(error).lower() for words in NOT_LET_IN):
        return NoEntry("NATS_CREDS: the bus does not let them in: they are missing, revoked or another county's.")
    return None


class Hearing:
    """Hears what the bus says while a connection is being made, for by itself the client would try for ever."""

    def __init__(self) -> None:
        self._hindrance: NoEntry | None = None

    async def hears(self, error: Exception) -> None:
        """As the client's `error_cb`; what a connection that is lost later means is decided where it is used."""
        self._hindrance = self._hindrance or no_entry(error)

    async def connected(self, trying: Awaitable[Client], waits: Callable[[], None] = lambda: None) -> Client:
        """The connection, or `NoEntry`; `waits` is called every `SAY_AGAIN` seconds until there is one."""
        connecting, said = asyncio.ensure_future(trying), time.monotonic()
        while not connecting.done():
            await asyncio.wait([connecting], timeout=LOOK)
            if self._hindrance and not (connecting.done() and not connecting.exception()):
                connecting.cancel()
                raise self._hindrance
            if time.monotonic() - said > SAY_AGAIN:
                said = time.monotonic()
                waits()
        return await _let_in(connecting.result(), lambda: self._hindrance)


async def _let_in(client: Client, hindrance: Callable[[], NoEntry | None]) -> Client:
    """Connected indeed: the client also returns when the bus hung up on it without a word, and then waits for ever."""
    until = time.monotonic() + SAY_AGAIN
    while not client.is_connected:
        if no := hindrance():
            raise no
        if time.monotonic() > until:
            raise ConnectionResetError("the bus hung up without a word")
        await asyncio.sleep(LOOK)
    return client


async def enter(urls: str, access: Access, **options: Any) -> Client:
    """A connection for a program that does its work and ends, to any server of the bus."""
    hearing = Hearing()
    return await hearing.connected(nats.connect(servers_in(urls), error_cb=hearing.hears, **access.options, **options))
