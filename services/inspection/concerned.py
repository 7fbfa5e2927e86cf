"""The page of what a record of inspection is about: all that became of it is read there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.events import Submission
from shared.events.inspection import (
    AcceptRectification,
    ExtendRectification,
    PublishChecklist,
    ReopenRectification,
    SendBackRectification,
    SubmitRectification,
    VerifyRectification,
)
from shared.pipeline.decisions import Original
from shared.web.records.correctable import Subject

STEPS: tuple[type[Submission], ...] = (
    AcceptRectification,
    SubmitRectification,
    VerifyRectification,
    SendBackRectification,
    ExtendRectification,
    ReopenRectification,
)
SUBJECTS: Mapping[str, tuple[str, str, str]] = {
    **{kind.type: ("rectification", "整改事项", "/inspection/rectifications/{organisation}/{it}") for kind in STEPS},
    PublishChecklist.type: ("checklist", "检查表", "/inspection/checklists/{it}"),
}
"""By type: the field of its facts that names it, what it is called, where its page is."""


def subject_of(original: Original) -> Subject | None:
    """Of an accepted record; nothing of what has no page of its own."""
    if original.type not in SUBJECTS:
        return None
    field, label, at = SUBJECTS[original.type]
    for one in original.facts:
        said: Any = getattr(one.fact, field, None)
        if said:
            return Subject(label, at.format(organisation=one.organisation, it=said))
    return None
