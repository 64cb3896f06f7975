"""The light of an indicator for an area: by the shares of its branches that are lit."""

from __future__ import annotations

import pytest

from data.indicators.sets import BY_ID
from data.queries import trace
from data.queries.area_lights import area_light
from data.readmodel.light import Light
from data.scope import Scope
from tests.readmodel_rows import ROOT, node, reader_of

NAME = "jn_w05_activity_day_missed"


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


@pytest.mark.parametrize(
    ("columns", "light"), [((50, 5, 0), Light.RED), ((50, 0, 3), Light.GREEN), ((None, None, None), None)]
)
def test_the_trace_of_an_area_carries_its_light(
    columns: tuple[float | None, ...], light: Light | None
) -> None:
    parts = dict(zip(("value_count", "red", "yellow"), columns, strict=True))
    sums = {f"{NAME}_value_sum": columns[0]}
    row = {
        "org_id": 2,
        "period_month": "2026-10",
        **sums,
        **{f"{NAME}_{part}": n for part, n in parts.items()},
    }
    committee = node(2, org_type="party_committee", parent_org_id=ROOT)
    closed = {"period_month": "2026-10", "status": "closed", "version_no": 0}
    with reader_of(nodes=[committee], org_months=[row], months=[closed]) as reader:
        (place,) = trace.find(reader, "2")
        found = trace.load(reader, Scope("wall_internal"), BY_ID[NAME], place, "2026-10")
    assert found is not None
    assert found.light is light
