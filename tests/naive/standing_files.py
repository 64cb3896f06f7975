"""What is on file about how a branch stands: admissions, dispositions, venues, visits, stars, projects, logins."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.naive.district import District, end_of, month_of


def add_standing(d: District) -> None:
    """Everything of this file, in one order, so that a seed means the same district everywhere."""
    for add in (
        add_records,
        add_grades,
        add_step_definitions,
        add_cases,
        add_venues,
        add_visits,
        add_ratings,
        add_projects,
        add_logins,
    ):
        add(d)


def add_records(d: District) -> None:
    """Fields of the members' records, filled or not; some members are fifty years in the Party, to the day."""
    for row in d.rows["members"]:
        row["occupation"] = d.chance.choice((None, "worker"))
        row["home_division_id"] = d.chance.choice((None, 1, 2))
        full = d.chance.choice(
            (None, date(1975, 12, 1), date(1975, 12, 2), date(1968, 3, 1), date(2012, 5, 6))
        )
        row["full_member_on"] = full


def add_grades(d: District) -> None:
    """Some results are unqualified; some members have dispositions: in time, late, open, without a limit."""
    for row in d.rows.get("appraisal_results", []):
        row["grade"] = d.chance.choice(("qualified", "qualified", "excellent", "unqualified"))
    members = [row["member_id"] for row in d.rows["members"]]
    for member in d.chance.sample(members, min(8, len(members))):
        opened = d.day_in(d.a_month()) - timedelta(days=d.chance.choice((0, 30, 200)))
        due = None if d.likely(0.2) else opened + timedelta(days=d.chance.choice((5, 30, 90)))
        closed = opened + timedelta(days=d.chance.choice((4, 60, 150))) if d.likely(0.5) else None
        common = {"member_id": member, "branch_org_id": 1, "basis": "unqualified"}
        d.add(
            "member_dispositions",
            "disposition_id",
            disposition_kind="rectify",
            opened_on=opened,
            due_on=due,
            closed_on=closed,
            deleted_at=d.now if d.likely(0.1) else None,
            **common,
        )


def add_step_definitions(d: District) -> None:
    """Four steps of variant 25: one without limits, one to document, two with a shortest interval."""
    rows = ((None, None, False), (1, None, True), (2, 30, True), (2, 10, False))
    for number, (anchor, low, upload) in enumerate(rows, 1):
        values = {"variant": 25, "step_no": number, "anchor_step_no": anchor, "min_days": low}
        d.add("development_step_defs", "step_def_id", requires_upload=upload, **values)


def add_cases(d: District) -> None:
    """Admissions of branches, some ended, some of a variant nobody defined, some of a member."""
    branches = [row["org_id"] for row in d.branches()]
    members = [row["member_id"] for row in d.rows["members"]]
    for _ in range(d.chance.randrange(4, 10)):
        begun = d.day_in(d.a_month()) - timedelta(days=d.chance.choice((0, 40, 120)))
        ended = begun + timedelta(days=d.chance.randrange(20, 120)) if d.likely(0.3) else None
        case = d.add(
            "development_cases",
            "case_id",
            branch_org_id=d.chance.choice(branches),
            variant=d.chance.choice((25, 25, 25, 43)),
            status="terminated" if ended else "in_progress",
            closed_on=ended,
            member_id=d.chance.choice(members) if d.likely(0.3) else None,
            deleted_at=d.now if d.likely(0.05) else None,
        )
        for number in range(1, 5):
            begun = add_dev_step(d, case, number, begun)


def add_dev_step(d: District, case: int, number: int, begun: date) -> date:
    """One step: no limit, in time, on its last day, late or open; returns where the next one begins."""
    due = None if d.likely(0.25) else begun + timedelta(days=d.chance.choice((5, 20, 31)))
    done = begun + timedelta(days=d.chance.choice((5, 9, 10, 20, 29, 30, 45))) if d.likely(0.75) else None
    step = d.add(
        "development_steps",
        "dev_step_id",
        case_id=case,
        step_no=number,
        status="open" if done is None else "done",
        due_on=due,
        done_on=done,
        deleted_at=d.now if d.likely(0.04) else None,
    )
    if d.likely(0.6):
        deleted = d.now if d.likely(0.1) else None
        d.add("development_documents", "document_id", dev_step_id=step, deleted_at=deleted)
    return done or begun


def add_venues(d: District) -> None:
    """Venues of branches and committees, useful kinds and others, opened late; inspections good, bad, mended."""
    managers = [row["org_id"] for row in d.rows["organizations"] if row["org_type"] != "party_group"]
    for org in [*d.chance.sample(managers, len(managers) // 2), None]:
        opened = d.day_in(d.a_month()) if d.likely(0.3) else None
        kind = d.chance.choice(("service_center", "activity_room", "open_life_base", "micro_position"))
        deleted = d.now if d.likely(0.1) else None
        venue = d.add("venues", "venue_id", org_id=org, venue_kind=kind, opened_on=opened, deleted_at=deleted)
        for _ in range(d.chance.randrange(4)):
            add_inspection(d, venue)


def add_inspection(d: District, venue: int) -> int:
    day = d.day_in(d.a_month()) - timedelta(days=d.chance.choice((0, 30, 200, 340)))
    names = ("facilities_ok", "rules_ok", "environment_ok", "usage_ok")
    due = day + timedelta(days=d.chance.choice((10, 30))) if d.likely(0.7) else None
    mended = day + timedelta(days=d.chance.choice((5, 60))) if d.likely(0.4) else None
    flags = {name: d.likely(0.7) for name in names}
    values = {"inspected_on": day, "rectify_due_on": due, "rectified_on": mended}
    return d.add("venue_inspections", "inspection_id", venue_id=venue, **values, **flags)


def add_visits(d: District) -> None:
    """Visits all year round, twice to the same member, recorded late now and then."""
    members = [row["member_id"] for row in d.rows["members"]]
    for _ in range(2 * len(members)):
        add_visit(d, d.chance.choice(members))


def add_visit(d: District, member: int) -> int:
    day = d.day_in(d.a_month())
    recorded = datetime(day.year, day.month, day.day, 15)
    if d.likely(0.2):
        recorded = end_of(month_of(day)) + timedelta(hours=d.chance.choice((0, 30)))
    deleted = d.now if d.likely(0.05) else None
    values = {"visited_on": day, "recorded_at": recorded, "deleted_at": deleted}
    return d.add("condolence_visits", "visit_id", org_id=1, member_id=member, **values)


def add_ratings(d: District) -> None:
    """Stars and listings of four years, decided in the year itself, after it, or within the period."""
    for org in [row["org_id"] for row in d.branches()]:
        for year in (2023, 2024, 2025, 2026):
            for kind, values in (("star", (1, 2, 3, 4, 5)), ("weak_lax", (1, 1, 2))):
                if d.likely(0.5):
                    decided = d.chance.choice(
                        (date(year, 6, 30), date(year + 1, 1, 15), d.day_in(d.a_month()))
                    )
                    d.add(
                        "org_ratings",
                        "rating_id",
                        org_id=org,
                        rating_kind=kind,
                        rating_year=year,
                        rating_value=d.chance.choice(values),
                        decided_on=decided,
                        deleted_at=d.now if d.likely(0.05) else None,
                    )


def add_projects(d: District) -> None:
    """Projects of last year, this year and of a single day; done, late, cancelled."""
    for org in [row["org_id"] for row in d.branches()]:
        for _ in range(d.chance.randrange(3)):
            begun = d.day_in(d.a_month()) - timedelta(days=d.chance.choice((0, 100)))
            due = begun + timedelta(days=d.chance.choice((0, 30, 100, 300)))
            done = due + timedelta(days=d.chance.choice((-2, 0, 20))) if d.likely(0.4) else None
            d.add(
                "secretary_projects",
                "project_id",
                org_id=org,
                project_year=begun.year,
                registered_on=begun,
                due_on=due,
                progress=d.chance.choice((0, 0.25, 0.5, 1)),
                completed_on=done,
                status="cancelled" if d.likely(0.1) else "open" if done is None else "done",
            )


def add_logins(d: District) -> None:
    """Accounts of branches and committees, some with two; logins around the ends of weeks and of months."""
    for org in [row["org_id"] for row in d.rows["organizations"]]:
        for _ in range(d.chance.choice((0, 1, 1, 2))):
            account = d.add("admin_accounts", "account_id", org_id=org, account_kind="main", is_enabled=True)
            for month in d.months:
                for _ in range(d.chance.randrange(7)):
                    add_login(d, account, d.day_in(month) + timedelta(days=d.chance.choice((0, 0, 3))))


def add_login(d: District, account: int, day: date) -> int:
    hour, minute = d.chance.choice(((0, 0), (9, 30), (23, 59)))
    at = datetime(day.year, day.month, day.day, hour, minute)
    deleted = d.now if d.likely(0.03) else None
    return d.add("account_logins", "login_id", account_id=account, logged_in_at=at, deleted_at=deleted)
