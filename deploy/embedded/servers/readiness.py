"""Waiting until something serves; whoever waits sets the limit."""

import asyncio

import httpx

from deploy.embedded.ports import HOST

PAUSE = 0.02
"""Seconds between two looks."""


async def listening(port: int) -> None:
    """Somebody takes connections on the port."""
    while True:
        try:
            _, writer = await asyncio.open_connection(HOST, port)
        except OSError:
            await asyncio.sleep(PAUSE)
        else:
            writer.close()
            return


async def answering(url: str) -> None:
    """The address answers 200; a proxy that the environment names is no concern of the loopback's."""
    async with _client() as client:
        while not await _ok(client, url):
            await asyncio.sleep(PAUSE)


async def is_answering(url: str) -> bool:
    """Whether it does now."""
    async with _client() as client:
        return await _ok(client, url)


def _client() -> httpx.AsyncClient:
    return httpx.AsyncClient(trust_env=False, verify=False, timeout=5)


async def _ok(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(url)).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False
