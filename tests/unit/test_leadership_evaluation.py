"""The evaluation: places against the rows themselves and the wall's bulletin, scope, honours, months without data."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa

from dashboard.leadership.parts import Figure, Switch, Table, Text
from data.queries import committee_scores
from data.queries.leadership.standings import places, two_decimals
from data.readmodel import schema
from data.readmodel.reader import open_reader
from data.scope import Scope
from tests.leadership_filled import (
    ROOT,
    TOWN,
    branches,
    built,
    changed,
    frame,
    inside,
    numbers,
    rows,
    seen_by,
    store,
)

END, BEFORE, YEAR = "2026-09", "2026-06", ("2026-03", "2026-06", "2026-09")


def scores(column: str, month: str = END) -> pd.Series[float]:
    found = frame(schema.branch_results)
    return found[found.period_month == month].set_index("org_id")[column]


def founded_late() -> set[int]:
    """Branches that did not stand for the whole quarter."""
    nodes = frame(schema.nodes)
    return set(nodes.org_id[pd.to_datetime(nodes.established_on) > pd.Timestamp(2026, 7, 1)])


def ranked(found: Any) -> list[tuple[int, int | None, int | None, float]]:
    return [(row["org_id"], row["place"], row["climbed"], row["total"]) for row in found]


def test_the_ranking_of_the_towns_is_that_of_the_bulletin() -> None:
    with open_reader(store()) as reader:
        bulletin = committee_scores.load(reader, Scope("drill_down"), quarter_end=END)
    with seen_by() as scoped:
        found = rows(built(scoped, "evaluation", "wujin")["ranking"])
    assert len(found) == 4
    assert ranked(found) == [(row.org_id, row.place, row.climbed, row.total) for row in bulletin.rows]
    assert [row["change"] for row in found] == [row.change for row in bulletin.rows]


def test_branches_of_a_committee_are_ranked_by_the_mean_of_the_quarter_and_of_the_year() -> None:
    column = "hj_quarter_score_value"
    own = [
        org for org in branches(TOWN) if org in scores(column).dropna().index and org not in founded_late()
    ]
    with seen_by("committee_admin", TOWN) as reader:
        now = rows(built(reader, "evaluation", "huiji", of="branches")["ranking"])
        year = rows(built(reader, "evaluation", "huiji", of="branches", by="year")["ranking"])
    expected = scores(column)[own].map(two_decimals)
    place = expected.rank(method="min", ascending=False)
    got = {row["org_id"]: row for row in now if row["place"]}
    assert got.keys() <= inside(TOWN)
    assert len(got) > 3
    assert {org: row["total"] for org, row in got.items()} == {org: expected[org] for org in got}
    assert {org: row["place"] for org, row in got.items()} == {org: place[org] for org in got}
    means = pd.DataFrame({month: scores(column, month)[own].map(two_decimals) for month in YEAR}).mean(axis=1)
    for row in year:
        if row["place"]:
            assert row["total"] == pytest.approx(means[row["org_id"]], abs=0.006)


def test_the_course_of_places_is_the_ranking_of_every_quarter() -> None:
    with seen_by() as reader:
        drawn = built(reader, "evaluation", "huiji")["bump"]
        tables = {end: rows(built(reader, "evaluation", "huiji", month=end)["ranking"]) for end in YEAR}
    assert isinstance(drawn, Figure)
    assert drawn.figure is not None
    courses: dict[str, list[int | None]] = {}
    for trace in drawn.figure.data:
        for url, place in zip(trace.customdata, trace.y, strict=True):
            courses.setdefault(url, []).append(place)
    assert len(courses) == 4
    for url, course in courses.items():
        org = int(re.search(r"org=(\d+)", url).group(1))  # type: ignore[union-attr]
        by_quarter = [next(row["place"] for row in tables[end] if row["org_id"] == org) for end in YEAR]
        assert [place for place in course if place][-3:] == by_quarter


def test_towns_and_direct_units_are_ranked_apart() -> None:
    unit = sa.update(schema.nodes).where(schema.nodes.c.org_id == TOWN).values(town_id=None)
    with changed(unit) as engine, seen_by(engine=engine) as reader:
        towns = rows(built(reader, "evaluation", "huiji")["ranking"])
        page = built(reader, "evaluation", "huiji", of="units")
    assert [row["place"] for row in towns] == [1, 2, 3]
    assert ranked(rows(page["ranking"]))[0][:2] == (TOWN, 1)
    group = page["group"]
    assert isinstance(group, Switch)
    assert [choice.label for choice in group.choices if choice.chosen] == ["区直单位"]


def test_the_new_and_the_temporary_are_listed_without_a_place() -> None:
    new, temporary = branches(TOWN)[:2]
    n = schema.nodes
    late = sa.update(n).where(n.c.org_id == new).values(established_on=date(2026, 7, 2))
    other = sa.update(n).where(n.c.org_id == temporary).values(org_type="temporary_branch")
    with changed(late, other) as engine, seen_by(engine=engine) as reader:
        found = rows(built(reader, "evaluation", "jiangning", of="branches")["ranking"])
    without = {row["org_id"]: row["state"] for row in found if row["place"] is None}
    assert without[temporary] == "临时支部，不排名"
    assert without.keys() == {new, temporary, *founded_late()}
    assert without[new] == "新设或无分，不排名"
    assert found[-1]["place"] is None


def test_a_branch_secretary_sees_the_own_standing_and_no_other_branch() -> None:
    org = branches(TOWN)[3]
    with seen_by("branch_secretary", org) as reader:
        page = built(reader, "evaluation", "jiangning")
    with seen_by() as reader:
        above = built(reader, "evaluation", "jiangning", org)
    every = scores("score").dropna()
    found = numbers(page["figures"])
    shown = two_decimals(every[org])
    lower = int((every < shown - 0.005).sum())
    assert found["诊疗分"].value == shown
    assert found["高于全区支部"].value == pytest.approx(lower / len(every))
    assert "同级名次" not in found
    parents = frame(schema.nodes).set_index("org_id").parent_org_id
    siblings = [one for one in branches() if parents[one] == parents[org] and one not in founded_late()]
    assert numbers(above["figures"])["同级名次"].note == f"共 {len(siblings)}"
    assert page.keys() == {"quarter", "figures", "course", "groups", "items", "honours"}


def test_items_lose_what_their_share_lacks_of_the_weight_beside_the_district() -> None:
    with seen_by("committee_admin", TOWN) as reader:
        found = rows(built(reader, "evaluation", "huiji")["items"])
    by_id = {row["indicator"]: row for row in found}
    column = "hj_n05_theme_day_score"
    own = scores(column)[branches(TOWN)].mean() / 100
    row = by_id["hj_n05_theme_day"]
    assert row["rate"] == pytest.approx(own)
    assert row["lost"] == pytest.approx(21 * (1 - own))
    assert row["district"] == pytest.approx(scores(column).mean() / 100)
    assert row["gap"] == round(100 * (own - scores(column).mean() / 100), 1)
    rates = [one["rate"] for one in found]
    assert rates == sorted(rates)


def test_an_open_red_warning_or_too_few_points_keep_a_branch_from_honours() -> None:
    w, r = schema.org_warnings, schema.branch_results
    poor, rich = branches(TOWN)[:2]
    points = sa.update(r).where(r.c.period_month == END)
    with changed(
        sa.delete(w).where(w.c.org_id.in_([poor, rich])),
        points.values(wj_b_total_value=500),
        points.where(r.c.org_id == poor).values(wj_b_total_value=479.9),
    ) as engine:
        warned = frame(w, engine)
        open_red = warned[(warned.level == "red") & ~warned.state.isin(["rectified", "closed", "invalid"])]
        with seen_by(engine=engine) as reader:
            page = built(reader, "evaluation", "wujin")
    found = {row["org_id"]: row for row in rows(page["barred"])}
    assert found.keys() == {*open_red.org_id, poor}
    assert rich not in found
    assert (found[poor]["why"], found[poor]["points"]) == ("不足480分", 479.9)
    red = int(open_red.org_id.iloc[0])
    assert (found[red]["why"], found[red]["points"]) == ("红灯未销号", None)
    free = numbers(page["figures"])["可评先评优支部"]
    assert (free.value, free.note) == (len(branches()) - len(found), f"共 {len(branches())}")


def test_a_quarter_without_data_says_so_in_every_part() -> None:
    with seen_by() as reader:
        page = built(reader, "evaluation", "huiji", month="2024-11")
    assert numbers(page["figures"])["季度计分"].value is None
    for slug in ("ranking", "items", "barred"):
        part = page[slug]
        assert isinstance(part, Table)
        assert (len(part.rows), bool(part.empty)) == (0, True)
    for slug in ("bump", "groups"):
        part = page[slug]
        assert isinstance(part, Figure)
        assert (part.figure, bool(part.empty)) == (None, True)


def test_a_missing_feed_ranks_nobody_and_invents_no_zero() -> None:
    silent = [
        sa.update(table).values({c.name: None for c in table.c if c.name.startswith("hj_quarter_score")})
        for table in (schema.org_months, schema.branch_results)
    ]
    with changed(*silent) as engine, seen_by(engine=engine) as reader:
        page = built(reader, "evaluation", "huiji")
        branch = built(reader, "evaluation", "huiji", branches()[0])
    assert [row["place"] for row in rows(page["ranking"])] == [None] * 4
    assert numbers(page["figures"])["季度计分"].value is None
    assert numbers(branch["figures"])["季度计分"].why == "没有得分"
    assert isinstance(branch["honours"], Text)
    assert branch["honours"].lines


def test_equal_scores_share_a_place_and_halves_round_up() -> None:
    assert places({1: 80.0, 2: 90.5, 3: 90.5, 4: 70.0}) == {2: 1, 3: 1, 1: 3, 4: 4}
    assert (two_decimals(2.675), two_decimals(84.994999)) == (2.68, 84.99)
    assert ROOT not in inside(TOWN)
