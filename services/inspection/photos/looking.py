"""How a photo is looked at by the process that decodes foreign bytes, and how its answer is read on this side."""

from __future__ import annotations

from pydantic import TypeAdapter

from services.inspection.photos.picture import Picture
from shared.foreign.apart import Apart, Limits
from shared.pipeline.decisions import Refused

WORK = "services.inspection.photos.work"
"""The module that does it, by the name under which the other process imports it; this one has no use for it."""
LIMITS = Limits(processor=10, time=45, memory=176 * 1024 * 1024)
"""The largest photo that is taken needs a second of processor and 130 MB (`MOST_HELD` and what is shown of it)."""
PICTURE = TypeAdapter(Picture)


async def judged_apart(apart: Apart, sha256: str, data: bytes) -> Picture | Refused:
    """As `pictures.judge`, done apart; raises `Exhausted`."""
    answer = await apart.ask({"sha256": sha256, "data": data})
    if "no" in answer:
        return Refused(answer["no"], **answer["details"])
    return PICTURE.validate_python(answer)
