"""Measures of how a branch stands once more, in loops over plain rows."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from tests.naive.cell import Cell
from tests.naive.district import add_months, end_of, first_of, last_of
from tests.naive.register import Register, holds
from tests.naive.rows import Row


def standing(cell: Cell) -> None:
    for count in (
        records,
        admissions,
        files,
        vacancy,
        venues,
        visits,
        ratings,
        projects,
        logins,
        secretary,
        limits,
    ):
        count(cell)


def until(cell: Cell) -> date:
    """The first day that no longer belongs to the month; today in the open month."""
    return min(end_of(cell.month), cell.r.now).date()


def records(cell: Cell) -> None:
    persons = {row["member_id"]: row for row in cell.r.living("members")}
    for membership, state, category in cell.r.members_of(cell.id, cell.r.day(cell.month)):
        person = persons[membership["member_id"]]
        asked: list[Any] = [category]
        asked += [
            person[name] for name in ("birthday", "education", "occupation", "joined_on", "home_division_id")
        ]
        if state["member_stage"] == "full":
            asked.append(person["full_member_on"])
        cell.add("member_fields", len(asked))
        cell.add("member_fields_filled", sum(field is not None for field in asked))
        cell.add("service_members", category not in ("aged_infirm", "abroad", "flow_out"))


def admissions(cell: Cell) -> None:
    cases = {
        row["case_id"]: row for row in cell.r.living("development_cases") if row["branch_org_id"] == cell.id
    }
    steps = [row for row in cell.r.living("development_steps") if row["case_id"] in cases]
    documented = {row["dev_step_id"] for row in cell.r.living("development_documents")}
    defined = {(row["variant"], row["step_no"]): row for row in cell.r.living("development_step_defs")}
    end, today = until(cell), cell.r.now.date()
    for step in steps:
        case = cases[step["case_id"]]
        rule = defined.get((case["variant"], step["step_no"]))
        lacks = rule is not None and rule["requires_upload"] and step["dev_step_id"] not in documented
        due, done, ended = step["due_on"], step["done_on"], case["closed_on"]
        if due and f"{due:%Y-%m}" == cell.month and due < today and (done or not ended or ended > due):
            cell.add("dev_steps")
            cell.add("dev_steps_proper", done is not None and done <= due and not lacks)
        if due and due < end and (done is None or done >= end) and (ended is None or ended >= end):
            cell.add("dev_overdue")
            cell.add("dev_overdue_30", (end - due).days > 30)
        if done and done <= today and f"{done:%Y-%m}" == cell.month:
            cell.add("dev_uploads_missing", lacks)
            cell.add("dev_steps_early", rule is not None and too_early(step, rule, steps))


def too_early(step: Row, rule: Row, steps: list[Row]) -> bool:
    for other in steps:
        if other["case_id"] == step["case_id"] and other["step_no"] == rule["anchor_step_no"]:
            begun = other["done_on"]
            return bool(rule["min_days"] and begun and (step["done_on"] - begun).days < rule["min_days"])
    return False


def files(cell: Cell) -> None:
    end = until(cell)
    for membership, _, _ in cell.r.members_of(cell.id, cell.r.day(cell.month)):
        late = days_late(cell.r, membership["member_id"], end)
        if late is not None:
            cell.add("unqualified_members")
            cell.add("unqualified_overdue", late > 0)
            cell.add("unqualified_overdue_90", late > 90)


def days_late(r: Register, member: int, end: date) -> int | None:
    """Days past the earliest limit; None for a member nothing is on file about."""
    held = {row["appraisal_id"]: row["held_on"] for row in r.living("appraisals") if row["held_on"] < end}
    results = [
        r_ for r_ in r.living("appraisal_results") if r_["member_id"] == member and r_["appraisal_id"] in held
    ]
    results.sort(key=lambda row: (held[row["appraisal_id"]], row["result_id"]))
    unqualified = bool(results) and results[-1]["grade"] == "unqualified"
    opened = [
        row
        for row in r.living("member_dispositions")
        if row["member_id"] == member and row["opened_on"] < end
    ]
    running = [row for row in opened if row["closed_on"] is None or row["closed_on"] >= end]
    limits = [row["due_on"] for row in running if row["due_on"] is not None]
    if unqualified:
        graded = held[results[-1]["appraisal_id"]]
        answered = [row for row in opened if row["closed_on"] is None or row["closed_on"] >= graded]
        if not answered:
            limits.append(graded + timedelta(days=60))
    if not unqualified and not running:
        return None
    return max([(end - limit).days for limit in limits] or [0])


def vacancy(cell: Cell) -> None:
    day, founded = cell.r.day(cell.month), cell.org["established_on"]
    led = [
        row
        for row in cell.r.living("party_posts")
        if row["org_id"] == cell.id and row["post_type"] == "secretary" and row["started_on"] <= day
    ]
    cell.put(vacancy_days=None)
    if founded <= day:
        ends = [row["ended_on"] for row in led if row["ended_on"] is not None and row["ended_on"] <= day]
        last = max(ends) - timedelta(days=1) if ends else founded
        in_office = any(holds(row["started_on"], row["ended_on"], day) for row in led)
        cell.put(vacancy_days=0 if in_office else (day - last).days)


def venues(cell: Cell) -> None:
    day, end = cell.r.day(cell.month), until(cell)
    at: int | None = cell.id
    while at is not None and at != 1:
        own = [
            row["venue_id"]
            for row in cell.r.living("venues")
            if row["org_id"] == at
            and row["venue_kind"] in ("service_center", "activity_room", "open_life_base")
            and (row["opened_on"] is None or row["opened_on"] <= day)
        ]
        if own:
            inspect(cell, own, day, end)
            return
        at = superior(cell.r, at, day)


def superior(r: Register, org_id: int, day: date) -> int | None:
    for period in r.living("organization_parent_history"):
        if period["org_id"] == org_id and holds(period["valid_from"], period["valid_to"], day):
            return int(period["parent_org_id"])
    row = r.org(org_id)
    return None if row is None or row["parent_org_id"] is None else int(row["parent_org_id"])


def inspect(cell: Cell, own: list[int], day: date, end: date) -> None:
    cell.put(venue_access=1)
    year_ago = (
        day.replace(year=day.year - 1) if (day.month, day.day) != (2, 29) else date(day.year - 1, 2, 28)
    )
    recent = [
        row
        for row in cell.r.living("venue_inspections")
        if row["venue_id"] in own and year_ago < row["inspected_on"] <= day
    ]
    if recent:
        newest = max(recent, key=lambda row: (row["inspected_on"], row["inspection_id"]))
        flags = ("facilities_ok", "rules_ok", "environment_ok", "usage_ok")
        bad = sum(not newest[name] for name in flags)
        pending = newest["rectified_on"] is None or newest["rectified_on"] > day
        late = newest["rectify_due_on"] is not None and newest["rectify_due_on"] < end
        cell.put(venue_inspected=1, venue_issues=bad * pending, venue_issues_overdue=bad * (pending and late))


def visits(cell: Cell) -> None:
    number = int(cell.month[5:])
    if number not in (12, 1, 2):
        return
    december = add_months(cell.month, -(number % 12))
    first = first_of(december)
    if first > cell.r.now.date():
        return
    persons = {row["member_id"]: row for row in cell.r.living("members")}
    for membership, _, category in cell.r.members_of(cell.id, first):
        member = membership["member_id"]
        since = persons[member]["full_member_on"]
        if category != "aged_infirm" and (since is None or since > first.replace(year=first.year - 50)):
            continue
        cell.add("condolence_due", number == 12)
        valid = sorted(
            row["visited_on"]
            for row in cell.r.living("condolence_visits")
            if row["member_id"] == member
            and row["recorded_at"] < end_of(f"{row['visited_on']:%Y-%m}")
            and row["visited_on"] >= first
        )
        cell.add("condolence_visited", bool(valid) and f"{valid[0]:%Y-%m}" == cell.month)


def ratings(cell: Cell) -> None:
    day = cell.r.day(cell.month)
    known = [
        row for row in cell.r.living("org_ratings") if row["org_id"] == cell.id and row["decided_on"] <= day
    ]
    stars = {row["rating_year"]: row["rating_value"] for row in known if row["rating_kind"] == "star"}
    newest = max(stars, default=0)
    cell.put(stars=stars.get(newest), stars_before=stars.get(newest - 1))
    listed = [row for row in known if row["rating_kind"] == "weak_lax" and row["rating_value"] == 1]
    cell.put(weak_lax=any(day.year - 1 <= row["rating_year"] <= day.year for row in listed))


def projects(cell: Cell) -> None:
    day, end = cell.r.day(cell.month), until(cell)
    lags = []
    for row in cell.r.living("secretary_projects"):
        if row["org_id"] != cell.id or row["status"] == "cancelled" or row["registered_on"] > day:
            continue
        done = row["completed_on"] is not None and row["completed_on"] < end
        if row["project_year"] == day.year or (row["project_year"] == day.year - 1 and not done):
            whole = (row["due_on"] - row["registered_on"]).days
            expected = min(1.0, (day - row["registered_on"]).days / whole) if whole else 1.0
            lags.append(expected - (1.0 if done else float(row["progress"])))
            cell.add("projects_overdue", not done and row["due_on"] < end)
    cell.put(project_lag=max(lags) if lags else None)


def logins(cell: Cell) -> None:
    accounts = {row["account_id"] for row in cell.r.living("admin_accounts") if row["org_id"] == cell.id}
    moments = [
        row["logged_in_at"] for row in cell.r.living("account_logins") if row["account_id"] in accounts
    ]
    day = first_of(cell.month)
    while day <= last_of(cell.month):
        if day.weekday() == 6 and day < cell.r.now.date():
            week = [at for at in moments if day - timedelta(days=6) <= at.date() <= day]
            cell.add("login_weeks", len(week) >= 2)
        day += timedelta(days=1)


def secretary(cell: Cell) -> None:
    """Hours of whoever is secretary on the day: courses completed, valid sign-ins to own and committees' meetings."""
    day = cell.r.day(cell.month)
    kinds = {row["org_id"]: row["org_type"] for row in cell.r.organisations}
    held = {row["activity_id"]: row for row in cell.r.living("activities") if cell.r.is_valid(row)}
    for post in cell.r.living("party_posts"):
        if post["org_id"] != cell.id or post["post_type"] != "secretary":
            continue
        if not holds(post["started_on"], post["ended_on"], day):
            continue
        for row in cell.r.living("learning_records"):
            done = row["completed_at"]
            if row["member_id"] == post["member_id"] and done and f"{done:%Y-%m}" == cell.month:
                cell.add("secretary_hours", float(row["credited_hours"]))
        for row in cell.r.living("attendances"):
            activity = held.get(row["activity_id"])
            if (
                row["member_id"] != post["member_id"]
                or activity is None
                or activity["period_month"] != cell.month
            ):
                continue
            organiser = activity["org_id"]
            above = "committee" in kinds.get(organiser, "") or kinds.get(organiser) == "general_branch"
            if (organiser == cell.id or above) and signed_in(cell.r, row, activity):
                cell.add("secretary_hours", float(activity["class_hours"] or 0))


def signed_in(r: Register, row: Row, activity: Row) -> bool:
    if row["status"] != "present" or row["sign_method"] not in ("id_card", "wechat", "qr"):
        return False
    if row["signed_at"] is None or not r.in_time(row["recorded_at"], activity):
        return False
    end: datetime = activity["ended_at"] or activity["started_at"] + timedelta(hours=4)
    opened, closed = activity["started_at"] - timedelta(hours=2), end + timedelta(hours=2)
    return bool(opened <= row["signed_at"] <= closed)


def limits(cell: Cell) -> None:
    for row in cell.r.living("warnings"):
        due = row["rectify_due_on"]
        if row["org_id"] != cell.id or row["subject_type"] != "org" or row["state"] == "invalid":
            continue
        if (
            due is None
            or f"{due:%Y-%m}" != cell.month
            or due >= cell.r.now.date()
            or row["raised_at"] > cell.r.now
        ):
            continue
        done = row["rectified_at"]
        cell.add("warnings_due")
        cell.add("warnings_rectified_in_time", done is not None and done.date() <= due)
