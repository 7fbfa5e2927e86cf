"""What is done with a photo in the process that looks at foreign bytes, and how its answer is read on this side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from services.inspection.photos.pictures import Picture, judge
from shared.foreign.apart import Apart, Limits
from shared.pipeline.decisions import Refused

WORK = "services.inspection.photos.work"
"""This module, by the name under which the other process imports it."""
LIMITS = Limits(processor=10, time=45, memory=176 * 1024 * 1024)
"""The largest photo that is taken needs a second of processor and 130 MB (`MOST_HELD` and what is shown of it)."""
PICTURE = TypeAdapter(Picture)


def work(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """`sha256` and `data` of a photo; the picture, or the slug and the details of a no."""
    judged = judge(given["sha256"], given["data"])
    if isinstance(judged, Refused):
        return {"no": judged.slug, "details": judged.details}
    return asdict(judged)


async def judged_apart(apart: Apart, sha256: str, data: bytes) -> Picture | Refused:
    """As `judge`, done apart; raises `Exhausted`."""
    answer = await apart.ask({"sha256": sha256, "data": data})
    if "no" in answer:
        return Refused(answer["no"], **answer["details"])
    return PICTURE.validate_python(answer)
