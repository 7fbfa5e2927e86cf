"""Pages and JSON without what shows text otherwise than it is: what turns writing round, and control characters.

New text never has them (`shared/events/text.py`); what was kept before is shown with a mark in their place. They are
replaced in the finished bytes, each by as many, so that no page and no field is forgotten.
"""

from __future__ import annotations

import re

TURNING = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""What turns the direction of writing; three bytes each, as the mark has."""
MARK = "\ufffd".encode()
UNSEEN = re.compile(
    b"|".join(letter.encode() for letter in TURNING) + rb"|\xd8\x9c|\xc2[\x80-\x9f]|[\x00-\x08\x0b\x0e-\x1f\x7f]"
)
ESCAPED = re.compile(rb"(\\\\)|\\u(?:00(?:0[0-8bBeEfF]|1.|7[fF]|[89].)|061[cC]|200[eEfF]|202[a-eA-E]|206[6-9])")
"""As JSON may write them; a backslash that is one itself is passed over."""
JSON = "application/json"
TEXTS = frozenset({"text/html", JSON})


def harmless(kind: str, body: bytes) -> bytes:
    """A body of a media type, as long as it was; anything but text stays as it is."""
    of = kind.partition(";")[0].strip()
    if of not in TEXTS:
        return body
    plain = UNSEEN.sub(_mark, body)
    return ESCAPED.sub(_escaped, plain) if of == JSON else plain


def _mark(found: re.Match[bytes]) -> bytes:
    length = len(found[0])
    return MARK if length == len(MARK) else b"?" * length


def _escaped(found: re.Match[bytes]) -> bytes:
    return found[0] if found[1] else rb"\ufffd"
