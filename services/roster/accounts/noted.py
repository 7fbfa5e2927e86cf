"""Everything that becomes of an account is noted in one way: what, of whom, by whom, from where; never a secret."""

from __future__ import annotations

import structlog
from starlette.types import Scope

from shared.identity.acting import acting_in
from shared.identity.audit import AuditKind
from shared.web.auditing import audited
from shared.web.failing import address_of

SIGNED_IN = "signed in"
log = structlog.get_logger()


def noted(scope: Scope, what: str, person: str, **more: str) -> None:
    """By whoever is signed in; somebody who has just signed in did it themselves."""
    by = acting_in(scope)
    who = {"by": by.person or by.code} if by else {}
    log.info(what, person=person, address=address_of(scope), **who, **more)
    kind = AuditKind.SIGN_IN if what == SIGNED_IN else AuditKind.ACCOUNT
    said = " ".join(f"{name}={value}" for name, value in more.items())
    audited(scope, kind, f"{what} {person} {said}".strip(), person="" if by and by.person else person)
