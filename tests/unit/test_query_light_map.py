"""The map of lights: who is lit now, for how long, how much of each town, and nothing for visitors."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from data.queries.light_map import MAX_RED, load
from data.readmodel.light import Light
from data.scope import Scope
from tests.readmodel_rows import node, reader_of, town

INTERNAL, RECEPTION = Scope("wall_internal"), Scope("wall_reception")
PLACED: dict[str, Any] = {"town_id": 5, "lng": 121.4, "lat": 29.8}


def light(org_id: int, month: str, value: Light) -> dict[str, Any]:
    return {"org_id": org_id, "period_month": month, "light": value}


def lights(org_id: int, *values: Light) -> list[dict[str, Any]]:
    """Lights of the months that end with the open one."""
    months = ["2026-11", "2026-10", "2026-09", "2026-08"]
    return [light(org_id, month, value) for month, value in zip(months, reversed(values), strict=False)]


def test_marks_are_the_branches_lit_now_and_red_is_painted_last() -> None:
    rows = [
        *lights(11, Light.RED, Light.RED), *lights(12, Light.RED, Light.YELLOW), *lights(13, Light.RED, Light.GREEN),
    ]  # fmt: skip
    nodes = [node(11, **PLACED), node(12, **PLACED), node(13, **PLACED)]
    with reader_of(branch_results=rows, nodes=nodes, towns=[town(5, "古林镇")]) as reader:
        view = load(reader, INTERNAL)
    assert [mark.level for mark in view.marks] == ["yellow", "red"]
    assert (view.red, view.yellow) == (1, 1)


def test_a_lit_branch_without_a_place_is_counted_and_listed_but_not_marked() -> None:
    with reader_of(branch_results=lights(11, Light.RED, Light.RED), nodes=[node(11)]) as reader:
        view = load(reader, INTERNAL)
    assert view.marks == ()
    assert view.red == 1
    assert [(b.town, b.organisation, b.months) for b in view.longest] == [(None, "组织11", 1)]


def test_months_in_red_are_closed_ones_in_a_row_and_the_longest_stands_first() -> None:
    rows = [
        *lights(11, Light.RED, Light.GREEN, Light.RED, Light.RED),
        *lights(12, Light.RED, Light.RED, Light.RED, Light.RED),
        *lights(13, Light.RED, Light.RED, Light.YELLOW, Light.RED),
    ]
    with reader_of(branch_results=rows, nodes=[node(k) for k in (11, 12, 13)]) as reader:
        longest = load(reader, INTERNAL).longest
    assert [(branch.organisation, branch.months) for branch in longest] == [
        ("组织12", 3), ("组织11", 1), ("组织13", 0),
    ]  # fmt: skip


def test_at_most_ten_red_branches_are_named_but_all_are_counted() -> None:
    rows = [row for k in range(11, 24) for row in lights(k, Light.RED, Light.RED)]
    with reader_of(branch_results=rows, nodes=[node(k) for k in range(11, 24)]) as reader:
        view = load(reader, INTERNAL)
    assert (len(view.longest), view.red) == (MAX_RED, 13)


def test_a_town_shows_its_lit_share_of_judged_branches_and_none_without_any() -> None:
    counts = {"red_branches": 1.0, "yellow_branches": 2.0, "green_branches": 9.0, "grey_branches": 5.0}
    months = [
        {"town_id": 5, "period_month": "2026-11", **counts},
        {"town_id": 5, "period_month": "2026-10", **counts, "red_branches": 12.0},
    ]
    with reader_of(town_months=months, towns=[town(5, "古林镇"), town(6, "高桥镇")]) as reader:
        assert [t.value for t in load(reader, INTERNAL).towns] == [25.0, None]


def test_visitors_get_no_light_and_no_statement_asks_for_one() -> None:
    seen: list[str] = []
    rows = lights(11, Light.RED, Light.RED)
    with reader_of(branch_results=rows, nodes=[node(11, **PLACED)], towns=[town(5, "古林镇")]) as reader:
        sa.event.listen(reader.connection, "before_cursor_execute", lambda *a: seen.append(a[2].lower()))
        view = load(reader, RECEPTION)
    assert (view.marks, view.longest, view.red, view.yellow) == ((), (), 0, 0)
    assert [t.value for t in view.towns] == [None]
    assert seen
    assert not any("branch" in statement for statement in seen)


@pytest.mark.parametrize("scope", [INTERNAL, RECEPTION], ids=lambda scope: scope.mode)
def test_a_read_model_without_rows_has_no_lights(scope: Scope) -> None:
    with reader_of() as reader:
        view = load(reader, scope)
    assert (view.towns, view.marks, view.longest) == ((), (), ())
