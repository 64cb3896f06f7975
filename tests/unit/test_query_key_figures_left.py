"""Key figures of the left wing: counts of today, their change, the sign-ins of the open month."""

from __future__ import annotations

from typing import Any

from data.queries.figures_of_month import Amount
from data.queries.key_figures_left import KeyFiguresLeft, load
from data.scope import Scope
from tests.readmodel_rows import ROOT, reader_of, town

RECEPTION = Scope("wall_reception")
NO_DATA = Amount("nodata")


def count(month: str, kind: str, n: int) -> dict[str, Any]:
    return {"period_month": month, "kind": kind, "count": n}


def month(period: str, **columns: float | None) -> dict[str, Any]:
    return {"org_id": ROOT, "period_month": period, **columns}


def view(**tables: list[dict[str, Any]]) -> KeyFiguresLeft:
    with reader_of(**tables) as reader:
        return load(reader, RECEPTION)


def test_working_committees_and_the_district_are_not_grassroots_organisations() -> None:
    kinds = {
        "type:district_committee": 1, "type:working_committee": 9, "type:party_committee": 4,
        "type:general_branch": 5, "type:branch": 60, "type:joint_branch": 7, "type:temporary_branch": 2,
        "sector:village": 78,
    }  # fmt: skip
    rows = [count("2026-11", kind, n) for kind, n in kinds.items()] + [count("2026-10", "type:branch", 70)]
    figure = view(org_counts=rows).organisations
    assert (figure.amount.value, figure.change) == (78, 8)


def test_members_are_the_district_row_of_the_open_month_against_the_month_before() -> None:
    rows = [
        month("2026-11", members=130),
        month("2026-10", members=127),
        {"org_id": 2, "period_month": "2026-11", "members": 50},
    ]
    figure = view(org_months=rows).members
    assert (figure.amount.value, figure.change) == (130, 3)
    assert len(figure.trend) == 24
    assert figure.trend[-2:] == (127, 130)
    assert set(figure.trend[:-2]) == {None}


def test_villages_and_communities_add_up_over_towns() -> None:
    towns = [
        {**town(1, "甲镇"), "villages": 3, "communities": 1},
        {**town(2, "乙镇"), "villages": 0, "communities": 4},
    ]
    found = view(towns=towns)
    assert (found.divisions.amount.value, found.villages.value, found.communities.value) == (8, 3, 5)


def test_sign_ins_of_a_running_month_are_not_compared_with_a_whole_one() -> None:
    rows = [
        month("2026-11", signins=0, present=0, required=40),
        month("2026-10", signins=90, present=90, required=100),
    ]
    found = view(org_months=rows)
    assert found.signins.amount == Amount("value", 0.0)
    assert (found.signins.change, found.signins.trend) == (None, ())
    assert found.attendance == Amount("value", 0.0)


def test_nobody_required_is_not_applicable_and_a_missing_feed_is_no_data() -> None:
    nobody = view(org_months=[month("2026-11", signins=0, present=0, required=0)])
    assert nobody.attendance == Amount("na")
    missing = view(org_months=[month("2026-11", signins=None, present=None, required=None)])
    assert (missing.signins.amount, missing.attendance) == (NO_DATA, NO_DATA)


def test_an_empty_read_model_has_no_data_and_no_zero() -> None:
    found = view()
    figures = (found.organisations, found.members, found.divisions, found.signins)
    assert {figure.amount for figure in figures} == {NO_DATA}
    assert {figure.change for figure in figures} == {None}
