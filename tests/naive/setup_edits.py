"""Random edits of how branches are set up: records, towns, groups of members, procedures, ledgers, payments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from tests.naive.edits import Living
from tests.naive.rows import Row


def correct_record(at: Living) -> None:
    values = {
        "address": at.chance.choice((None, "新路2号")),
        "joint_unit_count": at.chance.choice((None, 2, 7)),
    }
    at.update("organizations", at.pick("organizations"), **values)


def move_committee_to_town(at: Living) -> None:
    """Its branches are asked for their town, or no longer."""
    row = at.pick("organizations", lambda r: r["org_type"] in ("party_committee", "general_branch"))
    at.update("organizations", row, town_id=at.chance.choice((None, 1, 2)))


def regroup_member(at: Living) -> None:
    group = at.pick("organizations", lambda r: r["org_type"] == "party_group")
    into = None if group is None else group["org_id"]
    at.update("memberships", at.pick("memberships"), party_group_org_id=at.chance.choice((None, into)))


def settle_procedure(at: Living) -> None:
    row = at.pick("member_category_history", lambda r: r["category"] == "abroad")
    at.update("member_category_history", row, procedure_completed_on=at.chance.choice((None, at.day())))


def correct_ledger(at: Living) -> None:
    row = at.pick("dues_ledger_entries")
    at.update("dues_ledger_entries", row, entry_kind="collect", amount=at.chance.choice((5, 12.5)))


def balance_ledger(at: Living) -> None:
    """The books of a month say what one of its payments was."""
    part = at.pick("dues_payment_allocations")
    if part is None:
        return

    def its_payment(row: Row) -> bool:
        return bool(row["payment_id"] == part["payment_id"])

    payment = at.pick("dues_payments", its_payment)
    owed = at.pick("dues_obligations", lambda r: r["obligation_id"] == part["obligation_id"])
    if payment is not None and owed is not None:
        values = {"org_id": owed["branch_org_id"], "period_month": f"{payment['paid_at']:%Y-%m}"}
        common = {"recorded_at": payment["paid_at"], "entry_kind": "collect"}
        at.insert("dues_ledger_entries", amount=part["amount"], **values, **common)


def redate_payment(at: Living) -> None:
    day = at.day()
    moment = datetime(day.year, day.month, day.day, 10)
    at.update("dues_payments", at.pick("dues_payments"), paid_at=moment, recorded_at=moment)


def review_late(at: Living) -> None:
    """An appraisal of the year before is held after February."""
    row = at.pick("appraisals")
    if row is not None:
        held = at.day()
        moment = datetime(held.year, held.month, held.day, 9) + timedelta(hours=1)
        at.update("appraisals", row, held_on=held, appraisal_year=held.year - 1, recorded_at=moment)


def review_step(at: Living) -> None:
    row = at.pick("development_steps")
    at.update("development_steps", row, reviewed_at=at.chance.choice((None, at.now - timedelta(hours=1))))


SETUP_EDITS: tuple[Callable[[Living], None], ...] = (
    correct_record,
    move_committee_to_town,
    regroup_member,
    settle_procedure,
    correct_ledger,
    balance_ledger,
    redate_payment,
    review_late,
    review_step,
)
