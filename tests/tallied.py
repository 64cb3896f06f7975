"""One tally or listing over a few hand-written rows: the smallest tree with two towns, and what was read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from data.projection.source import Calendar, Source
from data.projection.tallying import EVERY, _rows
from data.projection.tree import read_tree
from tests.naive.projected import new_source
from tests.naive.rows import Row, Rows

NOW = datetime(2026, 11, 21, 14, 30)
TODAY = NOW.date()
FIRST = "2025-10"
LONG_AGO = date(2015, 1, 1)
# District committee, a committee and a branch of town 5 with a party group, a branch of town 6, one without a town.
ROOT, COMMITTEE, FIVE, GROUP, SIX, DIRECT = 1, 2, 3, 4, 5, 6


def tree() -> Rows:
    def org(number: int, kind: str, parent: int | None, town: int | None) -> Row:
        return {
            "org_id": number, "org_code": f"C{number}", "name": "组织", "short_name": "组织", "org_type": kind,
            "parent_org_id": parent, "path": "/", "sector": "village", "town_id": town, "is_public": True,
            "established_on": LONG_AGO,
        }  # fmt: skip

    def division(number: int, kind: str, parent: int | None) -> Row:
        code = f"3302{number:04d}"
        return {
            "division_id": number,
            "division_code": code,
            "name": code,
            "kind": kind,
            "parent_division_id": parent,
        }

    return {
        "divisions": [
            division(5, "town", None), division(6, "town", None), division(51, "village", 5),
            division(61, "community", 6),
        ],
        "organizations": [
            org(ROOT, "district_committee", None, None), org(COMMITTEE, "party_committee", ROOT, 5),
            org(FIVE, "branch", COMMITTEE, 5), org(GROUP, "party_group", FIVE, None),
            org(SIX, "branch", ROOT, 6), org(DIRECT, "branch", ROOT, None),
        ],
    }  # fmt: skip


def members(*branches: int, **columns: Any) -> Rows:
    """Full members 1, 2, … of these branches, all since long ago; ``columns`` of every member."""
    numbers = range(1, len(branches) + 1)
    plain = {"name": "某", "gender": "M", "joined_on": date(2010, 3, 4), "birthday": date(1980, 11, 22)}
    state = {"member_stage": "full", "membership_state": "in_party", "valid_from": LONG_AGO}
    return {
        "members": [{"member_id": n, "member_no": f"M{n}", **plain, **columns} for n in numbers],
        "member_state_history": [{"history_id": n, "member_id": n, **state} for n in numbers],
        "memberships": [
            {
                "membership_id": n,
                "member_id": n,
                "branch_org_id": branch,
                "kind": "formal",
                "started_on": LONG_AGO,
            }
            for n, branch in zip(numbers, branches, strict=True)
        ],
    }


def read(name: str, rows: Mapping[str, list[Row]], now: datetime = NOW) -> list[dict[str, Any]]:
    """Rows of the tally or listing as the read model would hold them."""
    engine = new_source({**tree(), **rows})
    with engine.connect() as connection:
        source = Source(connection, Calendar(FIRST, now), read_tree(connection))
        return _rows(EVERY[name], source)


def tallied(
    name: str, rows: Mapping[str, list[Row]], now: datetime = NOW, town: int = 0
) -> dict[str | tuple[str, str], float]:
    """Key → value of one town (0: the district), (month, key) → value where there is a month."""
    found = [row for row in read(name, rows, now) if row["town_id"] == town]
    return {
        (row["period_month"], row["key"]) if row["period_month"] else row["key"]: row["value"]
        for row in found
    }
