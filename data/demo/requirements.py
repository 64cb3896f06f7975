"""活动频次节点: how often each kind of activity is due, per scheme and kind of branch (HJ-09)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from data.demo.bulk import RowSink
from data.demo.timeline import DAY, Timeline

_BRANCHES = ("branch", "joint_branch", "temporary_branch")


class Duty(NamedTuple):
    """``node_day`` counts from the first day of the period, 1 for that day itself; 0 stands for no limit."""

    activity_type: str
    period_kind: str
    required_count: int
    node_day: int
    min_full_members: int = 0


_ALL = (
    Duty("member_assembly", "quarter", 1, 60),
    Duty("committee_meeting", "month", 1, 20, 7),
    Duty("party_lecture", "quarter", 1, 60),
    Duty("theme_party_day", "month", 1, 20),
    Duty("organization_life_meeting", "year", 1, 350),
    Duty("democratic_appraisal", "year", 1, 350),
)
_MORE = {
    "wujin": (Duty("theory_study", "month", 1, 25),),
    "haishu": (Duty("theory_study", "quarter", 1, 75), Duty("deliberation", "quarter", 1, 75)),
    "jiangning": (Duty("fixed_study_day", "month", 1, 25), Duty("heart_talk", "year", 1, 330)),
    "huiji": (Duty("volunteer_service", "quarter", 1, 75), Duty("theory_study", "month", 1, 25)),
    "kunshan": (Duty("political_birthday", "quarter", 1, 80),),
}


def write_requirements(writer: RowSink, time: Timeline) -> None:
    """Rows of ``activity_requirements`` of all five schemes, valid since before the window."""
    rows = [
        (scheme, kind, duty)
        for scheme, more in _MORE.items()
        for kind in _BRANCHES
        for duty in (*_ALL, *more)
        if kind == "branch" or duty.activity_type in ("member_assembly", "party_lecture", "theme_party_day")
    ]
    n, begin = len(rows), int(time.starts[0]) - 400
    writer.put(
        "activity_requirements",
        {
            "requirement_id": np.arange(1, n + 1),
            "scheme": pa.array([r[0] for r in rows]),
            "activity_type": pa.array([r[2].activity_type for r in rows]),
            "org_type": pa.array([r[1] for r in rows]),
            "period_kind": pa.array([r[2].period_kind for r in rows]),
            "required_count": np.array([r[2].required_count for r in rows]),
            "node_day": np.array([r[2].node_day or -1 for r in rows]),
            "min_full_members": np.array([r[2].min_full_members or -1 for r in rows]),
            "valid_from": np.full(n, begin),
            "created_at": np.full(n, begin * DAY),
        },
    )
