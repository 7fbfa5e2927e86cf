"""A page with several forms, in a service that is not inspection: offered, sent by name, come again, told."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import HTMLResponse, Response
from httpx import AsyncClient

from deploy.embedded.servers.running import Servers
from services.roster.places import PAGES
from shared.events.roster import HoldActivity, SubmitIdea
from shared.forms import Field, Form
from shared.identity.reading import PUBLIC, SENT
from shared.pages.templates import FOLDER, Templates
from shared.web.answering import answer
from shared.web.forms import Again
from shared.web.offering import address, offering, submit_one_of
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit
from tests.browsing import does, fills_in, form_in, signed_in, waits, wrong_at
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import asking, running
from tests.submitters import office

pytestmark = pytest.mark.asyncio(loop_scope="module")
ACTIVITY = Form(
    HoldActivity,
    "activity",
    "登记活动",
    "登记",
    (Field("title", "名称"), Field("prescribed", "是否规定活动"), Field("participants", "人数")),
    lead="规定活动和自选活动都可登记。",
)
IDEA = Form(SubmitIdea, "idea", "提出建议", "提交", (Field("turn", "期次"), Field("title", "建议")))
FORMS = {form.key: form for form in (ACTIVITY, IDEA)}
PAGE = "/roster/"
HELD = {"title": "主题党日", "prescribed": "yes", "participants": "12"}
SHOWN = Templates(FOLDER, "/static", "/")._environment.from_string(
    '{% import "parts.html" as parts %}{% import "forms.html" as forms %}'
    "{{ parts.told(offering.told) }}{{ forms.panels(offering.forms) }}"
)
router = APIRouter(prefix="/roster")


def page(here: Visit, told: Told | None = None, again: Again | None = None) -> HTMLResponse:
    """Whoever is signed in is offered the activity alone."""
    offered = offering([ACTIVITY] * here.admits(HoldActivity, office.code), PAGE, told=told, again=again)
    return HTMLResponse(SHOWN.render(offering=offered), offered.status)


@router.get("/", dependencies=[reads(PUBLIC)])
async def show(here: Here, sent: str = "") -> HTMLResponse:
    return page(here, told=await told_of(here.parts, here.who, sent))


@router.post("/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, key: str) -> Response:
    sent = await submit_one_of(FORMS, key, request, here, office.code, PAGE)
    return page(here, again=sent) if isinstance(sent, Again) else sent


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """That decides as long as the tests run."""
    async with county_on(bus_and_database) as county, county.at_work():
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[AsyncClient]:
    """A browser."""
    app = FastAPI(openapi_url=None)
    answer(app, running(county, "roster"), PAGES, desk=[router])
    async with asking(app) as client:
        yield client


@pytest.mark.parametrize("of", ["/roster/", "/roster"])
async def test_a_form_is_sent_below_its_page_however_that_ends(of: str) -> None:
    assert address(of, IDEA) == "/roster/idea"


async def test_who_is_not_signed_in_is_offered_nothing_and_signs_in_first(client: AsyncClient) -> None:
    assert "<form" not in (await client.get(PAGE)).text
    sent = await client.post(f"{PAGE}activity", data=HELD)
    assert waits(sent, PAGE)


async def test_a_form_that_the_page_does_not_have_is_not_found(client: AsyncClient) -> None:
    assert (await client.post(f"{PAGE}dance", data=HELD)).status_code == 404


async def test_a_form_is_offered_sent_once_and_told(county: County, client: AsyncClient) -> None:
    async with signed_in(client, office.code, "roster"):
        assert "规定活动和自选活动都可登记。" in (await client.get(PAGE)).text
        wrong = await fills_in(client, PAGE, "activity", **{**HELD, "participants": "许多"})
        assert (wrong.status_code, "“人数”" in wrong_at(wrong.text, "activity-participants")) == (422, True)
        shown = await does(county, client, PAGE, "activity", **HELD)
        assert form_in(shown, f"{PAGE}activity")["title"] == ""


async def test_what_was_refused_stays_in_the_page_though_it_is_not_offered(client: AsyncClient) -> None:
    idea = {"turn": "2018-9", "title": "延长服务时间"}
    async with signed_in(client, office.code, "roster"):
        ticket = form_in((await client.get(PAGE)).text, f"{PAGE}activity")
        refused = await client.post(f"{PAGE}idea", data=ticket | idea)
    assert (refused.status_code, "退回更正" in refused.text) == (422, True)
    assert form_in(refused.text, f"{PAGE}idea")["title"] == idea["title"]
    assert form_in(refused.text, f"{PAGE}activity")["title"] == ""
