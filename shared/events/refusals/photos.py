"""Why a photo is not kept, or not shown."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

PHOTOS: Mapping[str, Sentences] = {
    "not-a-picture": (
        "该文件不是可以正常打开的JPEG或者PNG照片，请重新拍摄或者另存为JPEG格式后上传。",
        "This is no JPEG or PNG that can be opened; take it again or save it as JPEG.",
    ),
    "not-signed-in": (
        "请先以本单位的单位编号和登录口令登录，再查看照片。",
        "Sign in with your organisation's code and token to see photos.",
    ),
    "photo-digest-differs": (
        "收到的照片与其校验值不一致（传输中损坏或者已被改动），请重新上传原照片。",
        "What arrived does not have the digest under which it was sent; send the original again.",
    ),
    "photo-not-there": (
        "照片尚未送达，请稍后再看；长时间未送达的，请报送单位重新上传。",
        "The photo has not arrived; look again later, or have it sent once more.",
    ),
    "photo-not-yours": (
        "该照片仅供报送单位、被巡查单位及其上级查看。",
        "Only its sender, the organisations inspected and those above them may see this photo.",
    ),
    "photo-too-large": (
        "照片超过{megabytes}MB，请降低拍摄分辨率后重新上传。",
        "The photo is larger than {megabytes} MB; take it with a lower resolution.",
    ),
    "photo-too-many-pixels": (
        "照片有{pixels}万像素，{kind}格式最多{most}万像素，请降低拍摄分辨率后重新上传。",
        "The photo has {pixels_en} million pixels, a {kind_en} {most_en} million at most; lower the resolution.",
    ),
}
