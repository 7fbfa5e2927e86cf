"""A table to be filled in: headings, an example, columns as text so that no digit is lost; and what each is for."""

from __future__ import annotations

from io import BytesIO

from shared.tables.declared import DeclaredTable

WIDTH, ROWS = 18, 500
MUST, MAY = "必填", "选填"


def workbook_of(table: DeclaredTable) -> bytes:
    """As a workbook."""
    from xlsxwriter import Workbook  # As in `shared/pages/tables.py`.

    content = BytesIO()
    with Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True, "num_format": "@"})
        sheet, says = book.add_worksheet(table.title), book.add_worksheet("填写说明")
        sheet.set_column(0, len(table.columns) - 1, WIDTH, text)
        sheet.freeze_panes(1, 0)
        says.set_column(0, 1, WIDTH)
        says.set_column(2, 2, WIDTH * 4)
        for n, one in enumerate(table.columns):
            sheet.write_string(0, n, one.heading, bold)
            sheet.write_string(1, n, one.example, text)
            for m, said in enumerate((one.heading, MUST if one.is_needed else MAY, one.says)):
                says.write_string(n, m, said)
    return content.getvalue()


def csv_of(table: DeclaredTable) -> bytes:
    """As CSV with the mark by which spreadsheets know it for UTF-8."""
    lines = [",".join(one.heading for one in table.columns), ",".join(one.example for one in table.columns)]
    return "\ufeff".encode() + "\r\n".join([*lines, ""]).encode()
