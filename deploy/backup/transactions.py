"""What the database notes, as what was committed: a transaction is one, however many entries it fills."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from deploy.backup.cluster_time import ClusterTime
from deploy.backup.database import OURS

Op = Mapping[str, Any]
"""One write as the database takes it back: what is done (`op`), where (`ns`), with what (`o`), to which (`o2`)."""
SAID = ("op", "ns", "o", "o2")
"""Without the collection's own number (`ui`), which is another in another database, and without who wrote."""


class Committed(NamedTuple):
    """Writes that became true together."""

    at: ClusterTime
    ops: Sequence[Op]


def committed(entries: Iterable[Mapping[str, Any]]) -> Iterator[Committed]:
    """In the order of their becoming true; of a transaction whose end is not among them nothing.

    A large one fills several entries, all but the last `partialTxn`; one of several databases is prepared, and true by
    an entry of its own.
    """
    begun: dict[tuple[bytes, int], list[Op]] = {}
    for entry in entries:
        at, said = ClusterTime.of(entry["ts"]), entry["o"]
        if entry["op"] != "c" or not {"applyOps", "commitTransaction", "abortTransaction"} & said.keys():
            yield from _of_the_county(at, [entry])
            continue
        ops = begun.pop(_of(entry), [])
        if "abortTransaction" in said:
            continue
        ops += said.get("applyOps", ())
        if said.get("partialTxn") or said.get("prepare"):
            begun[_of(entry)] = ops
        else:
            yield from _of_the_county(at, ops)


def _of(entry: Mapping[str, Any]) -> tuple[bytes, int]:
    """By which the entries of one transaction are known."""
    session = entry.get("lsid")
    return (bytes(session["id"]) if session else b"", entry.get("txnNumber", 0))


def _of_the_county(at: ClusterTime, ops: Iterable[Mapping[str, Any]]) -> Iterator[Committed]:
    own = [{name: op[name] for name in SAID if name in op} for op in ops if op["ns"].startswith(OURS)]
    if own:
        yield Committed(at, own)
