"""Everything that becomes of an account is noted in one way: what, of whom, by whom, from where; never a secret."""

from __future__ import annotations

import structlog
from starlette.types import Scope

from shared.identity.acting import acting_in
from shared.identity.audit import AuditKind
from shared.web.auditing import audited
from shared.web.failing import address_of

NOT_IN, NOT_CONFIRMED = "person not let in", "person not confirmed"
SIGNING_IN = {
    "signed in": AuditKind.SIGN_IN,
    "person confirmed": AuditKind.SIGN_IN,
    NOT_IN: AuditKind.SIGN_IN_FAILED,
    NOT_CONFIRMED: AuditKind.SIGN_IN_FAILED,
}
log = structlog.get_logger()


def noted(scope: Scope, what: str, person: str, **more: str) -> None:
    """By whoever is signed in; somebody who has just signed in did it themselves."""
    by = acting_in(scope)
    who = {"by": by.person or by.code} if by else {}
    log.info(what, person=person, address=address_of(scope), **who, **more)
    kind = SIGNING_IN.get(what, AuditKind.ACCOUNT)
    said = " ".join((what.replace(" ", "-"), person, *(f"{name}={value}" for name, value in more.items())))
    own = {} if by and by.person else {"person": person, "code": more.get("organisation", "")}
    audited(scope, kind, said, **own)
