"""What a ledger's entry says to everybody: the facts that followed from it, always under the same ids."""

from __future__ import annotations

from collections.abc import Iterator

from shared.events import fact_headers
from shared.events.outgoing import Outgoing
from shared.pipeline.fact_ids import cause_of, fact_id
from shared.pipeline.ledger import Entry


def facts_of(service: str, entry: Entry) -> Iterator[Outgoing]:
    """In order; whoever has heard one knows it by its id."""
    for n, fact in enumerate(entry["facts"]):
        headers = fact_headers(
            fact_id(service, entry["_id"], n),
            fact["type"],
            fact["organisation"],
            fact["time"],
            fact["path"],
            cause_of(entry["_id"]),
            f"{service}/{fact['undoes']}" if "undoes" in fact else "",
        )
        yield Outgoing(f"fact.{fact['type']}.{fact['organisation']}", fact["body"].encode(), headers)
