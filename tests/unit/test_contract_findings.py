"""The report of a check: verdict, exit code, and lines that stay aligned with Chinese in them."""

from __future__ import annotations

import pytest

from data.contract.findings import Finding, Report, Severity, _width
from data.contract.structure import serves
from data.errors import SourceUnreachable, without_password

NOTE = Finding("missing-index", Severity.NOTE, "缺少索引", "posts", detail="全表扫描")
ROWS = Finding("orphan-row", Severity.ROWS, "指向不存在的 members", "attendances", "member_id", 1234, ("7",))
BLOCKS = Finding("missing-table", Severity.BLOCKS, "缺少表", "members")


@pytest.mark.parametrize(
    ("findings", "exit_code", "can_project"),
    [((), 0, True), ((NOTE,), 1, True), ((ROWS, NOTE), 1, True), ((BLOCKS, NOTE), 2, False)],
)
def test_the_exit_code_says_whether_projection_can_run(
    findings: tuple[Finding, ...], exit_code: int, can_project: bool
) -> None:
    report = Report("sqlite://", 3, findings)
    assert (report.exit_code, report.can_project) == (exit_code, can_project)


def test_the_text_groups_findings_under_chinese_headings_with_counts_and_samples() -> None:
    text = Report("sqlite://", 3, (BLOCKS, ROWS, NOTE)).as_text()
    assert "不能投影" in text
    assert text.index("【阻断投影】1 项") < text.index("【隔离数据行】1 项") < text.index("【提示】1 项")
    assert "1,234 行" in text
    assert "例 7" in text


def test_columns_of_the_text_begin_at_the_same_width() -> None:
    lines = Report("sqlite://", 3, (ROWS, NOTE)).as_text().splitlines()
    starts = {
        _width(line[: line.index(word)])
        for word in ("指向不存在", "缺少索引")
        for line in lines
        if word in line
    }
    assert len(starts) == 1


@pytest.mark.parametrize(
    ("found", "wanted", "dialect", "expected"),
    [
        ("integer", "boolean", "mysql", True),
        ("datetime", "date", "oracle", True),
        ("date", "datetime", "postgresql", False),
        ("text", "date", "sqlite", True),
        ("text", "date", "postgresql", False),
        ("text", "integer", "sqlite", False),
        ("unknown", "text", "postgresql", True),
    ],
)
def test_types_are_compared_by_family_with_the_leniency_of_the_engine(
    found: str, wanted: str, dialect: str, expected: bool
) -> None:
    assert serves(found, wanted, dialect) is expected


def test_errors_show_the_url_without_its_password() -> None:
    error = SourceUnreachable("postgresql://reader:geheim@host/db", "refused")
    assert "geheim" not in str(error)
    assert error.url == "postgresql://reader:***@host/db"
    assert without_password("not a url") == "(unreadable database URL)"
