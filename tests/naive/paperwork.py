"""Measures of dues, transfers, reviews, offices and papers once more, in loops over plain rows."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.naive.cell import Cell, belongs
from tests.naive.district import end_of, last_of
from tests.naive.register import Register, holds
from tests.naive.rows import Row


def dues(cell: Cell) -> None:
    payments = {row["payment_id"]: row for row in cell.r.living("dues_payments")}
    close = end_of(cell.month)
    for row in cell.r.living("dues_obligations"):
        if row["branch_org_id"] != cell.id or row["dues_month"] != cell.month or row["payable_amount"] <= 0:
            continue
        paid = ever = 0.0
        for part in cell.r.living("dues_payment_allocations"):
            payment = payments.get(part["payment_id"])
            if part["obligation_id"] != row["obligation_id"] or payment is None:
                continue
            ever += float(part["amount"])
            if payment["paid_at"] < close and payment["recorded_at"] < close + timedelta(days=3):
                paid += float(part["amount"])
        owed = float(row["payable_amount"])
        full = paid >= owed
        cell.add("dues_owed")
        cell.add("dues_full", full)
        cell.add("dues_short", not full and paid > 0)
        cell.add("dues_unpaid", not full and paid == 0)
        cell.add("dues_makeup", not full and ever >= owed)


def transfers(cell: Cell) -> None:
    living = {row["transfer_id"]: row for row in cell.r.living("transfers")}
    end = cell.r.end(cell.month)
    for step in cell.r.living("transfer_steps"):
        transfer = living.get(step["transfer_id"])
        if step["handler_org_id"] != cell.id or transfer is None or step["due_at"] is None:
            continue
        due, decided = step["due_at"], step["decided_at"]
        ended = ended_at(transfer)
        # A step its transfer's end closed before the limit was never missed.
        judged = decided is not None or transfer["state"] == "completed" or ended is None or ended > due
        if judged and f"{due:%Y-%m}" == cell.month and due < cell.r.now:
            cell.add("transfer_steps")
            cell.add("transfer_steps_on_time", decided is not None and decided <= due)
        still_open = (decided is None or decided >= end) and (ended is None or ended >= end)
        if step["opened_at"] is not None and step["opened_at"] < end and due < end and still_open:
            cell.add("transfer_overdue")
            cell.add("transfer_overdue_30", due < end - timedelta(days=30))


def ended_at(transfer: Row) -> datetime | None:
    """When a transfer ended; of all ends but completion only the last change of the row tells."""
    if transfer["state"] == "completed":
        return transfer["completed_at"]  # type: ignore[no-any-return]
    if transfer["state"] in ("withdrawn", "rejected", "expired"):
        return transfer["updated_at"]  # type: ignore[no-any-return]
    return None


def floating(cell: Cell) -> None:
    number = int(cell.month[5:])
    if number % 3 or cell.month == cell.r.open_month:
        return
    day = last_of(cell.month)
    quarter = f"{cell.month[:4]}Q{number // 3}"
    for membership, _, category in cell.r.members_of(cell.id, day):
        row = cell.r.category_row(membership["member_id"], day)
        if category != "flow_out" or row is None or (day - row["valid_from"]).days + 1 < 45:
            continue
        cell.add("floating_due")
        approved = [
            report
            for report in cell.r.living("floating_reports")
            if report["member_id"] == membership["member_id"]
            and report["quarter"] == quarter
            and report["review_result"] == "approve"
        ]
        cell.add("floating_reported", bool(approved))


def appraisals(cell: Cell) -> None:
    for row in cell.r.living("appraisals"):
        held = row["held_on"]
        if (
            row["org_id"] != cell.id
            or f"{held:%Y-%m}" != cell.month
            or row["recorded_at"] >= end_of(cell.month)
        ):
            continue
        if held.year == row["appraisal_year"]:
            suffix = "this_year"
        elif held.year == row["appraisal_year"] + 1 and held.month <= 2:
            suffix = "last_year"
        elif held.year == row["appraisal_year"] + 1 and held.month <= 9:
            suffix = "late"
        else:
            continue
        if row["appraisal_kind"] == "life_meeting":
            cell.add(f"life_meeting_{suffix}")
            continue
        cell.add(f"appraisal_{suffix}")
        graded = {
            r["member_id"]
            for r in cell.r.living("appraisal_results")
            if r["appraisal_id"] == row["appraisal_id"]
        }
        for membership, _, category in cell.r.members_of(cell.id, held):
            if category == "abroad" or is_lost(cell.r, membership["member_id"], held):
                continue
            cell.add(f"appraisable_{suffix}")
            cell.add(f"appraised_{suffix}", membership["member_id"] in graded)


def is_lost(r: Register, member: int, day: date) -> bool:
    for row in r.living("lost_contact_cases"):
        if row["member_id"] == member and holds(row["registered_on"], row["found_on"], day):
            return True
    return False


def offices(cell: Cell) -> None:
    last, day = last_of(cell.month), cell.r.day(cell.month)
    elected = [
        row for row in cell.r.living("org_terms") if row["org_id"] == cell.id and row["elected_on"] <= last
    ]
    cell.put(term_days=None)
    if elected:
        newest = max(elected, key=lambda row: (row["elected_on"], row["term_id"]))
        until = max(newest["expires_on"], newest["extension_until"] or newest["expires_on"])
        cell.put(term_days=(until - last).days)
    posts = {
        (row["post_type"], row["member_id"])
        for row in cell.r.living("party_posts")
        if row["org_id"] == cell.id and holds(row["started_on"], row["ended_on"], day)
    }
    members = ("organization", "publicity", "discipline", "other_committee")
    board = ("secretary", "deputy_secretary", *members)
    cell.put(
        has_secretary=any(kind == "secretary" for kind, _ in posts),
        has_committee=any(kind in members for kind, _ in posts),
        committee_size=len({who for kind, who in posts if kind in board}),
    )


def contribution(cell: Cell) -> None:
    for row in cell.r.living("volunteer_records"):
        if f"{row['service_on']:%Y-%m}" != cell.month or row["verified_at"] is None:
            continue
        if row["recorded_at"] < end_of(cell.month) and formal(cell, row["member_id"], row["service_on"]):
            cell.add("volunteer_hours", float(row["hours"]))
            cell.add("volunteer_times")
    for row in cell.r.living("learning_records"):
        done = row["completed_at"]
        if done and f"{done:%Y-%m}" == cell.month and formal(cell, row["member_id"], done.date()):
            cell.add("online_hours", float(row["credited_hours"]))
    cell.put(study_hours=(cell.counts.get("online_hours") or 0) + (cell.counts.get("class_hours") or 0))


def formal(cell: Cell, member: int, day: date) -> bool:
    return any(row["kind"] == "formal" for row in belongs(cell, member, day))


def papers(cell: Cell) -> None:
    for row in cell.r.living("posts"):
        published = row["published_at"]
        own = row["org_id"] == cell.id and row["status"] == "published" and published <= cell.r.now
        if own and f"{published:%Y-%m}" == cell.month:
            cell.add("posts")
            cell.add("disclosures", row["post_kind"] == "disclosure")
    for row in cell.r.living("dues_ledger_entries"):
        if row["org_id"] == cell.id and row["period_month"] == cell.month:
            in_time = row["recorded_at"] < end_of(cell.month)
            cell.add("ledger_entries", in_time)
            cell.add("ledger_dues_entries", in_time and row["entry_kind"] in ("collect", "remit_up"))
    for row in cell.r.living("warnings"):
        if row["org_id"] != cell.id or row["subject_type"] != "org" or row["state"] == "invalid":
            continue
        if row["raised_at"] > cell.r.now or f"{row['raised_at']:%Y-%m}" != cell.month:
            continue
        done = row["rectified_at"] is not None or row["state"] == "closed"
        limit = row["rectify_due_on"]
        cell.add("warnings_raised")
        cell.add("warnings_closed", row["state"] == "closed")
        cell.add("warnings_rectified", done)
        cell.add("warnings_overdue", not done and limit is not None and limit < cell.r.now.date())
