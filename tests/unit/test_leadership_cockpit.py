"""The cockpit: towns and the day from the read model's own rows, a map only of areas somebody knows, scope."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from dashboard.leadership.figures.town_map import Shown, draw_towns
from dashboard.leadership.look import Look
from dashboard.leadership.parts import Figure, Numbers, Table, Text
from dashboard.leadership.town_shapes import town_shapes
from data.queries.leadership import today, town_map
from data.queries.leadership.town_map import Town
from data.readmodel import schema
from data.readmodel.scoped import Place
from tests.leadership_pages import built, changed, known, nodes, seen_by
from tests.naive.projected import read_table

CODE, TOWNS = "330203", ("古林镇", "月湖街道", "南门街道")


def month() -> str:
    return known()[0].months[-2]


def place(org_id: int = 7) -> Place:
    return Place(org_id, 1, "中共古林镇委员会", "古林镇党委", "1", "party_committee", "village", 9, 1, 1, 5)


def town(name: str, score: float | None, committee: Place | None = None) -> Town:
    return Town(name, committee, score, 10.0, 1.0, 2.0, 5.0)


def test_a_town_shows_the_sums_of_its_committee_and_one_without_committee_nothing() -> None:
    sums = read_table(known()[2], "org_months")
    committees = {n["town_id"]: org for org, n in nodes().items() if n["depth"] == 1 and n["town_id"]}
    names = {key[0]: row["name"] for key, row in read_table(known()[2], "towns").items()}
    with seen_by("district_leader", 1) as reader:
        found = {one.name: one for one in town_map.load(reader, month())}
    assert found.keys() == set(names.values())
    for town_id, name in names.items():
        one, org = found[name], committees.get(town_id)
        if org is None:
            assert (one.committee, one.score, one.members) == (None, None, None)
            continue
        row = sums[org, month()]
        assert one.committee is not None
        assert one.committee.org_id == org
        assert one.score == (row["score_sum"] / row["score_count"] if row["score_count"] else None)
        assert (one.members, one.red, one.yellow) == (
            row["members"],
            row["red_branches"],
            row["yellow_branches"],
        )
    assert any(one.members for one in found.values())


def test_the_larger_of_two_committees_of_a_town_is_the_towns() -> None:
    first, second = (org for org, node in nodes().items() if node["depth"] == 1)
    counts = schema.org_months.c
    same = sa.update(schema.nodes).where(schema.nodes.c.org_id.in_([first, second])).values(town_id=2)
    sizes = [
        sa.update(schema.org_months).where(counts.org_id == org).values(members=members)
        for org, members in ((first, 5), (second, 9))
    ]
    with changed(a=same, b=sizes[0], c=sizes[1]) as store, seen_by("district_leader", 1, store) as reader:
        found = [one for one in town_map.load(reader, month()) if one.committee is not None]
    assert [(one.committee.org_id, one.members) for one in found if one.committee] == [(second, 9)]


def test_the_day_adds_up_its_ways_of_signing_in_and_a_town_sees_its_own() -> None:
    keys = {("activities", 0): 4, ("signins|qr", 0): 30, ("signins|wechat", 0): 5, ("activities", 2): 1}
    rows = [
        {"tally": "today", "period_month": "", "town_id": town_id, "key": key, "value": value}
        for (key, town_id), value in keys.items()
    ]
    gone = sa.delete(schema.tallies).where(schema.tallies.c.tally == "today")
    made = sa.insert(schema.tallies).values(rows)
    committee = next(org for org, node in nodes().items() if node["town_id"] == 2 and node["depth"] == 1)
    with changed(a=gone, b=made) as store:
        with seen_by("district_leader", 1, store) as reader:
            whole, part = today.load(reader, reader.root), today.load(reader, reader.place(committee))
        with seen_by("committee_admin", committee, store) as reader:
            own = today.load(reader, reader.root)
    assert whole is not None
    assert (whole.activities, whole.signins, whole.posts, whole.transfers) == (4, 35, 0, 0)
    assert own is not None
    assert own == part
    assert (own.activities, own.signins, own.transfers) == (1, 0, None)


def test_a_day_nobody_has_counted_is_no_card_of_zeros() -> None:
    gone = sa.delete(schema.tallies).where(schema.tallies.c.tally == "today")
    with changed(a=gone) as store, seen_by("district_leader", 1, store) as reader:
        assert "today" not in built(reader, "cockpit")


def test_each_area_is_drawn_once_and_its_name_leads_to_the_committee() -> None:
    shapes = town_shapes(CODE, (*TOWNS, "不存在镇"), (), None, 400)
    assert set(shapes.towns) == set(TOWNS)
    assert "示意图" in shapes.label
    shown = [
        Shown(town(name, 80.0 + at, place()), name[:2], f"/leadership/x?org={at}")
        for at, name in enumerate(TOWNS)
    ]
    figure = draw_towns(Look(), [*shown, Shown(town("不存在镇", 70.0), "不存", "")], shapes)
    areas = [trace for trace in figure.data if trace.fill == "toself"]
    assert len(areas) == len(TOWNS)
    assert list(figure.data[-1].customdata) == [f"/leadership/x?org={at}" for at in range(len(TOWNS))]
    assert any("示意图" in one.text for one in figure.layout.annotations)


def test_an_area_without_points_has_none_of_the_blues() -> None:
    shapes = town_shapes(CODE, TOWNS, (), None, 400)
    shown = [Shown(town(name, None if name == TOWNS[0] else 90.0), name[:2], "") for name in TOWNS]
    figure = draw_towns(Look(), shown, shapes)
    colors = [trace.fillcolor for trace in figure.data if trace.fill == "toself"]
    assert colors[0] not in Look().blue
    assert set(colors[1:]) <= set(Look().blue)


def test_areas_nobody_knows_leave_words_instead_of_an_empty_map() -> None:
    with seen_by("district_leader", 1) as reader:
        part = built(reader, "cockpit")["map"]
    assert isinstance(part, Figure)
    assert part.figure is None
    assert "没有区划图形" in part.empty


def test_a_committee_has_no_map_of_other_towns_and_lists_its_own_below() -> None:
    committee = next(org for org, node in nodes().items() if node["town_id"] == 2 and node["depth"] == 1)
    with seen_by("committee_admin", committee) as reader:
        parts = built(reader, "cockpit")
        assert town_map.load(reader, month()) == []
    assert "map" not in parts
    below = parts["below"]
    assert isinstance(below, Table)
    assert {nodes()[int(str(row["org_id"]))]["parent_org_id"] for row in below.rows} == {committee}


def test_the_to_do_list_counts_what_is_open_and_leads_to_the_warning() -> None:
    with seen_by("district_leader", 1) as reader:
        parts = built(reader, "cockpit")
    to_do, figures = parts["to-do"], parts["figures"]
    assert isinstance(to_do, Text)
    assert isinstance(figures, Numbers)
    rows = read_table(known()[2], "org_warnings").values()
    still = [row for row in rows if row["state"] not in ("rectified", "closed", "invalid")]
    assert {number.label: number.value for number in figures.numbers}["未销号预警"] == len(still) > 0
    ids = {str(row["warning_id"]) for row in still}
    assert to_do.lines
    for line in to_do.lines:
        assert line.link is not None
        assert line.link.more["warning"] in ids


@pytest.mark.parametrize("height", [200, 400])
def test_borders_stay_inside_the_picture(height: int) -> None:
    shapes = town_shapes(CODE, TOWNS, (), None, height)
    for shape in shapes.towns.values():
        assert all(-1 <= x <= shapes.width + 1 for x in shape.path[0] if x is not None)
        assert all(-1 <= y <= height + 1 for y in shape.path[1] if y is not None)
