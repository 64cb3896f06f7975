"""The names of the steps of admission against rows written by hand."""

from __future__ import annotations

from typing import Any

from tests.naive.rows import Row
from tests.tallied import NOW, read


def definition(number: int, variant: int, no: int, stage: int, name: str, **columns: Any) -> Row:
    return {
        "step_def_id": number, "variant": variant, "step_no": no, "stage_no": stage, "step25_no": no,
        "name_zh": name, "actor": "branch", **columns,
    }  # fmt: skip


def test_steps_stand_in_their_order_with_list_number_and_stage() -> None:
    rows = [
        definition(1, 43, 1, 1, "递交申请"), definition(2, 25, 3, 2, "确定积极分子"),
        definition(3, 25, 2, 1, "派人谈话"), definition(4, 25, 4, 2, "不再使用", deleted_at=NOW),
    ]  # fmt: skip
    found = read("step_names", {"development_step_defs": rows})
    assert [(row["position"], row["kind"], row["title"]) for row in found] == [
        (0, "25|2|1", "派人谈话"), (1, "25|3|2", "确定积极分子"), (2, "43|1|1", "递交申请"),
    ]  # fmt: skip
