"""Whatever bytes somebody sends as an event, in either mode: a no with a reason, never an accident."""

from __future__ import annotations

import asyncio
import json

from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.events import Event, read_submission
from shared.web.submissions import STRUCTURED
from tests.processes_here import Browser, application
from tests.shared.test_wording import faults_of
from tests.submitters import station

APP = application("inspection")
SUBMIT = "/inspection/api/submissions"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
DOCUMENTS = VALUES.map(lambda value: json.dumps(value).encode())
NAMED = st.dictionaries(st.sampled_from(["specversion", "data", "id", "source", "time", "actor"]), VALUES)
EVENTS = NAMED.map(lambda value: json.dumps(value).encode())
"""Half surrogates among them: JSON may escape what no text may hold."""


def answered(content: bytes, kind: str, *headers: tuple[bytes, bytes]) -> tuple[int, str]:
    """Its status and the Chinese sentence, asked of the service's own application without a bus behind it."""

    async def asked() -> tuple[int, str]:
        async with Browser(APP) as program:
            answer = await program.post(SUBMIT, headers=[(b"content-type", kind.encode()), *headers], content=content)
            (why,) = answer.json()["reasons"]
            return answer.status_code, why["zh"]

    return asyncio.run(asked())


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=60) | DOCUMENTS | EVENTS)
@example(rb'{"data": {"note": "\ud83d"}}')
@example(b'{"data": ' + b"[" * 30_000)
@example(b'{"data": ' + b"9" * 5_000 + b"}")
@example(b'\xef\xbb\xbf{"data": NaN}')
def test_a_structured_event_is_answered_with_a_reason(content: bytes) -> None:
    status, zh = answered(content, STRUCTURED)
    assert (status in (400, 401, 503), faults_of(zh)) == (True, [])


@settings(deadline=None, max_examples=60)
@given(st.binary(min_size=1, max_size=40))
def test_a_raw_header_is_answered_with_a_reason(value: bytes) -> None:
    value = bytes(byte for byte in value if byte >= 0x21 and byte != 0x7F)
    status, zh = answered(b"{}", "application/json", (b"ce-actor", value))
    assert (status in (400, 401, 503), faults_of(zh)) == (True, [])


@given(st.binary(max_size=80) | DOCUMENTS)
def test_a_body_on_the_bus_is_an_event_or_says_why_it_is_none(body: bytes) -> None:
    message = station.logs().message
    read = read_submission(message.subject, message.headers, body)
    assert isinstance(read, Event) or (read.reason and read.zh)
