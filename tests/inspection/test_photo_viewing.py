"""Who may see a photo, what they see of it, and how one is sent by a form."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
import pytest_asyncio
from fastapi import FastAPI, UploadFile
from httpx import Response
from jinja2 import Environment, FileSystemLoader

from deploy.embedded.servers.running import Servers
from deploy.embedded.settings import ROOT
from services.inspection.photos.seeing import Named, Thumb, evidence
from services.inspection.photos.sending import send_photos
from services.inspection.web import pages
from shared.bus.photos import digest_of
from shared.events.photos import MOST_BYTES
from shared.events.vocabulary import MOST_PHOTOS
from shared.roster.organisations import Roster
from tests.browsing import token
from tests.conftest import county_on
from tests.county import County
from tests.photographs import SECRET, album, answer, drained, keeping, photograph, sent
from tests.processes_here import asking, running
from tests.submitters import Submitter, committee, hall, moment, office, station, stations, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
PHOTO, WINDOW = photograph(), photograph(seed=2)
ELSEWHERE = "0" * 64


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """A station has sent a photo of its own patrol, the hall one of a window's; who inspected what is known."""
    async with county_on(bus_and_database) as county:
        await county.begins_anew()
        await county.is_founded()
        async with keeping(county):
            await sent(county, station, PHOTO)
            await sent(county, hall, WINDOW)
            await drained(county)
        await county.db("inspection")["inspections"].insert_many(
            [inspection(station, station, PHOTO), inspection(hall, office, WINDOW)]
        )
        yield county


async def test_whose_inspections_name_a_photo_is_found_by_an_index(county: County) -> None:
    asked = {"distinct": "inspections", "key": "organisation", "query": {"photos": ELSEWHERE, "submitter": "1"}}
    plan = await county.db("inspection").command("explain", asked, verbosity="queryPlanner")
    assert "photos_1" in str(plan["queryPlanner"]["winningPlan"])


def inspection(by: Submitter, of: Submitter, photo: bytes) -> dict[str, Any]:
    return {"_id": f"{by.code}/1", "submitter": by.code, "organisation": of.code, "photos": [digest_of(photo)]}


async def asks(county: County, who: Submitter | None, path: str) -> Response:
    app, parts = FastAPI(openapi_url=None), running(county, "inspection")
    pages(app, parts)
    headers = {"authorization": basic(*token(who.code))} if who else {}
    async with asking(app) as client:
        return await client.get(f"/inspection/api/photos/{path}", headers=headers)


def basic(code: str, token: str) -> str:
    return "Basic " + b64encode(f"{code}:{token}".encode()).decode()


def slug(response: Response) -> tuple[int, str]:
    return response.status_code, response.json()["reasons"][0]["slug"]


@pytest.mark.parametrize("who", [station, township, committee], ids=["sender", "township", "committee"])
async def test_the_sender_and_those_above_it_see_its_photo(county: County, who: Submitter) -> None:
    assert (await asks(county, who, f"{station.code}/{digest_of(PHOTO)}")).status_code == 200


@pytest.mark.parametrize("who", [hall, office, committee], ids=["sender", "window", "committee"])
async def test_a_window_sees_the_photo_that_the_hall_took_of_it(county: County, who: Submitter) -> None:
    assert (await asks(county, who, f"{hall.code}/{digest_of(WINDOW)}")).status_code == 200


@pytest.mark.parametrize(
    ("who", "path"),
    [
        (stations[1], f"{station.code}/{digest_of(PHOTO)}"),
        (office, f"{station.code}/{digest_of(PHOTO)}"),
        (station, f"{hall.code}/{digest_of(WINDOW)}"),
        (township, f"{hall.code}/{digest_of(WINDOW)}"),
        (Submitter("150425"), f"{station.code}/{digest_of(PHOTO)}"),
        (stations[1], f"{station.code}/{ELSEWHERE}"),
    ],
    ids=["neighbour", "window", "station", "township", "other county", "whether there is one"],
)
async def test_others_see_nothing_and_do_not_learn_whether_there_is_one(
    county: County, who: Submitter, path: str
) -> None:
    assert slug(await asks(county, who, path)) == (403, "photo-not-yours")


async def test_naming_anothers_photo_in_an_inspection_of_ones_own_shows_nothing(county: County) -> None:
    thief = stations[2]
    await county.db("inspection")["inspections"].insert_one(inspection(thief, thief, PHOTO))
    assert slug(await asks(county, thief, f"{station.code}/{digest_of(PHOTO)}")) == (403, "photo-not-yours")
    assert slug(await asks(county, thief, f"{thief.code}/{digest_of(PHOTO)}")) == (404, "photo-not-there")


async def test_nobody_sees_a_photo_unasked_who_he_is(county: County) -> None:
    answered = await asks(county, None, f"{station.code}/{digest_of(PHOTO)}")
    assert slug(answered) == (401, "sign-in-needed")
    assert answered.headers["www-authenticate"].startswith("Basic")


@pytest.mark.parametrize(
    ("more", "status", "why"),
    [
        ({"cleared": {"on": "2029-01-01", "years": 10}}, 410, "photo-cleared"),
        ({}, 404, "photo-not-restored"),
    ],
)
async def test_why_a_photo_on_record_is_not_shown_is_said(
    county: County, more: dict[str, Any], status: int, why: str
) -> None:
    photos, id = county.db("inspection")["photos"], f"{station.code}/{ELSEWHERE}"
    await photos.insert_one({"_id": id, "bytes": 5, **more})
    try:
        assert slug(await asks(county, station, id)) == (status, why)
    finally:
        await photos.delete_one({"_id": id})


async def test_a_photo_that_has_not_arrived_is_said_to_be_late(county: County) -> None:
    answered = await asks(county, station, f"{station.code}/{ELSEWHERE}")
    assert slug(answered) == (404, "photo-not-there")
    assert "尚未送达" in answered.json()["reasons"][0]["zh"]
    assert answered.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["nobody/" + ELSEWHERE, f"{station.code}/1", f"{station.code}/{ELSEWHERE}?size=huge"])
async def test_an_address_that_is_none_is_no_photo(county: County, path: str) -> None:
    assert (await asks(county, station, path)).status_code == 422


async def test_what_is_shown_has_no_metadata_and_stays_with_whom_it_was_shown(county: County) -> None:
    path = f"{station.code}/{digest_of(PHOTO)}"
    whole, thumb = await asks(county, station, path), await asks(county, station, f"{path}?size=thumb")
    assert whole.headers["content-type"] == thumb.headers["content-type"] == "image/jpeg"
    assert whole.headers["cache-control"] == "no-store"
    assert whole.headers["x-content-type-options"] == "nosniff"
    assert SECRET.encode() in PHOTO
    assert not [one for one in (whole, thumb) if SECRET.encode() in one.content or b"Exif" in one.content]


async def test_a_page_shows_what_has_arrived_and_says_what_has_not(county: County) -> None:
    named = Named(station.code, [digest_of(PHOTO), ELSEWHERE], moment("2018-03-05"))
    (seen,) = await evidence(county.db("inspection"), album(county), [named], Roster(), moment("2018-03-07"))
    shown, address = seen.thumbs, f"/inspection/api/photos/{station.code}/{digest_of(PHOTO)}"
    assert shown == (Thumb("照片1", f"{address}?size=thumb", address), Thumb("照片2", word="尚未收到"))
    templates = Environment(loader=FileSystemLoader(ROOT / "services/inspection/pages"), autoescape=True)
    html = templates.from_string('{% from "photos.html" import photos %}{{ photos(shown) }}').render(shown=shown)
    assert f'<img src="{address}?size=thumb" alt="照片1" loading="lazy">' in html
    assert "照片2<br>尚未收到" in html


def picked(name: str, data: bytes) -> UploadFile:
    return UploadFile(BytesIO(data), filename=name)


async def test_a_form_sends_what_is_a_photo_and_says_what_is_not(county: County) -> None:
    fresh = photograph(seed=3)
    files = [
        picked("窗口.jpg", fresh),
        picked("通知.pdf", b"%PDF-1.7"),
        picked("全景.jpg", PHOTO + bytes(MOST_BYTES)),
        picked("又一张.jpg", fresh),
        picked("", b""),
    ]
    digests, refusals = await send_photos(running(county, "inspection"), office.code, files)
    async with keeping(county):
        await drained(county)
    assert digests == [digest_of(fresh)]
    assert await answer(county, office, digest_of(fresh)) == "accepted"
    assert [no.split("，")[0] for no in refusals] == ["“通知.pdf”是PDF格式", "“全景.jpg”超过5MB"]


async def test_a_tenth_photo_is_not_taken(county: County) -> None:
    files = [picked(f"{n}.png", photograph(8, 8, seed=n, kind="PNG")) for n in range(MOST_PHOTOS + 1)]
    digests, refusals = await send_photos(running(county, "inspection"), office.code, files)
    assert len(digests) == MOST_PHOTOS
    assert refusals == [f"最多上传{MOST_PHOTOS}张照片，“{MOST_PHOTOS}.png”未上传，请删减后重新选择。"]
