"""A page as a workbook: one sheet of key figures, one per table; numbers, shares and days keep their types."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.formats import NO_DATA
from dashboard.leadership.export.cells import Cells, width_of
from dashboard.leadership.export.facts import DEMO, Facts
from dashboard.leadership.parts import Column, Number, Numbers, Part, Table
from data.errors import ExportFailed

NOT_EXPORTED = "人员名单只在系统内查看，不导出。"
NUMBERS_SHEET = "关键数字"
# Title, place, filters, who; then the header.
_HEADER_ROW = 5
_MOST_ROWS = 1_048_576 - _HEADER_ROW - 1
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")

# Rows of a table that the page reads as one scrolls.
RowsOf = Callable[[Table], Iterable[Mapping[str, object]]]


def excel(title: str, parts: Sequence[Part], facts: Facts, rows_of: RowsOf | None = None) -> bytes:
    """The workbook. Lists of persons are named and left out. Raises ExportFailed when it would not be whole.

    ``rows_of`` gives the rows of tables with a ``source``.
    """
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties({"title": title, "author": facts.owner, "created": facts.made_at})
        cells, names = Cells(book), _Names()
        figures = [part for part in parts if isinstance(part, Numbers)]
        tables = [part for part in parts if isinstance(part, Table)]
        if figures:
            sheet = _sheet(book, cells, names.of(NUMBERS_SHEET), f"{title}　{NUMBERS_SHEET}", parts, facts)
            _write_numbers(sheet, cells, figures)
        for table in tables:
            sheet = _sheet(book, cells, names.of(table.title), f"{title}　{table.title}", parts, facts)
            _write_table(sheet, cells, table, rows_of)
        if not figures and not tables:
            raise ExportFailed("本页没有表格和数字，请导出PDF")
    return file.getvalue()


def _sheet(
    book: Workbook, cells: Cells, name: str, title: str, parts: Sequence[Part], facts: Facts
) -> Worksheet:
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, title, cells.title)
    for row, text in enumerate([facts.place_words, facts.filter_words(parts), facts.who_words], 1):
        sheet.write_string(row, 0, text, cells.aside)
    if facts.is_demo:
        sheet.write_string(4, 0, DEMO, cells.demo)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{facts.owner.replace('&', '&&')}　{facts.as_of_words}&R第 &P 页，共 &N 页")
    return sheet


def _write_table(sheet: Worksheet, cells: Cells, table: Table, rows_of: RowsOf | None) -> None:
    if not table.exports:
        sheet.write_string(_HEADER_ROW, 0, NOT_EXPORTED, cells.demo)
        sheet.set_column(0, 0, 60)
        return
    rows = list(_rows(table, rows_of))
    if len(rows) > _MOST_ROWS:
        raise ExportFailed(f"“{table.title}”有{len(rows):,}行，超过Excel的上限，请先缩小范围")
    _write_header(sheet, cells, [_heading(column) for column in table.columns])
    for j, column in enumerate(table.columns):
        wanted = [
            cells.write(sheet, _HEADER_ROW + 1 + i, j, row.get(column.field), column.kind, column.digits)
            for i, row in enumerate(rows)
        ]
        widest = max(wanted, default=0)
        width = min(max(widest, width_of(_heading(column)) + 3), 60)
        sheet.set_column(j, j, width, None, {"hidden": column.hidden})
    if not rows:
        sheet.write_string(_HEADER_ROW + 1, 0, table.empty, cells.aside)
    _freeze(sheet, len(rows), len(table.columns), sum(column.pinned for column in table.columns))


def _rows(table: Table, rows_of: RowsOf | None) -> Iterable[Mapping[str, object]]:
    if not table.source:
        return table.rows
    if rows_of is None:
        raise ExportFailed(f"“{table.title}”的{table.total:,}行未能读取")
    rows = list(rows_of(table))
    if table.total and len(rows) != table.total:
        raise ExportFailed(f"“{table.title}”应有{table.total:,}行，只读到{len(rows):,}行，请重新导出")
    return rows


def _write_numbers(sheet: Worksheet, cells: Cells, figures: Sequence[Numbers]) -> None:
    headings = ["分组", "指标", "数值", "单位", "变化", "对比", "说明"]
    _write_header(sheet, cells, headings)
    widths = [width_of(heading) + 3 for heading in headings]
    lines = [(part.title, number) for part in figures for number in part.numbers]
    for row, (group, number) in enumerate(lines, _HEADER_ROW + 1):
        for j, (value, kind, digits) in enumerate(_of_number(group, number)):
            widths[j] = max(widths[j], cells.write(sheet, row, j, value, kind, digits))
    for j, width in enumerate(widths):
        sheet.set_column(j, j, min(width, 60))
    _freeze(sheet, len(lines), len(headings), 0)


def _of_number(group: str, number: Number) -> list[tuple[object, str, int]]:
    """(value, kind, digits) of each column of a key figure."""
    absent = number.value is None
    digits = 0 if number.kind == "integer" else number.digits
    share = number.kind == "share"
    change = None if number.change is None else number.change * (100 if share else 1)
    return [
        (group, "text", 0),
        (number.label, "text", 0),
        (NO_DATA, "text", 0) if absent else (number.value, number.kind, number.digits),
        (number.unit, "text", 0),
        (change, "points" if share else "change", digits),
        (number.change_label, "text", 0),
        (number.why if absent else number.note, "text", 0),
    ]


def _write_header(sheet: Worksheet, cells: Cells, headings: Sequence[str]) -> None:
    for j, heading in enumerate(headings):
        sheet.write_string(_HEADER_ROW, j, heading, cells.header)


def _freeze(sheet: Worksheet, rows: int, columns: int, pinned: int) -> None:
    sheet.freeze_panes(_HEADER_ROW + 1, pinned)
    sheet.autofilter(_HEADER_ROW, 0, _HEADER_ROW + max(rows, 1), columns - 1)
    sheet.repeat_rows(_HEADER_ROW)


def _heading(column: Column) -> str:
    # A share is written with its own sign.
    unit = "" if column.kind == "share" or column.unit in column.title else column.unit
    return f"{column.title}（{unit}）" if unit else column.title


class _Names:
    """Sheet names as Excel takes them: 31 characters, no brackets, each once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def of(self, title: str) -> str:
        plain = _FORBIDDEN.sub(" ", title).strip()[:31] or "表"
        name, n = plain, 1
        while name.lower() in self._taken:
            n += 1
            name = f"{plain[: 31 - len(str(n)) - 1]} {n}"
        self._taken.add(name.lower())
        return name
