"""The certificate that a server shows to whoever connects: what it serves now, which its file need not be."""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from datetime import datetime

PATIENCE = 10.0
"""Seconds for a connection and its handshake."""


async def shown(host: str, port: int, *, greets: bool = False) -> bytes:
    """As DER, whoever signed it and whenever it ends; a bus greets in plain words first. OSError where none is."""
    anybody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    async with asyncio.timeout(PATIENCE):
        reader, writer = await asyncio.open_connection(host, port, ssl=None if greets else anybody)
        try:
            if greets:
                await reader.readline()
                await writer.start_tls(anybody)
            held: bytes | None = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
        finally:
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()
    if held is None:
        raise OSError(f"{host}:{port} shows no certificate")
    return held


def ends_at(certificate: bytes) -> datetime:
    """The last moment at which it is believed."""
    from cryptography import x509  # 3 MB, for what is looked at once an hour

    return x509.load_der_x509_certificate(certificate).not_valid_after_utc
