"""The quality page: gaps and late records of a subtree by hand, the operation for viewers of the district only."""

from __future__ import annotations

from typing import Any, cast

import pytest
import sqlalchemy as sa

from dashboard.leadership.parts import Figure, Numbers, Table, Text
from data.errors import OutOfScope
from data.queries.leadership import operation
from data.readmodel import schema
from data.readmodel.light import Light
from data.viewer import ROLES
from tests.leadership_pages import areas, built, changed, inside, known, nodes, roots, seen_by, sums
from tests.naive.projected import read_table

PAGE = "quality"


def table(parts: dict[str, Any], slug: str) -> Table:
    return cast(Table, parts[slug])


def number(parts: dict[str, Any], label: str) -> float | None:
    return next(one.value for one in cast(Numbers, parts["figures"]).numbers if one.label == label)


@pytest.mark.parametrize("org", areas())
def test_late_records_and_gaps_are_those_of_the_subtree(org: int) -> None:
    month = known()[0].months[-2]
    with seen_by("committee_admin", org) as reader:
        parts = built(reader, PAGE, org)
    late, in_time, *bad = sums(
        org, month, "backfilled", "activities", "activities_broken", "attendance_broken", "dues_broken"
    )
    assert (number(parts, "补录活动") or 0) == late
    assert number(parts, "补录率") == (pytest.approx(late / (late + in_time)) if late + in_time else None)
    assert (number(parts, "不可计数记录") or 0) == sum(bad)
    measured = read_table(known()[2], "branch_months")
    results = [
        row
        for key, row in read_table(known()[2], "branch_results").items()
        if key[0] in inside(org) and key[1] == month and measured[key]["eligible"] == 1
    ]
    rows = {row["indicator"]: row for row in table(parts, "gaps").rows}
    assert bool(rows) == bool(results)
    for name, row in rows.items():
        lights = [one[f"{name}_light"] for one in results]
        assert row["na"] == sum(light == Light.NA for light in lights)
        assert row["gap"] == sum(light in (None, Light.NODATA) for light in lights)
        assert row["judged"] == len(lights) - row["na"] - row["gap"]
    assert {row["org_id"] for row in table(parts, "below").rows} <= inside(org)


def test_a_town_committee_sees_the_logins_of_its_town_and_nobody_below_it_does() -> None:
    town = next(o for o in areas() if nodes()[o]["depth"] == 1 and nodes()[o]["town_id"] is not None)
    weeks = [
        {"tally": "logins", "period_month": "", "town_id": nodes()[town]["town_id"], "key": key, "value": n}
        for key, n in (("2020-01-05|accounts", 8.0), ("2020-01-05|compliant", 6.0))
    ]
    clear, fill = sa.delete(schema.tallies), sa.insert(schema.tallies).values(weeks)
    with changed(a=clear, b=fill) as store:
        with seen_by("committee_admin", town, store) as reader:
            assert number(built(reader, PAGE, town), "登录达标率") == pytest.approx(0.75)
        with seen_by("district_leader", 0, store) as reader:
            parts = built(reader, PAGE)
            assert number(parts, "登录达标率") is None
            assert cast(Figure, parts["logins"]).empty == "登录日志未接入"


def test_only_viewers_of_the_district_see_how_it_is_fed() -> None:
    for role in ROLES:
        with seen_by(role, roots()[-1]) as reader:
            if reader.viewer.is_of_district:
                assert len(operation.load(reader).tables) == len(read_table(known()[2], "sources"))
            else:
                with pytest.raises(OutOfScope):
                    operation.load(reader)


def test_the_operator_reads_the_operation_and_is_led_nowhere() -> None:
    with seen_by("operator", 0) as reader:
        parts = built(reader, PAGE)
    assert {"state", "tables", "set-aside", "versions", "months"} <= parts.keys()
    assert all(row["open"] is None for slug in ("gaps", "below") for row in table(parts, slug).rows)
    assert not any(column.origin for column in table(parts, "below").columns)
    assert all(one.origin is None for one in cast(Numbers, parts["figures"]).numbers)


def test_rows_set_aside_and_absent_tables_are_told_in_words() -> None:
    aside = sa.insert(schema.quarantine).values(
        table_name="dues_obligations", reason="no payable amount", rows=7, sample_keys="1,2"
    )
    gone = sa.update(schema.sources).where(schema.sources.c.table_name == "venues").values(connected=False)
    with (
        changed(a=sa.delete(schema.quarantine), b=aside, c=gone) as store,
        seen_by("operator", 0, store) as reader,
    ):
        parts = built(reader, PAGE)
    (row,) = table(parts, "set-aside").rows
    assert (row["table"], row["reason"], row["rows"]) == ("应缴党费", "缺应缴金额", 7)
    (absent,) = [line for line in cast(Text, parts["state"]).lines if line.label == "未接入"]
    assert "阵地" in absent.text.split("、")
    assert absent.light == Light.YELLOW
    states = {row["table"]: row["state"] for row in table(parts, "tables").rows}
    assert states["venues"] == "未接入"
    assert states["activities"] == "已接入"
