"""Organisation structure: counts by type, sectors in readable groups."""

from __future__ import annotations

from datetime import date

from data.queries.figures_of_month import Amount
from data.queries.organisation import Organisation, load
from data.scope import Scope
from tests.readmodel_rows import node, reader_of


def view(counts: dict[str, int], month: str = "2026-11") -> Organisation:
    rows = [{"period_month": month, "kind": kind, "count": n} for kind, n in counts.items()]
    above = [
        node(2, org_type="working_committee"),
        node(3, org_type="working_committee", dissolved_on=date(2026, 1, 1)),
    ]
    with reader_of(org_counts=rows, nodes=above) as reader:
        return load(reader, Scope("wall_reception"))


def test_the_three_kinds_of_branches_are_one_count() -> None:
    found = view(
        {"type:branch": 10, "type:joint_branch": 2, "type:temporary_branch": 1, "type:party_committee": 3}
    )
    assert found.branches.value == 13
    assert found.committees.value == 3


def test_no_general_branch_is_zero_and_no_count_at_all_is_no_data() -> None:
    assert view({"type:branch": 1}).general_branches == Amount("value", 0.0)
    empty = view({})
    assert {empty.committees, empty.general_branches, empty.branches} == {Amount("nodata")}
    assert empty.sectors == ()


def test_last_month_is_not_shown_as_this_month() -> None:
    assert view({"type:branch": 5}, "2026-10").branches == Amount("nodata")


def test_both_new_sectors_are_one_group_and_unknown_codes_are_other() -> None:
    found = view(
        {"sector:private_enterprise": 5, "sector:social_org": 2, "sector:moon_base": 4, "sector:other": 1}
    )
    sectors = dict(found.sectors)
    assert sectors["two_new"] == 7
    assert sectors["other"] == 5
    assert sectors["village"] == 0
    assert sum(sectors.values()) == 12


def test_working_committees_in_being_are_told_apart_from_the_counts() -> None:
    assert view({"type:branch": 1}).working_committees.value == 1
    assert view({}).working_committees == Amount("nodata")
