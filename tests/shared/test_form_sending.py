"""A declared form on the county's pages, on the real bus: sent once, told what became of it, never lost."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import nats
import pytest
import pytest_asyncio
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from httpx import AsyncClient
from httpx import Response as Answer
from starlette.datastructures import UploadFile

from deploy.embedded.servers.running import Servers
from shared.bus.connection import Bus
from shared.bus.photos import digest_of
from shared.events.inspection import LogInspection
from shared.forms import Field, Form, Kind, Photos, Ticket, shown
from shared.forms.findings import finding_rows
from shared.identity.marks import AddressMarks
from shared.pages.templates import FOLDER, Templates
from shared.process.running import Running
from shared.web.forms import Again, By, entered_in, submit
from shared.web.posted import MOST_FIELD
from shared.web.told import told_of
from tests.conftest import county_on
from tests.county import County
from tests.processes_here import SECRET, asking, running
from tests.submitters import moment, station, stations

pytestmark = pytest.mark.asyncio(loop_scope="module")
PATROL = Form(
    LogInspection,
    "patrol",
    "巡查",
    "提交",
    (Field("score", "得分", Kind.HUNDREDTHS), finding_rows(1), Photos()),
    given=("patrol",),
    is_counted=True,
)
PAGE = Templates(FOLDER, "/static", "/")._environment.from_string(
    '{% import "forms.html" as forms %}{{ forms.form(form) }}'
)
NO_PICTURE = "“a.pdf”不是JPEG或者PNG照片。"


async def kept(
    _: Running, code: str, files: Sequence[UploadFile], before: Sequence[str]
) -> tuple[list[str], list[str]]:
    """As a service keeps pictures."""
    bodies = [(one.filename or "", await one.read()) for one in files if one.filename]
    good = [digest_of(body) for name, body in bodies if name.endswith(".png")]
    return [*before, *good], [NO_PICTURE for name, _ in bodies if not name.endswith(".png")]


def pages(parts: Running, fresh: timedelta | None = None) -> FastAPI:
    """A page with one form, about any organisation, in the name of any."""
    app = FastAPI(openapi_url=None)
    app.state.parts = parts

    @app.get("/{who}/{about}", response_model=None)
    async def page(who: str, about: str, sent: str = "") -> Response:
        told = await told_of(parts, who, sent)
        form = PAGE.render(form=shown(PATROL, f"/{who}/{about}"))
        return JSONResponse({"told": told and (told.word, told.level), "form": form})

    @app.post("/{who}/{about}", response_model=None)
    async def send(request: Request, who: str, about: str) -> Response:
        given = {"patrol": "station"}
        back = f"/{who}/{about}"
        sent = await submit(request, parts, PATROL, By(who, about), back, None, given, kept, fresh)
        if isinstance(sent, Again):
            form = shown(PATROL, back, entered=entered_in(PATROL, sent))
            return Response(PAGE.render(form=form), sent.status)
        return sent

    return app


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """That decides as long as the tests run."""
    async with county_on(bus_and_database) as county, county.at_work():
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[AsyncClient]:
    """A browser."""
    async with asking(pages(running(county, "inspection"))) as client:
        yield client


OWN = f"/{station.code}/{station.code}"
NOT_OURS = f"/{stations[1].code}/{station.code}"


def ticket(day: str) -> dict[str, str]:
    """Of a page that was opened on a day of 2018."""
    return {"ticket": Ticket.new().id, "time": moment(day).isoformat(), "answer-opened": "yes"}


def hidden(text: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text))


def id_in(answer: Answer) -> str:
    """Of the submission that a redirect names."""
    (sent,) = parse_qs(urlsplit(answer.headers["location"]).query)["sent"]
    return sent.partition("~")[0]


async def test_what_is_accepted_is_a_redirect_and_sent_again_the_same_submission(
    county: County, client: AsyncClient
) -> None:
    entered = ticket("2018-03-05") | {"score": "97.5"}
    first, second = [await client.post(OWN, data=entered) for _ in range(2)]
    assert (first.status_code, first.headers["location"]) == (303, second.headers["location"])
    assert (await client.get(first.headers["location"])).json()["told"] == ["已受理", "good"]
    await county.settles()
    assert (
        len([1 for _, headers, _ in (await county.facts()).values() if headers["ce-type"] == "inspection-logged"]) == 1
    )


async def test_sent_again_by_back_with_something_changed_it_is_another_submission(client: AsyncClient) -> None:
    entered = ticket("2018-03-06")
    sent = {id_in(await client.post(OWN, data=entered | {"score": score})) for score in ("97.5", "98", "98.00")}
    assert len(sent) == 2
    later = entered | {"score": "98", "time": moment("2018-03-06", "10:00").isoformat()}
    assert id_in(await client.post(OWN, data=later)) not in sent


async def test_only_its_submitter_is_told(client: AsyncClient) -> None:
    answer = await client.post(OWN, data=ticket("2018-03-07") | {"score": "90"})
    landed = answer.headers["location"]
    assert (await client.get(landed)).json()["told"] == ["已受理", "good"]
    assert (await client.get(landed.replace(OWN, NOT_OURS))).json()["told"] is None
    for no in ("x", "a" * 64, "", id_in(answer), f"{id_in(answer)}~", f"{id_in(answer)}~{'0' * 24}"):
        assert (await client.get(f"{OWN}?sent={no}")).json()["told"] is None


async def test_what_is_refused_comes_again_with_reasons_and_is_decided_anew_when_sent_again(
    client: AsyncClient,
) -> None:
    entered = ticket("2018-03-07") | {"score": "88.8", "findings-0-note": "", "findings-0-item": "灭火器过期"}
    refused = await client.post(NOT_OURS, data=entered | ROW)
    assert (refused.status_code, "退回更正" in refused.text, "不予受理" in refused.text) == (422, True, False)
    assert 'value="88.8"' in refused.text
    again = hidden(refused.text)
    assert (again["ticket"], again["time"], len(again["corrects"])) == (entered["ticket"], entered["time"], 36)
    once_more = await client.post(NOT_OURS, data=entered | ROW | again)
    assert hidden(once_more.text)["corrects"] not in ("", again["corrects"])
    sent = AddressMarks(SECRET).put(again["corrects"], "sent", stations[1].code)
    told = await client.get(NOT_OURS, params={"sent": sent})
    assert told.json()["told"] == ["退回更正", "bad"]


ROW = {"findings-0-severity": "major", "findings-0-rectify_within": "2"}


async def test_photos_are_kept_while_anything_is_wrong(county: County, client: AsyncClient) -> None:
    entered = ticket("2018-03-08") | {"score": "101"}
    files = [("photos", ("a.png", b"picture")), ("photos", ("a.pdf", b"letter"))]
    answer = await client.post(OWN, data=entered, files=files)
    assert answer.status_code == 422
    assert f'<a href="#patrol-photos">{NO_PICTURE}</a>' in answer.text
    assert '<a href="#patrol-score">“得分”应当在0至100之间。</a>' in answer.text
    (photo,) = re.findall(r'name="photo" value="([0-9a-f]{64})" checked', answer.text)
    done = await client.post(OWN, data=entered | {"score": "100", "photo": photo} | hidden(answer.text))
    assert done.status_code == 303
    kept = await county.db("inspection")["inspections"].find_one({"_id": f"{station.code}/{id_in(done)}"})
    assert (kept or {})["photos"] == [photo]


async def test_what_is_too_much_for_a_message_is_said(client: AsyncClient) -> None:
    rows = {f"findings-{n}-{name}": text for n in range(15) for name, text in {**WHOLE, "note": "说" * 1000}.items()}
    answer = await client.post(OWN, data=ticket("2018-03-08") | {"score": "90"} | rows)
    assert (answer.status_code, "填写的内容合计过多" in answer.text) == (422, True)
    answer = await client.post(OWN, data={"score": "9" * (MOST_FIELD + 1)})
    assert answer.status_code in (400, 413)


WHOLE = {"item": "灭火器过期", "severity": "minor", "rectify_within": "3"}


@pytest.mark.parametrize("day", ["2018-03-09", "2098-03-09"])
async def test_an_old_or_a_future_page_of_what_is_done_at_once_is_opened_now(county: County, day: str) -> None:
    async with asking(pages(running(county, "inspection"), timedelta(minutes=1))) as client:
        entered = ticket(day) | {"score": "x"}
        again = hidden((await client.post(OWN, data=entered)).text)
        assert again["ticket"] != entered["ticket"]
        now = hidden((await client.post(OWN, data=again | {"score": "x"})).text)
        assert (now["ticket"], now["time"]) == (again["ticket"], again["time"])


async def test_while_the_bus_is_away_the_form_comes_again_and_nothing_is_said_to_be_saved(county: County) -> None:
    parts, gone = running(county, "inspection"), await nats.connect(county.nats_url)
    await gone.close()
    parts.bus = Bus(gone)
    async with asking(pages(parts)) as client:
        entered = ticket("2018-03-12") | {"score": "77"}
        away = await client.post(OWN, data=entered)
    assert (away.status_code, 'value="77"' in away.text, "尚未收到" in away.text) == (503, True, True)
    assert hidden(away.text) == {name: entered[name] for name in ("ticket", "time")}
    async with asking(pages(running(county, "inspection"))) as client:
        assert (await client.post(OWN, data=entered)).status_code == 303
