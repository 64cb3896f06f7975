"""Lights of the district over a year for the staff; the closed rate and what was put right for visitors."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa

from data.queries.figures_of_month import Amount
from data.queries.warning_overview import LitBranches, RectifiedTrend, load
from data.scope import Scope
from tests.readmodel_rows import ROOT, reader_of

INTERNAL, RECEPTION = Scope("wall_internal"), Scope("wall_reception")


def month(name: str, **columns: float) -> dict[str, Any]:
    return {"org_id": ROOT, "period_month": name, **columns}


def warning(warning_id: int, raised_at: datetime, state: str) -> dict[str, Any]:
    return {
        "warning_id": warning_id, "indicator_id": "hs_b_term", "level": "red", "org_id": 11,
        "period": "2026-10", "state": state, "raised_at": raised_at,
    }  # fmt: skip


def test_staff_see_the_lights_of_now_their_share_and_twelve_closed_months() -> None:
    rows = [
        month("2025-10", red_branches=99), month("2025-11", red_branches=5, yellow_branches=60),
        month("2026-10", red_branches=7, yellow_branches=40, eligible=100),
        month("2026-11", red_branches=8, yellow_branches=50, eligible=200),
    ]  # fmt: skip
    with reader_of(org_months=rows) as reader:
        view = load(reader, INTERNAL)
    assert isinstance(view, LitBranches)
    assert (view.red.value, view.yellow.value) == (8, 50)
    assert (view.red_share.value, view.yellow_share.value) == (0.04, 0.25)
    assert (view.months[0].red, view.months[1].red, view.months[-1].red) == (5, None, 7)


def test_the_closed_rate_is_of_warnings_raised_in_three_closed_months_without_false_alarms() -> None:
    rows = [
        warning(1, datetime(2026, 8, 1), "closed"), warning(2, datetime(2026, 10, 31, 23), "rectified"),
        warning(3, datetime(2026, 9, 1), "invalid"), warning(4, datetime(2026, 7, 31), "rectifying"),
        warning(5, datetime(2026, 11, 1), "rectifying"),
    ]  # fmt: skip
    with reader_of(org_warnings=rows) as reader:
        assert load(reader, INTERNAL).closed == Amount("value", 0.5)


@pytest.mark.parametrize("scope", [INTERNAL, RECEPTION], ids=lambda scope: scope.mode)
def test_without_any_warning_the_rate_does_not_apply(scope: Scope) -> None:
    with reader_of() as reader:
        assert load(reader, scope).closed == Amount("na")


def test_a_missing_row_is_no_data_and_no_zero() -> None:
    with reader_of() as reader:
        view = load(reader, INTERNAL)
    assert isinstance(view, LitBranches)
    assert (view.red, view.red_share) == (Amount("nodata"), Amount("nodata"))


def test_visitors_see_what_was_rectified_and_no_statement_asks_for_a_light() -> None:
    seen: list[str] = []
    rows = [month("2026-10", warnings_rectified=21, red_branches=7), month("2026-11", warnings_rectified=3)]
    with reader_of(org_months=rows) as reader:
        sa.event.listen(reader.connection, "before_cursor_execute", lambda *a: seen.append(a[2].lower()))
        view = load(reader, RECEPTION)
    assert isinstance(view, RectifiedTrend)
    assert (len(view.months), view.months[0], view.months[-1]) == (12, ("2025-11", None), ("2026-10", 21))
    assert seen
    assert not any("red_branches" in statement or "level" in statement for statement in seen)
