"""What feedback's page of the system's condition asks every service: where its bus and database do not fit together."""

from __future__ import annotations

from pydantic import BaseModel

from shared.asks.bus import Asking
from shared.services import SERVICES


class MomentsAsked(BaseModel):
    """Of the whole service."""


class MomentsApart(BaseModel):
    """The subscriptions that decide nothing because of it, each with why."""

    apart: dict[str, str]


MOMENTS = {service: Asking(service, "moments", MomentsAsked, MomentsApart) for service in SERVICES}
