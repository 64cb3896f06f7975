"""The matrix of a subtree: every light where the read model has it, most red first, only the viewer's branches."""

from __future__ import annotations

import pandas as pd
import pytest
import sqlalchemy as sa

from dashboard.leadership.address import parse
from dashboard.leadership.parts import Figure, Numbers, Part, Table
from dashboard.lit_rules import checked_rules
from dashboard.profile import load_profile
from data.readmodel import schema
from data.readmodel.light import Light
from tests.leadership_pages import areas, built, changed, inside, known, seen_by
from tests.naive.projected import read_table

RULES = checked_rules(load_profile("haishu"))


def month() -> str:
    return known()[0].months[-2]


def judged(root: int) -> pd.DataFrame:
    """Results of the active branches of a subtree."""
    with known()[2].connect() as connection:
        results = pd.read_sql(sa.select(schema.branch_results), connection)
        counted = pd.read_sql(sa.select(schema.branch_months), connection)
    active = counted[(counted.period_month == month()) & (counted.active == 1)].org_id
    now = results[(results.period_month == month()) & results.org_id.isin(active)]
    return now[now.org_id.isin(inside(root))].set_index("org_id")


def matrix(org: int = 1, **address: object) -> dict[str, Part]:
    with seen_by("district_leader", 1) as reader:
        return built(reader, "matrix", org, **address)


def table_of(parts: dict[str, Part]) -> Table:
    table = parts["matrix"]
    assert isinstance(table, Table)
    return table


@pytest.mark.parametrize("org", areas())
def test_every_cell_is_the_light_of_the_branch_and_its_tip_only_where_it_was_judged(org: int) -> None:
    now = judged(org)
    rows = {int(str(row["org_id"])): row for row in table_of(matrix(org, rows="all")).rows}
    assert rows.keys() == set(now.index)
    for branch, row in rows.items():
        for name in RULES:
            light = now[f"{name}_light"][branch]
            assert row[name] == (None if pd.isna(light) else light)
            assert (f"{name}_tip" in row) <= (light >= Light.GREEN)


def test_columns_stand_in_order_of_their_red_branches_and_the_chosen_one_before_them() -> None:
    now = judged(1)
    red = {name: (now[f"{name}_light"] == Light.RED).sum() for name in RULES}
    columns = [column.field for column in table_of(matrix()).columns if column.field in RULES]
    assert [red[name] for name in columns] == sorted(red.values(), reverse=True)
    assert red[columns[0]] > 0
    chosen = columns[-1]
    table = table_of(matrix(indicator=chosen, rows="all"))
    assert next(column.field for column in table.columns if column.field in RULES) == chosen
    lights = [row[chosen] or 0 for row in table.rows]
    assert lights == sorted(lights, reverse=True)  # type: ignore[type-var]


def test_the_numbers_are_those_of_the_area() -> None:
    sums = read_table(known()[2], "org_months")[1, month()]
    figures = matrix()["figures"]
    assert isinstance(figures, Numbers)
    found = {number.label: number.value for number in figures.numbers}
    assert found["红灯支部"] == sums["red_branches"]
    assert found["黄灯支部"] == sums["yellow_branches"]
    assert found["红灯"] == sum(sums[f"{name}_red"] or 0 for name in RULES)


def test_lit_branches_alone_are_listed_where_only_they_are_asked_for() -> None:
    now = judged(1)
    calm = int(now.index[0])
    green = sa.update(schema.branch_results).where(schema.branch_results.c.org_id == calm)
    green = green.values(dict.fromkeys((f"{name}_light" for name in RULES), float(Light.GREEN)))
    others = now.drop(calm)
    lit = others.index[others[[f"{name}_light" for name in RULES]].max(axis=1) >= Light.YELLOW]
    assert len(lit)
    with changed(a=green) as store, seen_by("district_leader", 1, store) as reader:
        rows = table_of(built(reader, "matrix", rows="lit")).rows
    assert {row["org_id"] for row in rows} == set(lit)


def test_a_column_of_the_figure_chooses_its_indicator_and_the_chosen_one_lets_go() -> None:
    def links(part: Part) -> list[str]:
        assert isinstance(part, Figure)
        assert part.figure is not None
        return list(part.figure.data[0].customdata)

    path, query = links(matrix()["by-indicator"])[0].split("?")
    chosen = parse(path, query).indicator
    assert chosen in RULES
    again = links(matrix(indicator=chosen)["by-indicator"])
    assert len([link for link in again if "indicator=" not in link]) == 1


def test_an_administrator_sees_the_branches_of_its_own_subtree_alone() -> None:
    org = max((org for org in areas() if org != 1), key=lambda org: len(inside(org)))
    with seen_by("committee_admin", org) as reader:
        rows = table_of(built(reader, "matrix", rows="all")).rows
    assert rows
    assert {row["org_id"] for row in rows} <= inside(org)


def test_without_lights_it_says_so() -> None:
    gone = sa.update(schema.branch_results).values(
        dict.fromkeys(("light", *(f"{name}_light" for name in RULES)))
    )
    with changed(a=gone) as store, seen_by("district_leader", 1, store) as reader:
        parts = built(reader, "matrix", rows="lit")
    figure = parts["by-indicator"]
    assert isinstance(figure, Figure)
    assert figure.figure is None
    assert "没有参评指标" in figure.empty
    assert not table_of(parts).rows
    figures = parts["figures"]
    assert isinstance(figures, Numbers)
    assert {number.label: number.value for number in figures.numbers}["红灯支部"] is None
