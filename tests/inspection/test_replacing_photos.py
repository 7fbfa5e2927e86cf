"""A photo that was refused, or never arrived, says so where it belongs to, and another is sent in its place there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from httpx import AsyncClient, Response

from deploy.embedded.servers.running import Servers
from services.inspection.handlers import HANDLERS
from services.inspection.patrols.model.patrols import Inspection
from services.inspection.photos.model import MOST_ADDED, AddedPhoto, ArrivedPhoto
from services.inspection.photos.seeing import ON_ITS_WAY, Arrivals, Named, seen
from shared.bus.photos import cut, digest_of
from shared.events.inspection import LogInspection, PhotoReplaced, ReplacePhoto, SubmitRectification
from shared.events.vocabulary import PatrolKind
from shared.pipeline.decisions import Refused
from tests.asking import HALL, NEIGHBOUR, STATION, TOWNSHIP, Desk, asked, moment, roster
from tests.browsing import form_in, token, wrong_at
from tests.conftest import county_on
from tests.county import County
from tests.inspection.browsing import decided, finding_page, signed_in
from tests.inspection.rectifying import FINDING, Case, patrol
from tests.photographs import answer, drained, hears, keeping, photograph, sent
from tests.submitters import moment as day_of
from tests.submitters import office, station, stations, township

FIRST, SECOND, NEW = "1" * 64, "2" * 64, "3" * 64
AT = "2018-03-05"


def looked_at() -> tuple[Desk, ReplacePhoto]:
    """A patrol with two photos, and what replaces the second."""
    desk = Desk(HANDLERS, roster())
    desk.agrees(patrol(photos=[FIRST, SECOND]), STATION, AT)
    inspection = desk.only(Inspection).inspection
    return desk, ReplacePhoto(of=inspection, sender=STATION, missing=SECOND, photo=NEW)


def test_a_missing_photo_is_replaced_and_nothing_else_changes() -> None:
    desk, replacing = looked_at()
    before = desk.only(Inspection)
    facts = desk.agrees(replacing, STATION, "2018-03-06")
    assert facts == ((STATION, PhotoReplaced(**replacing.model_dump())),)
    added = AddedPhoto(missing=SECOND, photo=NEW, by=STATION, at=moment("2018-03-06"))
    assert desk.only(Inspection) == before.having(added=(added,))


@pytest.mark.parametrize("by", [STATION, TOWNSHIP])
def test_whoever_named_it_replaces_it_or_who_is_above(by: str) -> None:
    desk, replacing = looked_at()
    assert desk.agrees(replacing, STATION, "2018-03-06", by)


@pytest.mark.parametrize(
    ("changed", "about", "by", "slug"),
    [
        ({"missing": NEW}, STATION, STATION, "photo-not-named"),
        ({"of": "0" * 8 + "-0000-7000-8000-" + "0" * 12}, STATION, STATION, "unknown-evidence"),
        ({"of": "0" * 8 + "-0000-7000-8000-" + "0" * 12 + "/0"}, STATION, STATION, "unknown-evidence"),
        ({"sender": NEIGHBOUR}, STATION, STATION, "unknown-evidence"),
        ({}, NEIGHBOUR, STATION, "unknown-evidence"),
        ({}, STATION, NEIGHBOUR, "photo-not-yours-to-replace"),
        ({}, STATION, HALL, "photo-not-yours-to-replace"),
    ],
)
def test_what_is_refused(changed: dict[str, str], about: str, by: str, slug: str) -> None:
    desk, replacing = looked_at()
    assert desk.refuses(replacing.model_copy(update=changed), about, "2018-03-06", by) == slug


def test_what_has_arrived_is_evidence_and_stays_as_it_is() -> None:
    desk, replacing = looked_at()
    verdict = desk.decides(asked(replacing, STATION, "2018-03-06"), [ArrivedPhoto(id=f"{STATION}/{SECOND}")])
    assert verdict == Refused("photo-arrived")


def test_a_photo_is_added_once_and_not_without_end() -> None:
    desk, replacing = looked_at()
    desk.agrees(replacing, STATION, "2018-03-06")
    assert desk.refuses(replacing, STATION, "2018-03-07") == "photo-already-added"
    for n in range(MOST_ADDED - 1):
        desk.agrees(replacing.model_copy(update={"photo": f"{n:064x}"}), STATION, "2018-03-07", n=n)
    last = replacing.model_copy(update={"photo": "f" * 64})
    assert desk.refuses(last, STATION, "2018-03-07") == "photos-added-too-often"


def test_a_photo_of_submitted_work_is_replaced_as_well() -> None:
    case = Case()
    case.says(SubmitRectification(rectification=case.id, photos=[FIRST]), "2018-03-07", STATION)
    replacing = ReplacePhoto(of=case.id, sender=STATION, missing=FIRST, photo=NEW)
    assert case.says(replacing, "2018-03-08", STATION) == ((STATION, PhotoReplaced(**replacing.model_dump())),)
    assert [(one.missing, one.photo) for one in case.it.added] == [(FIRST, NEW)]
    assert case.takes_back_last() != "not-correctable"
    assert case.it.added == ()


NOW = moment("2018-03-07")
KEPT, LATE = f"{STATION}/{FIRST}", NOW - ON_ITS_WAY - timedelta(minutes=1)


@pytest.mark.parametrize(
    ("refused", "since", "added", "words", "missing"),
    [
        ({}, NOW, (), ["正在传送"], []),
        ({}, LATE, (), ["尚未收到"], ["照片2（尚未收到）"]),
        ({f"{STATION}/{SECOND}": "太大。"}, NOW, (), ["未被接收"], ["照片2（未被接收）"]),
        ({f"{STATION}/{SECOND}": "太大。"}, NOW, ((NEW, NOW),), ["未被接收", "正在传送"], []),
        ({f"{STATION}/{SECOND}": "太大。"}, NOW, ((NEW, LATE),), ["未被接收", "尚未收到"], ["照片2（未被接收）"]),
        ({f"{STATION}/{SECOND}": "太大。"}, LATE, ((FIRST, LATE),), ["未被接收", ""], []),
        (
            {f"{STATION}/{SECOND}": "太大。", f"{STATION}/{NEW}": "损坏。"},
            NOW,
            ((NEW, NOW),),
            ["未被接收", "未被接收"],
            ["照片2（未被接收）"],
        ),
    ],
)
def test_what_a_page_says_of_the_second_photo(
    refused: dict[str, str], since: object, added: tuple[tuple[str, object], ...], words: list[str], missing: list[str]
) -> None:
    more = [AddedPhoto.model_validate({"missing": SECOND, "photo": p, "by": STATION, "at": at}) for p, at in added]
    named = Named(STATION, [FIRST, SECOND], since, more)  # type: ignore[arg-type]
    shown = seen(named, Arrivals({KEPT}, refused), roster(), NOW)
    assert [one.word for one in shown.thumbs[1:]] == words
    assert list(shown.missing.values()) == missing
    assert all(one.note.endswith("补传") for one in shown.thumbs[2:])


loop = pytest.mark.asyncio(loop_scope="module")
GOOD, BETTER, BAD = photograph(seed=31), photograph(seed=32), photograph(seed=33)[:-9_000]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """Decides, and takes photos in."""
    async with county_on(bus_and_database) as county, county.at_work(), keeping(county):
        yield county


async def replaces(client: AsyncClient, page: str, photo: bytes, day: str, name: str = "新.jpg") -> Response:
    """Presses 补传 with a photo."""
    action = f"{page}/replace-photo"
    fields = form_in((await client.get(page)).text, action, day)
    return await client.post(action, data=fields, files=[("photos", (name, photo))])


@loop
async def test_a_refused_photo_of_an_inspection_says_why_and_is_replaced_on_its_page(
    county: County, client: AsyncClient
) -> None:
    at = day_of("2018-06-04")
    look = LogInspection(patrol=PatrolKind.STATION, score=9500, photos=[digest_of(GOOD), digest_of(BAD)])
    said = await decided(county, station.says(look, at))
    await sent(county, station, GOOD, BAD)
    await drained(county)
    page = f"/inspection/inspections/{station.code}/{said.id}"
    async with signed_in(client, station.code):
        shown = (await client.get(page)).text
        assert "照片2未被接收：该文件不是可以正常打开的JPEG或者PNG照片" in shown
        assert "照片2（未被接收）" in shown
        asked_for = await client.get(f"/inspection/api/photos/{station.code}/{digest_of(BAD)}")
        assert (asked_for.status_code, asked_for.json()["reasons"][0]["slug"]) == (404, "not-a-picture")
        none = await client.post(f"{page}/replace-photo", data=form_in(shown, f"{page}/replace-photo", "2018-06-05"))
        assert (none.status_code, wrong_at(none.text, "replace-photo-photo")) == (422, "请选择“补传的照片”。")
        heic = await replaces(client, page, b"\0\0\0\x18ftypheic" + bytes(64), "2018-06-05", "IMG_1.HEIC")
        assert (heic.status_code, "是HEIC格式" in wrong_at(heic.text, "replace-photo-photo")) == (422, True)
        done = await replaces(client, page, BETTER, "2018-06-05")
        assert done.status_code == 303
        await drained(county)
        after = (await client.get(done.headers["location"])).text
        assert ("已受理" in after, "2018年6月5日由" in after, "补传" in after) == (True, True, True)
        assert f'action="{page}/replace-photo"' not in after, "all is there now"
        assert f"/inspection/api/photos/{station.code}/{digest_of(BETTER)}" in after
    thumb = f'{digest_of(BETTER)}?size=thumb"'
    for who, sees in ((township.code, True), (stations[3].code, False)):
        assert (thumb in (await client.get(page, auth=token(who))).text) is sees


@loop
async def test_one_above_replaces_it_and_the_place_sees_it(county: County, client: AsyncClient) -> None:
    photos = [digest_of(BAD)]
    look = LogInspection(patrol=PatrolKind.STATION, score=9500, photos=photos, findings=[FINDING])
    said = await decided(county, stations[1].says(look, day_of("2018-06-04")))
    await sent(county, stations[1], BAD)
    await drained(county)
    page, finding = [f"/inspection/{part}/{stations[1].code}/{said.id}" for part in ("inspections", "rectifications")]
    shown = (await client.get(f"{finding}/0", auth=token(township.code))).text
    assert ("照片1未被接收：该文件不是" in shown, f'href="{page}"' in shown, "replace-photo" in shown) == (
        True,
        True,
        False,
    )
    async with signed_in(client, township.code):
        assert (await replaces(client, page, BETTER, "2018-06-05")).status_code == 303
    await drained(county)
    address = f"/inspection/api/photos/{township.code}/{digest_of(BETTER)}"
    for one in (page, f"{finding}/0"):
        assert address in (await client.get(one, auth=token(stations[1].code))).text
    assert address not in (await client.get(f"{finding}/0", auth=token(stations[2].code))).text
    assert (await client.get(address, auth=token(stations[1].code))).status_code == 200
    assert (await client.get(address, auth=token(stations[2].code))).status_code == 403


@loop
async def test_a_photo_of_submitted_work_that_never_arrived_is_replaced_on_its_page(
    county: County, client: AsyncClient
) -> None:
    found = await decided(county, stations[3].logs(day_of("2018-06-04"), findings=1))
    work = SubmitRectification(rectification=f"{found.id}/0", photos=[digest_of(BAD)])
    await decided(county, stations[3].says(work, day_of("2018-06-05")))
    page = finding_page(found)
    others = await client.get(page, auth=token(office.code))
    assert (others.status_code, "尚未收到" in others.text) == (200, False), "for those concerned alone"
    async with signed_in(client, stations[3].code):
        assert "照片1<br>尚未收到" in (await client.get(page)).text
        done = await replaces(client, page, GOOD, "2018-06-06")
        assert "已受理" in (await client.get(done.headers["location"])).text
        await drained(county)
        after = (await client.get(page)).text
    assert f"/inspection/api/photos/{stations[3].code}/{digest_of(GOOD)}" in after
    assert f'action="{page}/replace-photo"' not in after


@loop
async def test_why_a_photo_was_refused_is_forgotten_once_it_came_whole(county: County) -> None:
    db, photo = county.db("inspection"), photograph(seed=40)
    chunks = list(cut(station.code, photo))
    damaged = chunks[0]._replace(body=bytes(len(chunks[0].body)))
    await hears(county, damaged, *chunks[1:])
    await drained(county)
    assert await db["refused_photos"].count_documents({"_id": f"{station.code}/{digest_of(photo)}"}) == 1
    await hears(county, *chunks)
    await drained(county)
    assert await answer(county, station, digest_of(photo)) == "accepted"
    assert await db["refused_photos"].count_documents({"_id": f"{station.code}/{digest_of(photo)}"}) == 0


@loop
async def test_records_to_which_a_photo_was_added_are_found_by_an_index(county: County) -> None:
    for collection in ("inspections", "rectifications"):
        query = {"added.photo": NEW, "added.by": STATION, "withdrawn": {"$ne": True}}
        asked_for = {"distinct": collection, "key": "organisation", "query": query}
        plan = await county.db("inspection").command("explain", asked_for, verbosity="queryPlanner")
        assert "added.photo_1" in str(plan["queryPlanner"]["winningPlan"])
