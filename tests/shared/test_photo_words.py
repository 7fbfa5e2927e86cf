"""Whoever chooses a file that is no photo reads what it is and what to do."""

from __future__ import annotations

import pytest

from shared.events.photos import MOST_BYTES
from shared.pages.photo_words import unfit_photo
from tests.phone_pictures import saved, scene
from tests.shared.test_wording import faults_of

PHOTO = saved(scene())
FILES = [
    (b"\0\0\0\x18ftypheic", "是HEIC格式，不能作为照片显示，未上传。请在手机的相机设置中"),
    (b"\0\0\0\x18ftypmif1", "是HEIC格式"),
    (b"\0\0\0\x18ftypavif", "是AVIF格式"),
    (b"\0\0\0\x18ftypmp42", "是视频文件"),
    (b"RIFF\0\0\0\0WEBPVP8 ", "是WebP格式"),
    (b"GIF89a", "是GIF格式"),
    (b"BM\0\0", "是BMP格式"),
    (b"%PDF-1.7", "是PDF格式"),
    (b"II*\0", "是TIFF格式"),
    (b"PK\x03\x04", "是文档或者压缩包"),
    (b"hello", "不是JPEG或者PNG照片，未上传。"),
    (b"", "不是JPEG或者PNG照片，未上传。"),
    (PHOTO + bytes(MOST_BYTES), "超过5MB，未上传。"),
]


@pytest.mark.parametrize(("data", "words"), FILES)
def test_what_is_no_photo_is_called_what_it_is(data: bytes, words: str) -> None:
    sentence = unfit_photo(data, "照片一")
    assert sentence.startswith(f"“照片一”{words}")
    assert faults_of(sentence) == []


@pytest.mark.parametrize("data", [PHOTO, saved(scene(), "PNG")])
def test_a_jpeg_or_png_may_be_sent(data: bytes) -> None:
    assert unfit_photo(data, "照片一") == ""
