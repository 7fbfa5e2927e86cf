"""A report's document is given in each format to whoever may read the report, and a period's in one archive."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from services.feedback.papers.formats import MEDIA, Format
from tests.browsing import browsing
from tests.conftest import county_on
from tests.county import County
from tests.feedback.papers.printed import attached
from tests.processes_here import Browser
from tests.submitters import closes_period, committee, moment, office, station, township
from tests.workbooks import opened

pytestmark = pytest.mark.asyncio(loop_scope="module")
REPORT = f"2018-03_{township.code}"
AT = f"/feedback/reports/{REPORT}"
ARCHIVE = "/feedback/report-archives/2018-03.zip"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """One service in March, which is closed."""
    async with county_on(bus_and_database) as county, county.at_work():
        await county.hears(station.serves(at=moment("2018-03-12")))
        await county.settles()
        await county.hears(closes_period("2018-03", "2018-04-01"))
        await county.settles()
        yield county


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def client(county: County) -> AsyncIterator[Browser]:
    async with browsing(county, "feedback", by=committee.code) as client:
        yield client


@pytest.mark.parametrize("made_as", MEDIA)
async def test_each_format_is_given_as_a_file_that_bears_the_documents_name(client: Browser, made_as: Format) -> None:
    answer = await client.get(f"{AT}.{made_as}")
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, MEDIA[made_as])
    assert f".{made_as}" in answer.headers["content-disposition"]
    assert (await client.get(f"{AT}.{made_as}")).content == answer.content, "the same bytes each time"


async def test_pdf_json_and_workbook_say_the_same(client: Browser) -> None:
    files = {made_as: (await client.get(f"{AT}.{made_as}")).content for made_as in MEDIA}
    assert attached(files[Format.PDF]) == {f"{REPORT}.json": files[Format.JSON]}
    said = json.loads(files[Format.JSON])
    assert (said["period"], said["organisation"], said["layout"]) == ("2018-03", township.code, "electronic")
    book = opened(files[Format.XLSX])
    assert book.lists[0][0].value == said["title"]
    assert not any(cell.kind == "formula" for row in book.lists for cell in row)


async def test_the_page_of_the_document_reads_as_it_is_printed_and_leads_to_its_files(client: Browser) -> None:
    page = (await client.get(f"{AT}.html")).text
    assert "现将你单位2018年3月在联合党委的履职情况反馈如下。" in page
    assert "电子反馈　2018年第3期" in page
    for made_as in MEDIA:
        assert f'href="{AT}.{made_as}"' in page
    shown = (await client.get(AT)).text
    assert all(f'href="{AT}.{made_as}"' in shown for made_as in Format)


@pytest.mark.parametrize("ending", ["doc", "PDF", "exe", "x" * 300])
async def test_another_format_is_refused_in_a_sentence_that_names_those_there_are(client: Browser, ending: str) -> None:
    answer = await client.get(f"{AT}.{ending}")
    assert answer.status_code == 404
    assert "格式，可以选择：网页（HTML）、PDF、文档（DOCX）、表格（XLSX）、数据（JSON）。" in answer.text


async def test_a_report_that_there_is_not_has_no_document(client: Browser) -> None:
    assert (await client.get(f"/feedback/reports/2018-02_{township.code}.pdf")).status_code == 404
    assert (await client.get("/feedback/report-archives/2018-02.zip")).status_code == 404
    assert (await client.get("/feedback/report-archives/3018.zip")).status_code in (404, 422)


async def test_it_is_given_to_its_recipient_and_to_no_other(county: County) -> None:
    for code, status in ((township.code, 200), (office.code, 403)):
        async with browsing(county, "feedback", by=code) as reader:
            for made_as in Format:
                assert (await reader.get(f"{AT}.{made_as}")).status_code == status
            assert (await reader.get(f"{AT}.doc")).status_code == (404 if status == 200 else 403)
            assert (await reader.get(ARCHIVE)).status_code == 403
            assert ARCHIVE not in (await reader.get("/feedback/organisations?period=2018-03")).text


async def test_an_archive_has_every_document_of_a_period_and_their_sums(client: Browser) -> None:
    content = (await client.get(ARCHIVE)).content
    assert (await client.get(ARCHIVE)).content == content
    with ZipFile(BytesIO(content)) as archive:
        manifest = json.loads(archive.read("manifest.json"))["files"]
        assert {one["file"] for one in manifest} == {*archive.namelist()} - {"manifest.json"}
        for one in manifest:
            assert one["sha256"] == sha256(archive.read(one["file"])).hexdigest()
            assert len(one["sm3"]) == 64
        mine = next(name for name in archive.namelist() if name.startswith(f"{township.code}/") and ".pdf" in name)
        assert archive.read(mine) == (await client.get(f"{AT}.pdf")).content
    issued = {one["report"] for one in manifest}
    assert REPORT in issued
    assert len(manifest) == 4 * len(issued)
    assert f'href="{ARCHIVE}"' in (await client.get("/feedback/organisations?period=2018-03")).text
