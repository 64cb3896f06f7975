"""Facts of members read from hand-written rows: what counts in time, what is broken, late, deleted or another's."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from dashboard.profile import load_profile
from data.indicators.member.cube import MemberCube, month_number
from data.projection.families.member_lights import read, read_facts
from data.projection.source import Block, Calendar, Row, Source
from data.projection.tree import Tree
from tests.naive.life import random_district
from tests.naive.projected import new_source, new_store, profile_district, projector, read_table

NOW = datetime(2026, 7, 10, 12)
MONTH = "2026-06"
RULES = load_profile("haishu").member_rules
START = datetime(2026, 6, 10, 9)


def register(member: int = 1, branch: int = 5, **membership: Any) -> dict[str, list[dict[str, Any]]]:
    """A full member in party who always belonged to one branch."""
    held = {"started_on": date(2015, 1, 1), "kind": "formal", "start_reason": "admitted", **membership}
    state = {"member_stage": "full", "membership_state": "in_party", "valid_from": date(2015, 1, 1)}
    return {
        "members": [{"member_id": member, "member_no": f"M{member}", "joined_on": date(2015, 1, 1)}],
        "memberships": [{"membership_id": member, "member_id": member, "branch_org_id": branch, **held}],
        "member_state_history": [{"history_id": member, "member_id": member, **state}],
    }


def facts(rows: dict[str, list[dict[str, Any]]], missing: frozenset[str] = frozenset()) -> MemberCube:
    with new_source(rows).connect() as connection:
        source = Source(
            connection, Calendar("2025-01", NOW), Tree({}, {}), missing=missing, member_rules=RULES
        )
        return read_facts(source, None, [MONTH, "2026-07"])[0]


def fact(rows: dict[str, list[dict[str, Any]]], name: str, month: str = MONTH) -> float:
    cube = facts({**register(), **rows})
    return float(cube[name][0, list(cube.months).index(month)])


def signed(activity: dict[str, Any] | None = None, **attendance: Any) -> dict[str, list[dict[str, Any]]]:
    """One theme day with one signed row, changed as told."""
    held = {
        "activity_id": 1, "org_id": 9, "activity_type": "theme_party_day", "status": "held", "started_at": START,
        "ended_at": START + timedelta(hours=2), "period_month": MONTH, "recorded_at": START, "class_hours": 1.5,
    }  # fmt: skip
    row = {
        "attendance_id": 1, "activity_id": 1, "member_id": 1, "is_required": True, "status": "present",
        "sign_method": "qr", "signed_at": START, "recorded_at": START,
    }  # fmt: skip
    return {"activities": [{**held, **(activity or {})}], "attendances": [{**row, **attendance}]}


@pytest.mark.parametrize(
    ("rows", "due", "signins", "hours"),
    [
        (signed(), 1, 1, 1.5),
        (signed(is_required=False), 0, 1, 1.5),
        (signed(status="absent", sign_method=None, signed_at=None), 1, 0, 0),
        (signed(status="leave", sign_method=None, signed_at=None), 0, 0, 0),
        (signed(sign_method="manual"), 1, 0, 0),
        (signed(signed_at=START - timedelta(hours=3)), 1, 0, 0),
        # Present without a method proves nothing and asks for nothing; a late roster row likewise.
        (signed(sign_method=None), 0, 0, 0),
        (signed(recorded_at=datetime(2026, 7, 1)), 0, 0, 0),
        (signed({"recorded_at": datetime(2026, 7, 1)}), 0, 0, 0),
        (signed({"status": "cancelled"}), 0, 0, 0),
        (signed({"period_month": "2026-05"}), 0, 0, 0),
        (signed({"class_hours": None}), 1, 1, 0),
        (signed(deleted_at=NOW), 0, 0, 0),
    ],
)
def test_a_roster_row_counts_when_activity_and_sign_in_are_valid(
    rows: dict[str, list[dict[str, Any]]], due: float, signins: float, hours: float
) -> None:
    found = (fact(rows, "theme_due"), fact(rows, "theme_signins"), fact(rows, "class_hours"))
    assert found == (due, signins, hours)


def payment(number: int, amount: float, paid: datetime, recorded: datetime | None = None) -> dict[str, Any]:
    return {
        "payment_id": number,
        "member_id": 1,
        "amount": amount,
        "paid_at": paid,
        "recorded_at": recorded or paid,
    }


def owed(*payments: dict[str, Any], payable: float | None = 10) -> dict[str, list[dict[str, Any]]]:
    """An obligation of May with payments on it."""
    return {
        "dues_obligations": [
            {
                "obligation_id": 1, "member_id": 1, "branch_org_id": 5, "dues_month": "2026-05",
                "payable_amount": payable, "due_on": date(2026, 5, 31),
            }
        ],
        "dues_payments": list(payments),
        "dues_payment_allocations": [
            {"allocation_id": n, "payment_id": row["payment_id"], "obligation_id": 1, "amount": row["amount"]}
            for n, row in enumerate(payments, 1)
        ],
    }  # fmt: skip


MAY, JUNE, JULY = datetime(2026, 5, 20), datetime(2026, 6, 20), datetime(2026, 7, 2)


@pytest.mark.parametrize(
    ("rows", "is_owed", "settled"),
    [
        (owed(payment(1, 10, MAY)), 1, "2026-05"),
        (owed(payment(1, 9.99, MAY)), 1, None),
        (owed(), 1, None),
        (owed(payable=0), 0, None),
        (owed(payment(1, 10, datetime(2026, 4, 2))), 1, "2026-05"),
        (owed(payment(1, 4, MAY), payment(2, 6, JUNE)), 1, "2026-06"),
        # More than was asked for does not put the payment off.
        (owed(payment(1, 10, MAY), payment(2, 1, JUNE)), 1, "2026-05"),
        # Recorded until the third day of the next month it is in time, later it counts from then.
        (owed(payment(1, 10, MAY, datetime(2026, 6, 3, 23, 59))), 1, "2026-05"),
        (owed(payment(1, 10, MAY, datetime(2026, 6, 4))), 1, "2026-06"),
        (owed({**payment(1, 10, MAY), "deleted_at": NOW}), 1, None),
        (owed(payment(1, 10, JULY)), 1, "2026-07"),
    ],
)
def test_an_obligation_is_settled_in_the_month_its_payments_reach_it(
    rows: dict[str, list[dict[str, Any]]], is_owed: float, settled: str | None
) -> None:
    assert fact(rows, "dues_owed", "2026-05") == is_owed
    assert fact(rows, "dues_settled", "2026-05") == (month_number(settled) if settled else 0)


def talk(**columns: Any) -> dict[str, list[dict[str, Any]]]:
    row = {
        "talk_id": 1,
        "org_id": 5,
        "initiator_member_id": 2,
        "partner_member_id": 1,
        "talked_on": START.date(),
    }
    return {"heart_talks": [{**row, "recorded_at": START, **columns}]}


def served(*hours: float, **columns: Any) -> dict[str, list[dict[str, Any]]]:
    row = {
        "member_id": 1,
        "org_id": 5,
        "service_on": START.date(),
        "verified_at": START,
        "recorded_at": START,
    }
    return {
        "volunteer_records": [{"record_id": n, "hours": h, **row, **columns} for n, h in enumerate(hours, 1)]
    }


def letter(**columns: Any) -> dict[str, list[dict[str, Any]]]:
    row = {
        "transfer_id": 1, "member_id": 1, "state": "letter_issued", "applied_at": datetime(2026, 5, 1),
        "letter_issued_on": date(2026, 5, 2), "letter_valid_until": date(2026, 6, 20),
    }  # fmt: skip
    return {"transfers": [{**row, **columns}]}


def warned(**columns: Any) -> dict[str, list[dict[str, Any]]]:
    row = {
        "warning_id": 1,
        "subject_type": "member",
        "member_id": 1,
        "state": "pushed",
        "org_id": 5,
        "level": "red",
    }
    due = {"indicator_id": "x", "period": MONTH, "raised_at": START, "rectify_due_on": date(2026, 6, 25)}
    return {"warnings": [{**row, **due, **columns}]}


@pytest.mark.parametrize(
    ("rows", "name", "value"),
    [
        (talk(), "talks", 1),
        (talk(initiator_member_id=1), "talks", 1),
        (talk(recorded_at=datetime(2026, 7, 1)), "talks", 0),
        (served(3, 3), "service_hours", 6),
        (served(3, 3), "service_hours_capped", 4),
        (served(3, verified_at=None), "service_hours", 0),
        (served(3, recorded_at=datetime(2026, 7, 1)), "service_hours", 0),
        (served(1, 1, project_id=8), "needs_claimed", 1),
        (letter(), "letter_days", 10),
        (letter(state="withdrawn"), "letter_days", np.nan),
        (letter(state="completed", completed_at=datetime(2026, 6, 30, 8)), "letter_days", np.nan),
        (letter(letter_valid_until=None), "letter_days", np.nan),
        (letter(letter_issued_on=date(2026, 7, 1)), "letter_days", np.nan),
        (warned(), "warnings_overdue", 1),
        (warned(), "warnings_missed", 1),
        (warned(rectified_at=datetime(2026, 6, 29)), "warnings_overdue", 0),
        (warned(rectified_at=datetime(2026, 6, 25, 23)), "warnings_missed", 0),
        (warned(rectify_due_on=date(2026, 5, 1)), "warnings_overdue_60", 0),
        (warned(rectify_due_on=date(2026, 4, 30)), "warnings_overdue_60", 1),
        (warned(state="invalid"), "warnings_overdue", 0),
    ],
)
def test_a_record_counts_by_its_own_day_and_in_time(
    rows: dict[str, list[dict[str, Any]]], name: str, value: float
) -> None:
    assert fact(rows, name) == pytest.approx(value, nan_ok=True)


def test_the_register_tells_who_is_scored_and_who_came_lately() -> None:
    arrived = register(started_on=date(2026, 6, 2), start_reason="transfer_in")
    cube = facts(arrived)
    june = list(cube.months).index(MONTH)
    names = ("enrolled", "is_scored", "recent")
    assert [cube[name][0, june - 1 : june + 2].tolist() for name in names] == [
        [0, 1, 1],
        [0, 0, 1],
        [0, 1, 1],
    ]


def counts(rows: dict[str, list[dict[str, Any]]], missing: frozenset[str] = frozenset()) -> list[Row]:
    with new_source(rows).connect() as connection:
        source = Source(
            connection, Calendar("2025-01", NOW), Tree({}, {}), missing=missing, member_rules=RULES
        )
        return list(read(source, Block((5,), (MONTH,))))


def test_points_follow_the_member_who_moved_and_lights_show_at_the_branch_of_the_day() -> None:
    moved = register(branch=5, started_on=date(2026, 1, 10), start_reason="reorganized")
    rows = {**moved, **owed(), **signed({"org_id": 77})}
    [(branch, month, values)] = counts(rows)
    assert (branch, month, values["yellow_members"]) == (5, MONTH, 1)
    gone = {**register(branch=6), **owed()}
    assert counts(gone) == []


def test_without_one_of_its_tables_the_family_counts_what_there_is() -> None:
    rows = {**register(), **owed()}
    [(_, _, whole)] = counts(rows)
    [(_, _, values)] = counts(rows, frozenset({"dues_obligations"}))
    assert "solid_discipline" not in whole
    assert values["solid_discipline"] == values["normal_members"] == 1


@pytest.mark.parametrize(
    ("scheme", "measure"), [("wujin", "wj_member_score_sum"), ("kunshan", "ks_points_sum")]
)
def test_where_the_index_is_a_score_the_ranking_stands_on_the_scores(scheme: str, measure: str) -> None:
    district = random_district(31)
    source, store = new_source(district.rows), new_store()
    projector(source, store, lambda: district.now, profile_district(scheme=scheme)).run()
    rows = read_table(store, "branch_months").values()
    assert sum(row[measure] for row in rows) > 0
    assert all(row["index_points"] == row[measure] for row in rows)
