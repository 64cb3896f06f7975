"""The comparison: both sides as the read model holds them, differences of the same things, nothing out of scope."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.indicator_values import branch_words
from dashboard.leadership.address import Address, AddressInvalid
from dashboard.leadership.parts import Figure, Number, Numbers, Part, Switch, Table
from dashboard.lit_rules import checked_rules
from dashboard.profile import load_profile
from data.clock import add_months
from data.errors import OutOfScope
from data.readmodel import schema
from data.readmodel.light import Light
from data.readmodel.scoped import BRANCH_TYPES
from tests.leadership_pages import areas, built, changed, inside, known, nodes, seen_by
from tests.naive.projected import read_table

RULES = checked_rules(load_profile("haishu"))


def month() -> str:
    return known()[0].months[-2]


def branches() -> list[int]:
    """Branches with a row of the month, in tree order."""
    rows = read_table(known()[2], "branch_months")
    found = [
        org
        for org, node in nodes().items()
        if node["org_type"] in BRANCH_TYPES and (org, month()) in rows and rows[org, month()]["active"]
    ]
    return sorted(found, key=lambda org: int(nodes()[org]["position"]))


def of_district(org: int, **address: Any) -> dict[str, Part]:
    with seen_by("district_leader", 1) as reader:
        return built(reader, "compare", org, **address)


def numbers(part: Part) -> dict[str, Number]:
    assert isinstance(part, Numbers)
    return {one.label: one for one in part.numbers}


def rows_of(part: Part) -> list[dict[str, Any]]:
    assert isinstance(part, Table)
    return [dict(row) for row in part.rows]


def result(org: int, of: str) -> dict[str, Any]:
    return dict(read_table(known()[2], "branch_results")[org, of])


def test_two_branches_stand_beside_each_other_with_what_one_has_more() -> None:
    one, two = branches()[:2]
    parts = of_district(one, versus=str(two))
    first, second = numbers(parts["first"]), numbers(parts["second"])
    counted = read_table(known()[2], "branch_months")
    assert first["党员"].value == counted[one, month()]["members"]
    assert second["党员"].value == counted[two, month()]["members"]
    assert first["党员"].change == counted[one, month()]["members"] - counted[two, month()]["members"]
    assert second["党员"].change is None
    assert (first["亮灯"].value, second["亮灯"].value) == (
        result(one, month())["light"],
        result(two, month())["light"],
    )
    assert first["亮灯"].change is None


def test_each_indicator_has_both_lights_and_the_largest_difference_stands_first() -> None:
    one, two = branches()[:2]
    rows = rows_of(of_district(one, versus=str(two))["indicators"])
    own, other = result(one, month()), result(two, month())
    assert rows
    for row in rows:
        name = row["indicator"]
        assert row["first_light"] == own[f"{name}_light"]
        assert row["second_light"] == other[f"{name}_light"]
        if (own[f"{name}_light"] or 0) >= Light.GREEN:
            assert row["first_value"] == branch_words(name, own[f"{name}_value"])
        scores = own[f"{name}_score"], other[f"{name}_score"]
        expected = None if None in scores else round(scores[0] - scores[1], 1)
        assert row["difference"] == expected
        assert row["second_open"] == Address("trace", two, month(), name)
    differences = [abs(row["difference"]) for row in rows if row["difference"] is not None]
    assert differences == sorted(differences, reverse=True)
    assert len(differences) > 3


def test_a_branch_beside_the_month_before_leads_each_number_to_its_own_month() -> None:
    org, before = branches()[0], add_months(month(), -1)
    parts = of_district(org, versus="month")
    second = numbers(parts["second"])
    assert second["诊疗分"].value == result(org, before)["score"]
    assert second["诊疗分"].origin is not None
    assert second["诊疗分"].origin.month == before
    assert {row["second_open"].month for row in rows_of(parts["indicators"]) if "second_open" in row} == {
        before
    }


def test_an_area_and_a_branch_share_what_both_have() -> None:
    org = branches()[0]
    parts = of_district(org, versus="1")
    first, second = numbers(parts["first"]), numbers(parts["second"])
    sums = read_table(known()[2], "org_months")[1, month()]
    assert second["诊疗分"].value == pytest.approx(sums["score_sum"] / sums["score_count"])
    assert second["红灯支部"].value == sums["red_branches"]
    assert "红灯支部" not in first
    assert "亮灯" not in second


def test_without_a_choice_it_is_the_next_organisation_of_its_kind() -> None:
    seen = set()
    for org in [*branches(), *(one for one in areas() if one != 1)]:
        parts, node = of_district(org), nodes()[org]
        siblings = {row["org_id"] for row in rows_of(parts["others"])}
        for other in siblings:
            assert nodes()[other]["parent_org_id"] == node["parent_org_id"]
            assert (nodes()[other]["org_type"] in BRANCH_TYPES) == (node["org_type"] in BRANCH_TYPES)
        switch = parts["against"]
        assert isinstance(switch, Switch)
        chosen = [choice.link.versus for choice in switch.choices if choice.chosen]
        later = [one for one in siblings if nodes()[one]["position"] > node["position"]]
        following = min(later or siblings, key=lambda one: int(nodes()[one]["position"]), default="month")
        assert chosen == [str(following)]
        seen.add(bool(siblings))
    assert True in seen


def test_nobody_compares_with_what_is_out_of_sight() -> None:
    org = branches()[0]
    with seen_by("branch_secretary", org) as reader:
        parts = built(reader, "compare")
        assert numbers(parts["first"])["党员"].value is not None
        assert not rows_of(parts["others"])
        links = {choice.link.versus for choice in parts["against"].choices}  # type: ignore[attr-defined]
        assert links == {"month", "year"}
        outside = next(other for other in branches() if other not in inside(org))
        with pytest.raises(OutOfScope):
            built(reader, "compare", versus=str(outside))
        for strange in ("nobody", "-5", "9" * 30):
            with pytest.raises(AddressInvalid):
                built(reader, "compare", versus=strange)


def test_a_side_without_a_row_says_why_and_the_other_one_stays() -> None:
    one, two = branches()[:2]
    gone = sa.delete(schema.branch_months).where(schema.branch_months.c.org_id == two)
    with changed(a=gone) as store, seen_by("district_leader", 1, store) as reader:
        parts = built(reader, "compare", one, versus=str(two))
    assert numbers(parts["first"])["党员"].value is not None
    assert numbers(parts["first"])["党员"].change is None
    assert not numbers(parts["second"])
    assert "没有记录" in parts["second"].empty
    assert all("second_light" not in row for row in rows_of(parts["indicators"]))
    basics = parts["basics"]
    assert isinstance(basics, Figure)
