"""Which rule decides what is said of programs' tokens; all look at the organisation alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.roster.tokens import rules
from shared.events import Event
from shared.events.tokens import IssueToken, RenewToken, RevokeToken
from shared.pipeline.decisions import Handler, Handlers, Key
from shared.roster.organisations import Organisation


def _organisation(event: Event[Any]) -> Iterator[Key]:
    yield Key(Organisation, event.organisation)


TOKENS: Handlers = {
    IssueToken: Handler(rules.issue, _organisation),
    RenewToken: Handler(rules.renew, _organisation),
    RevokeToken: Handler(rules.revoke, _organisation),
}
