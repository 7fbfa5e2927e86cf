"""What Alertmanager tells: its webhook, version 4, as far as people are told of it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

Text = Annotated[str, StringConstraints(max_length=4_000)]
Texts = Annotated[dict[Text, Text], Field(max_length=64)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True)


class Alert(_Part):
    """One that fires, or did until `ends_at`."""

    status: Literal["firing", "resolved"]
    labels: Texts
    annotations: Texts = {}
    starts_at: datetime
    ends_at: datetime

    @property
    def name(self) -> str:
        """As its rule calls it."""
        return self.labels.get("alertname", "")

    @property
    def severity(self) -> str:
        """critical, warning, info."""
        return self.labels.get("severity", "")


class AlertGroup(_Part):
    """A group of alerts; `truncated_alerts` more belong to it."""

    status: Literal["firing", "resolved"]
    alerts: Annotated[tuple[Alert, ...], Field(min_length=1, max_length=1_000)]
    common_labels: Texts = {}
    truncated_alerts: int = Field(default=0, ge=0)
