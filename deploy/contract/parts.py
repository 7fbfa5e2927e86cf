"""The pieces of which channels, messages and operations of the AsyncAPI document are made."""

from __future__ import annotations

import re

from deploy.contract.published import Json, samples
from shared.bus.streams import DAY, VERDICTS


def addressed(address: str, message: str, description: str) -> Json:
    """A channel for one kind of message, with the parameters that stand in its address."""
    named = re.findall(r"{(\w+)}", address)
    return {
        "address": address,
        "description": description,
        "messages": {message: {"$ref": f"#/components/messages/{message}"}},
        "parameters": {name: {"$ref": f"#/components/parameters/{name}"} for name in named},
    }


def kept(channel: Json) -> Json:
    """A channel of verdicts: each is also looked up, by an empty request to another subject."""
    subject = f"$JS.API.DIRECT.GET.{VERDICTS.name}.{channel['address']}"
    days = VERDICTS.max_age // DAY
    how = f"Kept for {days} days: an empty request to x-looked-up-at is answered with it, or with status 404."
    return {**channel, "description": f"{channel['description']} {how}", "x-looked-up-at": subject}


def json_message(name: str, title: str, headers: str, fixed: Json) -> Json:
    """A message with JSON in it, illustrated by its samples; `fixed` headers narrow the common ones."""
    return {
        "name": name,
        "title": title,
        "contentType": "application/json",
        "headers": {"type": "object", "allOf": [{"$ref": f"#/components/schemas/{headers}"}], "properties": fixed},
        "payload": {"$ref": f"#/components/schemas/{name}"},
        "examples": [
            {
                "name": case,
                "summary": f"Subject {sample['subject']}",
                "headers": sample["headers"],
                "payload": sample["data"],
            }
            for case, sample in samples(name).items()
        ],
    }


def at(name: str, action: str, description: str) -> Json:
    """What is done on a channel, seen from the system: it receives, or it sends."""
    return {
        "action": action,
        "channel": {"$ref": f"#/channels/{name}"},
        "description": description,
        "messages": [{"$ref": f"#/channels/{name}/messages/{name}"}],
    }


def answered_on(name: str) -> Json:
    """Where the answer to a message comes."""
    return {
        "channel": {"$ref": f"#/channels/{name}"},
        "messages": [{"$ref": f"#/channels/{name}/messages/{name}"}],
    }
