"""A browser or a program that looks at feedback's own pages and answers.

async with browsing(county) as client:
    answer = await client.get("/feedback/api/differences", auth=token(committee.code))
"""

from __future__ import annotations

from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from services.feedback.web import pages
from shared.access import Access, Hearing
from shared.config import Settings
from shared.service import Running, connect_broker
from tests.county import County
from tests.inspection.browsing import SECRET


def browsing(county: County) -> AsyncClient:
    """The service's own web application on the county's bus and database."""
    settings = Settings(
        nats_url=county.nats_url, mongo_url="mongodb://unused", http_port=1, instance="test-1", token_secret=SECRET
    )
    broker = connect_broker(county.nats_url, "test", Access(), Hearing())
    parts = Running(settings, "feedback", broker, county.databases, county.db("feedback"), county.bus)
    app = FastAPI()
    pages(app, parts)
    return AsyncClient(transport=ASGITransport(app), base_url="http://county")
