"""The published contract is valid, complete, illustrated, and says what the registry of events says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_binary, to_binary
from cloudevents.core.formats.json import JSONFormat
from jsonschema import Draft7Validator, Draft202012Validator, FormatChecker  # type: ignore[import-untyped]

from deploy.contract.__main__ import main
from deploy.contract.asyncapi import document
from deploy.contract.published import (
    ASYNCAPI,
    HEARTBEAT,
    PHOTO_VERDICT,
    SAMPLES,
    SCHEMAS,
    VERDICT,
    published,
    read,
    samples,
)
from shared.bus.photos import cut, photo_verdict
from shared.events import Event, Fact, Submission, fact_headers, read_fact, read_submission, submission_headers
from shared.events.photos import MOST_BYTES, MOST_CHUNKS
from shared.events.refusals import REFUSALS, reason
from shared.events.verdict import VerdictBody, verdict_headers, verdict_subject

META = Path(__file__).parent / "asyncapi-3.0.0.schema.json"
NAMES = sorted(published())
FILES = sorted(SAMPLES.glob("*.json"))
WRITTEN = [(file.name.split(".")[0], read(file)) for file in FILES]
by_name = pytest.mark.parametrize("name", NAMES)
by_sample = pytest.mark.parametrize(("name", "sample"), WRITTEN, ids=[file.stem for file in FILES])


def body(sample: dict[str, Any]) -> bytes:
    return json.dumps(sample["data"], ensure_ascii=False).encode()


def event_of(name: str, sample: dict[str, Any]) -> Event[Any]:
    read_one = read_submission if name in Submission.registry else read_fact
    event = read_one(sample["subject"], sample["headers"], body(sample))
    assert isinstance(event, Event), event
    return event


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from ([node["$ref"]] if isinstance(node.get("$ref"), str) else [])
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


@lru_cache(maxsize=1)
def committed() -> Any:
    """The document as it is committed, read once: it has many references."""
    return read(ASYNCAPI)


def resolved(reference: str) -> Any:
    node: Any = committed()
    for part in reference.removeprefix("#/").split("/"):
        node = node[part]
    return node


def in_document(schema: dict[str, Any]) -> Draft202012Validator:
    """The schema with everything that its references may mean."""
    return Draft202012Validator(schema | {"components": committed()["components"]}, format_checker=FormatChecker())


def test_the_document_is_valid_asyncapi() -> None:
    problems = [error.message for error in Draft7Validator(read(META)).iter_errors(read(ASYNCAPI))]
    assert problems == []


def test_an_invalid_document_is_noticed() -> None:
    wrong = document()
    wrong["operations"]["receive-log-inspection"]["action"] = "subscribe"
    assert not Draft7Validator(read(META)).is_valid(wrong)


def test_every_reference_leads_somewhere() -> None:
    found = set(references(committed()))
    assert found
    assert all(resolved(reference) is not None for reference in found)


def test_nothing_drifted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--check"]) == 0, capsys.readouterr().out


def test_the_document_is_the_same_each_time() -> None:
    assert json.dumps(document()) == json.dumps(document())


@by_name
def test_every_type_has_a_schema_a_sample_a_channel_and_an_operation(name: str) -> None:
    document = read(ASYNCAPI)
    action = "receive" if name in {*Submission.registry, HEARTBEAT} else "send"
    Draft202012Validator.check_schema(read(SCHEMAS / f"{name}.json"))
    assert samples(name)
    assert document["channels"][name]["messages"] == {name: {"$ref": f"#/components/messages/{name}"}}
    assert document["operations"][f"{action}-{name}"]["channel"] == {"$ref": f"#/channels/{name}"}


def test_no_schema_and_no_sample_is_left_over() -> None:
    assert {file.stem for file in SCHEMAS.glob("*.json")} == set(NAMES)
    assert {name for name, _ in WRITTEN} == set(NAMES)


@by_sample
def test_a_sample_is_valid_against_its_schema(name: str, sample: dict[str, Any]) -> None:
    schema = Draft202012Validator(read(SCHEMAS / f"{name}.json"), format_checker=FormatChecker())
    assert [error.message for error in schema.iter_errors(sample["data"])] == []


@by_sample
def test_a_sample_is_valid_against_the_document(name: str, sample: dict[str, Any]) -> None:
    message = read(ASYNCAPI)["components"]["messages"][name]
    assert [error.message for error in in_document(message["headers"]).iter_errors(sample["headers"])] == []
    assert [error.message for error in in_document(message["payload"]).iter_errors(sample["data"])] == []


@pytest.mark.parametrize(
    ("header", "value"), [("ce-id", "7"), ("ce-time", "2018-03-05T09:12:00"), ("ce-source", "?"), ("ce-type", "x")]
)
def test_the_document_refuses_the_headers_that_the_envelope_refuses(header: str, value: str) -> None:
    sample = samples("log-inspection")["plain"]
    sample["headers"][header] = value
    message = read(ASYNCAPI)["components"]["messages"]["log-inspection"]
    assert not in_document(message["headers"]).is_valid(sample["headers"])
    assert not isinstance(read_submission(sample["subject"], sample["headers"], body(sample)), Event)


@by_sample
def test_a_sample_lies_under_the_address_of_its_channel(name: str, sample: dict[str, Any]) -> None:
    channel = read(ASYNCAPI)["channels"][name]
    named = re.findall(r"{(\w+)}", channel["address"])
    assert list(channel["parameters"]) == named
    pattern = re.escape(channel["address"])
    for parameter in named:
        pattern = pattern.replace(rf"\{{{parameter}\}}", "[^.]+")
    assert re.fullmatch(pattern, sample["subject"])


@pytest.mark.parametrize(("name", "sample"), [pair for pair in WRITTEN if pair[0] in Submission.registry])
def test_a_submission_sample_is_read_and_written_the_same(name: str, sample: dict[str, Any]) -> None:
    event = event_of(name, sample)
    assert type(event.data) is Submission.registry[name]
    about = (event.submitter, event.organisation, event.time, event.actor)
    again = submission_headers(event.id, event.data, *about, sample["headers"].get("ce-corrects", ""), event.reason)
    assert again == sample["headers"]


@pytest.mark.parametrize(("name", "sample"), [pair for pair in WRITTEN if pair[0] in Fact.registry])
def test_a_fact_sample_is_read_and_written_the_same(name: str, sample: dict[str, Any]) -> None:
    event = event_of(name, sample)
    assert type(event.data) is Fact.registry[name]
    assert event.path.endswith(event.organisation)
    time = sample["headers"]["ce-time"]
    again = fact_headers(event.id, event.type, event.organisation, time, event.path, event.cause)
    assert again == sample["headers"]


@pytest.mark.parametrize("case", ["accepted", "refused", "unreadable"])
def test_a_verdict_sample_is_written_the_same(case: str) -> None:
    sample = samples(VERDICT)[case]
    verdict = VerdictBody.model_validate_json(body(sample))
    service, submitter, id, _ = sample["headers"]["ce-id"].split("/")
    assert verdict.verdict == case
    assert sample["subject"] == verdict_subject(submitter, id)
    assert sample["headers"] == verdict_headers(service, submitter, id, case, sample["headers"].get("ce-time"))
    assert {reason.slug for reason in verdict.reasons} <= set(REFUSALS)


@pytest.mark.parametrize("case", ["accepted", "refused"])
def test_a_photo_verdict_sample_is_written_the_same(case: str) -> None:
    sample = samples(PHOTO_VERDICT)[case]
    reasons = sample["data"]["reasons"]
    assert reasons == [reason(one["slug"]) for one in reasons]
    written = photo_verdict(sample["headers"]["ce-subject"], sample["data"]["photo"], reasons)
    assert (written.subject, written.headers, json.loads(written.body)) == tuple(sample.values())


def test_a_chunk_of_a_photo_is_as_the_document_has_it() -> None:
    first, *_ = chunks = list(cut("150424100202", bytes(MOST_BYTES)))
    message = read(ASYNCAPI)["components"]["messages"]["photo"]
    assert len(chunks) == MOST_CHUNKS
    assert in_document(message["headers"]).is_valid(dict(first.headers))
    assert not in_document(message["headers"]).is_valid({"photo-chunks": "0"})
    assert first.subject.split(".")[0] == read(ASYNCAPI)["channels"]["photo"]["address"].split(".")[0]
    assert sum(len(chunk.body) for chunk in chunks) == MOST_BYTES


def test_the_samples_tell_one_story() -> None:
    inspection, logged = samples("log-inspection")["plain"], samples("inspection-logged")["plain"]
    completed, opened = samples("complete-case")["plain"], samples("open-case")["plain"]
    verdict = samples(VERDICT)["accepted"]
    assert logged["headers"]["ce-cause"] == inspection["headers"]["Nats-Msg-Id"]
    assert int(logged["headers"]["ce-id"].split("/")[-1]) < verdict["data"]["facts"]
    assert completed["data"]["case"] == opened["headers"]["ce-id"]
    assert (
        samples("process-limit-changed")["plain"]["data"]["issue"] == samples("raise-issue")["plain"]["data"]["issue"]
    )


@pytest.mark.parametrize("name", ["log-inspection", "inspection-logged"])
def test_cloudevents_own_library_reads_and_writes_the_same(name: str) -> None:
    sample = samples(name)["plain"]
    event, ours = event_of(name, sample), sample["headers"]
    theirs = from_binary(HTTPMessage(ours, event.body), JSONFormat())
    assert (theirs.get_id(), theirs.get_type(), theirs.get_subject()) == (event.id, name, event.organisation)
    assert (theirs.get_time(), theirs.get_source()) == (event.time, ours["ce-source"])
    assert (theirs.get_extension("actor") or "") == event.actor
    assert theirs.get_data() == sample["data"]
    assert to_binary(theirs, JSONFormat()).headers == {k: v for k, v in ours.items() if k != "Nats-Msg-Id"}


def test_what_cloudevents_own_library_writes_is_read() -> None:
    from cloudevents.core.v1.event import CloudEvent

    attributes = {
        "specversion": "1.0",
        "id": "0161f3b7-1f00-7ea0-b0ab-582a07e3d956",
        "type": "record-attendance",
        "source": "150424100202",
        "subject": "150424100202",
        "time": datetime.fromisoformat("2018-06-29T02:40:00+00:00"),
        "datacontenttype": "application/json",
        "actor": '刘桂英 "站长" 100%',
    }
    sent = to_binary(CloudEvent(attributes, {"lesson": "party-lesson-2018-06", "attended": 23}), JSONFormat())
    event = read_submission("submit.roster.record-attendance.150424100202", sent.headers, sent.body)
    assert isinstance(event, Event)
    assert event.actor == '刘桂英 "站长" 100%'
    assert event.time.isoformat() == "2018-06-29T02:40:00+00:00"
