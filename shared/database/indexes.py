"""The indexes of a collection, as a service declares them; set-up makes them so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pymongo import IndexModel

from shared.database.mongo import Collection, Database


async def ensure_indexes(db: Database, indexes: Mapping[str, Sequence[IndexModel]]) -> list[str]:
    """Makes the indexes a service declares, and its collections, for a transaction is no place to make one.

    What is declared otherwise now, or no longer, is dropped first: which of them, by their names.
    """
    existing, dropped = set(await db.list_collection_names()), list[str]()
    for collection, models in indexes.items():
        if collection not in existing:
            await db.create_collection(collection)
        else:
            dropped += [f"{collection}.{name}" for name in await _drop_others(db[collection], models)]
        if models:
            await db[collection].create_indexes(list(models))
    return dropped


async def _drop_others(collection: Collection[dict[str, Any]], models: Sequence[IndexModel]) -> list[str]:
    declared = {model.document["name"]: model.document for model in models}
    kept = [one async for one in collection.list_indexes() if one["name"] != OF_IDS]
    others = [one["name"] for one in kept if _unlike(one, declared.get(one["name"]))]
    for name in others:
        await collection.drop_index(name)
    return others


OF_IDS, OF_SERVER = "_id_", {"v", "ns"}
"""The index that each collection has by itself; what the server alone says of one."""


def _unlike(index: Mapping[str, Any], declared: Mapping[str, Any] | None) -> bool:
    kept, wanted = ({**one, "key": [*one["key"].items()]} for one in (index, declared or {"key": {}}))
    return {name: value for name, value in kept.items() if name not in OF_SERVER} != wanted


LEDGER_INDEXES = [
    IndexModel([("organisation", 1), ("received", -1)]),
    IndexModel([("submitter", 1), ("received", -1)], name="refused", partialFilterExpression={"verdict": "refused"}),
    IndexModel([("actor", 1), ("received", -1)], name="by_person", partialFilterExpression={"actor": {"$gt": ""}}),
]
"""The last two are of few: what was refused, and what bears a person's id."""


FACT_LEDGER_INDEXES = [
    IndexModel([("month", 1), ("path", 1)]),
    IndexModel([("organisation", 1), ("month", 1)], name="elsewhere", partialFilterExpression={"elsewhere": True}),
]
