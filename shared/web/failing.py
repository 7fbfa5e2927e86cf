"""What follows when somebody is not let in: it is counted, noted in the log without any secret, and answered later."""

from __future__ import annotations

import re
from ipaddress import IPv6Address, IPv6Network, ip_address

import structlog
from starlette.datastructures import Headers
from starlette.types import Scope

from shared.events.vocabulary import CODE_PATTERN
from shared.identity.attempts import is_worth_a_line
from shared.identity.audit import AuditKind
from shared.process.metrics import NOT_LET_IN
from shared.process.running import Running

log = structlog.get_logger()
NETWORK = 64
"""Bits of an IPv6 address that are one subscriber's."""


def address_of(scope: Scope) -> str:
    """Where a request comes from as the gateway saw it; of IPv6 the network, for a subscriber has all of it."""
    brought = Headers(scope=scope).get("x-forwarded-for", "").rpartition(",")[2].strip()
    said = brought or (scope["client"][0] if scope.get("client") else "")
    try:
        address = ip_address(said)
    except ValueError:
        return "-"
    return str(IPv6Network((int(address), NETWORK), strict=False)) if isinstance(address, IPv6Address) else str(address)


def as_code(said: str) -> str:
    """What may be counted and noted: a secret typed into the wrong field is no code."""
    return said if re.fullmatch(CODE_PATTERN, said) else ""


async def not_let_in(parts: Running, scope: Scope, way: str, said: str = "") -> None:
    """By a `page`, a `program` or an `enrolment`; returns when it may be answered."""
    code, address = as_code(said), address_of(scope)
    failures = parts.attempts.failed(code, address)
    NOT_LET_IN.labels(parts.service, way).inc()
    if is_worth_a_line(failures):
        log.warning("not let in", way=way, code=code or "-", address=address, failures=failures)
        parts.audit.tell(AuditKind.SIGN_IN_FAILED, way, f"{failures}", code=code, address=address)
    await parts.attempts.kept_back(failures)


def must_wait(parts: Running, scope: Scope, said: str) -> float:
    """Seconds before a code is looked at again from there."""
    return parts.attempts.wait(as_code(said), address_of(scope))


def let_in(parts: Running, scope: Scope, way: str, said: str) -> None:
    """Somebody signed in, which is noted too."""
    code, address = as_code(said), address_of(scope)
    parts.attempts.succeeded(code, address)
    log.info("signed in", way=way, code=code or "-", address=address)
    parts.audit.tell(AuditKind.SIGN_IN, way, "in", code=code, address=address)
