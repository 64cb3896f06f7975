"""One value as one cell of a workbook: its type, its format, its width; text is never taken for a formula."""

from __future__ import annotations

import math
import unicodedata
from datetime import date, datetime
from functools import cache
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from dashboard.leadership.address import Address
from dashboard.leadership.look import Look
from dashboard.reports.grades import LIGHT_WORDS
from data.readmodel.light import Light

_LOOK = Look()
_BODY = {
    "font_name": "微软雅黑",
    "font_size": 10,
    "valign": "vcenter",
    "bottom": 1,
    "bottom_color": _LOOK.rule,
}
# What a spreadsheet takes for the beginning of a formula, and what it strips before looking.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LIGHT_COLOURS = {Light.RED: _LOOK.alarm, Light.YELLOW: _LOOK.warn, Light.GREEN: _LOOK.ok}
_LONGEST = 32_767


class Cells:
    """Formats of one workbook and the one way a value is written into it."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self.title = self._format(bottom=0, font_size=15, bold=True, font_color=_LOOK.brand)
        self.aside = self._format(bottom=0, font_color=_LOOK.ink3)
        self.demo = self._format(bottom=0, font_color=_LOOK.alarm, bold=True)
        self.header = self._format(
            bold=True, font_color="#FFFFFF", bg_color=_LOOK.brand, align="center", text_wrap=True
        )

    def write(
        self, sheet: Worksheet, row: int, column: int, value: object, kind: str, digits: int = 1
    ) -> float:
        """Write a value as its kind says; returns the width it wants, in characters."""
        plain = _plain(value)
        if plain is None:
            sheet.write_blank(row, column, None, self._format())
            return 0
        if kind == "light":
            return self._light(sheet, row, column, plain)
        if kind in ("date", "moment", "month"):
            moment = _moment(plain)
            if moment is not None:
                sheet.write_datetime(row, column, moment, self._format(num_format=_days(kind), align="left"))
                return 12 if kind != "moment" else 18
        elif isinstance(plain, float) and kind not in ("text", "state"):
            sheet.write_number(row, column, plain, self._format(num_format=number_format(kind, digits)))
            return len(f"{plain:,.{digits}f}") + 2
        return self._text(sheet, row, column, plain)

    def _light(self, sheet: Worksheet, row: int, column: int, value: object) -> float:
        known = isinstance(value, float) and value in tuple(Light)
        light = Light(int(value)) if known else Light.NODATA  # type: ignore[call-overload]
        sheet.write_string(
            row, column, LIGHT_WORDS[light],
            self._format(font_color=_LIGHT_COLOURS.get(light, _LOOK.ink3), bold=light >= Light.YELLOW),
        )  # fmt: skip
        return 8

    def _text(self, sheet: Worksheet, row: int, column: int, value: object) -> float:
        text = f"{value:g}" if isinstance(value, float) else str(value)[:_LONGEST]
        guarded = {"quote_prefix": True} if text.startswith(_FORMULA) else {}
        # A written string is never calculated; the prefix keeps it so when somebody edits the cell.
        sheet.write_string(row, column, text, self._format(**guarded))
        return width_of(text) + 1

    def _format(self, **own: Any) -> Format:
        properties = {**_BODY, **own}
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


@cache
def number_format(kind: str, digits: int) -> str:
    """Excel's format of a kind of number; a share is percent, a change is signed, one of a share in points."""
    point = "." + "0" * digits if digits else ""
    if kind == "integer":
        return "#,##0"
    if kind == "share":
        return f"0{point}%"
    if kind == "points":
        return f'+0{point}"个百分点";-0{point}"个百分点";0'
    if kind == "change":
        return f"+#,##0{point};-#,##0{point};0"
    return f"#,##0{point}"


def width_of(text: str) -> float:
    """Width of a text in characters of a spreadsheet: a Chinese one takes two and a little."""
    return sum(2.1 if unicodedata.east_asian_width(c) in "WFA" else 1.1 for c in text)


def _days(kind: str) -> str:
    return {"date": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm", "month": "yyyy-mm"}[kind]


def _plain(value: object) -> object | None:
    """None for what is missing, a float for every number, else the value."""
    if value is None or value == "" or isinstance(value, Address):
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (str, date)):
        return value
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return str(value)
    return number if math.isfinite(number) else None


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    text = str(value)
    try:
        return datetime.fromisoformat(f"{text}-01" if len(text) == 7 else text).replace(tzinfo=None)
    except ValueError:
        return None
