"""The tally of the dues ledger against rows written by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.naive.rows import Row
from tests.tallied import COMMITTEE, FIVE, GROUP, NOW, ROOT, SIX, tallied


def entry(number: int, org: int, kind: str, way: str, amount: float, **columns: Any) -> Row:
    plain = {
        "entry_on": date(2026, 10, 31),
        "period_month": "2026-10",
        "recorded_at": datetime(2026, 10, 31, 21),
    }
    own = {"entry_id": number, "org_id": org, "entry_kind": kind, "direction": way, "amount": amount}
    return {**plain, **own, **columns}


def test_money_is_summed_by_level_kind_and_way_and_only_as_booked_in_its_month() -> None:
    rows = {
        "dues_ledger_entries": [
            entry(1, FIVE, "collect", "in", 100), entry(2, GROUP, "collect", "in", 20.5),
            entry(3, FIVE, "remit_up", "out", 60), entry(4, COMMITTEE, "remit_up", "in", 60),
            entry(5, ROOT, "return_down", "out", 7), entry(6, SIX, "collect", "in", 9, deleted_at=NOW),
            entry(7, SIX, "collect", "in", 9, recorded_at=datetime(2026, 11, 1)),
            entry(8, SIX, "collect", "in", 9, period_month="2025-09"), entry(9, 999, "collect", "in", 9),
        ]
    }  # fmt: skip
    assert tallied("dues_ledger", rows) == {
        ("2026-10", "branch|collect|in"): 120.5, ("2026-10", "branch|remit_up|out"): 60,
        ("2026-10", "committee|remit_up|in"): 60, ("2026-10", "district|return_down|out"): 7,
    }  # fmt: skip
    assert ("2026-10", "district|return_down|out") not in tallied("dues_ledger", rows, town=5)
    assert tallied("dues_ledger", rows, town=6) == {}
