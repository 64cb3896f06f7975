"""What a check finds: single findings, their weight, and the report that an operator reads."""

from __future__ import annotations

import enum
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field


class Severity(enum.Enum):
    """How far a finding reaches; the value is the heading of its part of the report."""

    BLOCKS = "阻断投影"
    ROWS = "隔离数据行"
    NOTE = "提示"


@dataclass(frozen=True)
class Finding:
    """One thing that is not as the contract says; ``count`` rows (0: not a matter of rows), ≤ 5 sample keys."""

    code: str
    severity: Severity
    title: str
    table: str
    column: str | None = None
    count: int = 0
    samples: tuple[str, ...] = ()
    detail: str = ""

    @property
    def place(self) -> str:
        """Table, or table.column."""
        return f"{self.table}.{self.column}" if self.column else self.table


@dataclass(frozen=True)
class Report:
    """The outcome of one check of one database, heaviest findings first."""

    url: str
    checked: int
    findings: Sequence[Finding] = field(default_factory=tuple)

    @property
    def can_project(self) -> bool:
        """Whether a projection of this database would mean anything."""
        return not any(finding.severity is Severity.BLOCKS for finding in self.findings)

    @property
    def exit_code(self) -> int:
        """0 nothing found, 1 findings but projection can run, 2 it cannot."""
        if not self.can_project:
            return 2
        return 1 if self.findings else 0

    def as_text(self) -> str:
        """The report for a terminal: Chinese headings, columns aligned for full-width characters."""
        verdict = ("符合契约，可以投影", "存在问题，可以投影", "不能投影")[self.exit_code]
        lines = [
            f"业务库检查  {self.url}",
            f"检查 {self.checked} 项，发现 {len(self.findings)} 项：{verdict}",
        ]
        widths = [max((_width(cell) for cell in cells), default=0) for cells in self._cells()]
        for severity in Severity:
            found = [finding for finding in self.findings if finding.severity is severity]
            if found:
                lines += ["", f"【{severity.value}】{len(found)} 项"]
                lines += [_line(finding, widths) for finding in found]
        return "\n".join(lines)

    def _cells(self) -> list[list[str]]:
        rows = [_row(finding) for finding in self.findings]
        return [[row[i] for row in rows] for i in range(4)]


def _row(finding: Finding) -> tuple[str, str, str, str]:
    return finding.code, finding.place, finding.title, f"{finding.count:,} 行" if finding.count else ""


def _line(finding: Finding, widths: list[int]) -> str:
    cells = [cell + " " * (width - _width(cell)) for cell, width in zip(_row(finding), widths, strict=True)]
    tail = [finding.detail] if finding.detail else []
    if finding.samples:
        tail.append("例 " + ", ".join(finding.samples))
    return "  ".join(["", *cells, "；".join(tail)]).rstrip()


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
