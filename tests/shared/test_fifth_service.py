"""A fifth service costs its folder, its events and a handful of lines: in a copy of the tree it is there and works."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from deploy.contract.published import published
from deploy.embedded.ports import any_free
from deploy.embedded.servers.readiness import answering
from deploy.embedded.servers.running import Servers
from deploy.embedded.settings import ROOT
from shared.services import TABLE
from tests.county import County
from tests.fifth import LIBRARY, LINES, with_a_fifth
from tests.shared.test_services import FILES, expected, said
from tests.submitters import Said, station

LINT = Path(sys.executable).with_name("lint-imports")
PATIENCE = 60.0


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The copy."""
    return with_a_fifth(tmp_path_factory.mktemp("fifth"))


def runs(tree: Path, *command: str | Path, **environment: str) -> str:
    """What a command in a tree writes; it has to go well."""
    env = {"PATH": os.environ["PATH"], **environment}
    ran = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False, env=env)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


DERIVED = """
import json
from importlib import import_module
from deploy.container.processes import PROCESSES
from deploy.contract.asyncapi import document
from deploy.embedded.county.programs import Programs
from deploy.embedded.ports import USUAL
from deploy.identity.rights import COUNTY, EXPORTS
from deploy.setup.indexes import DECLARED
from shared.bus.streams import CONSUMERS, SUBMISSIONS
from shared.pages.chinese import SERVICES as CHINESE
from shared.pages.navigation import PLACES
from shared.pipeline.loops import gaps
from shared.services import SERVICES
print(json.dumps({
    "subjects": SUBMISSIONS.subjects,
    "consumers": [[one.stream, one.name, one.filters] for one in CONSUMERS],
    "rights": [[user, sorted({*rights.publish})] for user, rights in COUNTY.items() if user not in ("setup", "import")],
    "exports": EXPORTS,
    "programs": list(Programs().services.items()),
    "ports": list(USUAL.items()),
    "processes": [[name, one.module] for name, one in PROCESSES.items()],
    "databases": list(DECLARED),
    "navigation": PLACES,
    "chinese": list(CHINESE.items()),
    "tags": [one["name"] for one in document()["info"]["tags"]],
    "gaps": [gap for one in SERVICES for gap in gaps(one, import_module(f"services.{one}.app").LOOPS)],
}))
"""
MORE = {
    "subjects": ["submit.library.*.*"],
    "consumers": [["SUBMISSIONS", "library-submissions", ["submit.library.>"]]],
    "exports": [["lend-book", "submit.library.lend-book.*", "service"]],
    "programs": [["library", "services.library"]],
    "ports": [["library", 8105]],
    "processes": [["library", "services.library"]],
    "databases": ["library"],
    "navigation": [
        [[55, "library", "农家书屋", "", "signed-in", "单位、指南和日历", "", None], "library", "/library/"]
    ],
    "chinese": [["library", "农家书屋"]],
    "tags": ["library"],
    "gaps": [],
}
"""What there is of it when a library is one of the services."""


def derived(tree: Path) -> dict[str, Any]:
    """What follows from the table of a tree."""
    found: dict[str, Any] = json.loads(runs(tree, sys.executable, "-c", DERIVED))
    return found


def test_everything_that_derives_has_it_and_is_otherwise_the_same(tree: Path) -> None:
    before, after = derived(ROOT), derived(tree)
    for what, more in MORE.items():
        assert [one for one in after[what] if one not in before[what]] == more, what
        assert [one for one in after[what] if one not in more] == before[what], what


def test_it_may_do_on_the_bus_what_it_declares_and_nobody_else_may(tree: Path) -> None:
    rights = dict(derived(tree)["rights"])
    for own in ("fact.book-lent.*", "dead.library.*.*", "$JS.API.CONSUMER.MSG.NEXT.SUBMISSIONS.library-submissions"):
        assert [user for user, publish in rights.items() if own in publish] == ["library"]


@pytest.mark.parametrize("file", FILES)
def test_the_files_that_cannot_derive_have_it(tree: Path, file: str) -> None:
    assert said(file, tree) == expected([*TABLE, LIBRARY])[file]
    assert said(file) != expected([*TABLE, LIBRARY])[file]


def test_no_other_file_was_touched() -> None:
    own = {"shared/services.py", "shared/shown_pages.py", "shared/events/__init__.py"}
    assert {name for name, _, _ in LINES} == {*FILES, *own}


def test_its_imports_are_looked_at(tree: Path) -> None:
    runs(tree, LINT, "--no-cache")
    rule = tree / "services" / "library" / "rules.py"
    text = rule.read_text(encoding="utf-8")
    rule.write_text(f"import motor\n{text}", encoding="utf-8")
    try:
        with pytest.raises(AssertionError, match=r"services\.library\.rules -> motor"):
            runs(tree, LINT, "--no-cache")
    finally:
        rule.write_text(text, encoding="utf-8")


def test_the_contract_publishes_its_events(tree: Path) -> None:
    runs(tree, sys.executable, "-m", "deploy.contract")
    runs(tree, sys.executable, "-m", "deploy.contract", "--check")
    schemas = {file.stem for file in (tree / "shared" / "events" / "schemas").glob("*.json")}
    assert schemas == {*published(), "lend-book", "book-lent"}


def lends(book: str) -> Said:
    """A station asks for a book, in an event that this process does not know."""
    asked = station.opens().heading(type="lend-book").saying(json.dumps({"book": book}).encode())
    message = asked.message._replace(subject=f"submit.library.lend-book.{station.code}")
    headers = {**message.headers, "Nats-Msg-Id": f"{station.code}/{asked.id}"}
    return asked._replace(message=message._replace(headers=headers))


@contextmanager
def serving(tree: Path, where: dict[str, str]) -> Iterator[str]:
    """The library's process, until the block is left; its address."""
    port = any_free()
    own = {"HTTP_PORT": str(port), "COUNTY": "150424", "INSTANCE": "library-1", "OLDEST_DAYS": "36500"}
    env = {"PATH": os.environ["PATH"], **where, **own}
    process = subprocess.Popen((sys.executable, "-m", "services.library"), cwd=tree, env=env, stdout=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}/library"
        assert process.poll() is None
    finally:
        process.kill()
        process.wait()


async def test_it_decides_what_a_station_submits(county: County, bus_and_database: Servers, tree: Path) -> None:
    where = {"NATS_URL": bus_and_database.nats_url, "MONGO_URL": bus_and_database.mongo_url}
    runs(tree, sys.executable, "-m", "deploy.setup", **where)
    asked = lends("farming")
    try:
        with serving(tree, where) as url:
            await county.hears(asked)
            async with asyncio.timeout(PATIENCE):
                await answering(f"{url}/readyz")
                while not (verdict := await county.verdict(asked)):
                    await asyncio.sleep(0.02)
        assert verdict["verdict"] == "accepted"
        assert [loan["book"] async for loan in county.db("library")["loans"].find()] == ["farming"]
    finally:
        await county.databases.drop_database("lianban_library")
