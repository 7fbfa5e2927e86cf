"""The form by which a photo that was refused, or never arrived, is replaced where it belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.inspection.photos.seeing import Evidence
from services.inspection.photos.sending import UPLOAD
from shared.events.inspection import ReplacePhoto
from shared.forms import Entered, Field, Form, Kind, Photos, Shown, shown


def _missing(evidence: Evidence | None) -> Mapping[str, str]:
    """Those that may be replaced, by their names; none while they cannot be looked up."""
    return evidence.missing if evidence else {}


REPLACE = Form(
    ReplacePhoto,
    "replace-photo",
    "补传照片",
    "补传",
    (
        Field("sender", "原报送单位", Kind.HIDDEN),
        Field("missing", "原照片", choices=_missing),
        Photos("photo", "补传的照片", upload=UPLOAD),
    ),
    lead="未被接收或者没有收到的照片，在这里重新上传；补传的时间和单位一并记录。",
    given=("of",),
)


def replacing(
    evidence: Sequence[Evidence], page: str, entered: Entered | None = None, carried: Mapping[str, str] | None = None
) -> Shown | None:
    """Of the first of these of which a photo is missing; None when none is, and nothing was entered."""
    of = next((one for one in evidence if one.missing), None)
    if of is None and entered is None:
        return None
    begun = Entered({"sender": of.sender, "missing": next(iter(of.missing))}) if of else None
    return shown(REPLACE, f"{page}/{REPLACE.key}", of, entered or begun, carried)
