"""Why a photo is not kept, or not shown."""

from __future__ import annotations

from collections.abc import Mapping

from shared.events.refusals.sentences import Sentences

PHOTOS: Mapping[str, Sentences] = {
    "not-a-picture": (
        "该文件不是可以正常打开的JPEG或者PNG照片，请重新拍摄或者另存为JPEG格式后上传。",
        "This is no JPEG or PNG that can be opened; take it again or save it as JPEG.",
    ),
    "photo-already-added": (
        "这张照片已经在该记录中，请另选一张。",
        "This photo is already there; choose another.",
    ),
    "photo-arrived": (
        "原照片已经收到，无须补传。",
        "The photo has arrived, there is nothing to replace.",
    ),
    "photo-cleared": (
        "该照片已按保管期限（{years}年）于{day}清理，不能再查看；其校验值和大小仍在记录中。",
        "The photo was kept for {years} years and cleared on {day}; its digest and size are still on record.",
    ),
    "photo-digest-differs": (
        "收到的照片与其校验值不一致（传输中损坏或者已被改动），请重新上传原照片。",
        "What arrived does not have the digest under which it was sent; send the original again.",
    ),
    "photo-not-named": (
        "该记录中没有要补传的这张照片，请刷新页面后重新选择。",
        "No such photo was named there; load the page again and choose anew.",
    ),
    "photo-not-restored": (
        "照片没有从备份中恢复，请联系系统管理员。",
        "The photo did not come back from the backup; the operator may bring it in from the backups of photos.",
    ),
    "photo-not-there": (
        "照片尚未送达，请稍后再看；长时间未送达的，请报送单位重新上传。",
        "The photo has not arrived; look again later, or have it sent once more.",
    ),
    "photo-not-yours": (
        "该照片仅供报送单位、被巡查单位及其上级查看。",
        "Only its sender, the organisations inspected and those above them may see this photo.",
    ),
    "photo-not-yours-to-replace": (
        "照片由{organisation}报送，请由其本单位或者上级单位补传。",
        "The photo was named by {organisation}: itself or an organisation above it may replace it.",
    ),
    "photo-too-large": (
        "照片超过{megabytes}MB，请降低拍摄分辨率后重新上传。",
        "The photo is larger than {megabytes} MB; take it with a lower resolution.",
    ),
    "photo-too-much-work": (
        "照片文件内部异常，处理所需时间或者内存超出限度，未予接收。请重新拍摄，或者另存为普通JPEG照片后上传。",
        "Looking at the file takes more time or memory than is allowed; take it again or save it as an ordinary JPEG.",
    ),
    "photo-too-many-pixels": (
        "照片有{pixels}万像素，{kind}格式最多{most}万像素，请降低拍摄分辨率后重新上传。",
        "The photo has {pixels_en} million pixels, a {kind_en} {most_en} million at most; lower the resolution.",
    ),
    "photos-added-too-often": (
        "该记录已经补传{most}张照片，不能再补传。",
        "As many as {most} photos were added to it already.",
    ),
    "unknown-evidence": (
        "没有找到照片所属的巡查记录或者整改事项，请刷新页面后重新办理。",
        "The inspection or rectification that the photo belongs to is not known; load the page again.",
    ),
}
