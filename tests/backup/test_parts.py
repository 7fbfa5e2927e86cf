"""Parts follow on their archive in an unbroken row, and what they hold becomes true as it was committed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import bson
import pytest
from bson import Timestamp
from pyrage import x25519

from deploy.backup import oplog
from deploy.backup.archive import written
from deploy.backup.cluster_time import ClusterTime, GoesOn
from deploy.backup.database import RAW
from deploy.backup.keeping import keep
from deploy.backup.manifest import Manifest, PartNoted
from deploy.backup.replaying import Replaying
from deploy.backup.restore_point import moment, wanted
from deploy.backup.row import end_of, part_of, parts_of
from deploy.backup.saving import beside, in_the_open
from deploy.backup.transactions import Committed, committed
from deploy.embedded.trouble import Trouble
from tests.backup.test_archive import FIGURES
from tests.county import County

KEY = x25519.Identity.generate()
T = 1_772_000_000
"""The second of the archive."""


def at(seconds: int) -> ClusterTime:
    return ClusterTime(seconds=T + seconds, nth=1)


def ends(seconds: int, members: str = "ours") -> GoesOn:
    return GoesOn(at=at(seconds), members=members, secrets="as they were")


def put(place: Path, manifest: Manifest | PartNoted) -> None:
    with written(place, [KEY.to_public()]) as writing:
        writing.end(manifest)
    beside(place).write_text(in_the_open(place, place.name, manifest, {}))


def archive(folder: Path, seconds: int = 0, *, follows_on: bool = True) -> Path:
    """A whole one, of so many seconds later."""
    place = folder / f"lianban-123456-2026022{5 + seconds // 3600}T102640.age"
    goes_on = ends(seconds) if follows_on else None
    when = at(seconds).moment
    put(place, Manifest(revision="", county="123456", moment=when, figures=FIGURES, goes_on=goes_on, sums={}))
    return place


def part(of: Path, n: int, begins: int, until: int, **more: Any) -> Path:
    """One that follows on what ended then."""
    said = {"county": "123456", "base": end_of(of).sum, "since": at(begins), "goes_on": ends(until), **more}
    put(place := part_of(of, n), PartNoted(revision="", n=n, entries=1, ledgers={}, sums={}, **said))
    return place


@pytest.fixture
def row(tmp_path: Path) -> Path:
    """An archive with three parts, a minute each."""
    base = archive(tmp_path)
    for n in (1, 2, 3):
        part(base, n, 60 * (n - 1), 60 * n)
    return base


def brought_back(base: Path, seconds: int | None = None) -> list[int]:
    """Which parts are wanted for a moment, or for all there is."""
    until = None if seconds is None else at(seconds).moment
    return [noted.n for _, noted in wanted(base, KEY, until).parts]


def test_as_many_parts_are_brought_back_as_the_moment_needs(row: Path) -> None:
    asked: dict[int | None, list[int]] = {None: [1, 2, 3], 0: [], 1: [1], 60: [1], 61: [1, 2], 180: [1, 2, 3]}
    assert {seconds: brought_back(row, seconds) for seconds in asked} == asked
    assert wanted(row, KEY).moment == at(180).moment
    of = wanted(row, KEY, at(61).moment)
    assert (of.moment, of.has(T + 60), of.has(T + 61)) == (at(61).moment, True, False)


def test_a_moment_that_is_not_in_the_row_is_refused_with_what_is(row: Path) -> None:
    for seconds, says in ((-1, "请换用更早的备份"), (181, f"只到{at(180).moment:%Y-%m-%d %H:%M:%S}")):
        with pytest.raises(Trouble, match=says):
            brought_back(row, seconds)
    assert moment("2026-11-28T14:05").utcoffset() == timedelta(hours=8)
    with pytest.raises(Trouble, match="不能识别"):
        moment("14点05分")


def _altered(place: Path) -> None:
    whole = place.read_bytes()
    place.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))


BROKEN: dict[str, tuple[Callable[[Path], Any], str]] = {
    "missing": (lambda base: part_of(base, 2).unlink(), "缺少后续文件"),
    "altered": (lambda base: _altered(part_of(base, 2)), "损坏"),
    "another archive's": (lambda base: _another(base, base="0" * 64), "不是备份"),
    "another database's": (lambda base: _another(base, goes_on=ends(120, "theirs")), "不是备份"),
    "not of that moment": (lambda base: _another(base, since=at(61)), "不是备份"),
    "a number twice": (lambda base: part_of(base, 2).write_bytes(part_of(base, 1).read_bytes()), "不是备份"),
}


def _another(of: Path, **more: Any) -> None:
    part_of(of, 2).unlink()
    part(of, 2, 60, 120, **more)


@pytest.mark.parametrize("name", BROKEN)
def test_a_row_that_is_broken_says_which_part_and_up_to_when_all_is_well(name: str, row: Path) -> None:
    harm, says = BROKEN[name]
    harm(row)
    for seconds in (None, 61):
        with pytest.raises(Trouble, match=says) as no:
            brought_back(row, seconds)
        assert part_of(row, 2).name in str(no.value)
        assert f"--until {at(60).moment:%Y-%m-%dT%H:%M:%S}" in str(no.value)
    assert brought_back(row, 60) == [1]


def test_a_part_alone_is_no_archive_and_one_of_before_has_none(row: Path, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=f"请指定它前面的完整备份{row.name}"):
        wanted(part_of(row, 1), KEY)
    with pytest.raises(Trouble, match="lianban restore-photos"):
        wanted(row.with_name("lianban-123456-photos-20260225T102640-20260226T102640.age"), KEY)
    older = archive(tmp_path, 7200, follows_on=False)
    assert brought_back(older) == []
    with pytest.raises(Trouble, match="请再执行一次完整备份"):
        end_of(older)


def test_a_row_ends_with_its_last_part_and_goes_with_its_archive(row: Path, tmp_path: Path) -> None:
    assert (end_of(row).n, end_of(row).goes_on, end_of(row).began) == (3, ends(180), ends(0))
    newer = archive(tmp_path, 3600)
    kept = part(newer, 1, 3600, 3660)
    assert keep(tmp_path, "123456", 1) == [row]
    assert {one.name for one in tmp_path.iterdir()} == {one.name for of in (newer, kept) for one in (of, beside(of))}
    assert parts_of(newer) == [kept]


def test_what_the_database_holds_no_more_is_a_gap_that_is_said() -> None:
    assert oplog.gap(at(0), at(0)) == ""
    assert oplog.gap(at(-60), at(0)) == ""
    said = oplog.gap(at(1), at(0))
    assert f"{at(1).moment:%H:%M:%S}" in said
    assert "请先执行一次完整备份" in said


def insert(name: str, of: str = "lianban_roster") -> dict[str, Any]:
    return {"op": "i", "ns": f"{of}.things", "o": {"_id": name}, "o2": {"_id": name}, "ui": b"another's"}


def entry(n: int, op: Mapping[str, Any], session: int = 0) -> dict[str, Any]:
    """The n-th; of a transaction by its session."""
    known = {"lsid": {"id": bytes([session])}, "txnNumber": 1} if session else {}
    return {"ts": Timestamp(T, n), "wall": at(0).moment, **known, **op}


def together(n: int, session: int, *names: str, **more: Any) -> dict[str, Any]:
    ops = [insert(one) for one in names]
    return entry(n, {"op": "c", "ns": "admin.$cmd", "o": {"applyOps": ops, **more}}, session)


def named(found: Committed) -> list[str]:
    return [op["o"]["_id"] for op in found.ops]


def test_a_transaction_is_whole_or_not_there() -> None:
    ends_it = {"op": "c", "ns": "admin.$cmd"}
    said = [
        entry(1, insert("alone")),
        together(2, 1, "first", partialTxn=True),
        entry(3, insert("theirs", "config")),
        together(4, 2, "other's"),
        together(5, 1, "second", partialTxn=True),
        together(6, 1, "third", count=3),
        together(7, 3, "prepared", prepare=True),
        together(8, 4, "given up", prepare=True),
        entry(9, {**ends_it, "o": {"abortTransaction": 1}}, 4),
        entry(10, {**ends_it, "o": {"commitTransaction": 1}}, 3),
        together(11, 5, "never ended", partialTxn=True),
    ]
    raw = bson.decode_iter(b"".join(map(bson.encode, said)), RAW)
    found = list(committed(raw))
    assert [named(one) for one in found] == [["alone"], ["other's"], ["first", "second", "third"], ["prepared"]]
    assert [one.at.nth for one in found] == [1, 4, 6, 10]
    assert {*found[0].ops[0]} == {"op", "ns", "o", "o2"}


async def test_what_was_written_is_written_again_in_its_order(empty_county: County) -> None:
    """What is there already is no fault, a change of what is not there is one."""
    client, db = empty_county.db("roster").client, empty_county.db("roster").name
    await client[db].drop_collection("things")
    replaying = Replaying(client)

    async def take(*ops: Mapping[str, Any]) -> None:
        for op in ops:
            await replaying.take(Committed(at(0), [op]))
        await replaying.end()

    made = {"op": "c", "ns": f"{db}.$cmd", "o": {"create": "things"}}
    index = {"op": "c", "ns": f"{db}.$cmd", "o": {"createIndexes": "things", "v": 2, "key": {"n": 1}, "name": "n"}}
    change = {"op": "u", "ns": f"{db}.things", "o": {"$v": 2, "diff": {"i": {"n": 2}}}, "o2": {"_id": "a"}}
    gone = {"op": "d", "ns": f"{db}.things", "o": {"_id": "b"}}
    one, other = ({name: insert(key, db)[name] for name in ("op", "ns", "o")} for key in "ab")
    await take(made, made, one, one, other, change, gone, index)
    assert await client[db]["things"].find().to_list(None) == [{"_id": "a", "n": 2}]
    assert [*(await client[db]["things"].index_information())] == ["_id_"]
    entered = bson.decode(bson.encode({"_id": "S/1", "facts": [{}], "received": at(5).moment}), RAW)
    await take({"op": "i", "ns": f"{db}.ledger", "o": entered})
    assert (replaying.entered, replaying.earliest) == ({f"{db}/ledger": 1}, at(5).moment)
    with pytest.raises(Exception, match="Update of non-mod failed"):
        await take({**change, "o2": {"_id": "nobody"}})
    with pytest.raises(Trouble, match="不能识别的操作"):
        await Replaying(client).take(Committed(at(0), [{"op": "c", "ns": f"{db}.$cmd", "o": {"unheardOf": 1}}]))
    dropped = {"op": "c", "ns": f"{db}.$cmd", "o": {"drop": "things"}}
    replaying = Replaying(client)
    await take(dropped, dropped)
    assert "things" not in await client[db].list_collection_names()
