"""Why a file that was chosen is no photo that can be shown, in a sentence that says which it is and what to do."""

from __future__ import annotations

from shared.events.photos import MOST_BYTES, type_of
from shared.pages.chinese import LARGEST_PHOTO

HEIC, FILM = "HEIC格式", "视频文件"
SAVE_AS = "请选择照片，或者另存为JPEG格式后重新选择。"
IN_THE_PHONE = "请在手机的相机设置中把照片格式改为JPEG（苹果手机选“兼容性最佳”），或者另存为JPEG格式后重新选择。"
FILMS = (b"isom", b"iso2", b"mp41", b"mp42", b"avc1", b"qt  ", b"M4V ", b"3gp4", b"3gp5")
BEGINNINGS = (
    (b"GIF8", "GIF格式"),
    (b"BM", "BMP格式"),
    (b"%PDF", "PDF格式"),
    (b"II*\0", "TIFF格式"),
    (b"MM\0*", "TIFF格式"),
    (b"PK\x03\x04", "文档或者压缩包"),
)


def unfit_photo(data: bytes, name: str) -> str:
    """Empty for a JPEG or PNG that may be sent; no more of `data` is needed than `MOST_BYTES` and one."""
    if type_of(data) is None:
        kind = kind_of_file(data)
        what = f"是{kind}，不能作为照片显示" if kind else "不是JPEG或者PNG照片"
        return f"“{name}”{what}，未上传。{IN_THE_PHONE if kind == HEIC else SAVE_AS}"
    if len(data) > MOST_BYTES:
        return f"“{name}”超过{LARGEST_PHOTO}，未上传。请降低拍摄分辨率或者压缩后重新选择。"
    return ""


def kind_of_file(data: bytes) -> str:
    """What its first bytes say that it is; empty when they say nothing known."""
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        return FILM if brand in FILMS else "AVIF格式" if brand in (b"avif", b"avis") else HEIC
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP格式"
    return next((kind for begins, kind in BEGINNINGS if data.startswith(begins)), "")
