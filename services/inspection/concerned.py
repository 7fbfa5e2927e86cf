"""The page of what a record of inspection is about: all that became of it is read there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.events import Submission
from shared.events.inspection import (
    AcceptRectification,
    ExtendRectification,
    InspectionLogged,
    PhotoReplaced,
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
RECTIFICATIONS, PATROLS = "/inspection/rectifications", "/inspection/inspections"
SUBJECTS: Mapping[str, tuple[str, str, str]] = {
    **{kind.type: ("rectification", "整改事项", RECTIFICATIONS + "/{organisation}/{it}") for kind in STEPS},
    PublishChecklist.type: ("checklist", "检查表", "/inspection/checklists/{it}"),
}
"""By type: the field of its facts that names it, what it is called, where its page is."""


def subject_of(original: Original) -> Subject | None:
    """Of an accepted record; nothing of what has no page of its own."""
    for one in original.facts:
        if isinstance(one.fact, InspectionLogged):
            return Subject("巡查记录", f"{PATROLS}/{original.key}")
        if isinstance(one.fact, PhotoReplaced):
            return _evidenced(one.organisation, one.fact)
    if original.type not in SUBJECTS:
        return None
    field, label, at = SUBJECTS[original.type]
    for one in original.facts:
        said: Any = getattr(one.fact, field, None)
        if said:
            return Subject(label, at.format(organisation=one.organisation, it=said))
    return None


def _evidenced(organisation: str, fact: PhotoReplaced) -> Subject:
    """A step of a finding has its number, a patrol its id."""
    if "/" in fact.of:
        return Subject("整改事项", f"{RECTIFICATIONS}/{organisation}/{fact.of}")
    return Subject("巡查记录", f"{PATROLS}/{fact.sender}/{fact.of}")
