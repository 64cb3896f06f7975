"""三会一课: monthly kinds by month, quarterly kinds when their quarter has closed, pooled over the district."""

from __future__ import annotations

from typing import Any

from data.queries.figures_of_month import Amount
from data.queries.meetings import Meeting, load
from data.scope import Scope
from tests.readmodel_rows import ROOT, reader_of


def district(month: str, **measures: float | None) -> dict[str, Any]:
    return {"org_id": ROOT, "period_month": month, **measures}


def kinds(*rows: dict[str, Any]) -> dict[str, Meeting]:
    with reader_of(org_months=list(rows)) as reader:
        return {meeting.kind: meeting for meeting in load(reader, Scope("wall_reception")).kinds}


def test_the_four_kinds_stand_in_their_order_and_the_open_month_is_left_out() -> None:
    found = kinds(district("2026-11", committee_done=1, committee_due=1))
    assert list(found) == ["assembly", "committee", "group", "lecture"]
    assert found["committee"].months[-1] == "2026-10"
    assert {value and value.state for value in found["committee"].values} == {"nodata"}


def test_a_monthly_kind_is_done_of_due_of_the_month() -> None:
    found = kinds(
        district("2026-09", committee_done=6, committee_due=8, group_done=0, group_due=4),
        district("2026-10", committee_done=9, committee_due=10, group_done=0, group_due=0),
    )
    assert found["committee"].closed[-2:] == (
        ("2026-09", Amount("value", 0.75)),
        ("2026-10", Amount("value", 0.9)),
    )
    assert found["committee"].change == 0.9 - 0.75
    assert [amount for _, amount in found["group"].closed[-2:]] == [Amount("value", 0.0), Amount("na")]


def test_a_quarterly_kind_has_a_value_only_where_its_quarter_closes() -> None:
    months = [
        district("2026-07", assembly_done=60, assembly_due=60),
        district("2026-08", assembly_done=30, assembly_due=30),
        district("2026-09", assembly_done=5, assembly_due=10),
        district("2026-10", assembly_done=44, assembly_due=44),
    ]
    meeting = kinds(*months)["assembly"]
    assert [month for month, _ in meeting.closed] == ["2025-12", "2026-03", "2026-06", "2026-09"]
    assert meeting.closed[-1] == ("2026-09", Amount("value", 0.95))
    assert meeting.values[-1] is None


def test_a_quarter_with_a_missing_month_has_no_data() -> None:
    meeting = kinds(
        district("2026-07", lecture_done=60, lecture_due=60),
        district("2026-08"),
        district("2026-09", lecture_done=5, lecture_due=10),
    )["lecture"]
    assert meeting.closed[-1] == ("2026-09", Amount("nodata"))


def test_the_first_quarter_reaches_back_before_the_first_month_shown() -> None:
    rows = [district(f"2025-{k}", assembly_done=1, assembly_due=2) for k in (10, 11, 12)]
    assert kinds(*rows)["assembly"].closed[0] == ("2025-12", Amount("value", 0.5))
