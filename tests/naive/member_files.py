"""What is on record about the members of a random district: talks, tasks, deeds, quizzes, papers, letters."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.naive.district import District, add_months, end_of, first_of

KINDS = (
    "demo_post",
    "pledge_done",
    "mentoring",
    "moral_honor",
    "complaint",
    "household_link",
    "emergency_task",
)


def add_member_files(d: District) -> None:
    """Rows of every table that counts of members are read from; the months before the data start have some, too."""
    members = [row["member_id"] for row in d.rows["members"]]
    orgs = [row["org_id"] for row in d.rows["organizations"]]
    for row in d.rows["members"]:
        row["is_in_service"] = d.chance.choice((True, False, None))
        row["joined_on"] = d.chance.choice((first_of(d.months[0]), date(2015, 3, 1), d.day_in(d.a_month())))
        row["home_division_id"] = d.chance.choice((None, 1))
    for row in d.rows.get("appraisal_results", ()):
        row["grade"] = d.chance.choice(("excellent", "qualified", "qualified", "basic", "unqualified"))
        row["peer_satisfaction"] = d.chance.choice((None, 0.5, 0.8, 0.95))
    for row in d.rows["point_entries"]:
        row["rule_id"], row["points"] = d.chance.randrange(1, 4), d.chance.choice((-1, 0.5, 2, 12, 55))
    for number in (1, 2):
        d.add("exams", "exam_id", exam_kind=("quiz", "development")[number - 1], opened_at=d.now)
    for rule, indicator in enumerate(("hs_m_dues", "hs_m_task", "wj_m_info"), 1):
        d.add("point_rules", "rule_id", scheme="haishu", indicator_id=indicator, points=rule)
    for _ in range(len(members) * 2):
        member, org, month = d.chance.choice(members), d.chance.choice(orgs), d.a_month()
        month = add_months(month, -d.chance.choice((0, 0, 0, 6, 14)))
        add_record(d, member, org, month)


def add_record(d: District, member: int, org: int, month: str) -> None:
    """One row in each of the small tables, some late, not verified, deleted."""
    day = d.day_in(month)
    noon = datetime(day.year, day.month, day.day, 12)
    late = end_of(month) + timedelta(days=1) if d.likely(0.15) else noon
    gone = d.now if d.likely(0.04) else None
    common = {"member_id": member, "deleted_at": gone}
    other = d.chance.choice(d.rows["members"])["member_id"]
    d.add(
        "heart_talks",
        "talk_id",
        org_id=org,
        initiator_member_id=member,
        partner_member_id=other,
        talked_on=day,
        recorded_at=late,
        deleted_at=gone,
    )
    done = day + timedelta(days=d.chance.randrange(-9, 9)) if d.likely(0.8) else None
    result = d.chance.choice(("done", "done", "done", "failed", "refused", None))
    d.add("member_tasks", "task_id", **common, org_id=org, due_on=day, completed_on=done, result=result)
    verified = noon if d.likely(0.8) else None
    level = d.chance.choice((None, "unit", "district", "city"))
    deed = {"deed_kind": d.chance.choice(KINDS), "deed_level": level, "quantity": 1}
    d.add("member_deeds", "deed_id", **common, **deed, occurred_on=day, verified_at=verified)
    kind = d.chance.choice(("register", "service", "service"))
    d.add("community_checkins", "checkin_id", **common, checkin_kind=kind, occurred_on=day, recorded_at=late)
    attempt = {"exam_id": d.chance.choice((1, 1, 2)), "passed": d.likely(0.7), "taken_at": noon}
    d.add("exam_attempts", "attempt_id", **common, **attempt)
    about = day.year - d.chance.choice((0, 1, 1))
    paper = {"submission_kind": d.chance.choice(("annual_summary", "annual_summary", "pledge"))}
    accepted = noon if d.likely(0.9) else None
    d.add(
        "member_submissions",
        "submission_id",
        **common,
        **paper,
        period=str(about),
        submitted_at=noon,
        accepted_at=accepted,
    )
    if d.likely(0.3):
        _letter(d, member, month)
    if d.likely(0.3):
        raised = datetime(day.year, day.month, day.day, 9)
        rectified = raised + timedelta(days=d.chance.randrange(1, 90)) if d.likely(0.6) else None
        d.add(
            "warnings",
            "warning_id",
            indicator_id=f"hs_m_{d.keys.get('warnings', 0)}",
            level="yellow",
            subject_type="member",
            org_id=org,
            period=month,
            raised_at=raised,
            rectify_due_on=(raised + timedelta(days=15)).date(),
            rectified_at=rectified,
            state=d.chance.choice(("raised", "closed", "invalid")),
            **common,
        )
    d.add(
        "service_requests",
        "request_id",
        **common,
        org_id=org,
        request_kind="suggestion",
        submitted_at=noon,
        is_adopted=d.chance.choice((True, False, None)),
    )
    honor = {"honor_kind": "other", "honor_level": level or "town", "subject_type": "member"}
    d.add("honors", "honor_id", **common, **honor, awarded_on=day)


def _letter(d: District, member: int, month: str) -> None:
    applied = d.moment_in(month)
    issued = applied.date() + timedelta(days=d.chance.randrange(10))
    state = d.chance.choice(("letter_issued", "letter_issued", "expired", "completed", "withdrawn"))
    ended = applied + timedelta(days=d.chance.randrange(20, 120)) if state == "completed" else None
    until = issued + timedelta(days=d.chance.choice((10, 30, 90)))
    d.add(
        "transfers",
        "transfer_id",
        member_id=member,
        direction="out",
        state=state,
        applied_at=applied,
        letter_issued_on=issued,
        letter_valid_until=None if d.likely(0.1) else until,
        completed_at=None if ended is None else min(ended, d.now - timedelta(hours=3)),
    )
