"""“8+x”: sums of the year and of a round, towns and the units of none for staff, the district for visitors."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from data.queries.eight_x import Area, EightX, Fulfilment, load
from data.queries.figures_of_month import Amount
from data.scope import Mode, Scope
from tests.readmodel_rows import ROOT, reader_of, town

TOWNS = [town(1, "鼓楼街道"), town(2, "古林镇")]


def district(month: str, **measures: float | None) -> dict[str, Any]:
    return {"org_id": ROOT, "period_month": month, **measures}


def in_town(town_id: int, month: str, **measures: float | None) -> dict[str, Any]:
    return {"town_id": town_id, "period_month": month, **measures}


def view(mode: Mode, org_months: list[dict[str, Any]], town_months: list[dict[str, Any]]) -> EightX:
    with reader_of(towns=TOWNS, org_months=org_months, town_months=town_months) as reader:
        return load(reader, Scope(mode))


def cell(found: tuple[Fulfilment, ...], name: str, view: EightX) -> Fulfilment:
    return found[view.institutions.index(name)]


DISTRICT = [
    district("2025-10", theme_day_done=10, theme_day_due=20),
    district("2025-12", theme_day_done=99, theme_day_due=99),
    district("2026-01", theme_day_done=40, theme_day_due=50, assembly_done=3, assembly_due=3),
    district("2026-10", theme_day_done=50, theme_day_due=50),
    district("2026-11", theme_day_done=7, theme_day_due=7),
]


def test_the_year_is_summed_from_january_to_the_last_closed_month() -> None:
    found = view("wall_internal", DISTRICT, [])
    assert (found.month, len(found.institutions)) == ("2026-10", 8)
    assert cell(found.district, "theme_day", found) == Fulfilment(90, 100)
    assert cell(found.year_before, "theme_day", found) == Fulfilment(10, 20)
    assert found.total == Fulfilment(93, 103)


def test_yearly_meetings_are_those_of_the_round_that_ended_with_february() -> None:
    rows = [
        district("2024-10", appraisal_done=400, appraisal_due=400),
        district("2025-02", appraisal_done=600, appraisal_due=600),
        district("2025-11", appraisal_done=80, appraisal_due=80, assembly_done=7, assembly_due=7),
        district("2026-02", appraisal_done=10, appraisal_due=20),
        district("2026-10", appraisal_done=500, appraisal_due=500),
    ]
    found = view("wall_internal", rows, [])
    assert found.round_year == 2025
    assert cell(found.district, "appraisal", found) == Fulfilment(90, 100)
    assert cell(found.year_before, "appraisal", found) == Fulfilment(1000, 1000)
    assert cell(found.district, "assembly", found).rate == Amount("nodata")
    assert found.total == Fulfilment(510, 520)


def test_a_round_that_began_before_the_first_month_is_not_judged() -> None:
    rows = [
        district("2025-11", appraisal_done=80, appraisal_due=80, theme_day_done=5, theme_day_due=5),
        district("2026-02", appraisal_done=0, appraisal_due=20, theme_day_done=5, theme_day_due=5),
    ]
    found = view("wall_internal", rows, [])
    assert cell(found.district, "appraisal", found).rate == Amount("nodata")
    assert cell(found.district, "theme_day", found) == Fulfilment(5, 5)


def test_in_january_the_round_before_is_the_last_that_is_over() -> None:
    rows = [district("2025-12", life_meeting_done=9, life_meeting_due=9)]
    with reader_of(org_months=rows) as reader:
        version = replace(reader.version, open_month="2026-02")
        found = load(replace(reader, version=version), Scope("wall_internal"))
    assert (found.month, found.round_year) == ("2026-01", 2024)
    assert cell(found.district, "life_meeting", found).rate == Amount("nodata")


def test_towns_stand_by_code_and_what_belongs_to_none_comes_last() -> None:
    towns = [
        in_town(2, "2026-10", theme_day_done=20, theme_day_due=30),
        in_town(1, "2026-01", theme_day_done=25, theme_day_due=25),
        in_town(1, "2026-10", theme_day_done=25, theme_day_due=25),
    ]
    found = view("wall_internal", DISTRICT, towns)
    assert [area.name for area in found.areas] == ["鼓楼街道", "古林镇", None]
    cells = [cell(area.cells, "theme_day", found) for area in found.areas]
    assert cells == [Fulfilment(50, 50), Fulfilment(20, 30), Fulfilment(20, 20)]


def test_a_district_whose_branches_all_lie_in_towns_has_no_row_of_others() -> None:
    towns = [in_town(1, "2026-10", theme_day_done=90, theme_day_due=100, assembly_done=3, assembly_due=3)]
    assert [area.name for area in view("wall_internal", DISTRICT, towns).areas] == ["鼓楼街道"]


def test_no_town_is_read_for_visitors() -> None:
    towns = [in_town(1, "2026-10", theme_day_done=20, theme_day_due=30)]
    with reader_of(towns=TOWNS, org_months=DISTRICT, town_months=towns) as reader:
        asked: list[str] = []

        def note(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
            asked.append(statement)

        sa.event.listen(reader.connection, "before_cursor_execute", note)
        found = load(reader, Scope("wall_reception"))
    assert found.areas == ()
    assert cell(found.district, "theme_day", found) == Fulfilment(90, 100)
    assert "org_months" in " ".join(asked)
    assert "town" not in " ".join(asked).replace("town_id", "")


def test_nothing_due_no_feed_and_nothing_done_are_three_things() -> None:
    rows = [district("2026-10", theme_day_done=0, theme_day_due=8, group_done=0, group_due=0)]
    found = view("wall_internal", rows, [])
    assert cell(found.district, "theme_day", found).rate == Amount("value", 0.0)
    assert cell(found.district, "group", found).rate == Amount("na")
    assert cell(found.district, "lecture", found).rate == Amount("nodata")
    assert view("wall_internal", [], []).total.rate == Amount("nodata")


@pytest.mark.parametrize(("due", "small"), [(0, False), (1, True), (4, True), (5, False), (None, False)])
def test_fewer_than_five_duties_are_not_judged(due: float | None, small: bool) -> None:
    assert Fulfilment(due, due).is_small is small


def test_fractions_of_talks_that_rounding_leaves_over_are_nothing() -> None:
    left = Fulfilment(0.3, 0.3).without([Fulfilment(0.1, 0.1), Fulfilment(0.2, 0.2)])
    assert Area(None, (left,)).cells[0] == Fulfilment(0.0, 0.0)
