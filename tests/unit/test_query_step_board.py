"""The step board: every step of the list most cases follow, with what waits and what is overdue there."""

from __future__ import annotations

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


def board(*, named: bool = True, scope: Scope = STAFF, **cases: float) -> StepBoard:
    rows = [
        {
            "tally": "step_board",
            "period_month": "",
            "town_id": 0,
            "key": key.replace("_at_", "|").replace("__", "|"),
            "value": n,
        }
        for key, n in cases.items()
    ]
    rows = [{**row, "key": row["key"].removeprefix("v")} for row in rows]
    with reader_of(tallies=rows, listings=names() if named else []) as reader:
        return load(reader, scope)


def test_every_step_of_the_list_is_there_and_overdue_holds_both_kinds() -> None:
    found = board(v25_at_2__waiting=30, v25_at_2__soon=1, v25_at_2__overdue=2, v25_at_2__overdue_30=3)
    assert found.steps is not None
    assert found.steps[1] == Step(2, 1, "党组织派人谈话", waiting=30, soon=1, overdue=5, overdue_long=3)
    assert [step.waiting for step in found.steps] == [0, 30, 0]
    assert (found.variant, found.waiting, found.overdue) == (25, 30, 5)


def test_the_list_most_cases_follow_is_shown_and_the_others_are_counted() -> None:
    found = board(v25_at_2__waiting=3, v43_at_1__waiting=8)
    assert (found.variant, found.waiting, found.elsewhere) == (43, 8, 3)


def test_neither_visitors_nor_a_missing_feed_get_a_board() -> None:
    cases = {"v25_at_2__waiting": 30.0}
    assert board(scope=Scope("wall_reception"), **cases).steps is None
    assert board(named=False, **cases).steps is None
    assert board().steps is None
