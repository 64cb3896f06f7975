"""What is on file about a random district: transfers, terms, reviews, reports, service, posts and warnings."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.naive.district import District, end_of, first_of, month_of


def add_transfers(d: District) -> None:
    """Transfers in every state; steps in time, late, open, not yet due, opened but never due."""
    for _ in range(d.chance.randrange(4, 12)):
        month = d.a_month()
        state = d.chance.choice(("pending", "pending", "completed", "withdrawn", "rejected", "expired"))
        changed = min(d.moment_in(month) + timedelta(days=d.chance.randrange(60)), d.now - timedelta(hours=1))
        transfer = d.add(
            "transfers",
            "transfer_id",
            member_id=1,
            direction="within",
            state=state,
            updated_at=changed,
            completed_at=changed if state == "completed" else None,
            deleted_at=d.now if d.likely(0.05) else None,
        )
        for number in range(d.chance.randrange(1, 4)):
            add_step(d, transfer, number, month, state == "completed")


def add_step(d: District, transfer: int, number: int, month: str, completed: bool) -> int:
    opened = d.moment_in(month) - timedelta(days=d.chance.randrange(40))
    due = opened + timedelta(days=d.chance.choice((3, 10, 40)))
    decided = opened + timedelta(days=d.chance.randrange(20)) if completed or d.likely(0.5) else None
    if decided is not None and decided > d.now:
        decided = d.now - timedelta(hours=2)
    handlers = [row["org_id"] for row in d.rows["organizations"]]
    return d.add(
        "transfer_steps",
        "step_id",
        transfer_id=transfer,
        step_seq=number,
        step_type="branch_register",
        handler_org_id=d.chance.choice(handlers),
        opened_at=None if d.likely(0.05) else opened,
        due_at=None if d.likely(0.1) else due,
        decided_at=decided,
        deleted_at=d.now if d.likely(0.04) else None,
    )


def add_terms(d: District) -> None:
    """Terms with extensions, re-elections inside the period, none at all; committees that come and go."""
    members = [row["member_id"] for row in d.rows["members"]]
    for branch in [row["org_id"] for row in d.branches()]:
        elected = d.day_in(d.a_month()) - timedelta(days=d.chance.choice((0, 1000, 1050)))
        for number in range(d.chance.randrange(3)):
            expires = elected + timedelta(days=1095)
            longer = expires + timedelta(days=d.chance.randrange(-20, 200)) if d.likely(0.3) else None
            common = {"term_no": number, "term_years": 3, "elected_on": elected, "expires_on": expires}
            d.add("org_terms", "term_id", org_id=branch, extension_until=longer, **common)
            elected = d.day_in(d.a_month())
        for _ in range(d.chance.randrange(5)):
            add_post(d, branch, d.chance.choice(members))


def add_post(d: District, org: int, member: int) -> int:
    kinds = ("secretary", "deputy_secretary", "organization", "discipline", "group_leader", "party_worker")
    started = d.chance.choice((date(2021, 1, 1), d.day_in(d.a_month())))
    ended = max(d.day_in(d.a_month()), started) if d.likely(0.3) else None
    deleted = d.now if d.likely(0.05) else None
    values = {"post_type": d.chance.choice(kinds), "started_on": started, "ended_on": ended}
    return d.add("party_posts", "post_id", org_id=org, member_id=member, deleted_at=deleted, **values)


def add_appraisals(d: District) -> None:
    """Life meetings and appraisals of this year and the last, some recorded after the close of their month."""
    members = [row["member_id"] for row in d.rows["members"]]
    for branch in [row["org_id"] for row in d.branches()]:
        for kind in ("life_meeting", "democratic_appraisal"):
            for year in (2024, 2025, 2026):
                if d.likely(0.45):
                    _appraisal(d, branch, kind, year, members)
    for member in d.chance.sample(members, 3):
        registered = d.day_in(d.a_month())
        found = registered + timedelta(days=40) if d.likely(0.5) else None
        values = {"lost_since": registered, "registered_on": registered, "found_on": found}
        d.add(
            "lost_contact_cases", "case_id", member_id=member, branch_org_id=1, status="searching", **values
        )


def _appraisal(d: District, branch: int, kind: str, year: int, members: list[int]) -> None:
    held = d.day_in(d.a_month())
    late = d.likely(0.1)
    recorded = (
        end_of(month_of(held)) + timedelta(days=1) if late else datetime(held.year, held.month, held.day)
    )
    appraisal = d.add(
        "appraisals",
        "appraisal_id",
        org_id=branch,
        appraisal_year=year,
        appraisal_kind=kind,
        held_on=held,
        recorded_at=recorded,
        deleted_at=d.now if d.likely(0.05) else None,
    )
    for member in members if kind == "democratic_appraisal" else ():
        if d.likely(0.8):
            gone = d.now if d.likely(0.03) else None
            d.add("appraisal_results", "result_id", appraisal_id=appraisal, member_id=member, deleted_at=gone)


def add_reports(d: District) -> None:
    """Quarterly reports of whoever: approved, returned, not yet reviewed, several kinds."""
    for member in [row["member_id"] for row in d.rows["members"]]:
        for month in d.months:
            if int(month[5:]) % 3 == 0 and d.likely(0.6):
                d.add(
                    "floating_reports",
                    "report_id",
                    member_id=member,
                    branch_org_id=1,
                    quarter=f"{month[:4]}Q{int(month[5:]) // 3}",
                    report_kind=d.chance.choice(("activity_proof", "thought_report")),
                    review_result=d.chance.choice(("approve", "approve", "return", None)),
                )


def add_service(d: District) -> None:
    """Volunteer service, online study and points of members, verified or not, late or in time."""
    members = [row["member_id"] for row in d.rows["members"]]
    for _ in range(30):
        month, member = d.a_month(), d.chance.choice(members)
        late = end_of(month) + timedelta(days=2) if d.likely(0.15) else None
        day = d.day_in(month)
        noon = datetime(day.year, day.month, day.day, 12)
        verified = noon if d.likely(0.8) else None
        service = {"service_on": day, "hours": d.chance.choice((1, 2.5)), "recorded_at": late or noon}
        d.add("volunteer_records", "record_id", member_id=member, org_id=1, verified_at=verified, **service)
        done = noon if d.likely(0.7) else None
        course = d.keys.get("learning_records", 0) + 1
        study = {"course_id": course, "completed_at": done, "credited_hours": 1.5}
        d.add("learning_records", "record_id", member_id=member, **study)
        add_points(d, member, month)


def add_points(d: District, member: int, month: str) -> int:
    point = {"period_month": month, "occurred_on": first_of(month), "points": d.chance.choice((-1, 0.5, 2))}
    scheme = d.chance.choice(("haishu", "haishu", "haishu", "wujin"))
    return d.add(
        "point_entries",
        "entry_id",
        member_id=member,
        org_id=1,
        scheme=scheme,
        subject_type=d.chance.choice(("member", "member", "member", "org")),
        rule_id=1,
        source_id=1,
        deleted_at=d.now if d.likely(0.03) else None,
        **point,
    )


def add_others(d: District) -> None:
    """Posts, ledger lines and warnings of branches and of committees."""
    orgs = [row["org_id"] for row in d.rows["organizations"]]
    for _ in range(25):
        org, month = d.chance.choice(orgs), d.a_month()
        status = "withdrawn" if d.likely(0.2) else "published"
        kind = d.chance.choice(("disclosure", "branch_news"))
        d.add("posts", "post_id", org_id=org, post_kind=kind, status=status, published_at=d.moment_in(month))
        late = d.likely(0.2)
        recorded = end_of(month) + timedelta(days=1) if late else d.moment_in(month)
        d.add("dues_ledger_entries", "entry_id", org_id=org, period_month=month, recorded_at=recorded)
        add_warning(d, org, month)


def add_warning(d: District, org: int, month: str) -> int:
    raised = d.moment_in(month)
    state = d.chance.choice(("raised", "pushed", "rectifying", "rectified", "closed", "invalid"))
    done = raised + timedelta(days=5) if state in ("rectified", "closed") and d.likely(0.8) else None
    return d.add(
        "warnings",
        "warning_id",
        indicator_id=f"hs_{d.keys.get('warnings', 0)}",
        level="red",
        subject_type=d.chance.choice(("org", "org", "member")),
        org_id=org,
        period=month,
        raised_at=raised,
        rectify_due_on=None if d.likely(0.1) else (raised + timedelta(days=15)).date(),
        rectified_at=done,
        state=state,
        deleted_at=d.now if d.likely(0.05) else None,
    )
