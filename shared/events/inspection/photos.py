"""A photo of an inspection, or of work that was submitted, that was refused or never arrived: another in its place."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import HALL_PATROL, Code, Sha256

Evidenced = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f-]{36}(/[0-9]{1,2})?$"),
    Field(description="What the photo belongs to: the inspection's id, or the rectification's, <uuid>/0."),
]
Sender = Annotated[Code, Field(description="Who submitted the inspection or the work, and named the photo.")]
Missing = Annotated[Sha256, Field(description="The photo as it was named then; it was refused or has not arrived.")]


class ReplacePhoto(Submission, service="inspection", office=HALL_PATROL, carries_on=True):
    """A photo that was refused or has not arrived is sent anew, by whoever named it then or stands above.

    The new one is a photo of its submitter, and may arrive later. Nothing that is counted changes.
    """

    of: Evidenced
    sender: Sender
    missing: Missing
    photo: Annotated[Sha256, Field(description="The photo in its place.")]


class PhotoReplaced(Fact, service="inspection"):
    """Another photo stands in the place of one that was refused or had not arrived."""

    of: Evidenced
    sender: Sender
    missing: Missing
    photo: Sha256


class PhotoReplacementWithdrawn(Fact, service="inspection"):
    """A photo that stood in the place of another does so no longer."""

    of: Evidenced
    sender: Sender
    missing: Missing
    photo: Sha256
