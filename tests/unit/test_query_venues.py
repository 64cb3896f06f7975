"""Venues: kinds, what inspections found, pictures in words; the tally of findings."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from dashboard.profile import load_profile
from dashboard.theme import Theme
from dashboard.wall_profile import load_wall
from data.queries.figures_of_month import Amount
from data.queries.venues import Venues, load
from data.scope import Mode, Scope
from layouts.panels import venues as venues_panel
from tests.component_text import words
from tests.naive.rows import Row
from tests.readmodel_rows import Rows, node, reader_of, town
from tests.tallied import FIVE, LONG_AGO, TODAY, tallied

THEME = Theme(load_wall("3840x1280"), load_profile("haishu"))


def tally(name: str, **values: float) -> Rows:
    return [
        {"tally": name, "period_month": "", "town_id": 0, "key": key.replace("__", "|"), "value": n}
        for key, n in values.items()
    ]


def view(mode: Mode = "wall_internal", **tables: Any) -> Venues:
    with reader_of(**tables) as reader:
        return load(reader, Scope(mode))


HELD = tally(
    "venues", kind__service_center=4, public__service_center=3, kind__micro_position=7, public__micro_position=1,
    kind__activity_room=9,
)  # fmt: skip
FOUND = tally("venue_findings", inspected=20, found=10, rectified=8, overdue=1)


def test_micro_positions_are_told_apart() -> None:
    found = view(tallies=HELD)
    assert (found.total.value, found.public.value, found.micro.value) == (13, 3, 7)
    assert found.kinds == (("activity_room", 9), ("service_center", 4))


def test_staff_read_findings_and_visitors_none() -> None:
    findings = view(tallies=[*HELD, *FOUND]).findings
    assert findings is not None
    assert (findings.share.value, findings.open.value, findings.overdue.value) == (0.8, 2, 1)
    assert view("wall_reception", tallies=[*HELD, *FOUND]).findings is None


def test_nothing_found_is_no_rate_and_nothing_known_is_no_data() -> None:
    calm = view(tallies=tally("venue_findings", inspected=20)).findings
    assert calm is not None
    assert (calm.share, calm.open, calm.overdue) == (Amount("na"), Amount("value", 0.0), Amount("value", 0.0))
    bare = view()
    assert (bare.total, bare.kinds) == (Amount("nodata"), ())
    assert bare.findings is not None
    assert (bare.findings.share, bare.findings.open) == (Amount("nodata"), Amount("nodata"))


def test_pictures_name_public_organisations_to_visitors_and_towns_of_the_others() -> None:
    lines = [
        {"listing": "public_pictures", "position": i, "org_id": org, "kind": "branch_news", "title": f"图{i}",
         "amount": 2, "is_public": True}
        for i, org in enumerate((2, 3))
    ]  # fmt: skip
    nodes = [node(2, short_name="甲"), node(3, short_name="乙", town_id=5, is_public=False)]
    found = view("wall_reception", listings=lines, nodes=nodes, towns=[town(5, "南门街道")])
    assert [(line.title, line.place) for line in found.pictures] == [("图0", "甲"), (None, "南门街道")]


@pytest.mark.parametrize("mode", ["wall_internal", "wall_reception"])
def test_a_picture_of_a_disclosure_stands_under_its_kind(mode: Mode) -> None:
    line = {"listing": "public_pictures", "position": 0, "org_id": 2, "kind": "disclosure", "amount": 1}
    posted = {**line, "title": "公示：余小满等三人", "is_public": True}
    found = view(mode, listings=[posted], nodes=[node(2, short_name="甲")], tallies=HELD)
    assert [(line.title, line.place) for line in found.pictures] == [(None, "甲")]
    assert "党务公开|甲" in words(venues_panel.body(found, THEME))


def inspection(number: int, venue: int, days_ago: int, wrong: int, **columns: Any) -> Row:
    flags = ("facilities_ok", "rules_ok", "environment_ok", "usage_ok")
    marks = {flag: i >= wrong for i, flag in enumerate(flags)}
    day = TODAY - timedelta(days=days_ago)
    return {"inspection_id": number, "venue_id": venue, "inspected_on": day, **marks, **columns}


def test_findings_of_a_year_are_put_right_left_behind_or_overdue() -> None:
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    venues: list[Row] = [
        {"venue_id": n, "name": "阵地", "venue_kind": "activity_room", "org_id": FIVE, "opened_on": LONG_AGO,
         "is_public": False, "deleted_at": TODAY if n == 4 else None}
        for n in (1, 2, 3, 4)
    ]  # fmt: skip
    inspections = [
        inspection(1, 1, 365, 4), inspection(2, 1, 364, 2, rectified_on=yesterday), inspection(3, 1, 5, 0),
        # Not put right, but the next inspection finds something else: 1 is left behind, 3 stand and are late.
        inspection(4, 2, 90, 1), inspection(5, 2, 30, 3, rectify_due_on=yesterday),
        # In time still: its limit is today, the work planned for tomorrow.
        inspection(6, 3, 3, 1, rectify_due_on=TODAY, rectified_on=tomorrow),
        inspection(7, 4, 3, 4),
    ]  # fmt: skip
    rows = {"venues": venues, "venue_inspections": inspections}
    assert tallied("venue_findings", rows) == {"inspected": 5, "found": 7, "rectified": 3, "overdue": 3}
