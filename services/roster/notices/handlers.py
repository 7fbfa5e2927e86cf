"""Which rule decides what is published of working days, and what it needs to look at."""

from __future__ import annotations

from services.roster.notices.rules import publish_working_days
from shared.events.roster import PublishWorkingDays
from shared.pipeline.decisions import Handler, Handlers, Key
from shared.roster.organisations import Organisation, county_of

NOTICES: Handlers = {
    PublishWorkingDays: Handler(publish_working_days, lambda event: [Key(Organisation, county_of(event.organisation))]),
}
