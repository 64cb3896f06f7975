"""Key figures of the right wing: rates of the last closed month, lights only where they may be named."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa

from data.queries.figures_of_month import Amount
from data.queries.key_figures_right import KeyFiguresRight, load, months_before
from data.scope import Mode, Scope
from tests.readmodel_rows import ROOT, reader_of


def branch(org_id: int, period: str, theme_days: float | None, eligible: int = 1) -> dict[str, Any]:
    return {"org_id": org_id, "period_month": period, "eligible": eligible, "theme_days": theme_days}


def month(period: str, **columns: float | None) -> dict[str, Any]:
    return {"org_id": ROOT, "period_month": period, **columns}


def warning(number: int, raised: datetime, state: str, verified: datetime | None = None) -> dict[str, Any]:
    return {
        "warning_id": number, "indicator_id": "hs_b_term", "level": "red", "org_id": 5, "period": "2026-09",
        "state": state, "raised_at": raised, "rectify_due_on": None, "rectified_at": None,
        "verified_at": verified,
    }  # fmt: skip


def view(mode: Mode = "wall_reception", **tables: list[dict[str, Any]]) -> KeyFiguresRight:
    with reader_of(**tables) as reader:
        return load(reader, Scope(mode))


def test_a_branch_with_three_theme_days_counts_once() -> None:
    rows = [
        branch(2, "2026-10", 3),
        branch(3, "2026-10", 0),
        branch(4, "2026-10", 1),
        branch(5, "2026-10", 0),
    ]
    assert view(branch_months=rows).theme_days.amount == Amount("value", 0.5)


def test_branches_not_yet_eligible_and_the_open_month_do_not_move_the_theme_day_share() -> None:
    rows = [branch(2, "2026-10", 1), branch(3, "2026-10", 0, eligible=0), branch(2, "2026-11", 0)]
    assert view(branch_months=rows).theme_days.amount.value == 1.0


def test_a_month_of_branches_without_the_measure_is_no_data_and_not_zero() -> None:
    assert view(branch_months=[branch(2, "2026-10", None)]).theme_days.amount == Amount("nodata")
    assert view(branch_months=[branch(2, "2026-10", 0)]).theme_days.amount == Amount("value", 0.0)


def test_dues_are_pooled_over_the_district_and_compared_with_the_month_before() -> None:
    rows = [
        month("2026-11", dues_full=1, dues_owed=100),
        month("2026-10", dues_full=97, dues_owed=100),
        month("2026-09", dues_full=19, dues_owed=20),
    ]
    dues = view(org_months=rows).dues
    assert (dues.month, dues.amount.value) == ("2026-10", 0.97)
    assert dues.change == pytest.approx(0.02)
    assert view(org_months=[month("2026-10", dues_full=0, dues_owed=0)]).dues.amount == Amount("na")


def test_the_first_point_of_a_trend_is_24_months_before_its_last() -> None:
    rows = [month("2024-11", dues_full=1, dues_owed=2), month("2026-10", dues_full=1, dues_owed=1)]
    assert view(org_months=rows).dues.trend == (0.5, *[None] * 22, 1.0)


def test_the_closed_rate_leaves_false_alarms_and_older_warnings_out() -> None:
    closed = datetime(2026, 10, 20)
    rows = [
        warning(1, datetime(2026, 8, 1), "closed", closed),
        warning(2, datetime(2026, 10, 31, 23, 59), "rectifying"),
        warning(3, datetime(2026, 9, 9), "invalid"),
        warning(4, datetime(2026, 7, 31), "raised"),
        warning(5, datetime(2026, 11, 1), "raised"),
    ]
    assert view(org_warnings=rows).warnings_closed.amount == Amount("value", 0.5)


def test_the_closed_rate_of_a_month_ago_is_taken_as_it_stood_a_month_ago() -> None:
    rows = [
        warning(1, datetime(2026, 9, 5), "closed", datetime(2026, 10, 1)),
        warning(2, datetime(2026, 9, 6), "closed", datetime(2026, 11, 2)),
    ]
    figure = view(org_warnings=rows).warnings_closed
    assert (figure.amount.value, figure.change) == (1.0, 0.5)


def test_no_warning_to_close_is_not_applicable() -> None:
    assert view().warnings_closed.amount == Amount("na")


LIGHTS = [
    month("2026-11", red_branches=0, yellow_branches=4),
    month("2026-10", index_points=900, scored_members=10),
]


def test_lights_are_those_of_the_open_month_and_zero_red_is_zero() -> None:
    found = view("wall_internal", org_months=LIGHTS)
    assert found.index is None
    assert found.lights is not None
    assert (found.lights.red.value, found.lights.yellow.value, found.lights.both.value) == (0, 4, 4)


def test_reception_gets_the_index_and_never_asks_for_lights() -> None:
    asked: list[str] = []
    with reader_of(org_months=LIGHTS) as reader:
        sa.event.listen(reader.connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
        found = load(reader, Scope("wall_reception"))
    assert found.lights is None
    assert found.index is not None
    assert found.index.amount.value == 90
    assert asked
    assert not [statement for statement in asked if "red_branches" in statement or "light" in statement]


def test_the_index_of_january_has_no_change() -> None:
    rows = [month(m, index_points=n, scored_members=1) for m, n in (("2026-01", 5), ("2025-12", 90))]
    with reader_of(org_months=rows) as reader:
        january = replace(reader, version=replace(reader.version, open_month="2026-02"))
        index = load(january, Scope("wall_reception")).index
    assert index is not None
    assert (index.amount.value, index.change, index.trend[-2:]) == (5, None, (90, 5))


def test_a_month_back_from_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    assert months_before(datetime(2026, 3, 31, 8), 1) == datetime(2026, 2, 28, 8)
    assert months_before(datetime(2026, 1, 15, 8), 2) == datetime(2025, 11, 15, 8)
