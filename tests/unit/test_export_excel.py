"""The workbook of a page, read back with another library: types, formats, guards, what it says of itself."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from dashboard.leadership.address import Address
from dashboard.leadership.export.excel import NOT_EXPORTED, NUMBERS_SHEET, excel
from dashboard.leadership.export.facts import DEMO, Facts
from dashboard.leadership.parts import Choice, Column, Number, Numbers, Part, Switch, Table, Text
from data.errors import ExportFailed
from data.readmodel.light import Light
from data.viewer import Viewer

VIEWER = Viewer(7, "zuzhibu", "组织部", "district_org_dept", 1)
FACTS = Facts(
    "支部", "海曙区委", "2026-10", datetime(2026, 11, 20, 14, 32), 12, True, "海曙区委组织部", VIEWER,
    datetime(2026, 11, 20, 15, 0),
)  # fmt: skip
COLUMNS = (
    Column("name", "党组织", pinned=True),
    Column("members", "党员数", "integer", unit="人"),
    Column("rate", "参与率", "share"),
    Column("gap", "较上月", "change"),
    Column("held_on", "换届日期", "date"),
    Column("seen_at", "签到时间", "moment"),
    Column("month", "月份", "month"),
    Column("light", "亮灯", "light"),
    Column("code", "代码", hidden=True),
)
ROW = {
    "name": "段塘街道第一党支部", "members": 37, "rate": 0.962, "gap": -1.5, "held_on": date(2026, 3, 1),
    "seen_at": "2026-10-11T09:30:00", "month": "2026-10", "light": Light.RED, "code": "330200001",
    "to": Address("branch", 5),
}  # fmt: skip


def book_of(*parts: Part, facts: Facts = FACTS) -> Workbook:
    return load_workbook(io.BytesIO(excel("支部", parts, facts)))


def row_of(sheet: Worksheet, row: int) -> list[object]:
    return [cell.value for cell in sheet[row]]


def branches(rows: Sequence[dict[str, object]] = (ROW,), **changed: object) -> Table:
    table = Table("branches", "所属支部", columns=COLUMNS, rows=rows)
    return replace(table, **changed)  # type: ignore[arg-type]


def test_numbers_shares_and_days_keep_their_types_and_formats() -> None:
    sheet = book_of(branches())["所属支部"]
    assert row_of(sheet, 6)[:3] == ["党组织", "党员数（人）", "参与率"]
    values = row_of(sheet, 7)
    assert values[1:4] == [37, 0.962, -1.5]
    assert values[4:7] == [datetime(2026, 3, 1), datetime(2026, 10, 11, 9, 30), datetime(2026, 10, 1)]
    assert values[7:9] == ["红灯", "330200001"]
    formats = [cell.number_format for cell in sheet[7]]
    assert formats[1:4] == ["#,##0", "0.0%", "+#,##0.0;-#,##0.0;0"]
    assert formats[4:7] == ["yyyy-mm-dd", "yyyy-mm-dd hh:mm", "yyyy-mm"]


def test_the_header_is_frozen_filtered_and_wide_enough_for_chinese() -> None:
    sheet = book_of(branches())["所属支部"]
    assert sheet.freeze_panes == "B7"
    assert sheet.auto_filter.ref == "A6:I7"
    assert sheet.column_dimensions["A"].width >= 18
    assert sheet.column_dimensions["I"].hidden


def test_every_sheet_says_what_it_is_of_how_old_for_whom_and_how_filtered() -> None:
    here = Address()
    switch = Switch("period", "周期", choices=[Choice("季度", here, True), Choice("年度", here)])
    sheet = book_of(switch, branches())["所属支部"]
    head = [str(sheet.cell(row, 1).value) for row in range(1, 6)]
    assert head[0] == "支部　所属支部"
    for word in ("海曙区委", "2026.10", "数据截至 2026-11-20 14:32", "数据版本：12"):
        assert word in head[1]
    assert head[2] == "页面：支部　周期：季度"
    assert "区委组织部 zuzhibu" in head[3]
    assert head[4] == DEMO
    real = book_of(branches(), facts=replace(FACTS, is_demo=False))["所属支部"]
    assert real.cell(5, 1).value is None


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","y")'])
def test_text_that_looks_like_a_formula_stays_text(text: str) -> None:
    cell = book_of(branches([{**ROW, "name": text}]))["所属支部"]["A7"]
    assert (cell.value, cell.data_type) == (text, "s")
    assert cell.quotePrefix


def test_a_list_of_persons_is_named_and_not_written() -> None:
    persons = replace(branches([{**ROW, "name": "某党员"}]), slug="members", title="党员名单", exports=False)
    sheet = book_of(branches(), persons)["党员名单"]
    written = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert NOT_EXPORTED in written
    assert not any("某党员" in text or text == "党组织" for text in written)


def test_key_figures_stand_in_a_sheet_of_their_own_with_their_change() -> None:
    numbers = Numbers("figures", "概况", numbers=[
        Number("党员总数", 47411, unit="人", change=-12, change_label="较上月"),
        Number("参与率", 0.9, "share", change=0.015, change_label="较上月"),
        Number("诊疗分", None, "decimal", why="未接入"),
    ])  # fmt: skip
    sheet = book_of(numbers, branches())[NUMBERS_SHEET]
    assert row_of(sheet, 7) == ["概况", "党员总数", 47411, "人", -12, "较上月", None]
    assert row_of(sheet, 8)[4] == pytest.approx(1.5)
    assert "百分点" in sheet["E8"].number_format
    assert row_of(sheet, 9)[2] == "无数据"
    assert row_of(sheet, 9)[6] == "未接入"


def test_missing_values_are_blank_and_not_zero() -> None:
    sheet = book_of(branches([{"name": "新建支部", "members": None, "rate": float("nan")}]))["所属支部"]
    assert row_of(sheet, 7)[1:] == [None] * 8


def test_two_tables_of_one_title_get_two_sheets_and_forbidden_signs_go() -> None:
    book = book_of(replace(branches(), title="组织[区/街]"), replace(branches(), title="组织[区/街]"))
    assert len(book.sheetnames) == 2
    assert all(not set("[]/") & set(name) and len(name) <= 31 for name in book.sheetnames)


def test_a_table_read_while_scrolling_is_written_whole_or_not_at_all() -> None:
    table = branches((), source="everything", total=3)
    rows = [{**ROW, "members": n} for n in range(3)]
    sheet = load_workbook(io.BytesIO(excel("支部", [table], FACTS, lambda _: rows)))["所属支部"]
    assert [sheet.cell(7 + n, 2).value for n in range(3)] == [0, 1, 2]
    with pytest.raises(ExportFailed, match="只读到2行"):
        excel("支部", [table], FACTS, lambda _: rows[:2])
    with pytest.raises(ExportFailed, match="未能读取"):
        excel("支部", [table], FACTS)


def test_a_page_without_any_number_has_no_workbook() -> None:
    with pytest.raises(ExportFailed, match="没有表格"):
        excel("支部", [Text("words", "诊断")], FACTS)
