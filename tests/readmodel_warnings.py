"""Invented warnings of organisations that follow from invented lights, and the measures counted from them."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np

from data.clock import cutoff, month_of
from data.readmodel.results import BRANCH_INDICATORS, Light, indicator_column
from tests.readmodel_cells import Cells, Row


def warnings_of(
    leaves: list[Row], calendar: list[str], results: Cells, now: datetime, rng: np.random.Generator
) -> list[Row]:
    """One warning per red or yellow indicator of a closed month; old ones are closed."""
    rows: list[Row] = []
    for indicator in BRANCH_INDICATORS:
        lights = results[indicator_column(indicator, "light")]
        for i, m in zip(*np.nonzero(lights[:, :-1] >= Light.YELLOW), strict=True):
            level = "red" if lights[i, m] == Light.RED else "yellow"
            raised = cutoff(calendar[m]) + timedelta(hours=8, minutes=int(rng.integers(0, 600)))
            old = m < len(calendar) - 2 and rng.random() < 0.92
            done = raised + timedelta(days=int(rng.integers(4, 19))) if old or rng.random() < 0.4 else None
            state = (
                "closed"
                if old
                else "rectified"
                if done
                else str(rng.choice(["raised", "pushed", "rectifying"]))
            )
            rows.append(
                {
                    "warning_id": len(rows) + 1, "indicator_id": indicator, "level": level, "state": state,
                    "org_id": leaves[i]["org_id"], "period": calendar[m], "raised_at": raised,
                    "rectify_due_on": (raised + timedelta(days=15 if level == "red" else 30)).date(),
                    "rectified_at": min(done, now) if done else None,
                    "verified_at": min(done + timedelta(days=2), now) if done and old else None,
                }
            )  # fmt: skip
    return rows


def count_warnings(cells: Cells, leaves: list[Row], calendar: list[str], warnings: list[Row]) -> None:
    """The warning measures of each branch, counted from its warnings."""
    line = {leaf["org_id"]: i for i, leaf in enumerate(leaves)}
    column = {month: m for m, month in enumerate(calendar)}
    events = {
        "warnings_raised": "raised_at",
        "warnings_rectified": "rectified_at",
        "warnings_closed": "verified_at",
    }
    for warning in warnings:
        for measure, event in events.items():
            if warning[event] is not None:
                cells[measure][line[warning["org_id"]], column[month_of(warning[event].date())]] += 1
