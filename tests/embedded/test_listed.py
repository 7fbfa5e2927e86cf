"""A county's organisations in a table: as spreadsheets save it, those above first, every mistake said at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.commands.listed import EXAMPLE, Listed, read_table
from deploy.embedded.trouble import Trouble
from shared.events.vocabulary import HALL_PATROL, Hall, OrganisationKind

HEAD = "单位编号,名称,类别,上级,启用日期,成员,进驻,职责"
COUNTY = "150424,联合党委,县,,2026-01-01,,,"


def table(place: Path, *lines: str, encoding: str = "utf-8") -> str:
    file = place / "units.csv"
    file.write_bytes("\n".join(lines).encode(encoding))
    return str(file)


def codes(found: list[Listed]) -> list[str]:
    return [one.organisation.code for one in found]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_example_is_read_as_spreadsheets_save_it(tmp_path: Path, encoding: str) -> None:
    found = {one.organisation.code: one for one in read_table(table(tmp_path, EXAMPLE, encoding=encoding))}
    assert len(found) == 6
    hall, window = found["123456-D01"].organisation, found["123456-D02"]
    assert [(one.office, one.scope) for one in hall.offices] == [(HALL_PATROL, "123456")]
    assert (window.hall, window.organisation.committee_member, hall.due_in_hall) == (Hall.HALL, True, True)
    assert {one.organisation.valid_from.isoformat() for one in found.values()} == {"2026-01-01"}


def test_nothing_is_registered_before_what_is_above_it(tmp_path: Path) -> None:
    village, township = "150424100202,冬不冷村,行政村,150424100,,,,", "150424100,林西镇,乡镇（街道）,150424,,,,"
    found = read_table(table(tmp_path, HEAD, village, "", township, COUNTY))
    assert codes(found) == ["150424", "150424100", "150424100202"]
    assert found[2].organisation.kind is OrganisationKind.VILLAGE


@pytest.mark.parametrize("kind", ["县", "旗", "区", "市"])
def test_a_county_is_listed_as_what_it_is_called(tmp_path: Path, kind: str) -> None:
    (one,) = read_table(table(tmp_path, HEAD, COUNTY.replace("县", kind)))
    assert one.organisation.kind is OrganisationKind.COUNTY


@pytest.mark.parametrize(
    ("lines", "sentences"),
    [
        ((HEAD, COUNTY, "x,村,行政村,150424100,,,,"), ["第3行：“单位编号”应当是6位"]),
        ((HEAD, COUNTY, "150424100,,镇,150424,,对,大厅,"), ["第3行：“成员”", "“类别”", "“进驻”", "“名称”应当填写"]),
        ((HEAD, "150424,联合党委,县,,2026年1月,,,"), ["第2行：“启用日期”应当写作2027-01-01"]),
        ((HEAD, COUNTY, COUNTY), ["单位编号150424在表中出现了两次"]),
        ((HEAD, COUNTY, "150424-D01,局,部门,150424,,,,巡查"), ["第3行：“职责”应当是hall-patrol"]),
        (("编号,名称",), ["缺少单位编号、类别"]),
        ((f"{HEAD},电话", COUNTY), ["列名“电话”不能识别"]),
        ((HEAD,), ["表中没有单位"]),
        (("",), ["第1行应当是列名"]),
    ],
)
def test_what_is_wrong_is_said_line_by_line(tmp_path: Path, lines: tuple[str, ...], sentences: list[str]) -> None:
    with pytest.raises(Trouble) as no:
        read_table(table(tmp_path, *lines))
    assert [one for one in sentences if one not in str(no.value)] == []


def test_a_file_that_is_not_there_or_no_text_is_said(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="无法读取"):
        read_table(str(tmp_path / "none.csv"))
    picture = tmp_path / "picture.csv"
    picture.write_bytes(b"\x89PNG\xff\xff\xff\xff")
    with pytest.raises(Trouble, match="另存为CSV"):
        read_table(str(picture))


def test_what_turns_writing_round_is_left_out_of_names(tmp_path: Path) -> None:
    (one,) = read_table(table(tmp_path, HEAD, "150424,联合\u202e党\x00委,县,,2026-01-01,,,"))
    assert one.organisation.name == "联合党委"
