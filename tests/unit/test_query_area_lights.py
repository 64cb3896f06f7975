"""The light of an indicator for an area: by the shares of its branches that are lit."""

from __future__ import annotations

from typing import Any

import pytest

from data.queries.area_lights import area_light, load_committees, load_towns
from data.readmodel.light import Light
from data.scope import Scope
from tests.readmodel_rows import ROOT, node, reader_of, town

NAME = "jn_w05_activity_day_missed"
INTERNAL = Scope("wall_internal")


def month(judged: float | None, red: float, yellow: float, **keys: Any) -> dict[str, Any]:
    parts = {"value_count": judged, "red": red, "yellow": yellow}
    return {"period_month": "2026-10", **keys, **{f"{NAME}_{part}": n for part, n in parts.items()}}


@pytest.mark.parametrize(
    ("red", "yellow", "judged", "light"),
    [
        (10, 0, 100, Light.RED),
        (9, 0, 100, Light.YELLOW),
        (5, 0, 100, Light.YELLOW),
        (4, 19, 100, Light.GREEN),
        (0, 20, 100, Light.YELLOW),
        (1, 0, 10, Light.RED),
        (7, 0, 70, Light.RED),
        (0, 0, 0, Light.NA),
    ],
)
def test_an_area_is_lit_by_shares_of_its_judged_branches(
    red: float, yellow: float, judged: float, light: Light
) -> None:
    assert area_light(red, yellow, judged) is light


def test_towns_stand_in_order_of_their_codes_and_one_without_data_is_left_out() -> None:
    rows = [month(50, 5, 0, town_id=2), month(50, 0, 3, town_id=1), month(None, 0, 0, town_id=3)]
    earlier = {**month(50, 50, 0, town_id=1), "period_month": "2026-09"}
    places = [town(n, f"{n}号镇") for n in (1, 2, 3)]
    with reader_of(towns=places, town_months=[*rows, earlier]) as reader:
        found = load_towns(reader, INTERNAL, NAME)
        assert load_towns(reader, Scope("wall_reception"), NAME) == ()
    assert [(area.name, area.judged, area.light) for area in found] == [
        ("1号镇", 50, Light.GREEN),
        ("2号镇", 50, Light.RED),
    ]


def test_committees_are_those_directly_below_the_district_or_a_committee() -> None:
    kinds = {"org_type": "party_committee"}
    orgs = [node(2, **kinds), node(3, **kinds, parent_org_id=2), node(4, **kinds)]
    rows = [month(20, n, 0, org_id=n) for n in (ROOT, 2, 3, 4)]
    with reader_of(nodes=orgs, org_months=rows) as reader:
        district = load_committees(reader, INTERNAL, NAME)
        below = load_committees(reader, INTERNAL, NAME, under=2)
        assert load_committees(reader, Scope("wall_reception"), NAME) == ()
    assert [(area.area_id, area.red) for area in district] == [(2, 2), (4, 4)]
    assert [(area.area_id, area.red) for area in below] == [(3, 3)]
