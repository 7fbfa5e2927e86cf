"""A county in containers is told everything by one file: made once, complete, and stronger than any shell."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from deploy.up import compose, findings, settings
from deploy.up.findings import CheckLine, Level
from deploy.up.settings import COMPOSE_FILE, CountyFile, WrongSettings
from deploy.up.starting import settled
from shared.bus.streams import STREAMS

KNOWN = settings.names()
FIRST = {"COUNTY": "123456", "BUS_HOST": "10.1.2.3", "CAMERA_HOSTS": ".a.example, .b.example", "HOME": "/root"}


def written(at: Path, shell: dict[str, str]) -> list[str]:
    """As `make up` leaves it; what was said."""
    file, sentences = settled({**shell, "LIANBAN_SETTINGS": str(at)})
    file.write()
    return sentences


def values(at: Path) -> dict[str, str]:
    file = settings.read(at)
    assert file is not None
    return file.values


def composed(at: Path, shell: dict[str, str]) -> dict[str, Any]:
    """The services as compose itself reads them, from a shell of that kind."""
    file, given, _ = compose.environment({**shell, "LIANBAN_SETTINGS": str(at)})
    ran = subprocess.run(
        compose.command(file, ("config", "--format", "json")), env=given, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr
    services: dict[str, Any] = json.loads(ran.stdout)["services"]
    return services


def test_the_example_shows_every_setting_of_compose_and_no_other_and_sets_none() -> None:
    example = CountyFile(settings.EXAMPLE, tuple(settings.EXAMPLE.read_text(encoding="utf-8").splitlines()))
    shown = {line[2:].partition("=")[0] for line in example.lines if line.startswith("# ") and "=" in line[:40]}
    assert {name for name in shown if re.fullmatch("[A-Z][A-Z0-9_]*", name)} == KNOWN
    assert example.values == {}


def test_the_first_start_keeps_what_the_shell_says_and_the_next_needs_no_shell(tmp_path: Path) -> None:
    at = tmp_path / "county.env"
    assert any("BUS_HOST, CAMERA_HOSTS, COUNTY" in one for one in written(at, FIRST))
    before = at.read_text(encoding="utf-8")
    assert before.splitlines()[0].startswith("# ")
    assert written(at, {"HOME": "/root"}) == []
    assert (at.read_text(encoding="utf-8"), values(at)["BUS_HOST"]) == (before, "10.1.2.3")
    services = composed(at, {"HOME": "/root", "BUS_HOST": "elsewhere", "BUS_PORT": "15000", "COUNTY": "654321"})
    assert services["secrets"]["command"][-4:] == ["--host", "10.1.2.3", "--gateway", "10.1.2.3"]
    environment = {name: services["roster"]["environment"][name] for name in ("COUNTY", "STATION_BUS", "CAMERA_HOSTS")}
    assert environment == {
        "COUNTY": "123456",
        "STATION_BUS": "tls://10.1.2.3:4222",
        "CAMERA_HOSTS": ".a.example, .b.example",
    }


def test_a_shell_that_says_something_else_is_told_so_and_what_is_new_is_kept(tmp_path: Path) -> None:
    at = tmp_path / "county.env"
    written(at, FIRST)
    (differs, kept) = written(at, {"BUS_HOST": "10.9.9.9", "COUNTY": "123456", "BUS_ROOM": "2"})
    assert ("BUS_HOST" in differs, "10.9.9.9" in differs, "10.1.2.3" in differs) == (True, True, True)
    assert "BUS_ROOM" in kept
    assert values(at) == {**{name: FIRST[name] for name in ("COUNTY", "BUS_HOST", "CAMERA_HOSTS")}, "BUS_ROOM": "2"}


def test_what_an_earlier_release_noted_is_taken_over_and_compose_by_hand_finds_it(tmp_path: Path) -> None:
    before, at = tmp_path / ".env", tmp_path / "county.env"
    before.write_text("COUNTY=123456\nREVISION=abc\nOIDC_CLIENT_ID='a b' # at the provider\n")
    file = settings.begun(at, settings.read(before))
    file.write()
    settings.link(at, before)
    expected = {"COUNTY": "123456", "REVISION": "abc", "OIDC_CLIENT_ID": "a b"}
    assert values(at) == values(before) == expected
    assert before.is_symlink()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("BUSHOST=a", "是否应为BUS_HOST"),
        ("BUS_HOST a", "看不懂"),
        ("COUNTY=12345", "现在是12345"),
        ("", "还没有写"),
    ],
)
def test_a_mistake_in_the_file_is_a_sentence_and_nothing_starts(tmp_path: Path, line: str, said: str) -> None:
    at = tmp_path / "county.env"
    at.write_text(f"# a comment\n{line}\n")
    with pytest.raises(WrongSettings, match=said):
        settled({"LIANBAN_SETTINGS": str(at)})


def test_what_cannot_be_kept_as_a_line_is_refused() -> None:
    with pytest.raises(WrongSettings):
        CountyFile(Path("any"), ()).saying("OIDC_SCOPE", "it's")


def levels(found: list[CheckLine]) -> dict[str, Level]:
    return {one.what: one.level for one in found}


def test_ports_are_numbers_each_once_and_nobody_elses_unless_the_county_runs() -> None:
    taken = list(findings.ports({"BUS_PORT": "15001"}, runs=False, is_free=lambda port: port != 8443))
    assert [one.what for one in taken if one.level is Level.STOPS] == [
        "GATEWAY_TLS_PORT=8443已被其他程序占用 The port is taken"
    ]
    runs = list(findings.ports({}, runs=True, is_free=lambda _: False))
    assert {one.level for one in runs} == {Level.FINE}
    wrong = list(findings.ports({"BUS_PORT": "x", "GATEWAY_PORT": "8443"}, runs=False, is_free=lambda _: True))
    assert [one.level for one in wrong] == [Level.STOPS, Level.STOPS, Level.STOPS, Level.FINE, Level.FINE]


def _answers(answer: findings.EngineSays, _: Sequence[str]) -> findings.EngineSays:
    return answer


def test_an_engine_that_is_not_there_or_does_not_answer_is_one_line_that_says_what_to_do() -> None:
    for status, said, words in ((127, "", "没有安装Docker"), (1, "Cannot connect", "没有应答")):
        first = next(iter(findings.engine(partial(_answers, (status, said)))))
        assert (first.level, words in first.what, bool(first.do)) == (Level.STOPS, True, True)


def test_an_image_that_cannot_be_had_names_the_setting_of_a_mirror() -> None:
    usual = findings.usual_images(COMPOSE_FILE.read_text(encoding="utf-8"))
    every = (*findings.IMAGES, findings.BASE)
    assert set(every) <= set(usual)
    found = list(
        findings.images({"NATS_IMAGE": "own/nats:1"}, usual, lambda words: (int("own/nats:1" not in words), ""))
    )
    assert [one.level for one in found] == [Level.FINE, *[Level.STOPS] * 5]
    assert all(name in one.do for name, one in zip(every[1:], found[1:], strict=True))


def test_where_our_image_is_made_already_nobody_asks_for_what_it_would_be_built_of() -> None:
    usual = findings.usual_images(COMPOSE_FILE.read_text(encoding="utf-8"))
    carried = [f"镜像 {usual[name]}" for name in findings.IMAGES]
    found = levels(list(findings.images({findings.OURS: "lianban:carried"}, usual, partial(_answers, (0, "")))))
    assert found == dict.fromkeys([*carried, "镜像 lianban:carried"], Level.FINE)


def test_every_port_that_a_county_takes_of_its_host_is_looked_at() -> None:
    without_profiles = COMPOSE_FILE.read_text(encoding="utf-8").partition("profiles: [exporters]")[0]
    assert set(re.findall(r"\$\{([A-Z_]+_PORT):-[0-9]+\}:", without_profiles)) == set(findings.PORTS)


def test_a_disk_is_measured_against_what_the_streams_may_hold(tmp_path: Path) -> None:
    declared = sum(stream.max_bytes for stream in STREAMS)
    assert declared <= findings.DECLARED <= 1.2 * declared
    (fits,) = findings.disk({"BUS_ROOM": "0.05"}, tmp_path)
    (never,) = findings.disk({"BUS_ROOM": "100000"}, tmp_path)
    assert (fits.level in (Level.FINE, Level.MIND), never.level) == (True, Level.MIND)
    assert list(findings.disk({}, tmp_path / "nowhere")) == []
