"""The step board: every step of the list most cases follow, with what waits and what is overdue there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data.queries.step_board import Step, StepBoard, load
from data.scope import Scope
from tests.readmodel_rows import reader_of

STAFF = Scope("wall_internal")
NAMES = {
    "25|1|1": "递交入党申请书",
    "25|2|1": "党组织派人谈话",
    "25|3|2": "推荐和确定入党积极分子",
    "43|1|1": "递交入党申请书",
}


def names() -> list[dict[str, Any]]:
    return [
        {
            "listing": "step_names", "position": i, "at": None, "org_id": None, "kind": kind, "title": title,
            "amount": None, "is_public": True,
        }
        for i, (kind, title) in enumerate(NAMES.items())
    ]  # fmt: skip


def board(cases: Mapping[str, float], scope: Scope = STAFF, *, named: bool = True) -> StepBoard:
    rows = [
        {"tally": "step_board", "period_month": "", "town_id": 0, "key": key, "value": n}
        for key, n in cases.items()
    ]
    with reader_of(tallies=rows, listings=names() if named else []) as reader:
        return load(reader, scope)


def test_every_step_of_the_list_is_there_and_overdue_holds_both_kinds() -> None:
    found = board({"25|2|waiting": 30, "25|2|soon": 1, "25|2|overdue": 2, "25|2|overdue_30": 3})
    assert found.steps is not None
    assert found.steps[1] == Step(2, 1, "党组织派人谈话", waiting=30, soon=1, overdue=5, overdue_long=3)
    assert [step.waiting for step in found.steps] == [0, 30, 0]
    assert (found.variant, found.waiting, found.overdue) == (25, 30, 5)


def test_the_list_most_cases_follow_is_shown_and_the_others_are_counted() -> None:
    found = board({"25|2|waiting": 3, "43|1|waiting": 8})
    assert (found.variant, found.waiting, found.elsewhere) == (43, 8, 3)


def test_neither_visitors_nor_a_missing_feed_get_a_board() -> None:
    cases = {"25|2|waiting": 30.0}
    assert board(cases, Scope("wall_reception")).steps is None
    assert board(cases, named=False).steps is None
    assert board({}).steps is None
