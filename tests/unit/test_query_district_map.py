"""The party map: what colours a town, which organisations are points, and who may see lights."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from data.queries.district_map import load
from data.readmodel.results import Light
from data.scope import Scope
from tests.readmodel_rows import node, reader_of, town

INTERNAL, RECEPTION = Scope("wall_internal"), Scope("wall_reception")
TOWNS = [town(5, "古林镇"), town(6, "高桥镇")]


def placed(org_id: int, **columns: Any) -> dict[str, Any]:
    return node(org_id, **{"town_id": 5, "lng": 121.4 + org_id / 1000, "lat": 29.8, **columns})


def light(org_id: int, value: Light | None, month: str = "2026-11") -> dict[str, Any]:
    return {"org_id": org_id, "period_month": month, "light": value}


def test_staff_see_the_index_of_the_last_closed_month_and_a_town_without_one_has_no_value() -> None:
    rows = [
        {"town_id": 5, "period_month": "2026-10", "index_points": 900, "scored_members": 10, "members": 1},
        {"town_id": 5, "period_month": "2026-11", "index_points": 10, "scored_members": 10, "members": 2},
        {"town_id": 6, "period_month": "2026-10", "index_points": 0, "scored_members": 0},
    ]
    with reader_of(towns=TOWNS, town_months=rows) as reader:
        view = load(reader, INTERNAL)
    assert (view.quantity, view.month) == ("index", "2026-10")
    assert [(t.name, t.value) for t in view.towns] == [("古林镇", 90), ("高桥镇", None)]


def test_visitors_see_the_members_of_today() -> None:
    rows = [
        {"town_id": 5, "period_month": "2026-11", "members": 2835, "index_points": 1, "scored_members": 1}
    ]
    with reader_of(towns=TOWNS, town_months=rows) as reader:
        view = load(reader, RECEPTION)
    assert (view.quantity, view.month) == ("members", "2026-11")
    assert [t.value for t in view.towns] == [2835, None]


def test_visitors_see_public_organisations_only_and_staff_see_all() -> None:
    nodes = [placed(11), placed(12, is_public=False)]
    with reader_of(towns=TOWNS, nodes=nodes) as reader:
        assert len(load(reader, RECEPTION).points) == 1
        assert len(load(reader, INTERNAL).points) == 2


@pytest.mark.parametrize(
    "columns",
    [
        {"lng": None},
        {"lat": None},
        {"org_type": "party_group"},
        {"dissolved_on": date(2026, 11, 20)},
        {"town_id": None},
    ],
    ids=["no longitude", "no latitude", "party group", "dissolved", "no town"],
)
def test_an_organisation_without_place_or_being_is_no_point(columns: dict[str, Any]) -> None:
    with reader_of(towns=TOWNS, nodes=[placed(11, **columns)]) as reader:
        assert load(reader, INTERNAL).points == ()


def test_lights_of_today_are_marks_with_red_drawn_last() -> None:
    nodes = [placed(k) for k in (11, 12, 13, 14)]
    lights = [
        light(11, Light.RED),
        light(12, Light.YELLOW),
        light(13, Light.GREEN),
        light(14, Light.RED, "2026-10"),
    ]
    with reader_of(towns=TOWNS, nodes=nodes, branch_results=lights) as reader:
        view = load(reader, INTERNAL)
    assert [mark.level for mark in view.marks] == ["yellow", "red"]
    assert len(view.points) == 2


def test_no_statement_for_visitors_reads_a_light() -> None:
    seen: list[str] = []
    rows = [light(11, Light.RED)]
    with reader_of(towns=TOWNS, nodes=[placed(11)], branch_results=rows) as reader:
        sa.event.listen(reader.connection, "before_cursor_execute", lambda *a: seen.append(a[2].lower()))
        view = load(reader, RECEPTION)
    assert view.marks == ()
    assert [point.level for point in view.points] == [None]
    assert all("branch_results" not in statement and "index_points" not in statement for statement in seen)
