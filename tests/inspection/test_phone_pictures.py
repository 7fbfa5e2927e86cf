"""Every kind of JPEG and PNG that phones, cameras and scanners write is shown, upright and in its colours."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from deploy.embedded.settings import ROOT
from services.inspection.photos.frames import frame_of
from services.inspection.photos.picture import Picture
from services.inspection.photos.pictures import judge
from shared.bus.photos import digest_of
from shared.events.photos import MOST_BYTES
from shared.events.refusals import reason
from shared.pipeline.decisions import Refused
from tests.phone_pictures import (
    CORNERS,
    claiming_jpeg,
    corners,
    flat,
    interlaced,
    png,
    saved,
    scene,
    sixteen_bits,
    turned,
)

SECOND = Image.new("RGB", (64, 48), "white")
FILM = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 40
TORN = saved(scene(), quality=90)


def shown(data: bytes) -> bytes:
    judged = judge(digest_of(data), data)
    assert isinstance(judged, Picture), judged
    assert corners(judged.thumb) == corners(judged.shown)
    return judged.shown


def see_through() -> Image.Image:
    """The scene; through its lower right corner one can look."""
    made = scene().convert("RGBA")
    made.paste((255, 255, 0, 0), (320, 240, 640, 480))
    return made


@pytest.mark.parametrize(
    "data",
    [
        saved(scene(), quality=90),
        saved(scene(), "MPO", save_all=True, append_images=[SECOND, SECOND]),
        saved(scene(), progressive=True),
        saved(scene(), progressive=True, subsampling=0),
        saved(scene().convert("CMYK")),
        saved(scene().convert("CMYK"), progressive=True),
        saved(scene(), restart_marker_rows=1),
        saved(scene(), restart_marker_blocks=3, progressive=True),
        saved(scene()) + FILM,
        saved(scene()) + saved(SECOND) + FILM,
        saved(scene(), exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + bytes(40)),
        saved(scene(3000, 1600), quality=90),
        saved(scene(30_000, 400)),
        saved(scene(), "PNG"),
        saved(scene().convert("P"), "PNG"),
        saved(scene().quantize(4), "PNG", bits=2),
        interlaced(scene(67, 45)),
        saved(scene(2000, 1300), "PNG", dpi=(300, 300)),
    ],
    ids=[
        *("baseline", "several pictures", "progressive", "progressive 4:4:4", "CMYK", "progressive CMYK"),
        *("restart markers", "restart markers, progressive", "film behind it", "picture and film behind it"),
        *("EXIF that nobody can read", "wide", "panorama", "png", "palette", "four colours"),
        *("interlaced", "png with more"),
    ],
)
def test_what_phones_and_cameras_write_is_shown_in_its_colours(data: bytes) -> None:
    assert corners(shown(data)) == CORNERS


def test_a_panorama_of_a_few_rows_is_shown() -> None:
    photo = saved(scene(65_000, 8))
    judged = judge(digest_of(photo), photo)
    assert isinstance(judged, Picture)
    with Image.open(BytesIO(judged.shown)) as opened:
        assert opened.size == (1600, 1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_shown_upright_however_the_phone_was_held(orientation: int) -> None:
    upright = shown(turned(orientation))
    assert corners(upright) == CORNERS
    with Image.open(BytesIO(upright)) as opened:
        assert opened.size == (640, 480)


def test_one_may_look_through_a_png_onto_white() -> None:
    for data in (saved(see_through(), "PNG"), saved(see_through().quantize(8), "PNG")):
        assert corners(shown(data)) == (*CORNERS[:3], "white")


@pytest.mark.parametrize(
    "data", [sixteen_bits(scene()), saved(scene().convert("L")), saved(scene().convert("LA"), "PNG")]
)
def test_a_picture_in_grey_is_as_light_as_it_was(data: bytes) -> None:
    with Image.open(BytesIO(shown(data))) as opened:
        greys = [opened.convert("L").getpixel(place) for place in ((80, 60), (560, 60), (80, 420), (560, 420))]
    assert greys == pytest.approx([76, 150, 29, 226], abs=3)


@pytest.mark.parametrize(("width", "height"), [(4000, 3000), (8000, 6000), (8192, 6144), (12_000, 9000)])
def test_a_photo_of_12_to_108_megapixels_is_shown(width: int, height: int) -> None:
    photo = flat(width, height)
    assert len(photo) < MOST_BYTES
    with Image.open(BytesIO(shown(photo))) as opened:
        assert opened.size == (1600, 1200)
        assert opened.convert("L").getextrema() == (128, 128)


REFUSED = [
    (TORN[: len(TORN) // 2], "not-a-picture", ""),
    (saved(scene(), progressive=True)[:-2000], "not-a-picture", ""),
    (saved(scene())[:300], "not-a-picture", ""),
    (b"\xff\xd8\xff\xd9", "not-a-picture", ""),
    (b"\xff\xd8\xff" + bytes(2000), "not-a-picture", ""),
    (flat(12_000, 9000)[:-100_000], "not-a-picture", ""),
    (claiming_jpeg(16_000, 12_000), "photo-too-many-pixels", "照片有19200万像素，JPEG格式最多12000万像素，"),
    (
        claiming_jpeg(8000, 6000, progressive=True),
        "photo-too-many-pixels",
        "照片有4800万像素，渐进式JPEG格式最多2666万像素，",
    ),
    (
        claiming_jpeg(8000, 6000, progressive=True, subsampling=0),
        "photo-too-many-pixels",
        "照片有4800万像素，渐进式JPEG格式最多1333万像素，",
    ),
    (png(6000, 4000, b"", 8, 2), "photo-too-many-pixels", "照片有2400万像素，PNG格式最多2000万像素，"),
    (flat(4000, 3000) + bytes(MOST_BYTES), "photo-too-large", "照片超过5MB，"),
]


@pytest.mark.parametrize(("data", "slug", "words"), REFUSED)
def test_what_cannot_be_shown_is_refused_with_a_reason_and_in_numbers_that_are_right(
    data: bytes, slug: str, words: str
) -> None:
    judged = judge(digest_of(data), data)
    assert isinstance(judged, Refused)
    assert judged.slug == slug
    assert reason(judged.slug, **judged.details)["zh"].startswith(words)


def test_the_numbers_are_right_in_english_too() -> None:
    judged = judge(digest_of(REFUSED[6][0]), REFUSED[6][0])
    assert isinstance(judged, Refused)
    assert reason(judged.slug, **judged.details)["en"].startswith(
        "The photo has 192.0 million pixels, a JPEG 120.0 million at most;"
    )


def test_how_many_scans_go_over_a_picture_is_bounded() -> None:
    photo = saved(scene(), progressive=True)
    last = photo.rindex(b"\xff\xda")
    frame = frame_of(photo)
    assert frame is not None
    assert 5 < frame.scans < 20
    many = photo[:-2] + photo[last:-2] * 200 + b"\xff\xd9"
    assert judge(digest_of(many), many) == Refused("not-a-picture")


MOST_MORE = 130
"""MB that decoding may take beside what the process has; 184 and, of a progressive CMYK, 240 before it was bounded."""
MEASURED = """
import sys
from pathlib import Path
from services.inspection.photos.pictures import judge
from shared.bus.photos import digest_of
def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) // 1024
data = Path(sys.argv[1]).read_bytes()
before = peak()
judged = judge(digest_of(data), data)
print(type(judged).__name__, peak() - before)
"""
LARGE = {
    "108 million": lambda: flat(12_000, 9000),
    "just not halved": lambda: flat(3199, 3199),
    "progressive, as many as are taken": lambda: saved(Image.new("RGB", (5888, 4512)), progressive=True),
    "progressive, every colour whole": lambda: saved(Image.new("RGB", (4200, 3168)), progressive=True, subsampling=0),
    "png": lambda: png(5160, 3875, bytes((1 + 4 * 5160) * 3875), 8, 6),
    "png of 16 bits": lambda: png(5160, 3875, bytes((1 + 2 * 5160) * 3875), 16, 0),
}


@pytest.mark.parametrize("kind", LARGE)
def test_the_largest_of_each_kind_takes_no_more_memory_than_was_meant(kind: str, tmp_path: Path) -> None:
    photo = tmp_path / "photo"
    photo.write_bytes(LARGE[kind]())
    asked = [sys.executable, "-c", MEASURED, str(photo)]
    measured = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert measured[0] == "Picture"
    assert int(measured[1]) < MOST_MORE
