"""What is a photo, and how it is shown: upright, no larger than a screen, without what the phone wrote beside it."""

from __future__ import annotations

import zlib

import pytest

from services.inspection.photos.picture import Picture
from services.inspection.photos.pictures import judge
from shared.bus.photos import digest_of
from shared.events.photos import MOST_BYTES, MOST_PIXELS
from shared.pipeline.decisions import Refused
from tests.photographs import SECRET, photograph

PHOTO = photograph(480, 360)
TORN = PHOTO[:-20_000]


def verdict_on(data: bytes, sha256: str = "") -> str:
    judged = judge(sha256 or digest_of(data), data)
    return judged.slug if isinstance(judged, Refused) else "accepted"


def claiming(width: int, height: int) -> bytes:
    """A PNG whose header promises so many pixels."""
    header = b"IHDR" + width.to_bytes(4) + height.to_bytes(4) + b"\x08\x02\x00\x00\x00"
    pixels = b"IDAT" + zlib.compress(bytes(100))
    chunks = ((len(chunk) - 4).to_bytes(4) + chunk + zlib.crc32(chunk).to_bytes(4) for chunk in (header, pixels))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    ("data", "slug"),
    [
        (PHOTO, "accepted"),
        (photograph(64, 48, kind="JPEG", mode="CMYK"), "accepted"),
        (photograph(64, 48, kind="PNG", mode="P"), "accepted"),
        (photograph(64, 48, kind="PNG"), "accepted"),
        (TORN, "not-a-picture"),
        (photograph(64, 48, kind="PNG")[:-3_000], "not-a-picture"),
        (photograph(64, 48, kind="GIF"), "not-a-picture"),
        (b"%PDF-1.7", "not-a-picture"),
        (b"", "not-a-picture"),
        (claiming(100_000, MOST_PIXELS // 100_000 + 1), "photo-too-many-pixels"),
        (claiming(60_000, 60_000), "photo-too-many-pixels"),
        (PHOTO + bytes(MOST_BYTES), "photo-too-large"),
    ],
    ids=[
        *("jpeg", "cmyk jpeg", "palette png", "png", "torn jpeg", "torn png", "gif", "pdf", "nothing"),
        *("bomb", "large bomb", "too many bytes"),
    ],
)
def test_a_photo_is_a_jpeg_or_png_that_decodes_to_its_last_row(data: bytes, slug: str) -> None:
    assert verdict_on(data) == slug


def test_bytes_that_differ_from_their_digest_are_refused_before_they_are_decoded() -> None:
    assert verdict_on(TORN, digest_of(PHOTO)) == "photo-digest-differs"


def test_a_photo_taken_upright_is_shown_upright_and_no_larger_than_a_screen() -> None:
    turned = photograph(2400, 1200, turn=6)
    judged = judge(digest_of(turned), turned)
    assert isinstance(judged, Picture)
    assert (judged.type, judged.width, judged.height) == ("image/jpeg", 2400, 1200)
    sizes = [_size(judged.shown), _size(judged.thumb)]
    assert sizes == [(800, 1600), (160, 320)]


def _size(jpeg: bytes) -> tuple[int, int]:
    judged = judge(digest_of(jpeg), jpeg)
    assert isinstance(judged, Picture)
    return judged.width, judged.height


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_nothing_that_the_phone_wrote_beside_the_pixels_is_shown(kind: str) -> None:
    original = photograph(kind=kind)
    judged = judge(digest_of(original), original)
    assert isinstance(judged, Picture)
    assert SECRET.encode() in original
    for shown in (judged.shown, judged.thumb):
        assert segments(shown) <= {0xE0, 0xDB, 0xC0, 0xC4, 0xDA}, "JFIF, tables, frame and scan"
        assert SECRET.encode() not in shown


def segments(jpeg: bytes) -> set[int]:
    """The markers of a JPEG up to its pixels."""
    found, at = set(), 2
    while at < len(jpeg) and jpeg[at] == 0xFF and 0xDA not in found:
        found.add(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return found


def test_the_control_photo_does_carry_a_place_a_profile_and_a_comment() -> None:
    assert segments(PHOTO) >= {0xE1, 0xE2, 0xFE}
