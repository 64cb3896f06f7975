"""Posts, registrations, problem lists, step records, venues and members online of a random district, and their
measures once more in loops over plain rows."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from tests.naive.cell import Cell
from tests.naive.district import District, end_of, first_of
from tests.naive.register import Register
from tests.naive.rows import Row

LIFE = (
    "member_assembly",
    "group_meeting",
    "party_lecture",
    "organization_life_meeting",
    "theme_party_day",
    "democratic_appraisal",
)


def add_platform_use(d: District) -> None:
    """Everything of this module, after all other rows: it also tells when members joined and who is at work."""
    for row in d.rows["members"]:
        row["joined_on"] = d.chance.choice(
            (date(2010, 2, 28), date(2012, 2, 29), d.now.date(), d.day_in("2015-03"))
        )
        row["is_in_service"] = d.chance.choice((True, True, False, None))
    for row in d.rows["learning_records"]:
        done = row["completed_at"]
        row |= {
            "started_at": (done or d.now) - timedelta(days=d.chance.randrange(50)),
            "progress": float(d.likely(0.8)),
        }
    _add_posts(d)
    _add_registrations(d)
    _add_problems(d)
    _add_steps(d)
    _add_venues(d)


def _add_posts(d: District) -> None:
    members = [row["member_id"] for row in d.rows["members"]]
    for post in [row["post_id"] for row in d.rows["posts"]]:
        for number in range(d.chance.randrange(4)):
            gone = d.now if d.likely(0.05) else None
            day = d.day_in(d.a_month())
            view = {"post_id": post, "view_on": day, "views": 3 + number, "deleted_at": gone}
            if not any(
                r["post_id"] == post and r["view_on"] == day for r in d.rows.get("post_view_daily", ())
            ):
                d.add("post_view_daily", "view_id", **view)
            kind, who = d.chance.choice(("comment", "like")), d.chance.choice(members)
            said = {"interaction_kind": kind, "occurred_at": d.moment_in(d.a_month()), "deleted_at": gone}
            d.add("post_interactions", "interaction_id", post_id=post, member_id=who, **said)


def _add_registrations(d: District) -> None:
    for member in [row["member_id"] for row in d.rows["members"]]:
        for app in ("mobile_school", "member_app"):
            if d.likely(0.5):
                seen = d.day_in(d.a_month()) if d.likely(0.8) else None
                when = {"registered_at": d.moment_in(d.a_month()), "last_active_on": seen}
                gone = d.now if d.likely(0.05) else None
                d.add(
                    "app_registrations",
                    "registration_id",
                    member_id=member,
                    app_code=app,
                    deleted_at=gone,
                    **when,
                )


def _add_problems(d: District) -> None:
    for _ in range(12):
        due = d.day_in(d.a_month())
        solved = datetime.combine(due, time(23, 30)) + timedelta(hours=d.chance.choice((-40, 0, 1)))
        org = d.chance.choice(d.rows["organizations"])["org_id"]
        resolved = solved if d.likely(0.7) else None
        d.add("problem_items", "problem_id", org_id=org, due_on=due, resolved_at=resolved, quarter="2026Q1")


def _add_steps(d: District) -> None:
    for variant in (25, 43):
        for step in (1, 2, 3):
            needs = {"requires_upload": step != 2, "stage_no": step, "step25_no": step}
            if not any(
                r["variant"] == variant and r["step_no"] == step
                for r in d.rows.get("development_step_defs", ())
            ):
                d.add(
                    "development_step_defs",
                    "step_def_id",
                    variant=variant,
                    step_no=step,
                    name_zh="步",
                    **needs,
                )
    members = [row["member_id"] for row in d.rows["members"]]
    for _ in range(8):
        ended = d.day_in(d.a_month()) if d.likely(0.2) else None
        branch = d.chance.choice(d.branches())["org_id"]
        whose = d.chance.choice((None, *members))
        common = {
            "branch_org_id": branch,
            "member_id": whose,
            "closed_on": ended,
            "status": "in_progress",
            "gender": "M",
        }
        case = d.add("development_cases", "case_id", variant=d.chance.choice((25, 43)), **common)
        for step in (1, 2, 3):
            due = d.now.date() + timedelta(days=d.chance.choice((0, 3, 7, 8))) if d.likely(0.3) else None
            due = due or d.day_in(d.a_month())
            done = (
                min(due + timedelta(days=d.chance.choice((-2, 0, 5))), d.now.date())
                if d.likely(0.6)
                else None
            )
            state = {"status": "done" if done else "open", "due_on": due, "done_on": done}
            d.add("development_steps", "dev_step_id", case_id=case, step_no=step, **state)


def _add_venues(d: District) -> None:
    for _ in range(6):
        org = d.chance.choice(d.rows["organizations"])["org_id"] if d.likely(0.9) else None
        venue = d.add("venues", "venue_id", org_id=org, name="室", venue_kind="activity_room")
        for _ in range(d.chance.randrange(4)):
            day = d.day_in(d.a_month())
            flags = {
                name: d.likely(0.6) for name in ("facilities_ok", "rules_ok", "environment_ok", "usage_ok")
            }
            due = day + timedelta(days=20) if d.likely(0.8) else None
            ended = day + timedelta(days=d.chance.choice((5, 40))) if d.likely(0.4) else None
            d.add(
                "venue_inspections",
                "inspection_id",
                venue_id=venue,
                inspected_on=day,
                rectify_due_on=due,
                rectified_on=ended,
                **flags,
            )


def in_month(cell: Cell, day: date | None) -> bool:
    return day is not None and f"{day:%Y-%m}" == cell.month


def platform(cell: Cell) -> None:
    posts = {
        row["post_id"]
        for row in cell.r.living("posts")
        if row["org_id"] == cell.id and row["status"] == "published" and row["published_at"] <= cell.r.now
    }
    today = cell.r.now.date()
    for row in cell.r.living("posts"):
        if row["post_id"] in posts and row["post_kind"] == "branch_news":
            cell.add("branch_news", in_month(cell, row["published_at"]))
    for row in cell.r.living("post_view_daily"):
        if row["post_id"] in posts and in_month(cell, row["view_on"]) and row["view_on"] <= today:
            cell.add("views", row["views"])
    for row in cell.r.living("post_interactions"):
        at = row["occurred_at"]
        if row["post_id"] in posts and in_month(cell, at) and at.date() <= today:
            cell.add("comments", row["interaction_kind"] == "comment")
            cell.add("likes", row["interaction_kind"] == "like")
    for row in cell.r.living("problem_items"):
        if row["org_id"] == cell.id and in_month(cell, row["due_on"]) and row["due_on"] < today:
            cell.add("problems_due")
            solved = row["resolved_at"]
            cell.add("problems_closed_in_time", solved is not None and solved.date() <= row["due_on"])


def members_online(cell: Cell) -> None:
    day, born = cell.r.day(cell.month), {row["member_id"]: row for row in cell.r.living("members")}
    known = cell.month == cell.r.open_month
    cell.put(political_birthdays=0 if known else None)
    for membership, _, _ in cell.r.members_of(cell.id, day):
        member = membership["member_id"]
        apps = [
            row
            for row in cell.r.living("app_registrations")
            if row["member_id"] == member
            and row["registered_at"] < end_of(cell.month)
            and row["registered_at"].date() <= cell.r.now.date()
        ]
        cell.add("app_users", bool(apps))
        since = first_of(cell.month)
        cell.add("app_active", any(row["last_active_on"] and row["last_active_on"] >= since for row in apps))
        person = born.get(member)
        if person is None:
            continue
        if person["is_in_service"]:
            cell.add("in_service_online", studied(cell, member))
        if known:
            cell.add("political_birthdays", is_birthday(person["joined_on"], cell.r.now.date()))


def studied(cell: Cell, member: int) -> bool:
    return any(
        row["member_id"] == member
        and row["progress"] > 0
        and (in_month(cell, row["started_at"]) or in_month(cell, row["completed_at"]))
        for row in cell.r.living("learning_records")
    )


def is_birthday(joined: date, today: date) -> bool:
    if joined > today:
        return False
    leap = today.year % 4 == 0
    on = (2, 28) if (joined.month, joined.day) == (2, 29) and not leap else (joined.month, joined.day)
    return on == (today.month, today.day)


def rhythm(cell: Cell) -> None:
    groups = {row["org_id"] for row in cell.r.groups_of(cell.id)}
    days = [
        row["started_at"].toordinal()
        for row in cell.r.living("activities")
        if (row["org_id"] == cell.id or row["org_id"] in groups)
        and row["activity_type"] in LIFE
        and row["period_month"] == cell.month
        and cell.r.is_valid(row)
    ]
    cell.put(
        day_of_month=cell.r.day(cell.month).day,
        first_life_day=min(days, default=None),
        last_life_day=max(days, default=None),
    )


def step_records(cell: Cell) -> None:
    cases = {
        row["case_id"]: row for row in cell.r.living("development_cases") if row["branch_org_id"] == cell.id
    }
    needs = {
        (row["variant"], row["step_no"])
        for row in cell.r.living("development_step_defs")
        if row["requires_upload"]
    }
    end = cell.r.end(cell.month).date()
    for row in cell.r.living("development_steps"):
        case = cases.get(row["case_id"])
        if case is None:
            continue
        due, done, closed = row["due_on"], row["done_on"], case["closed_on"]
        if in_month(cell, due) and due < cell.r.now.date():
            cell.add("dev_steps_on_time", done is not None and done <= due)
        if in_month(cell, done) and done <= cell.r.now.date():
            cell.add("dev_uploads_due", (case["variant"], row["step_no"]) in needs)
        waiting = (done is None or done >= end) and (closed is None or closed >= end)
        if due is not None and waiting:
            cell.add("dev_due_soon", end <= due <= end + timedelta(days=7))


def venue_issues(cell: Cell) -> None:
    day = cell.r.day(cell.month)
    for venue in cell.r.living("venues"):
        if venue["org_id"] != cell.id:
            continue
        last = last_inspection(cell.r, venue["venue_id"], day)
        if last is None or (last["rectified_on"] is not None and last["rectified_on"] <= day):
            continue
        issues = sum(not last[name] for name in ("facilities_ok", "rules_ok", "environment_ok", "usage_ok"))
        cell.add("own_venue_issues", issues)
        if last["rectify_due_on"] is not None and last["rectify_due_on"] < day:
            cell.add("own_venue_issues_overdue", issues)


def last_inspection(r: Register, venue: int, day: date) -> Row | None:
    found = [
        row
        for row in r.living("venue_inspections")
        if row["venue_id"] == venue and row["inspected_on"] <= day
    ]
    return max(found, key=lambda row: (row["inspected_on"], row["inspection_id"]), default=None)


COUNTERS = (platform, members_online, rhythm, step_records, venue_issues)
