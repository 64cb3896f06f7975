"""What each kind of export makes of a page's address: workbook, print, picture, report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, get_args
from urllib.parse import urlsplit

from dashboard.leadership.address import Address, AddressInvalid, parse
from dashboard.leadership.export.chromium import Chromium
from dashboard.leadership.export.excel import RowsOf, excel
from dashboard.leadership.export.facts import DEMO, BuildParts, Built
from dashboard.leadership.export.pdf_text import require_whole, searchable
from dashboard.leadership.export.picture import png
from dashboard.leadership.export.printing import Sheet, print_page
from dashboard.leadership.export.reports import Document, Format
from dashboard.leadership.parts import Figure, Form, Numbers, Switch, Table, Text
from data.clock import Clock
from data.errors import ExportFailed
from data.exports.jobs import Job
from data.exports.print_rights import PrintRights
from data.viewer import Viewer

Kind = Literal["excel", "pdf", "png", "branch-docx", "branch-pdf", "quarter-docx", "quarter-pdf",
               "problems-docx", "problems-pdf"]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
SUFFIXES = {"excel": "xlsx", "pdf": "pdf", "png": "png"}
# A printed row is 6 mm: this many fill two hundred sheets, and nobody reads more.
MOST_PRINTED_ROWS = 5_000
Told = Callable[[float, str], None]


class Documents(Protocol):
    """Makes the reports; raises OutOfScope for one that is not the viewer's."""

    def __call__(self, kind: str, address: Address, viewer: Viewer) -> Document:
        """The branch, quarter or problems report of an address."""


class RowsOfPage(Protocol):
    """Rows of a table that its page reads as one scrolls."""

    def __call__(self, address: Address, viewer: Viewer, table: Table) -> Iterable[Mapping[str, object]]:
        """All of them, in the order of the page."""


@dataclass(frozen=True)
class Makers:
    """Everything needed to make any kind. ``base`` is this server as its own browser sees it."""

    build: BuildParts
    documents: Documents
    chromium: Chromium
    rights: PrintRights
    base: str
    clock: Clock
    rows_of: RowsOfPage | None = None

    def __call__(self, job: Job, told: Told) -> bytes:
        """The file of a job. Raises ExportFailed, OutOfScope, AddressInvalid, ReadModelError, ExportCancelled."""
        address = address_of(job.address)
        told(0.1, "正在读取数据")
        report, _, form = job.kind.partition("-")
        if form:
            return self._report(report, form, address, job, told)
        built = self.build(address, job.viewer)
        if job.kind == "excel":
            told(0.5, "正在写入表格")
            return excel(built.title, built.parts, built.facts, self._rows_of(address, job.viewer))
        if job.kind == "png":
            told(0.5, "正在绘制图片")
            return self._picture(job.part, built)
        return self._print(address, job, built, told)

    def _report(self, report: str, form: str, address: Address, job: Job, told: Told) -> bytes:
        document = self.documents(report, address, job.viewer)
        told(0.6, "正在排版")
        kind: Format = "docx" if form == "docx" else "pdf"
        return document.content(kind, self.chromium)

    def _rows_of(self, address: Address, viewer: Viewer) -> RowsOf | None:
        rows_of = self.rows_of
        return None if rows_of is None else lambda table: rows_of(address, viewer, table)

    def _picture(self, slug: str, built: Built) -> bytes:
        found = next((part for part in built.parts if part.slug == slug and isinstance(part, Figure)), None)
        if not isinstance(found, Figure):
            raise ExportFailed("本页没有这张图")
        return png(self.chromium, found, built.facts)

    def _print(self, address: Address, job: Job, built: Built, told: Told) -> bytes:
        _require_printable(built)
        facts = built.facts
        demo = f"　{DEMO}" if facts.is_demo else ""
        sheet = Sheet(built.title, f"{facts.owner}　{facts.as_of_words}　{facts.who_words}{demo}")
        began = self.clock()

        def still_wanted() -> None:
            told(_share(began, self.clock()), "正在打印页面")

        with self.rights.granted(job.viewer, began) as token:
            pdf = print_page(self.chromium, self.base, address.url, token, sheet, still_wanted)
        told(0.9, "正在核对完整性")
        whole = searchable(pdf)
        require_whole(whole, [built.title, facts.as_of_words, *_said(built)])
        return whole


def suffix_of(kind: str) -> str:
    """The suffix of the file of a kind."""
    return SUFFIXES.get(kind) or kind.rpartition("-")[2]


def address_of(url: str) -> Address:
    """The address of a stored path and query. Raises AddressInvalid."""
    try:
        split = urlsplit(url)
    except ValueError as error:
        raise AddressInvalid("page", url, "不是本系统的地址") from error
    return parse(split.path, split.query)


def _said(built: Built) -> list[str]:
    """Words that a whole print of a page contains: titles, labels, headings, first and last row of every table."""
    said = [part.title for part in built.parts if part.title and not isinstance(part, (Switch, Form))]
    for part in built.parts:
        if isinstance(part, Numbers):
            said += [number.label for number in part.numbers]
        if isinstance(part, Text):
            said += [line.label for line in part.lines if line.label]
        if isinstance(part, Table) and part.rows:
            texts = [column.field for column in part.columns if column.kind == "text" and not column.hidden][
                :1
            ]
            said += [
                str(row[name]) for name in texts for row in (part.rows[0], part.rows[-1]) if row.get(name)
            ]
    return said


def _require_printable(built: Built) -> None:
    for part in built.parts:
        if isinstance(part, Table):
            if not part.exports:
                raise ExportFailed(f"“{part.title}”是人员名单，只供查看，不导出")
            rows = part.total if part.source else len(part.rows)
            if part.source or rows > MOST_PRINTED_ROWS:
                raise ExportFailed(f"“{part.title}”有{rows:,}行，不适合打印；请缩小范围，或导出Excel")


def _share(began: datetime, now: datetime) -> float:
    """Nobody knows how long a page takes; most take 3 s and none more than 60."""
    seconds = max((now - began).total_seconds(), 0)
    return 0.3 + 0.5 * seconds / (seconds + 3)
