"""Events of e-supervision (电子监察): cameras, who may look through them, and every look. The picture is not ours."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import HALL_PATROL, Code, PersonId, Slug, Title

Link = Annotated[
    str,
    StringConstraints(pattern=r"^https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[!#-;=?-Z_a-z~%-]*)?$", max_length=300),
    Field(description="The camera system's page of this device: https only, no user name, ASCII."),
]


class ViewingRole(StrEnum):
    """Whose cameras a person may look through: its department's, its township's stations', all of the county's."""

    DEPARTMENT_HEAD = "department-head"
    TOWNSHIP_DEPUTY = "township-deputy"
    DISCIPLINE_OFFICER = "discipline-officer"


# Submissions


class RegisterDevice(Submission, service="inspection", office=HALL_PATROL):
    """A camera shows the window or station concerned; registered anew, its name and link are the new ones."""

    device: Slug
    name: Title
    link: Link


class RemoveDevice(Submission, service="inspection", office=HALL_PATROL):
    """A camera shows the window or station concerned no longer; registered anew, it does again."""

    device: Slug


class GrantViewing(Submission, service="inspection", committee_only=True):
    """A person of the department, township or (discipline officers) county concerned may look from now on."""

    person: PersonId
    role: ViewingRole


class WithdrawViewing(Submission, service="inspection", committee_only=True):
    """The person concerned may look no longer."""

    person: PersonId


class ViewDevice(Submission, service="inspection"):
    """A person of the organisation concerned wants to look through a device of `organisation` now."""

    device: Slug
    organisation: Code
    person: PersonId


# Facts


class DeviceRegistered(Fact, service="inspection"):
    """A camera shows this window or station; its link stays with inspection."""

    device: Slug
    name: Title


class DeviceRemoved(Fact, service="inspection"):
    """A camera shows this window or station no longer."""

    device: Slug
    name: Title


class ViewingGranted(Fact, service="inspection"):
    """A person may look through the cameras that its role covers."""

    person: PersonId
    role: ViewingRole


class ViewingWithdrawn(Fact, service="inspection"):
    """A person may look no longer."""

    person: PersonId


class DeviceViewed(Fact, service="inspection"):
    """A person of another or the same organisation was shown the way to a camera of this window or station."""

    device: Slug
    person: PersonId
    viewer: Annotated[Code, Field(description="The organisation for which the person holds its grant.")]
    role: ViewingRole
