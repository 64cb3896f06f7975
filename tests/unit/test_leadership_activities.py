"""The time axis: months by kind and sector by hand, days that add up to the month, only rows of the subtree."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

import pytest
import sqlalchemy as sa

from dashboard.leadership.parts import Figure, Numbers, Switch, Table, Text
from data.clock import add_months, last_day
from data.errors import OutOfScope
from data.projection.trace.evidence import Evidence
from data.queries.leadership.life import KINDS
from data.readmodel import schema
from data.readmodel.scoped import BRANCH_TYPES
from tests.leadership_pages import areas, built, changed, inside, known, nodes, roots, seen_by, sums

PAGE, DAYS = "activities", "activity-days"
ALL = ("activities", *KINDS)


def number(parts: dict[str, Any], label: str) -> float | None:
    return next(one.value for one in cast(Numbers, parts["figures"]).numbers if one.label.endswith(label))


def rows(parts: dict[str, Any], slug: str) -> list[dict[str, Any]]:
    return [dict(row) for row in cast(Table, parts[slug]).rows]


def month() -> str:
    return known()[0].months[-2]


def evidence(engine: sa.Engine | None = None) -> Evidence:
    return Evidence(engine or known()[1], lambda: known()[0].now, lambda *a, **k: None)


@pytest.mark.parametrize("org", roots())
def test_kinds_of_a_month_are_the_sums_of_the_branches(org: int) -> None:
    with seen_by("committee_admin", org) as reader:
        parts = built(reader, PAGE, org)
    counted = dict(zip(ALL, sums(org, month(), *ALL), strict=True))
    shown = {row["kind"]: row["month"] for row in rows(parts, "kinds")}
    assert {kind: shown.get(kind) or 0 for kind in ALL} == counted
    figure = cast(Figure, parts["months"]).figure
    if figure is not None:
        stacked = sum(bar.y[-1] or 0 for bar in figure.data if bar.type == "bar")
        assert stacked == counted["activities"]
    if nodes()[org]["org_type"] not in BRANCH_TYPES:
        shown = {row["org_id"]: row["held"] for row in rows(parts, "below")}
        children = {o for o, node in nodes().items() if node["parent_org_id"] == org}
        branches = {o for o in children if nodes()[o]["org_type"] in BRANCH_TYPES}
        assert shown.keys() <= children
        assert {o: n for o, n in shown.items() if o in branches} == {
            o: sums(o, month(), "activities")[0] for o in branches if sums(o, month(), "active") == [1.0]
        }


def test_a_sector_counts_its_branches_only_and_lists_nothing_else() -> None:
    org = areas()[0]
    with seen_by("district_leader", 0) as reader:
        offered = [
            choice.link.more["sector"]
            for choice in cast(Switch, built(reader, PAGE)["sectors-switch"]).choices
            if "sector" in choice.link.more
        ]
        assert len(offered) > 1
        for sector in offered:
            parts = built(reader, PAGE, sector=sector)
            own = [o for o in inside(org) if nodes()[o]["sector"] == sector]
            whole = sum(
                sums(o, month(), "activities")[0] for o in own if nodes()[o]["org_type"] in BRANCH_TYPES
            )
            held = {row["kind"]: row["month"] for row in rows(parts, "kinds")}
            assert held["activities"] == whole
            assert {row["org_id"] for row in rows(parts, "below")} <= set(own)


def test_a_month_without_a_row_says_so_and_draws_nothing() -> None:
    with (
        changed(a=sa.delete(schema.org_months), b=sa.delete(schema.branch_months)) as store,
        seen_by("district_leader", 0, store) as reader,
    ):
        parts = built(reader, PAGE)
        assert cast(Figure, parts["months"]).figure is None
        assert rows(parts, "kinds") == []
        assert cast(Table, parts["kinds"]).empty == "本月没有数据"
        assert number(parts, "今年累计") is None


@pytest.mark.parametrize("org", roots())
def test_the_days_of_a_month_add_up_to_its_number(org: int) -> None:
    with seen_by("committee_admin", org) as reader:
        for kind in ("activities", "theme_days", "group_meetings"):
            parts = built(reader, DAYS, org, evidence=evidence(), kind=kind)
            (published,) = sums(org, month(), kind)
            assert number(parts, "业务库合计") == (number(parts, "已发布") or 0) == published
            listed = rows(parts, "held")
            assert len(listed) == published
            assert {row["org_id"] for row in listed} <= inside(org) | {
                g["org_id"] for g in known()[0].groups()
            }
            led = [row for row in listed if row["open"] is not None]
            assert all(row["open"].org == row["org_id"] and row["org_id"] in inside(org) for row in led)
            assert led or kind != "activities" or len(inside(org)) < 5


def test_a_day_lists_what_was_held_on_it() -> None:
    last = last_day(month())
    with seen_by("district_leader", 0) as reader:
        counted = evidence().days(reader, reader.root.org_id, "activities", month())
        assert counted
        for day in range(1, last.day + 1):
            listed = rows(built(reader, DAYS, evidence=evidence(), day=str(day)), "held")
            assert len(listed) == counted.get(last.replace(day=day), 0)
            assert all(datetime.fromisoformat(str(row["started"])).day == day for row in listed)


def test_days_outside_the_subtree_do_not_exist() -> None:
    branch = next(o for o in roots() if nodes()[o]["org_type"] in BRANCH_TYPES)
    with seen_by("branch_secretary", branch) as reader, pytest.raises(OutOfScope):
        evidence().days(reader, areas()[0], "activities", month())


def test_without_the_operational_database_the_page_says_so() -> None:
    gone = sa.create_engine("sqlite:////nowhere/at/all.db")
    with seen_by("district_leader", 0) as reader:
        for service in (None, evidence(gone)):
            parts = built(reader, DAYS, evidence=service)
            assert "业务库暂时连接不上" in cast(Text, parts["said"]).lines[0].text
            assert "held" not in parts


def test_the_axis_leads_from_a_month_to_its_days() -> None:
    with seen_by("district_leader", 0) as reader:
        figure = cast(Figure, built(reader, PAGE, kind="lectures")["months"]).figure
    assert figure is not None
    assert figure.data[0].customdata[-1] == f"/leadership/{DAYS}?month={month()}&kind=lectures"
    assert figure.data[0].text[0] == add_months(month(), -23)
