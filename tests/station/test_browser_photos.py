"""A browser sends photos as large as a screen, upright, one after another; what it cannot shrink it says beforehand."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Page, Request, Route, expect

from services.station.folder import Folder
from shared.events.photos import MOST_BYTES
from tests.phone_pictures import AS_TAKEN, CORNERS, corners, flat, saved, scene
from tests.photographs import photograph
from tests.station.agents import Agent
from tests.station.local_page import hears
from tests.station.test_browser import served
from tests.station.test_browser_drafts import browser, saves

expect.set_options(timeout=60_000)
ORIENTATION = 0x0112
FORM = "/form/rectification-done"
NO_CANVAS = "HTMLCanvasElement.prototype.toBlob = function (done) { done(null); };"
NO_BITMAP = "delete window.createImageBitmap;"


@pytest.fixture
async def agent(folder: Folder) -> AsyncIterator[Agent]:
    """Enrolled, and without any line."""
    one = Agent.enrolled(folder, ["nats://127.0.0.1:1"])
    hears(one)
    yield one
    one.close()


def taken(width: int, height: int, orientation: int = 1, kind: str = "JPEG") -> bytes:
    """A scene that is so large as a phone held it."""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    shot = scene(*((height, width) if orientation > 4 else (width, height)))
    return saved(shot.transpose(AS_TAKEN[orientation]) if orientation > 1 else shot, kind, exif=exif)


def large(data: bytes) -> bytes:
    """The same picture with so much behind it that it may not be sent as it is."""
    return data + bytes(MOST_BYTES)


def kept(agent: Agent) -> list[bytes]:
    """Every picture that was sent."""
    return [file.read_bytes() for file in sorted(agent.folder.photos.iterdir())] if agent.folder.photos.exists() else []


async def chooses(page: Page, tmp_path: Path, *files: tuple[str, bytes]) -> None:
    """In the form's field; from the disk, for they may be large."""
    for name, data in files:
        (tmp_path / name).write_bytes(data)
    await page.locator("input[type=file]").set_input_files([tmp_path / name for name, _ in files])


@pytest.mark.parametrize(
    ("name", "data", "size"),
    [
        ("上.jpg", lambda: taken(4000, 3000), (1600, 1200)),
        ("大.jpg", lambda: large(taken(4000, 3000)), (1600, 1200)),
        ("高.jpg", lambda: taken(8000, 6000, 6), (1200, 1600)),
        ("图.png", lambda: taken(4000, 3000, kind="PNG"), (1600, 1200)),
        ("图.png", lambda: taken(8000, 6000, kind="PNG"), (1600, 1200)),
        ("图.webp", lambda: taken(2000, 1000, kind="WEBP"), (1600, 800)),
        ("图.gif", lambda: saved(scene(800, 600), "GIF"), (800, 600)),
        ("小.jpg", lambda: taken(800, 600, 3), (800, 600)),
    ],
)
async def test_what_is_sent_is_no_larger_than_a_screen_and_upright(
    agent: Agent, tmp_path: Path, name: str, data: Callable[[], bytes], size: tuple[int, int]
) -> None:
    async with served(agent) as address, browser() as page:
        await page.goto(address + FORM)
        await chooses(page, tmp_path, (name, data()))
        await expect(page.get_by_label(f"{name}，已上传")).to_be_checked()
    (sent,) = kept(agent)
    with Image.open(BytesIO(sent)) as opened:
        is_turned = opened.getexif().get(ORIENTATION, 1) > 1
        assert (opened.format, opened.size) == ("JPEG", size)
    if not is_turned:
        assert corners(sent) == CORNERS
    assert len(sent) < 1024 * 1024


async def test_a_photo_is_sent_upright_however_the_phone_was_held(agent: Agent, tmp_path: Path) -> None:
    async with served(agent) as address, browser() as page:
        await page.goto(address + FORM)
        await chooses(page, tmp_path, *((f"{n}.jpg", taken(1700 + n, 1500, n)) for n in range(1, 9)))
        await expect(page.get_by_text("已全部上传。")).to_be_visible()
    sent = kept(agent)
    assert {corners(one) for one in sent} == {CORNERS}
    with_sizes = [Image.open(BytesIO(one)).size for one in sent]
    assert sorted(max(size) for size in with_sizes) == [1600] * 8
    assert sum(size[0] < size[1] for size in with_sizes) == 4


async def test_48_megapixels_of_a_phone_are_sent_small(agent: Agent, tmp_path: Path) -> None:
    async with served(agent) as address, browser() as page:
        await page.goto(address + FORM)
        await chooses(page, tmp_path, ("夜.jpg", flat(8000, 6000)))
        await expect(page.get_by_label("夜.jpg，已上传")).to_be_checked()
    (sent,) = kept(agent)
    with Image.open(BytesIO(sent)) as opened:
        assert opened.size == (1600, 1200)


@pytest.mark.parametrize("broken", [NO_CANVAS, NO_BITMAP], ids=["no canvas", "no bitmap"])
async def test_where_a_browser_cannot_shrink_it_sends_what_may_be_sent_and_says_what_not(
    agent: Agent, tmp_path: Path, broken: str
) -> None:
    small, big = taken(2000, 1500), large(taken(1000, 800))
    asked = list[Request]()
    async with served(agent) as address, browser() as page:
        await page.add_init_script(broken)
        page.on("request", lambda request: asked.append(request) if request.method == "POST" else None)
        await page.goto(address + FORM)
        await chooses(page, tmp_path, ("甲.jpg", small), ("乙.jpg", big))
        await expect(page.get_by_label("甲.jpg，已上传")).to_be_checked()
        said = page.get_by_role("status").filter(has_text="“乙.jpg”有5.1MB，超过5MB，本浏览器无法自动缩小，没有上传。")
        await expect(said).to_be_visible()
        assert await page.locator("input[type=file]").evaluate("input => input.files.length") == 0
    assert kept(agent) == [small]
    assert len(asked) == 1


async def test_what_no_browser_draws_is_told_by_its_kind(agent: Agent, tmp_path: Path) -> None:
    async with served(agent) as address, browser() as page:
        await page.goto(address + FORM)
        await page.get_by_label("整改情况").fill("已更换")
        await chooses(page, tmp_path, ("IMG_1.HEIC", b"\0\0\0\x18ftypheic" + bytes(5000)))
        await expect(page.get_by_text("“IMG_1.HEIC”是HEIC格式，不能作为照片显示，未上传。")).to_be_visible()
        await expect(page.get_by_label("整改情况")).to_have_value("已更换")


async def test_the_button_pressed_too_early_waits_for_the_photos(agent: Agent, tmp_path: Path) -> None:
    async with served(agent) as address, browser() as page:
        await page.goto(address + FORM)
        await page.get_by_label("整改事项").select_option(index=1)
        await page.get_by_label("整改情况").fill("已更换")
        await page.route("**/photos", slowly)
        await chooses(page, tmp_path, ("甲.jpg", photograph(1800, 900)), ("乙.jpg", photograph(1800, 900, seed=2)))
        await expect(page.get_by_text("正在上传第1/2张")).to_be_visible()
        await saves(page)
    (row,) = agent.outbox.latest(9)
    assert len(json.loads(row.body)["photos"]) == 2
    assert len(kept(agent)) == 2


async def slowly(route: Route) -> None:
    """Each photo takes a while."""
    await asyncio.sleep(0.5)
    await route.continue_()


async def test_an_upload_that_stands_still_is_given_up_and_the_photo_goes_with_the_form(
    agent: Agent, tmp_path: Path
) -> None:
    async def answers_nothing(_: Route) -> None:
        """As a line that is neither there nor gone."""

    async with served(agent) as address, browser() as page:
        await page.clock.install()
        await page.goto(address + FORM)
        await page.route("**/photos", answers_nothing)
        await chooses(page, tmp_path, ("静.jpg", taken(800, 600)))
        await expect(page.get_by_text("正在上传第1/1张")).to_be_visible()
        await page.clock.fast_forward(50_000)
        await expect(page.get_by_text("正在上传第1/1张")).to_be_visible()
        await page.clock.fast_forward(70_000)
        await expect(page.get_by_text("1张没有传上去，随表提交。")).to_be_visible()
