"""A report as a file: its page, its Word document or its print, all of one view."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Literal, get_args

from dashboard.leadership.export.chromium import Chromium
from dashboard.leadership.export.facts import DEMO
from dashboard.leadership.export.printing import Sheet, print_document
from dashboard.reports.branch_report import BranchReport
from dashboard.reports.documents import Imprint, render
from dashboard.reports.quarter_reports import Bulletin, ProblemList

Format = Literal["html", "docx", "pdf"]
FORMATS: tuple[Format, ...] = get_args(Format)


@dataclass(frozen=True)
class Document:
    """One report; ``says`` is what a whole copy of it has to contain."""

    title: str
    imprint: Imprint
    html: Callable[[], str]
    word: Callable[[], bytes]
    says: tuple[str, ...]

    def content(self, form: Format, chromium: Chromium) -> bytes:
        """The file. Raises ExportFailed without a browser, or when the print is not whole."""
        if form == "html":
            return self.html().encode()
        return self.word() if form == "docx" else self._print(chromium)

    def _print(self, chromium: Chromium) -> bytes:
        from dashboard.leadership.export.pdf_text import require_whole, searchable

        as_of = f"数据截至 {self.imprint.as_of}"
        demo = f"　{DEMO}" if self.imprint.is_demo else ""
        sheet = Sheet(self.title, f"{self.imprint.owner}　{as_of}{demo}", landscape=False, scale=1)
        pdf = searchable(print_document(chromium, self.html(), sheet))
        require_whole(pdf, [*self.says, as_of])
        return pdf


def branch_document(report: BranchReport, imprint: Imprint) -> Document:
    """支部党建诊疗报告."""
    return Document(
        f"{report.title} {report.short_name} {report.period}",
        imprint,
        lambda: render("branch", imprint, report=report),
        lambda: _writers().branch_word(report, imprint),
        (report.title, report.name, report.period, *(line.name for line in report.lines)),
    )


def bulletin_document(bulletin: Bulletin, imprint: Imprint) -> Document:
    """季度通报."""
    names = [row.name for _, rows in bulletin.groups for row in rows]
    return Document(
        f"{bulletin.quarter}党建工作考评情况通报",
        imprint,
        lambda: render("quarter", imprint, bulletin=bulletin),
        lambda: _writers().bulletin_word(bulletin, imprint),
        ("党建工作考评情况通报", bulletin.quarter, bulletin.closing, *names),
    )


def problems_document(problems: ProblemList, imprint: Imprint) -> Document:
    """问题清单."""
    return Document(
        f"{problems.quarter}问题清单",
        imprint,
        lambda: render("problems", imprint, problems=problems),
        lambda: _writers().problems_word(problems, imprint),
        ("问题清单（建议稿）", problems.quarter, problems.due, *(kind for kind, _ in problems.kinds)),
    )


def _writers() -> ModuleType:
    """What writes Word documents: half a second of imports that no other command has to wait for."""
    from dashboard.reports import word_reports

    return word_reports
