"""What is done with a photo in the process that looks at foreign bytes: nothing else imports this, or what decodes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from services.inspection.photos.pictures import judge
from shared.pipeline.decisions import Refused


def work(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """`sha256` and `data` of a photo; the picture, or the slug and the details of a no."""
    judged = judge(given["sha256"], given["data"])
    if isinstance(judged, Refused):
        return {"no": judged.slug, "details": judged.details}
    return asdict(judged)
