"""Whoever uploads while a share of the own photos waits, or the bus holds as many as it may, reads it and waits."""

from __future__ import annotations

from io import BytesIO

import pytest
from starlette.datastructures import UploadFile

from services.inspection.photos import waiting
from services.inspection.photos.sending import send_photos
from shared.bus.photos import digest_of
from shared.bus.streams import PHOTOS
from tests.county import County
from tests.photographs import photograph
from tests.processes_here import running
from tests.submitters import office, station

PHOTO = photograph(64, 48)
NO = "此前上传的照片正在依次处理，“门前.jpg”尚未收到，请稍后重新上传。"


async def uploaded(county: County, code: str) -> tuple[list[str], list[str]]:
    file = UploadFile(BytesIO(PHOTO), filename="门前.jpg")
    return await send_photos(running(county, "inspection"), code, [file])


async def stored(county: County) -> int:
    info = await county.bus.api(f"STREAM.INFO.{PHOTOS.name}")
    return int(info["state"]["messages"])


async def test_with_a_share_of_whole_photos_waiting_no_more_is_sent_and_another_organisations_is(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.inspection.photos.sending.MOST_WHOLE", 2)
    waits = [{"_id": f"{station.code}/{n}", "station": station.code, "sequence": n} for n in range(2)]
    await county.db("inspection")[waiting.WAITING].insert_many(waits)
    assert await uploaded(county, station.code) == ([], [NO])
    assert await stored(county) == 0
    assert await uploaded(county, office.code) == ([digest_of(PHOTO)], [])
    assert await stored(county) == 1


async def test_where_the_bus_holds_as_many_as_it_may_it_is_said(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.inspection.photos.sending.PATIENCE", 0.1)
    config = PHOTOS.config()
    await county.bus.api(f"STREAM.UPDATE.{PHOTOS.name}", config | {"max_msgs": 1})
    try:
        assert await uploaded(county, office.code) == ([digest_of(PHOTO)], [])
        assert await uploaded(county, station.code) == ([], [NO])
    finally:
        await county.bus.api(f"STREAM.UPDATE.{PHOTOS.name}", config)
