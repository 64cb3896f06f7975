"""The warning board, the prescriptions and the radar of the check-up: lights of now against earlier ones."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from data.queries import basics_radar, prescriptions, warning_board
from data.readmodel.results import RADAR_AXES
from data.scope import Scope
from tests.readmodel_rows import ROOT, node, reader_of, town

SCOPE = Scope("wall_internal")
LOST, TERM = "jn_w09_lost_contact", "jn_w12_term_expired"


def month(name: str, indicator: str, red: float, yellow: float) -> dict[str, Any]:
    return {
        "org_id": ROOT, "period_month": name, f"{indicator}_red": red, f"{indicator}_yellow": yellow,
        f"{indicator}_value_count": 9,
    }  # fmt: skip


def test_lights_of_now_stand_against_the_check_up_before_the_last() -> None:
    rows = [month("2026-09", TERM, 1, 4), month("2026-10", TERM, 50, 50), month("2026-11", TERM, 3, 5)]
    with reader_of(org_months=rows) as reader:
        view = warning_board.load(reader, SCOPE)
    (line,) = view.lines
    assert (line.red, line.yellow, line.change) == (3, 5, 3)
    assert view.compared == "2026-09"


def test_without_an_earlier_check_up_there_is_no_change_rather_than_a_rise_from_zero() -> None:
    with reader_of(org_months=[month("2026-11", TERM, 3, 5)]) as reader:
        assert warning_board.load(reader, SCOPE).lines[0].change is None


def test_a_set_that_is_not_enabled_has_no_line() -> None:
    with reader_of(org_months=[{"org_id": ROOT, "period_month": "2026-11"}]) as reader:
        assert warning_board.load(reader, SCOPE).lines == ()


def warning(warning_id: int, due: date | None, state: str = "rectifying") -> dict[str, Any]:
    return {
        "warning_id": warning_id, "indicator_id": TERM, "level": "red", "org_id": 11, "period": "2026-10",
        "state": state, "raised_at": datetime(2026, 11, 1), "rectify_due_on": due,
    }  # fmt: skip


def test_ailments_stand_by_red_branches_and_those_without_a_light_are_left_out() -> None:
    row = {
        **month("2026-11", TERM, 1, 9), **month("2026-11", LOST, 4, 0), **month("2026-11", "hs_b_star", 0, 0),
    }  # fmt: skip
    with reader_of(org_months=[row]) as reader:
        view = prescriptions.load(reader, SCOPE)
    assert [item.indicator for item in view.ailments] == [LOST, TERM]
    assert view.resources == {}


def test_the_limit_is_the_next_of_the_open_warnings_and_those_past_it_are_counted() -> None:
    rows = [
        warning(1, date(2026, 11, 20)), warning(2, date(2026, 12, 5)), warning(3, date(2026, 11, 21)),
        warning(4, date(2026, 11, 22), state="closed"), warning(5, None),
    ]  # fmt: skip
    months = [month("2026-11", TERM, 1, 0)]
    with reader_of(org_months=months, org_warnings=rows, nodes=[node(11)]) as reader:
        (ailment,) = prescriptions.load(reader, SCOPE).ailments
    assert (ailment.due_on, ailment.overdue) == (date(2026, 11, 21), 1)


def test_the_library_is_counted_by_kind_for_the_whole_district() -> None:
    def cell(key: str, value: float, town_id: int = 0) -> dict[str, Any]:
        return {"tally": "resources", "period_month": "", "town_id": town_id, "key": key, "value": value}

    with reader_of(tallies=[cell("video", 96), cell("public|video", 40), cell("base", 7, 5)]) as reader:
        assert prescriptions.load(reader, SCOPE).resources == {"video": 96}


def axis(total: float) -> dict[str, Any]:
    return {"eligible": 4, f"{RADAR_AXES[0]}_sum": total, f"{RADAR_AXES[0]}_count": 4}


RADAR: dict[str, Any] = {
    "towns": [town(5, "古林镇")],
    "org_months": [
        {"org_id": ROOT, "period_month": m, **axis(total)}
        for m, total in (("2025-10", 240), ("2026-07", 280), ("2026-09", 4), ("2026-10", 360))
    ],
    "town_months": [
        {"town_id": 5, "period_month": m, **axis(total)}
        for m, total in (("2026-07", 320), ("2026-09", 4), ("2026-10", 300))
    ],
}


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope("wall_internal", focus_town=5), ("古林镇", 75, 80, 90)),
        (Scope("wall_internal"), (None, 90, 70, 60)),
        (Scope("wall_reception", focus_town=5), (None, 90, 70, 60)),
    ],
    ids=["town in focus", "no focus", "reception"],
)
def test_the_radar_compares_with_a_quarter_earlier(scope: Scope, expected: tuple[Any, ...]) -> None:
    with reader_of(**RADAR) as reader:
        view = basics_radar.load(reader, scope)
    first = view.axes[0]
    assert (view.town, first.now, first.before, first.reference) == expected


def test_an_axis_without_enough_branches_is_a_gap_with_no_change() -> None:
    with reader_of(**{**RADAR, "org_months": []}) as reader:
        view = basics_radar.load(reader, Scope("wall_internal"))
    assert all(axis.now is None and axis.change is None for axis in view.axes)
