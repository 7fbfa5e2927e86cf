"""A file that is not what was written is refused in a sentence before anything of it is used."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyrage import x25519

from deploy.backup.archive import LARGEST, checked, members, written
from deploy.backup.keeping import keep
from deploy.backup.keys import IDENTITY, identity, recipient
from deploy.backup.manifest import FORMAT, Figures, Manifest, PlaceNoted, StreamNoted, not_heard, unlike
from deploy.backup.saving import beside
from deploy.commands.place import Place
from deploy.commands.restore import make_run, restore
from deploy.embedded.county.folder import RESTORING
from deploy.embedded.county.programs import Programs
from deploy.embedded.county.supervisor import supervise
from deploy.embedded.settings import Settings
from deploy.embedded.trouble import Trouble
from shared.bus.streams import FACTS, VERDICTS
from shared.process import release

FIGURES = Figures(
    collections={"lianban_roster/ledger": 3},
    streams={name: StreamNoted(created="then", first=1, last=9, messages=9) for name in (FACTS.name, VERDICTS.name)},
    places={"roster-submissions": PlaceNoted(sequence=9, fits=True)},
    published={"case-opened": 2},
    heard={"case-opened": 2},
    months={"2018-03": 40},
)
CONTENT = {"secrets/token": b"s" * 32, "database/lianban_roster/ledger/000001": bytes(LARGEST)}


def archive(place: Path, to: x25519.Recipient, data: int = release.FORMAT, shape: int = FORMAT) -> Manifest:
    with written(place, [to]) as writing:
        for name, content in CONTENT.items():
            writing.add(name, content)
        manifest = Manifest(
            format=shape,
            data=data,
            revision="unknown",
            county="123456",
            moment=datetime(2026, 3, 2, tzinfo=UTC),
            figures=FIGURES,
            sums=dict(writing.sums),
        )
        writing.end(manifest)
    return manifest


def test_what_was_written_is_read_with_the_key_that_lies_elsewhere(tmp_path: Path) -> None:
    place = tmp_path / "one.age"
    manifest = archive(place, recipient(tmp_path))
    key = identity(tmp_path / IDENTITY)
    assert checked(place, key) == manifest
    assert {name: content for name, content in members(place, key) if name in CONTENT} == CONTENT
    assert recipient(tmp_path).__str__() == str(key.to_public())
    assert bytes(32) not in place.read_bytes()


def _altered(at: float) -> Callable[[bytes], bytes]:
    def alter(whole: bytes) -> bytes:
        n = int(len(whole) * at)
        return whole[:n] + bytes([whole[n] ^ 1]) + whole[n + 1 :]

    return alter


HARMED: dict[str, Callable[[bytes], bytes]] = {
    "altered at its beginning": lambda whole: b"x" + whole[1:],
    "altered in its middle": _altered(0.5),
    "altered at its end": _altered(0.999_999),
    "cut short": lambda whole: whole[: len(whole) // 2],
    "cut by one byte": lambda whole: whole[:-1],
    "cut to its head": lambda whole: whole[:300],
    "empty": lambda _: b"",
    "followed by something": lambda whole: whole + b"x",
    "another file": lambda _: b"PK" + bytes(2_000),
}


@pytest.mark.parametrize("name", HARMED)
def test_a_file_that_was_harmed_brings_nothing_back(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "one.age"
    archive(place, recipient(tmp_path))
    place.write_bytes(HARMED[name](place.read_bytes()))
    said = refused(place, tmp_path / IDENTITY, tmp_path, monkeypatch)
    assert "损坏或不完整" in said or "不能用这把密钥打开" in said


def refused(place: Path, key: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The one sentence that is said; nothing is written."""
    data = folder / "county"
    monkeypatch.setenv("LIANBAN_DATA", str(data))
    with pytest.raises(Trouble) as no:
        restore(Place.EMBEDDED, place, key)
    assert not data.exists()
    said = str(no.value)
    assert "\n" not in said
    return said


def test_what_is_for_another_key_or_of_a_newer_version_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, to, key = tmp_path / "one.age", recipient(tmp_path), tmp_path / IDENTITY
    recipient(tmp_path / "other")
    archive(place, to)
    said = refused(place, tmp_path / "other" / IDENTITY, tmp_path, monkeypatch)
    assert "不能用这把密钥打开" in said
    assert "密钥文件" in refused(place, tmp_path / "none", tmp_path, monkeypatch)
    assert "不是备份密钥" in refused(place, tmp_path / "backup" / "recipient", tmp_path, monkeypatch)
    for n, newer in enumerate(({"data": release.FORMAT + 1}, {"shape": FORMAT + 1})):
        later = tmp_path / f"{n}.age"
        archive(later, to, **newer)
        assert "更新的版本" in refused(later, key, tmp_path, monkeypatch)


def test_a_member_that_is_not_as_the_manifest_says_is_found(tmp_path: Path) -> None:
    """Whoever has the county's public key can make a file that opens; its manifest must fit what is in it."""
    place, key = tmp_path / "one.age", x25519.Identity.generate()
    with written(place, [key.to_public()]) as writing:
        writing.add("secrets/token", b"mine")
        sums = {"secrets/token": "0" * 64}
        moment = datetime(2026, 3, 2, tzinfo=UTC)
        writing.end(Manifest(revision="", county="123456", moment=moment, figures=FIGURES, sums=sums))
    with pytest.raises(Trouble, match="损坏"):
        checked(place, key)


def test_a_file_whose_writing_fails_is_not_there(tmp_path: Path) -> None:
    def breaks_off() -> None:
        with written(tmp_path / "one.age", [x25519.Identity.generate().to_public()]) as writing:
            writing.add("notes/county", b"123456")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        breaks_off()
    assert [*tmp_path.iterdir()] == []


def test_a_disk_that_is_full_is_said_and_nothing_stays_on_it(tmp_path: Path) -> None:
    """As where a file may not grow: the writing thread meets it, and whoever hands it something hears of it."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, before[1]))
    try:
        with pytest.raises(Trouble, match="请检查磁盘空间"):
            archive(tmp_path / "one.age", x25519.Identity.generate().to_public())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [*tmp_path.iterdir()] == []


def test_what_did_not_come_back_is_named() -> None:
    assert unlike(FIGURES, FIGURES) == []
    stream = FIGURES.streams[FACTS.name]
    later = stream.model_copy(update={"last": 12, "messages": 12})
    fewer = stream.model_copy(update={"messages": 8})
    verdicts_are_kept_for_a_time = {FACTS.name: later, VERDICTS.name: fewer}
    assert unlike(FIGURES, _with(streams=verdicts_are_kept_for_a_time)) == []
    assert len(unlike(FIGURES, _with(streams={FACTS.name: fewer, VERDICTS.name: later}))) == 1
    others: tuple[dict[str, object], ...] = (
        {"collections": {"lianban_roster/ledger": 2}},
        {"places": {"roster-submissions": PlaceNoted(sequence=9, fits=False)}},
        {"published": {}},
        {"heard": {"case-opened": 1}},
        {"months": {"2018-03": 41}},
        {"streams": {FACTS.name: stream}},
    )
    for changed in others:
        assert len(unlike(FIGURES, _with(**changed))) == 1, changed
    assert (not_heard(FIGURES), not_heard(_with(heard={}))) == (0, 2)


def _with(**changed: object) -> Figures:
    return FIGURES.model_copy(update=changed)


def test_a_folder_in_which_a_restoration_was_broken_off_is_not_opened(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / RESTORING).mkdir()
    assert supervise(Settings(data=tmp_path), Programs(None, {}, gateway=False)) == 1
    assert "恢复没有完成，不能启用" in capsys.readouterr().err


def test_the_newest_stay(tmp_path: Path) -> None:
    names = [f"lianban-123456-2026030{n}T020000.age" for n in range(1, 6)]
    others = ["lianban-123457-20260301T020000.age", "lianban-123456-20260301T020000.age.part", "notes.txt"]
    for name in (*names, *others):
        (tmp_path / name).touch()
        beside(tmp_path / name).touch()
    left_behind = tmp_path / "lianban-123456-20260228T020000.age.part"
    left_behind.touch()
    os.utime(left_behind, (0, 0))
    assert keep(tmp_path, "123456", 0) == []
    assert not left_behind.exists()
    assert [one.name for one in keep(tmp_path, "123456", 2)] == names[:3]
    left = {one.name for one in tmp_path.glob("lianban-123456-*.age")}
    assert left == set(names[3:])
    assert {one.name for one in tmp_path.glob("*.json")} >= {beside(tmp_path / name).name for name in names[3:]}
    assert all((tmp_path / name).exists() for name in others)


def test_a_county_in_a_folder_of_its_own_is_started_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LIANBAN_DATA", raising=False)
    assert make_run() == "make run"
    monkeypatch.setenv("LIANBAN_DATA", "/srv/trial")
    assert make_run() == "LIANBAN_DATA=/srv/trial make run"
