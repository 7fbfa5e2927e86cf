"""Pictures are kept for so many years, and longer where work is open; what remains says when and why they went."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest
import pytest_asyncio

from services.feedback.operations.condition_parts import photos as part
from services.inspection.patrols.model.patrols import Inspection
from services.inspection.photos import store
from services.inspection.photos.album import COLLECTIONS, Album
from services.inspection.photos.clearing import LEASE, Clearing
from services.inspection.photos.model import AddedPhoto, Cleared, Entry
from services.inspection.photos.rules.retention import came_before, needed
from services.inspection.photos.seeing import Named, evidence
from services.inspection.photos.telling import coming, to_audit
from services.inspection.rectifications.model import Rectification, Stage
from services.roster.audit.lines import line_cells
from services.roster.audit.model import AuditRow
from shared.asks.photos import PhotosWaiting
from shared.calendar import CHINA
from shared.events.inspection import SubmitRectification
from shared.identity.audit import AuditLine
from shared.roster.people import People
from tests.asking import COUNTY, STATION, roster
from tests.county import County
from tests.inspection.rectifying import FINDING, Case, patrol
from tests.photographs import album
from tests.submitters import moment, station

loop = pytest.mark.asyncio(loop_scope="module")
YEARS = 10
LAST, NEXT = datetime(2018, 12, 31, 23, 59, tzinfo=CHINA), datetime(2019, 1, 1, tzinfo=CHINA)
"""When the last photo of a year came, and the first of the next."""
ON = moment("2029-01-01")


@pytest.mark.parametrize(
    ("day", "came", "is_over"),
    [
        ("2028-12-31", LAST, False),
        ("2029-01-01", LAST, True),
        ("2029-01-01", NEXT, False),
        ("2029-12-31", NEXT, False),
        ("2030-01-01", NEXT, True),
    ],
)
def test_years_are_counted_from_the_end_of_the_one_in_which_a_photo_came(
    day: str, came: datetime, is_over: bool
) -> None:
    assert (came < came_before(date.fromisoformat(day), YEARS)) is is_over


def photo(n: int) -> str:
    return f"{station.code}/{n:064x}"


@pytest_asyncio.fixture(loop_scope="module")
async def county(photoless: County) -> County:
    """A photo of the last minute of 2018 (0), one of the first of 2019 (1), and no word of a day that is cleared."""
    db = photoless.db("inspection")
    await db["leases"].delete_one({"_id": LEASE})
    await db[Rectification.collection].delete_many({})
    await db[store.PHOTOS].insert_many([entry(0, LAST), entry(1, NEXT)])
    for n in (0, 1):
        await album(photoless).put(photo(n), pictures(n))
    await laid(photoless, ON - timedelta(days=1))
    return photoless


def pictures(n: int) -> dict[str, bytes]:
    return {size: f"{size} {n}".encode() for size in COLLECTIONS}


def entry(n: int, came: datetime) -> dict[str, Any]:
    size = {"type": "image/jpeg", "width": 4, "height": 3, "bytes": 2_500_000}
    return {"_id": photo(n), **size, "received": came, **store.IN_ALBUM}


async def cleared(county: County, now: datetime = ON, years: int = YEARS, at: Album | None = None) -> list[Any]:
    """What the audit hears."""
    heard: list[Any] = []

    def tell(*said: Any) -> None:
        heard.append(said)

    await Clearing(county.db("inspection"), at or album(county), tell, COUNTY, years, "test-1", rest=0).once(now)
    return heard


async def there(county: County) -> list[int]:
    """Which pictures lie in the album, whole."""
    return [n for n in range(4) if await album(county).pictures(photo(n)) == pictures(n)]


@loop
async def test_what_is_over_goes_once_and_its_entry_says_when_and_why(county: County) -> None:
    assert await cleared(county, ON - timedelta(days=1)) == []
    assert await there(county) == [0, 1]
    assert await cleared(county) == [(ON.date(), 1, 2_500_000)]
    assert await there(county) == [1]
    assert await cleared(county) == []
    assert await cleared(county, ON + timedelta(days=1)) == [], "nobody is told twice"
    db = county.db("inspection")
    known = await store.entries(db, [photo(0), photo(1), photo(2)])
    assert known == {
        photo(0): Entry(Cleared(on=ON.date(), years=YEARS, bytes=2_500_000), is_in_album=False),
        photo(1): Entry(None, is_in_album=True),
    }
    assert await store.rendition(db, album(county), photo(0), "thumb") is None


@loop
async def test_unless_it_is_told_for_how_long_every_photo_stays(county: County) -> None:
    assert await cleared(county, moment("2099-06-01"), years=0) == []
    assert await there(county) == [0, 1]


class CutOff(BaseException):
    """The process ends here."""


class Cut(Album):
    """The process ends before pictures are taken away that nothing shows any more."""

    async def drop(self, photos: Any, laid_before: datetime | None = None) -> None:
        """Only what is swept."""
        if laid_before is None:
            raise CutOff
        await super().drop(photos, laid_before)


@loop
async def test_what_is_cut_short_is_told_once_and_its_pictures_are_swept(county: County) -> None:
    with pytest.raises(CutOff):
        await cleared(county, at=Cut(album(county).db))
    assert await there(county) == [0, 1]
    assert await store.rendition(county.db("inspection"), album(county), photo(0), "thumb") is None
    assert await cleared(county, ON + timedelta(hours=1)) == [(ON.date(), 1, 2_500_000)]
    assert await there(county) == [0, 1], "they were laid a day ago: such a photo may be about to be decided"
    await laid(county, ON - timedelta(days=9))
    await cleared(county, ON + timedelta(days=1))
    assert await there(county) == [1]


async def laid(county: County, at: datetime) -> None:
    for collection in COLLECTIONS.values():
        await album(county).db[collection].update_many({}, {"$set": {"laid": at}})


@loop
async def test_pictures_that_no_photo_came_of_are_swept_after_eight_days_and_no_other(county: County) -> None:
    await album(county).put(photo(2), pictures(2))
    await album(county).put(photo(3), pictures(3))
    await album(county).put(anothers := f"123456100202/{'0' * 64}", pictures(0))
    await laid(county, ON - timedelta(days=9))
    await album(county).db["thumbs"].update_one({"_id": photo(3)}, {"$set": {"laid": ON}})
    await cleared(county, years=0)
    assert await there(county) == [0, 1]
    assert [await album(county).picture(photo(n), "thumb") for n in (2, 3)] == [None, pictures(3)["thumb"]]
    assert await album(county).pictures(anothers) == pictures(0)


@loop
async def test_photos_of_what_is_not_put_right_yet_are_kept_with_those_of_the_patrol_that_found_it(
    county: County,
) -> None:
    case = Case(begins=patrol(FINDING, photos=[f"{0:064x}"]), of=station.code)
    await keeps(
        county, case, case.it.having(added=(AddedPhoto(missing="", photo=f"{1:064x}", by=station.code, at=ON),))
    )
    assert await cleared(county, ON + timedelta(days=366)) == []
    assert await there(county) == [0, 1]
    await keeps(county, case, case.it.having(stage=Stage.CLOSED))
    assert await cleared(county, ON + timedelta(days=367)) == [(date(2030, 1, 3), 2, 5_000_000)]
    assert await there(county) == []


async def keeps(county: County, case: Case, one: Rectification) -> None:
    for document in (*case.kept(Inspection), one):
        raw = document.to_store()
        await county.db("inspection")[document.collection].replace_one({"_id": raw["_id"]}, raw, upsert=True)


def test_the_photos_of_each_step_and_those_added_are_needed() -> None:
    case = Case()
    case.says(SubmitRectification(rectification=case.id, photos=["a" * 64]), "2018-03-07", STATION)
    assert needed([case.it], []) == {f"{STATION}/{'a' * 64}"}


@loop
async def test_a_page_says_what_is_known_of_a_photo_that_was_cleared_or_did_not_come_back(county: County) -> None:
    await cleared(county)
    await album(county).drop([photo(2)])
    await county.db("inspection")[store.PHOTOS].insert_one(entry(2, NEXT))
    named = Named(station.code, [photo(n).partition("/")[2] for n in range(3)], LAST)
    (shown,) = await evidence(county.db("inspection"), album(county), [named], roster(), ON)
    assert [(one.word, bool(one.small), one.is_amiss) for one in shown.thumbs] == [
        ("已按期清理", False, False),
        ("", True, False),
        ("未恢复", False, True),
    ]
    assert "已按保管期限（10年）于2029年1月1日清理，原件2.4 MB" in shown.thumbs[0].why
    assert shown.missing == {}


@loop
async def test_a_month_ahead_it_is_said_how_many_are_due(county: County) -> None:
    db = county.db("inspection")
    assert await coming(db, YEARS, date(2028, 11, 30)) == (0, None)
    assert await coming(db, YEARS, date(2028, 12, 1)) == (1, date(2029, 1, 1))
    assert await coming(db, 0, date(2028, 12, 1)) == (0, None)
    said = part(PhotosWaiting(waiting=0, due=1, due_on=date(2029, 1, 1)), ON)
    assert "1张照片保管期限将满，2029年1月1日起清理" in str(said)


def test_what_was_cleared_is_read_in_the_audit_as_a_sentence() -> None:
    heard: list[tuple[Any, ...]] = []
    parts = SimpleNamespace(
        audit=SimpleNamespace(tell=lambda *said, **by: heard.append((*said, by))),
        settings=SimpleNamespace(county=COUNTY),
    )
    to_audit(cast(Any, parts))(ON.date(), 26_000, 65_000_000_000)
    ((kind, what, outcome, by),) = heard
    line = AuditLine(id="1", at=ON.isoformat(), service="inspection", kind=kind, what=what, outcome=outcome, **by)
    row = AuditRow(id="1", n=1, previous="", line=line, sum="")
    cells = str(line_cells(row, People(), roster(), ON.date()))
    assert [word in cells for word in ("按保管期限清理照片26,000张（60.5 GB）", "2029年1月1日", "已完成")] == [True] * 3
