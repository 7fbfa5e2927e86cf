"""A service's connections as its process has them, in the process of the test: its pages are asked without a port."""

from __future__ import annotations

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from shared.identity.access import Access, Hearing
from shared.process.config import Settings
from shared.process.running import Running, connect_broker
from tests.county import County

SECRET = "a county's secret of the tests, long enough"


def running(county: County, service: str) -> Running:
    """On the county's bus and database."""
    settings = Settings(
        nats_url=county.nats_url, mongo_url="mongodb://unused", http_port=1, instance="test-1", token_secret=SECRET
    )
    broker = connect_broker(county.nats_url, "test", Access(), Hearing())
    return Running(settings, service, broker, county.databases, county.db(service), county.bus)


def asking(app: FastAPI) -> AsyncClient:
    """A browser or a program that looks at it."""
    return AsyncClient(transport=ASGITransport(app), base_url="http://county")
