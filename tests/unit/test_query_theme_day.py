"""Theme party day: held and missed by month, the open month apart, no data apart from nobody."""

from __future__ import annotations

from typing import Any

from data.queries.figures_of_month import Amount
from data.queries.theme_day import ThemeDay, load
from data.scope import Scope
from tests.readmodel_rows import Rows, reader_of


def branch(org_id: int, month: str, theme_days: float | None, eligible: int = 1) -> dict[str, Any]:
    return {"org_id": org_id, "period_month": month, "eligible": eligible, "theme_days": theme_days}


def view(*rows: dict[str, Any], mode: Any = "wall_reception") -> ThemeDay:
    branches: Rows = list(rows)
    with reader_of(branch_months=branches) as reader:
        return load(reader, Scope(mode))


def test_twelve_closed_months_and_the_open_one_apart() -> None:
    found = view()
    assert [found.months[0].month, found.months[-1].month, found.running.month] == [
        "2025-11",
        "2026-10",
        "2026-11",
    ]
    assert len(found.months) == 12


def test_branches_are_counted_once_and_those_without_are_what_is_left() -> None:
    rows = [branch(k, "2026-10", n) for k, n in enumerate((2, 1, 1, 0), 11)]
    found = view(
        *rows, branch(20, "2026-10", 0, eligible=0), branch(11, "2026-11", 1), branch(12, "2026-11", 0)
    )
    last = found.months[-1]
    assert (last.eligible, last.held, last.missed, last.share) == (4, 3, 1, Amount("value", 0.75))
    assert found.running.share == Amount("value", 0.5)


def test_the_change_is_against_the_month_before() -> None:
    rows = [
        branch(11, "2026-09", 0),
        branch(12, "2026-09", 1),
        branch(11, "2026-10", 1),
        branch(12, "2026-10", 1),
    ]
    assert view(*rows).change == 0.5


def test_no_feed_no_branch_and_nobody_are_three_things() -> None:
    found = view(branch(11, "2026-09", 0), branch(11, "2026-10", None), branch(12, "2026-08", 3, eligible=0))
    months = {month.month: month for month in found.months}
    assert months["2026-09"].share == Amount("value", 0.0)
    assert months["2026-10"].share == Amount("nodata")
    assert months["2026-10"].missed is None
    assert months["2026-08"].share == Amount("nodata")
    assert found.change is None


def test_both_modes_read_the_same() -> None:
    assert view(branch(11, "2026-10", 1)) == view(branch(11, "2026-10", 1), mode="wall_internal")
