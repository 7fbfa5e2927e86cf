"""Under which id a fact is told, and which submission caused it: also where it follows from another service's fact."""

from __future__ import annotations

FOLLOWING = 1000
"""Numbers that each fact leaves to what a follower tells because of it; a follower tells fewer of one."""


def fact_id(service: str, key: str, n: int) -> str:
    """`<service>/<submitter>/<submission>/<n>`, of the n-th fact that follows from what a ledger has under this key.

    From the fact `feedback/S/I/2` follow inspection's `inspection/S/I/3000`, `.../3001` and so on: beyond whatever
    inspection tells of a submission of its own that bears the same id, and the same however often it is followed.
    """
    followed, submitter, submission, nth = _parts(key)
    return f"{service}/{submitter}/{submission}/{(int(nth) + 1) * FOLLOWING + n if followed else n}"


def cause_of(key: str) -> str:
    """The submission that caused it: `<submitter>/<id>`."""
    _, submitter, submission, _ = _parts(key)
    return f"{submitter}/{submission}"


def _parts(key: str) -> tuple[str, str, str, str]:
    """Of a fact that is followed all four; of a submission there is neither a service nor a number."""
    match key.split("/"):
        case [service, submitter, submission, nth]:
            return service, submitter, submission, nth
        case [submitter, submission]:
            return "", submitter, submission, ""
    raise ValueError(f"{key} is neither a submission nor a fact")
