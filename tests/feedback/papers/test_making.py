"""Files are made apart: the process that asks holds nothing of it, and what takes too much ends in a sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from deploy.embedded.settings import ROOT
from services.feedback.papers import fonts, pdf, work
from services.feedback.papers.archive import Archive
from services.feedback.papers.drawing_up import sheet_of
from services.feedback.papers.formats import MADE_APART, Format, file_name
from services.feedback.papers.making import WORK, NotMade, Workshop
from services.feedback.papers.sheet import Paragraph, Sheet
from shared.events.refusals import REFUSALS
from shared.foreign.apart import Apart, Exhausted, Limits
from tests.feedback.papers.printed import here
from tests.feedback.papers.sheets import COMMITTEE, LONG, MADE, letter, reported

MIB = 1024 * 1024
FORMATS = (*MADE_APART, Format.JSON)


def alive(pid: int) -> bool:
    """Whether there is such a process, ended or not yet taken leave of."""
    return Path(f"/proc/{pid}").exists()


async def test_many_documents_are_made_by_one_process_which_ends_with_the_workshop() -> None:
    async with Workshop(None) as workshop:
        files = [await workshop.made(letter(n), FORMATS) for n in (1, 2, 3)]
        made_by = workshop.process
        assert made_by is not None
        assert alive(made_by)
        assert made_by != os.getpid()
    assert not alive(made_by)
    assert files[1][Format.PDF] == here().pdf(letter(2))
    assert files[1][Format.JSON] == letter(2).canonical()
    assert all({*one} == {*FORMATS} for one in files)


@pytest.mark.parametrize(
    "limits",
    [Limits(processor=20, time=60, memory=8 * MIB), Limits(processor=1, time=60, memory=384 * MIB)],
    ids=["memory", "processor"],
)
async def test_what_goes_beyond_a_limit_ends_the_work_and_no_more(limits: Limits) -> None:
    """The same within the usual limits is made: it is the limit that ends it."""
    most = letter(annexes=0, blocks=tuple(Paragraph.of(LONG * 60) for _ in range(400)))
    apart = Apart(WORK, limits)
    try:
        with pytest.raises(Exhausted):
            await apart.ask({"sheet": most.canonical(), "formats": ["pdf", "docx"], "own_faces": ""})
    finally:
        await apart.close()
    async with Workshop(None) as workshop:
        assert (await workshop.made(letter(), [Format.PDF]))[Format.PDF].startswith(b"%PDF")


async def test_a_machine_without_faces_says_so_and_gives_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "COMES_WITH_THE_SETUP", Path("/nowhere"))
    pdf.press.cache_clear()
    given = {"sheet": letter().canonical(), "own_faces": ""}
    try:
        assert work.work({**given, "formats": ["pdf"]}) == {"wrong": "faces-missing"}
        assert work.work({**given, "formats": ["xlsx"]})["files"]["xlsx"]
    finally:
        pdf.press.cache_clear()
    assert {"faces-missing", "document-too-much-work", "unknown-format"} <= REFUSALS.keys()
    assert NotMade("faces-missing").slug == "faces-missing"


THREADS = """
import sys
from services.feedback.papers import work
from tests.feedback.papers.sheets import letter

def threads():
    with open("/proc/self/status") as status:
        return next(line for line in status if line.startswith("Threads:"))

before = threads()
work.work({"sheet": letter().canonical(), "formats": ["pdf", "docx", "xlsx"], "own_faces": ""})
sys.exit(before != threads())
"""


def test_every_thread_that_it_needs_has_begun_before_it_is_confined() -> None:
    """Whoever runs as nobody in particular may begin none from then on."""
    subprocess.run((sys.executable, "-c", THREADS), cwd=ROOT, check=True, timeout=120)


def test_what_was_signed_within_a_second_is_made_in_every_format() -> None:
    sheet = letter(made=MADE.replace(microsecond=123_456))
    made = work.work({"sheet": sheet.canonical(), "formats": [one.value for one in MADE_APART], "own_faces": ""})
    assert made["files"].keys() == {one.value for one in MADE_APART}


def of_some(sheets: Sequence[Sheet]) -> bytes:
    made = BytesIO()
    archive = Archive(made)
    for sheet in sheets:
        archive.add(sheet.organisation, sheet, {Format.PDF: here().pdf(sheet), Format.JSON: sheet.canonical()})
    assert archive.close() == 2 * len(sheets)
    return made.getvalue()


def test_an_archive_of_the_same_documents_has_the_same_bytes_and_names_that_any_system_takes() -> None:
    strange = letter(title="关于“a/b:c*?”的函\\" + "长" * 100, organisation="150424-D10")
    sheets = [letter(), strange]
    content = of_some(sheets)
    assert of_some(sheets) == content
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        manifest = json.loads(archive.read("manifest.json"))["files"]
    assert not [name for name in names if set(name) & set('\\:*?"<>|')]
    assert all(len(name.partition("/")[2].encode()) <= 255 for name in names)
    assert len({*names}) == 5
    assert [one["number"] for one in manifest] == ["安政联党函〔2018〕7号"] * 4


def test_a_file_is_called_as_the_document_is() -> None:
    sheet = sheet_of(reported("2018-03"), {}, COMMITTEE)
    assert file_name(sheet, Format.PDF) == "2018-03_民政局2018年3月履职情况反馈（2018年第3期）.pdf"
