"""Another county beside the tests' own: the same things happen in it, under its own code, names and catalogues."""

from __future__ import annotations

from fastapi import FastAPI

from shared.events.outgoing import Outgoing
from tests.county import County
from tests.processes_here import ROUTES, Browser, asking, running
from tests.submitters import COUNTY, Said

OTHER, OTHER_NAME = "150423", "巴林右旗"
CALLED = {
    COUNTY: OTHER,
    "林西县": OTHER_NAME,
    "chifeng-good-person": "red-hill-person",
    "赤峰好人": "红山好人",
}
"""What is its own, by what it is in the tests' county."""
OF_LINXI = ("林西", COUNTY, "赤峰", "chifeng", "linxi", "大板")
"""Words that stand in nothing of another county."""


def as_there(text: str) -> str:
    """An address or a text of the tests' county as it is in the other."""
    for ours, theirs in CALLED.items():
        text = text.replace(ours, theirs)
    return text


def said_there(said: Said) -> Said:
    """A submission as it is said in the other county."""
    subject, body, headers = said.message
    message = Outgoing(
        as_there(subject), as_there(body.decode()).encode(), {name: as_there(one) for name, one in headers.items()}
    )
    return Said(said.id, as_there(said.submitter), message)


class OtherCounty(County):
    """It hears what the tests' county would, and hears it of itself."""

    async def hears(self, *said: Said) -> None:
        """As it is said there."""
        await super().hears(*map(said_there, said))


def browsing_there(county: County, service: str) -> Browser:
    """A service of the other county; nobody has signed in."""
    app, parts = FastAPI(openapi_url=None), running(county, service)
    parts.settings = parts.settings.model_copy(update={"county": OTHER})
    ROUTES[service](app, parts)
    return asking(app)
