"""The page of venues: branches with a venue by hand, open issues of the subtree only, towns apart."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, cast

import pytest
import sqlalchemy as sa

from dashboard.leadership.parts import Figure, Numbers, Table
from data.readmodel import schema
from data.readmodel.light import Light
from data.readmodel.scoped import BRANCH_TYPES
from tests.leadership_pages import areas, built, changed, inside, known, nodes, roots, seen_by
from tests.naive.projected import read_table
from tests.tallied import FIVE, LONG_AGO, ROOT, TODAY, read, tallied

PAGE = "venues"


def number(parts: dict[str, Any], label: str) -> float | None:
    return next(one.value for one in cast(Numbers, parts["figures"]).numbers if one.label == label)


def rows(parts: dict[str, Any], slug: str) -> list[dict[str, Any]]:
    return [dict(row) for row in cast(Table, parts[slug]).rows]


@pytest.mark.parametrize("org", roots())
def test_branches_with_a_venue_are_counted_in_the_subtree(org: int) -> None:
    month = known()[0].months[-2]
    measured = read_table(known()[2], "branch_months")
    own = [
        row
        for key, row in measured.items()
        if key[0] in inside(org) and key[1] == month and row["active"] == 1
    ]
    with seen_by("committee_admin", org) as reader:
        parts = built(reader, PAGE, org)
    with_venue = sum((row["venue_access"] or 0) > 0 for row in own)
    assert number(parts, "有阵地可用的支部") == (pytest.approx(with_venue / len(own)) if own else None)
    seen = sum((row["venue_inspected"] or 0) > 0 for row in own)
    assert number(parts, "一年内检查过") == (pytest.approx(seen / with_venue) if with_venue else None)
    if nodes()[org]["org_type"] not in BRANCH_TYPES:
        wanting = {
            row["org_id"]
            for row in own
            if row["venue_access"] == 0
            or row["venue_issues"]
            or (row["venue_access"] and row["venue_inspected"] == 0)
        }
        assert {row["org_id"] for row in rows(parts, "branches")} == wanting


@pytest.mark.parametrize("org", roots())
def test_open_issues_are_those_kept_in_the_subtree(org: int) -> None:
    today = known()[0].now
    keepers = sorted(nodes())
    issues = [
        {
            "listing": "venue_issues", "position": i, "at": today + timedelta(days=i - 2), "org_id": keeper,
            "kind": "activity_room", "title": f"室{keeper}", "amount": 5.0, "is_public": False,
        }
        for i, keeper in enumerate(keepers)
    ]  # fmt: skip
    with (
        changed(a=sa.delete(schema.listings), b=sa.insert(schema.listings).values(issues)) as store,
        seen_by("committee_admin", org, store) as reader,
    ):
        found = rows(built(reader, PAGE, org), "issues")
    assert [row["venue"] for row in found] == [f"室{keeper}" for keeper in keepers if keeper in inside(org)]
    assert {row["flags"] for row in found} == {"设施、环境"}
    late = {row["venue"] for row in found if row["light"] == Light.RED}
    assert late == {f"室{keeper}" for keeper in keepers[:2] if keeper in inside(org)}


def test_a_district_without_inspections_says_so() -> None:
    columns = ("venue_access", "venue_inspected", "venue_issues", "venue_issues_overdue")
    unknown = sa.update(schema.branch_months).values(dict.fromkeys(columns))
    with (
        changed(a=sa.delete(schema.tallies), b=sa.delete(schema.listings), c=unknown) as store,
        seen_by("district_leader", 0, store) as reader,
    ):
        parts = built(reader, PAGE)
    assert cast(Figure, parts["months"]).figure is None
    assert number(parts, "有阵地可用的支部") is None
    assert number(parts, "待整改阵地") is None
    assert (rows(parts, "issues"), cast(Table, parts["issues"]).empty) == ([], "没有阵地检查记录")
    assert rows(parts, "branches") == []


def test_below_a_town_no_venues_of_the_town_are_shown() -> None:
    below = [org for org in areas() if nodes()[org]["depth"] > 1]
    assert below
    for org in below:
        with seen_by("committee_admin", org) as reader:
            parts = built(reader, PAGE, org)
        assert number(parts, "阵地") is None
        assert cast(Figure, parts["kinds"]).figure is None


def _inspection(number: int, venue: int, wrong: str, **columns: Any) -> dict[str, Any]:
    flags = ("facilities_ok", "rules_ok", "environment_ok", "usage_ok")
    marks = {flag: flag[0] not in wrong for flag in flags}
    return {
        "inspection_id": number,
        "venue_id": venue,
        "inspected_on": TODAY - timedelta(days=9),
        **marks,
        **columns,
    }


def test_the_list_holds_the_newest_inspection_of_each_venue_most_urgent_first() -> None:
    venues = [
        {"venue_id": n, "name": f"室{n}", "venue_kind": "activity_room", "org_id": org, "opened_on": LONG_AGO,
         "is_public": False, "division_id": division}
        for n, org, division in ((1, FIVE, None), (2, ROOT, 61), (3, FIVE, None), (4, FIVE, None))
    ]  # fmt: skip
    inspections = [
        _inspection(1, 1, "fu", rectify_due_on=TODAY),
        _inspection(2, 2, "r", rectify_due_on=TODAY - timedelta(days=1)),
        # A newer one finds nothing; put right yesterday.
        _inspection(3, 3, "f"),
        _inspection(4, 3, ""),
        _inspection(5, 4, "e", rectified_on=TODAY - timedelta(days=1)),
    ]
    source: dict[str, list[dict[str, Any]]] = {"venues": venues, "venue_inspections": inspections}
    listed = [(row["title"], row["org_id"], row["amount"], row["at"]) for row in read("venue_issues", source)]
    limit = datetime.combine(TODAY, datetime.min.time())
    assert listed == [("室2", ROOT, 2.0, limit - timedelta(days=1)), ("室1", FIVE, 9.0, limit)]
    assert tallied("venue_findings", source, town=5) == {"inspected": 4, "found": 4, "rectified": 2}
    assert tallied("venue_findings", source, town=6) == {"inspected": 1, "found": 1, "overdue": 1}
