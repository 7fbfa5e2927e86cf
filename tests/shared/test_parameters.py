"""What an address may carry is bounded, also where a route may do without it."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from shared.web.parameters import CodeAsked, CodeInPath, DayAsked, DigestInPath, IdInPath, PeriodAsked, YearAsked

ID, DIGEST = "01890a5d-ac96-774b-bcce-b302099a8057", "0" * 64
app = FastAPI()


@app.get("/{code}/{id}/{sha256}")
async def route(
    code: CodeInPath,
    id: IdInPath,
    sha256: DigestInPath,
    organisation: CodeAsked | None = None,
    period: PeriodAsked | None = None,
    year: YearAsked | None = None,
    day: DayAsked | None = None,
) -> list[object]:
    return [code, id, sha256, organisation, period, year, day]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/150424/{ID}/{DIGEST}", 200),
        (f"/150424/{ID}/{DIGEST}?organisation=150424-D15&period=2018-Q4&year=2018&day=2018-03-05", 200),
        (f"/15042/{ID}/{DIGEST}", 422),
        (f"/150424/{ID}0/{DIGEST}", 422),
        (f"/150424/{ID}/{DIGEST[1:]}", 422),
        (f"/150424/{ID}/{DIGEST}?organisation=15042", 422),
        (f"/150424/{ID}/{DIGEST}?period=2018-13", 422),
        (f"/150424/{ID}/{DIGEST}?year=18", 422),
        (f"/150424/{ID}/{DIGEST}?day=1999-12-31", 422),
        (f"/150424/{ID}/{DIGEST}?day=2100-01-01", 422),
        (f"/150424/{ID}/{DIGEST}?day=today", 422),
    ],
)
async def test_what_does_not_fit_is_no_address(address: str, status: int) -> None:
    async with AsyncClient(transport=ASGITransport(app), base_url="http://county") as client:
        assert (await client.get(address)).status_code == status
