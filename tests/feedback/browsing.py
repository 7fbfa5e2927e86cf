"""A browser or a program that looks at feedback's own pages and answers.

async with browsing(county) as client:
    answer = await client.get("/feedback/api/differences", auth=token(committee.code))
"""

from __future__ import annotations

from fastapi import FastAPI

from services.feedback.web import pages
from tests.county import County
from tests.processes_here import Browser, asking, running


def browsing(county: County) -> Browser:
    """The service's own web application on the county's bus and database."""
    app, parts = FastAPI(), running(county, "feedback")
    pages(app, parts)
    return asking(app)
