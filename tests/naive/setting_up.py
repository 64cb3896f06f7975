"""Measures of how a branch is set up once more, and of the eight institutions, in loops over plain rows."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.naive.cell import Cell, Cells
from tests.naive.district import add_months, end_of, first_of, last_of
from tests.naive.indicators import Branch
from tests.naive.register import holds
from tests.naive.rows import Row

Booking = tuple[float, float]


def set_up(cell: Cell) -> None:
    record(cell)
    attached(cell)
    balance(cell)
    overdue_within(cell)
    steps_of_admission(cell)


def record(cell: Cell) -> None:
    asked = ["short_name", "org_type", "sector", "division_id", "lng", "lat", "established_on", "address"]
    up: Row | None = cell.org
    while up is not None:
        if up["town_id"] is not None:
            asked.append("town_id")
            break
        up = cell.r.org(up["parent_org_id"])
    joint = cell.org["joint_unit_count"] if cell.org["org_type"] == "joint_branch" else 0
    filled = [name for name in asked if cell.org[name] is not None and cell.org[name] != ""]
    cell.put(record_filled=len(filled), record_fields=len(asked), joint_units=joint)


def attached(cell: Cell) -> None:
    """Members who must attend without a group of this branch, and members abroad without a procedure."""
    day = cell.r.day(cell.month)
    groups = {row["org_id"] for row in cell.r.groups_of(cell.id) if cell.r.active(row, day)}
    for row in cell.r.living("memberships"):
        here = row["branch_org_id"] == cell.id and holds(row["started_on"], row["ended_on"], day)
        if here and row["kind"] == "flow_in":
            cell.add("ungrouped_members", row["party_group_org_id"] not in groups)
    for membership, _, category in cell.r.members_of(cell.id, day):
        if category == "normal_active":
            cell.add("ungrouped_members", membership["party_group_org_id"] not in groups)
        if category == "abroad":
            told = cell.r.category_row(membership["member_id"], day)
            assert told is not None
            done = told["procedure_completed_on"]
            cell.add("abroad_unsettled", done is None or done > day)


def balance(cell: Cell) -> None:
    if int(cell.month[5:]) % 3 or cell.month == cell.r.open_month:
        return
    quarter = [add_months(cell.month, -n) for n in range(3)]
    payments = {row["payment_id"]: row for row in cell.r.living("dues_payments")}
    owed = {
        row["obligation_id"] for row in cell.r.living("dues_obligations") if row["branch_org_id"] == cell.id
    }
    paid = booked = 0.0
    for part in cell.r.living("dues_payment_allocations"):
        payment = payments.get(part["payment_id"])
        if payment is None or part["obligation_id"] not in owed:
            continue
        in_time = payment["recorded_at"] < end_of(cell.month) + timedelta(days=3)
        if f"{payment['paid_at']:%Y-%m}" in quarter and in_time:
            paid += float(part["amount"])
    for row in cell.r.living("dues_ledger_entries"):
        if row["org_id"] == cell.id and row["period_month"] in quarter and row["entry_kind"] == "collect":
            booked += float(row["amount"]) if row["recorded_at"] < end_of(row["period_month"]) else 0
    cell.put(ledger_balanced=abs(paid - booked) <= 0.01 * max(paid, booked) + 0.01)


def overdue_within(cell: Cell) -> None:
    """Steps that stood past their limit at some moment of the month, and those whose limit is near at its end."""
    living = {row["transfer_id"]: row for row in cell.r.living("transfers")}
    begin = datetime.combine(first_of(cell.month), datetime.min.time())
    end = cell.r.end(cell.month)
    for step in cell.r.living("transfer_steps"):
        transfer = living.get(step["transfer_id"])
        opened, due = step["opened_at"], step["due_at"]
        if step["handler_org_id"] != cell.id or transfer is None or None in (opened, due) or opened >= end:
            continue
        over = [step["decided_at"], ended_at(transfer), cell.r.now + timedelta(days=999)]
        stops = min(moment for moment in over if moment is not None)
        cell.add("transfer_overdue_ever", due < end and stops > max(due, begin))
        cell.add("transfer_due_soon", end <= due <= end + timedelta(days=2) and stops >= end)


def ended_at(transfer: Row) -> datetime | None:
    if transfer["state"] == "completed":
        return transfer["completed_at"]  # type: ignore[no-any-return]
    ended = transfer["state"] in ("withdrawn", "rejected", "expired")
    return transfer["updated_at"] if ended else None


def steps_of_admission(cell: Cell) -> None:
    """Proper steps that a superior reviewed where one must, and the longest an open step is past its limit."""
    cases = {row["case_id"]: row for row in cell.r.living("development_cases")}
    documented = {row["dev_step_id"] for row in cell.r.living("development_documents")}
    defined = {(row["variant"], row["step_no"]): row for row in cell.r.living("development_step_defs")}
    end, longest = cell.r.end(cell.month).date(), 0
    for step in cell.r.living("development_steps"):
        case = cases.get(step["case_id"])
        due, done = step["due_on"], step["done_on"]
        if case is None or case["branch_org_id"] != cell.id or due is None:
            continue
        rule = defined.get((case["variant"], step["step_no"]))
        asked = [] if rule is None else [name for name in ("upload", "superior") if rule[f"requires_{name}"]]
        has = {"upload": step["dev_step_id"] in documented, "superior": step["reviewed_at"] is not None}
        in_time = done is not None and done <= due < cell.r.now.date() and f"{due:%Y-%m}" == cell.month
        cell.add("dev_steps_reviewed", in_time and all(has[name] for name in asked))
        ended = case["closed_on"]
        if due < end and (done is None or done >= end) and (ended is None or ended >= end):
            longest = max(longest, (end - due).days)
    cell.put(dev_overdue_days=longest)


def institutions(cells: Cells, months: list[str]) -> None:
    """Adds done and due of every institution to the cells, which hold all other counts."""
    for org in {org for org, _ in cells}:
        b = Branch(cells, org, months)
        for at, month in enumerate(months):
            closed = at < len(months) - 1
            found: dict[str, Booking] = {
                "assembly": quarterly(b, at, "assemblies"),
                "lecture": quarterly(b, at, "lectures"),
                "life_meeting": review(b, at, "life_meeting"),
                "appraisal": review(b, at, "appraisal"),
                "heart_talk": talks(b, at),
            }
            if b.eligible(at) and not b.broken(at):
                met, theme = b.get("groups_met", at), float(b.get("theme_days", at) > 0)
                met_committee = float(b.get("committee_meetings", at) > 0)
                found["group"] = (met, b.get("groups", at) if closed else met)
                found["theme_day"] = (theme, 1 if closed else theme)
                if b.get("has_committee", at):
                    found["committee"] = (met_committee, 1 if closed else met_committee)
            for name, (done, due) in found.items():
                cells[org, month] |= {f"{name}_done": done, f"{name}_due": due}


def quarterly(b: Branch, at: int, measure: str) -> Booking:
    """Booked once in a quarter: when held, or at its close."""
    first = at - (b.number(at) - 1) % 3
    quarter_end = last_of(add_months(b.months[at], 2 - (b.number(at) - 1) % 3))
    long_enough = (quarter_end - b.founded()).days + 1 >= 45
    so_far, booked = 0.0, False
    for j in range(max(first, 0), at + 1):
        before, so_far = so_far, so_far + b.get(measure, j)
        asked = b.eligible(j) and long_enough
        now: Booking = (0, 0)
        if asked and not booked and before < 1 <= so_far:
            now = (1, 1)
        elif asked and not booked and j == first + 2 and j < len(b.months) - 1 and first >= 0:
            if so_far >= 1:
                now = (1, 1)
            elif not b.broken(j, first):
                now = (0, 1)
        booked |= now[1] > 0
    return now


def review(b: Branch, at: int, name: str) -> Booking:
    """When held; besides, undone at the close of February of the next year: one held early for the new year does
    not make up for the last."""
    if not b.eligible(at):
        return 0, 0
    now = min(1.0, b.get(f"{name}_this_year", at) + b.get(f"{name}_last_year", at))
    return now, now + _missed_review(b, at, name)


def _missed_review(b: Branch, at: int, name: str) -> int:
    year = b.year(at) - 1
    if b.number(at) != 2 or at == len(b.months) - 1 or b.founded() > date(year, 9, 30) or year < b.year(0):
        return 0
    held = any(b.get(f"{name}_this_year", j) for j in range(at) if b.year(j) == year)
    held |= any(b.get(f"{name}_last_year", j) for j in range(at + 1) if b.year(j) == year + 1)
    nobody = name == "appraisal" and b.get("members", at) == 0
    return 0 if held or nobody else 1


def talks(b: Branch, at: int) -> Booking:
    """What the month adds to the share of members talked to, of a sixth more each month from July."""
    done = due = 0.0
    added: Booking = (0, 0)
    for j in range(at + 1):
        if b.number(j) == 1:
            done = due = 0.0
        added = (0, 0)
        if b.eligible(j) and b.get("normal_members", j) and j < len(b.months) - 1:
            due_now = max(0, b.number(j) - 6) / 6
            done_now = min(due_now, b.get("talked_in_year", j) / b.get("normal_members", j))
            added = (done_now - done, due_now - due)
            done, due = done_now, due_now
    return added
