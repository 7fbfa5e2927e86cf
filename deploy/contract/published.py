"""What is published about each type of event: its JSON Schema and its golden samples."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema

from shared.events import Fact, Submission
from shared.events.heartbeats import Heartbeat, HeartbeatAnswer
from shared.events.photos import PhotoVerdict
from shared.events.verdict import VerdictBody

Json = dict[str, Any]

HERE = Path(__file__).parents[2] / "shared" / "events"
SCHEMAS = HERE / "schemas"
SAMPLES = HERE / "samples"
ASYNCAPI = HERE / "asyncapi.json"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
VERSION = "1"
"""Of every type: within it only optional additions; anything else is another type."""
VERDICT, PHOTO_VERDICT = "verdict", "photo-verdict"
HEARTBEAT, HEARTBEAT_ANSWER = "heartbeat", "heartbeat-answer"
BESIDE: Mapping[str, type[BaseModel]] = {
    VERDICT: VerdictBody,
    PHOTO_VERDICT: PhotoVerdict,
    HEARTBEAT: Heartbeat,
    HEARTBEAT_ANSWER: HeartbeatAnswer,
}
"""What is neither asked of a service nor decided by one."""


class Untitled(GenerateJsonSchema):
    """A field's title would only repeat its name."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Models and enumerations keep theirs."""
        return False


def published() -> dict[str, type[BaseModel]]:
    """Every body by the name of its schema and samples."""
    return {**Submission.registry, **Fact.registry, **BESIDE}


def body_schema(kind: type[BaseModel], ref_template: str = "#/$defs/{model}") -> Json:
    """The body as it may be sent: what has a default may be left out."""
    return kind.model_json_schema(mode="validation", ref_template=ref_template, schema_generator=Untitled)


def schema_file(name: str, kind: type[BaseModel]) -> Json:
    """A schema that stands alone."""
    schema = body_schema(kind)
    first = {"$schema": DIALECT, "$id": f"urn:lianban:event:{name}:{VERSION}"}
    first |= {key: schema.pop(key) for key in ("title", "description", "type") if key in schema}
    return first | schema


def samples(name: str) -> Mapping[str, Json]:
    """The golden samples of a type by case; `<type>.json` is the plain one."""
    files = sorted([*SAMPLES.glob(f"{name}.json"), *SAMPLES.glob(f"{name}.*.json")])
    return {file.name.removeprefix(name).removesuffix(".json").strip(".") or "plain": read(file) for file in files}


def read(file: Path) -> Json:
    """A JSON object in a file."""
    content: Json = json.loads(file.read_text(encoding="utf-8"))
    return content


def text(document: Json) -> str:
    """As it is committed: the same for the same content, and readable in a diff."""
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
