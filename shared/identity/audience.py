"""To whom what is read may open, by itself: known to the table of services, which asks nobody's roster."""

from __future__ import annotations

from enum import StrEnum


class To(StrEnum):
    """Whom a rule opens to; `proof` is what is sent, which brings its own: a session, a token, a one-time code."""

    ANYBODY = "anybody"
    SIGNED_IN = "signed-in"
    CONCERNED = "concerned"
    COUNTY = "county"
    OPERATOR = "operator"
    PROOF = "proof"


def opens(to: To, code: str | None, county: str) -> bool:
    """Whether whoever asks may read anything at all of it; of those concerned, which matters, `Reader` says."""
    match to:
        case To.ANYBODY | To.PROOF:
            return True
        case To.SIGNED_IN | To.CONCERNED:
            return code is not None
        case To.COUNTY:
            return code == county
        case To.OPERATOR:
            return False
