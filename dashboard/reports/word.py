"""A Word document in the house style: Hei titles over a red rule, Song body, tables that repeat their header."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from dashboard.reports.documents import Imprint

# Faces of every Chinese Windows and WPS.
HEI, SONG, LATIN = "黑体", "仿宋", "Times New Roman"
INK, INK2, RED, GOLD, RULE, WARN, OK = "14233B", "41536F", "8E1418", "C08A2B", "DDE3EC", "8A5A00", "1C6B47"
LIGHT_COLOURS = {"octagon": RED, "triangle": WARN, "circle": OK}
LIGHT_SIGNS = {"octagon": "■", "triangle": "▲", "circle": "●", "ring": "○"}
_TEXT_MM = 184


@dataclass(frozen=True)
class Field:
    """One column of a table: heading, width as share of the text, whether it holds numbers."""

    title: str
    width: float
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    """A text of a table with its colour, where it is not ink."""

    text: str
    colour: str = INK
    bold: bool = False


def light(word: str, shape: str) -> Cell:
    """A light as sign, word and colour."""
    return Cell(
        f"{LIGHT_SIGNS[shape]} {word}", LIGHT_COLOURS.get(shape, INK2), shape in ("octagon", "triangle")
    )


class Paper:
    """One document on A4, written from top to bottom."""

    def __init__(self, title: str, aside: str, imprint: Imprint) -> None:
        self._document: DocumentObject = Document()
        self._prepare(title, imprint)
        head = self._line(title, HEI, 22, RED, bold=True)
        head.style = self._document.styles["Title"]
        head.paragraph_format.space_after = Pt(2)
        under = self._line(aside, HEI, 10.5, INK2)
        if imprint.is_demo:
            under.paragraph_format.tab_stops.add_tab_stop(Mm(_TEXT_MM), WD_TAB_ALIGNMENT.RIGHT)
            _run(under, "\t演示数据", HEI, 10.5, RED, bold=True)
        _border(under, "bottom", RED, 18)
        under.paragraph_format.space_after = Pt(8)

    def heading(self, text: str) -> None:
        """A heading of the outline."""
        written = self._document.add_paragraph(style="Heading 1")
        _run(written, text, HEI, 14, INK, bold=True)
        _border(written, "left", RED, 24)

    def text(self, text: str, *, indent: bool = True, colour: str = INK, size: float = 12) -> None:
        """A paragraph of the body; ``indent`` two characters as in an official document."""
        written = self._line(text, SONG, size, colour)
        written.paragraph_format.line_spacing = 1.5
        if indent:
            written.paragraph_format.first_line_indent = Pt(2 * size)

    def item(self, number: int, name: str, kind: Cell, text: str) -> None:
        """A numbered finding: its name, what kind it is, its sentences."""
        head = self._line(f"{number}. {name}　", HEI, 12, INK, bold=True)
        head.paragraph_format.keep_with_next = True
        _run(head, kind.text, HEI, 10.5, kind.colour, bold=kind.bold)
        self.text(text, size=11)

    def table(self, fields: Sequence[Field], rows: Sequence[Sequence[Cell | str]]) -> None:
        """A table; its header stands again on every page and no row is cut in two."""
        table = self._document.add_table(rows=1, cols=len(fields))
        table.autofit = False
        for cell, field in zip(table.rows[0].cells, fields, strict=True):
            _fill(cell, Cell(field.title, "FFFFFF", True), field, HEI)
            _shade(cell, RED)
        _mark(table.rows[0], "w:tblHeader")
        _mark(table.rows[0], "w:cantSplit")
        for row in rows:
            line = table.add_row()
            _mark(line, "w:cantSplit")
            for cell, field, value in zip(line.cells, fields, row, strict=True):
                _fill(cell, value if isinstance(value, Cell) else Cell(value), field, SONG)
        _rules(table)
        self._document.add_paragraph().paragraph_format.space_after = Pt(0)

    def content(self) -> bytes:
        """The finished file."""
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _prepare(self, title: str, imprint: Imprint) -> None:
        document = self._document
        section = document.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm((210 - _TEXT_MM) / 2)
        section.top_margin, section.bottom_margin = Mm(18), Mm(18)
        core = document.core_properties
        core.title, core.author, core.language, core.comments = title, imprint.owner, "zh-CN", imprint.as_of
        for name, face in (("Normal", SONG), ("Title", HEI), ("Heading 1", HEI)):
            style = document.styles[name]
            style.font.name = LATIN
            style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)
        borders = document.styles["Title"].element.find(f".//{qn('w:pBdr')}")
        if borders is not None:
            borders.getparent().remove(borders)
        foot = section.footer.paragraphs[0]
        demo = " · 演示数据，非真实业务数据" if imprint.is_demo else ""
        foot.paragraph_format.tab_stops.add_tab_stop(Mm(_TEXT_MM), WD_TAB_ALIGNMENT.RIGHT)
        _run(foot, f"{imprint.owner}　数据截至 {imprint.as_of}{demo}\t第 ", HEI, 8.5, INK2)
        _number(foot, "PAGE")
        _run(foot, " 页，共 ", HEI, 8.5, INK2)
        _number(foot, "NUMPAGES")
        _run(foot, " 页", HEI, 8.5, INK2)

    def _line(self, text: str, face: str, size: float, colour: str, *, bold: bool = False) -> Paragraph:
        written = self._document.add_paragraph()
        written.paragraph_format.space_after = Pt(4)
        _run(written, text, face, size, colour, bold=bold)
        return written


def _run(paragraph: Paragraph, text: str, face: str, size: float, colour: str, *, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.bold = bold
    run.font.size, run.font.color.rgb, run.font.name = Pt(size), RGBColor.from_string(colour), LATIN
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _number(paragraph: Paragraph, field: str) -> None:
    """A number that Word counts itself."""
    run = paragraph.add_run()
    run.font.size, run.font.color.rgb = Pt(8.5), RGBColor.from_string(INK2)
    for kind, text in (("begin", ""), ("", field), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._element.append(element)


def _fill(cell: _Cell, value: Cell, field: Field, face: str) -> None:
    cell.width = Mm(_TEXT_MM * field.width)
    written = cell.paragraphs[0]
    written.paragraph_format.space_after = written.paragraph_format.space_before = Pt(2)
    if field.is_number:
        written.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _run(written, value.text, face, 10, value.colour, bold=value.bold)


def _border(paragraph: Paragraph, side: str, colour: str, eighths: int) -> None:
    borders = OxmlElement("w:pBdr")
    borders.append(_edge(side, colour, eighths, 4))
    properties = paragraph._element.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")


def _edge(side: str, colour: str, eighths: int, space: int) -> Any:
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", eighths), ("space", space), ("color", colour)):
        edge.set(qn(f"w:{name}"), str(value))
    return edge


def _rules(table: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_edge(side, RULE, 4, 0))
    # Word refuses a file whose properties stand in another order than the schema's.
    properties = table._tbl.tblPr
    properties.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")


def _shade(cell: _Cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._element.get_or_add_tcPr().append(shade)


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))
