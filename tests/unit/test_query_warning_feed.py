"""The warning panel: urgent rows for the staff, numbers of what was put right for visitors."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
import sqlalchemy as sa

from data.queries.warning_feed import MAX_ROWS, OpenWarnings, Rectified, load
from data.readmodel.reader import Reader
from data.scope import Scope
from tests.readmodel_rows import ROOT, node, reader_of, town

INTERNAL, RECEPTION = Scope("wall_internal"), Scope("wall_reception")
PLACES: dict[str, Any] = {
    "nodes": [node(11, short_name="薛家村党支部", town_id=5), node(12, short_name="机关党支部")],
    "towns": [town(5, "古林镇")],
}


def warning(warning_id: int, **columns: Any) -> dict[str, Any]:
    row = {
        "warning_id": warning_id, "indicator_id": "hs_b_term", "level": "yellow", "org_id": 11,
        "period": "2026-10", "state": "rectifying", "raised_at": datetime(2026, 11, 1, 8),
        "rectify_due_on": None, "rectified_at": None, "verified_at": None,
    }  # fmt: skip
    return {**row, **columns}


def internal(reader: Reader) -> OpenWarnings:
    view = load(reader, INTERNAL)
    assert isinstance(view, OpenWarnings)
    return view


def reception(reader: Reader) -> Rectified:
    view = load(reader, RECEPTION)
    assert isinstance(view, Rectified)
    return view


def test_red_stands_before_yellow_and_the_newest_first() -> None:
    rows = [
        warning(1, raised_at=datetime(2026, 11, 9)),
        warning(2, level="red", raised_at=datetime(2026, 11, 2)),
        warning(3, level="red", raised_at=datetime(2026, 11, 5)),
    ]
    with reader_of(org_warnings=rows, **PLACES) as reader:
        found = internal(reader).rows
    assert [(row.level, row.raised_at.day) for row in found] == [("red", 5), ("red", 2), ("yellow", 9)]


@pytest.mark.parametrize("state", ["rectified", "closed", "invalid"])
def test_a_warning_that_is_over_is_not_in_the_feed(state: str) -> None:
    with reader_of(org_warnings=[warning(1, state=state)], **PLACES) as reader:
        view = internal(reader)
    assert view.rows == ()
    assert view.open_count == 0


def test_the_feed_stops_at_its_row_cap_but_counts_all() -> None:
    rows = [warning(k) for k in range(1, 10)]
    with reader_of(org_warnings=rows, **PLACES) as reader:
        view = internal(reader)
    assert (len(view.rows), view.open_count) == (MAX_ROWS, 9)


def test_one_indicator_does_not_fill_the_feed_while_there_are_others() -> None:
    rows = [warning(k, level="red", raised_at=datetime(2026, 11, 20)) for k in range(1, 9)]
    rows += [
        warning(20, level="red", indicator_id="hs_b_transfer"),
        warning(21, indicator_id="hs_b_floating"),
    ]
    with reader_of(org_warnings=rows, **PLACES) as reader:
        found = internal(reader).rows
    assert [row.indicator for row in found[:2]] == ["hs_b_term", "hs_b_transfer"]
    assert [row.level for row in found] == ["red"] * 5 + ["yellow"]


def test_red_leaves_two_places_to_yellow() -> None:
    rows = [warning(k, level="red") for k in range(1, 9)] + [warning(k) for k in range(11, 19)]
    with reader_of(org_warnings=rows, **PLACES) as reader:
        assert [row.level for row in internal(reader).rows] == ["red"] * 4 + ["yellow"] * 2


def test_an_organisation_of_no_town_keeps_its_row() -> None:
    rows = [warning(1, org_id=12, rectify_due_on=date(2026, 11, 30))]
    with reader_of(org_warnings=rows, **PLACES) as reader:
        (row,) = internal(reader).rows
    assert (row.town, row.organisation, row.due_on) == (None, "机关党支部", date(2026, 11, 30))


def test_branch_counts_come_from_the_open_month() -> None:
    months = [
        {"org_id": ROOT, "period_month": "2026-10", "red_branches": 90, "yellow_branches": 90},
        {"org_id": ROOT, "period_month": "2026-11", "red_branches": 9, "yellow_branches": 34},
    ]
    with reader_of(org_months=months, **PLACES) as reader:
        view = internal(reader)
    assert (view.red_branches, view.yellow_branches) == (9, 34)


def test_only_warnings_closed_since_the_first_of_the_month_are_closed_this_month() -> None:
    rows = [
        warning(1, state="closed", verified_at=datetime(2026, 11, 1)),
        warning(2, state="closed", verified_at=datetime(2026, 10, 31, 23, 59)),
        warning(3, state="rectified", verified_at=None),
    ]
    with reader_of(org_warnings=rows, **PLACES) as reader:
        assert internal(reader).closed_this_month == 1


def test_visitors_see_rectified_over_raised_by_month_and_indicator() -> None:
    done = datetime(2026, 10, 20)
    rows = [
        warning(1, raised_at=datetime(2026, 10, 1), rectified_at=done),
        warning(2, raised_at=datetime(2026, 10, 31, 23, 59)),
        warning(3, raised_at=datetime(2025, 11, 1), rectified_at=done, indicator_id="hs_b_transfer"),
        warning(4, raised_at=datetime(2026, 9, 1), state="invalid"),
    ]
    with reader_of(org_warnings=rows, **PLACES) as reader:
        view = reception(reader)
    assert len(view.months) == 12
    assert [(m.raised, m.rectified) for m in (view.months[0], view.months[-1])] == [(1, 1), (2, 1)]
    assert (view.raised, view.rectified) == (3, 2)
    assert [(i.indicator, i.raised, i.rectified) for i in view.indicators] == [
        ("hs_b_term", 2, 1),
        ("hs_b_transfer", 1, 1),
    ]


def test_warnings_outside_the_twelve_closed_months_do_not_count() -> None:
    rows = [warning(1, raised_at=datetime(2026, 11, 1)), warning(2, raised_at=datetime(2025, 10, 31, 23))]
    with reader_of(org_warnings=rows, **PLACES) as reader:
        assert reception(reader).raised == 0


def test_no_statement_for_visitors_reads_an_organisation_or_a_level() -> None:
    seen: list[str] = []
    with reader_of(org_warnings=[warning(1)], **PLACES) as reader:
        sa.event.listen(reader.connection, "before_cursor_execute", lambda *a: seen.append(a[2].lower()))
        load(reader, RECEPTION)
    assert seen
    for statement in seen:
        assert "nodes" not in statement
        assert "level" not in statement
