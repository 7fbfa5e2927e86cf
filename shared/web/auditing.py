"""What a request tells the audit: by whoever is signed in, from where."""

from __future__ import annotations

from starlette.types import Scope

from shared.identity.acting import acting_in
from shared.identity.audit import AuditKind
from shared.identity.rights import CHANGES_RIGHTS
from shared.process.running import Running
from shared.web.failing import address_of


def audited(
    scope: Scope, kind: AuditKind, what: str = "", outcome: str = "", *, code: str = "", person: str = ""
) -> None:
    """Of a request; `code` and `person` where it is not whoever is signed in."""
    parts: Running = scope["app"].state.parts
    by = acting_in(scope)
    parts.audit.tell(
        kind,
        what,
        outcome,
        code=code or (by.code if by else ""),
        person=person or (by.person if by else ""),
        address=address_of(scope),
    )


def audited_submission(
    scope: Scope, type_name: str, submitter: str, id: str, organisation: str, outcome: str = "taken"
) -> None:
    """A pointer to the ledger, in which it says what was submitted and what became of it."""
    parts: Running = scope["app"].state.parts
    kind = AuditKind.RIGHTS if type_name in CHANGES_RIGHTS else AuditKind.SUBMISSION
    audited(scope, kind, f"{type_name} {parts.service}/{submitter}/{id} {organisation}", outcome)
