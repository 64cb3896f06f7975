"""What happens in a random district month by month: activities, sign-ins and dues; and the district as a whole."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.naive.committees import add_committee_offices
from tests.naive.district import (
    District,
    add_members,
    add_organisations,
    empty_district,
    end_of,
    first_of,
    last_of,
    month_of,
)
from tests.naive.files import (
    add_appraisals,
    add_others,
    add_reports,
    add_service,
    add_terms,
    add_transfers,
)
from tests.naive.member_files import add_member_files
from tests.naive.platform_use import add_platform_use
from tests.naive.setup_files import add_setup
from tests.naive.standing_files import add_standing

TYPES = (
    "member_assembly",
    "committee_meeting",
    "group_meeting",
    "party_lecture",
    "theme_party_day",
    "theme_party_day",
    "organization_life_meeting",
    "theory_study",
    "fixed_study_day",
    "deliberation",
    "training",
    "other",
)


def random_district(seed: int) -> District:
    """A whole district from one number."""
    d = empty_district(seed)
    add_organisations(d)
    add_members(d)
    # The data start is fixed by an activity that no later edit touches.
    root = d.rows["organizations"][0]["org_id"]
    begin = datetime.combine(first_of(d.months[0]), datetime.min.time()) + timedelta(hours=9)
    add_activity(d, org_id=root, activity_type="other", started_at=begin)
    for month in d.months:
        for branch in d.branches():
            for _ in range(d.chance.randrange(4)):
                random_activity(d, branch["org_id"], month)
        for group in d.groups():
            if d.likely(0.6):
                random_activity(d, group["org_id"], month)
        for committee in d.committees():
            if d.likely(0.3):
                random_activity(d, committee["org_id"], month)
    for add in (add_dues, add_transfers, add_terms, add_appraisals, add_reports, add_service, add_others):
        add(d)
    add_standing(d)
    add_platform_use(d)
    add_setup(d)
    add_member_files(d)
    add_committee_offices(d)
    return d


def add_activity(d: District, **values: Any) -> int:
    """One held activity, recorded two hours after its start unless told otherwise."""
    started = values["started_at"]
    plain = {
        "status": "held",
        "title": "活动",
        "recorded_at": started + timedelta(hours=2) if started else d.now,
        "period_month": month_of(started) if started else d.months[-1],
    }
    return d.add("activities", "activity_id", **{**plain, **values})


def random_activity(d: District, org: int, month: str) -> int:
    """An activity in the month: mostly in order, sometimes late, cancelled, undated, misdated, at midnight."""
    started = d.moment_in(month)
    kind = "group_meeting" if d.likely(0.2) else d.chance.choice(TYPES)
    values: dict[str, Any] = {"org_id": org, "activity_type": kind, "started_at": started}
    values["ended_at"] = started + timedelta(minutes=d.chance.randrange(30, 240)) if d.likely(0.8) else None
    values["class_hours"] = d.chance.choice((None, 1, 2.5))
    values["is_deliberation"] = d.likely(0.2)
    values["venue_id"] = 1 if d.likely(0.5) else None
    oddity = d.chance.random()
    if oddity < 0.06:
        values["recorded_at"] = end_of(month) + timedelta(hours=d.chance.randrange(200))
    elif oddity < 0.09:
        values |= {"started_at": None, "period_month": month}
    elif oddity < 0.11:
        values["period_month"] = d.a_month()
    elif oddity < 0.15:
        values["status"] = d.chance.choice(("planned", "cancelled"))
    elif oddity < 0.19:
        late = datetime.combine(last_of(month), datetime.min.time()) + timedelta(hours=20, minutes=15)
        values |= {"started_at": late, "ended_at": late + timedelta(hours=d.chance.choice((1, 2, 5)))}
        values["recorded_at"] = end_of(month) + timedelta(hours=d.chance.choice((2, 11, 12, 14)))
    elif oddity < 0.23:
        values["deleted_at"] = d.now - timedelta(days=2)
    activity = add_activity(d, **values)
    add_roster(d, activity, values)
    return activity


def add_roster(d: District, activity: int, values: dict[str, Any]) -> None:
    """Roster rows of some members, whoever they are: the rows decide, not the roster of the branch."""
    members = [row["member_id"] for row in d.rows["members"]]
    started = values["started_at"] or d.now
    for member in d.chance.sample(members, d.chance.randrange(min(10, len(members)))):
        add_attendance(d, activity, member, started, values.get("ended_at"))


def add_attendance(d: District, activity: int, member: int, started: datetime, ended: datetime | None) -> int:
    """One roster row: present, on leave or absent; by hand, too early, too late, exactly at the limit."""
    status = d.chance.choice(("present", "present", "present", "leave", "absent"))
    end = ended or started + timedelta(hours=4)
    at = d.chance.choice(
        (
            started,
            started + timedelta(minutes=5),
            started - timedelta(hours=2),
            started - timedelta(hours=2, minutes=1),
            end + timedelta(hours=2),
            end + timedelta(hours=2, seconds=1),
            None,
        )
    )
    method = d.chance.choice(("wechat", "wechat", "id_card", "qr", "manual", None))
    late = d.likely(0.1)
    return d.add(
        "attendances",
        "attendance_id",
        activity_id=activity,
        member_id=member,
        is_required=d.likely(0.8),
        status=status,
        sign_method=method if status == "present" else None,
        signed_at=at if status == "present" else None,
        recorded_at=end_of(month_of(started)) + timedelta(hours=5) if late else started + timedelta(hours=1),
        deleted_at=d.now if d.likely(0.03) else None,
    )


def add_dues(d: District) -> None:
    """Obligations of most members and months, paid in full, in parts, late, recorded late, not, or reversed."""
    branches = [row["org_id"] for row in d.branches()]
    for member in [row["member_id"] for row in d.rows["members"]]:
        home = d.chance.choice(branches)
        for month in d.months:
            if d.likely(0.7):
                obligation = add_obligation(d, member, home, month)
                for _ in range(d.chance.choice((0, 1, 1, 1, 1, 2))):
                    add_payment(d, obligation, member, month)


def add_obligation(d: District, member: int, branch: int, month: str) -> int:
    return d.add(
        "dues_obligations",
        "obligation_id",
        member_id=member,
        branch_org_id=branch,
        dues_month=month,
        basis_type="retired",
        payable_amount=0 if d.likely(0.05) else d.chance.choice((5, 10, 12.5)),
        due_on=last_of(month),
        deleted_at=d.now if d.likely(0.02) else None,
    )


def add_payment(d: District, obligation: int, member: int, month: str) -> int:
    paid = datetime.combine(first_of(month), datetime.min.time()) + timedelta(days=d.chance.randrange(26))
    if d.likely(0.15):
        paid = end_of(month) + timedelta(hours=d.chance.choice((0, 1, 200)))
    recorded = paid
    if d.likely(0.15):
        recorded = end_of(month) + timedelta(hours=d.chance.choice((1, 71, 72, 90)))
    amount = d.chance.choice((2.5, 5, 10, 12.5, 12.5))
    payment = d.add(
        "dues_payments",
        "payment_id",
        member_id=member,
        amount=amount,
        paid_at=paid,
        recorded_at=recorded,
        channel="mobile",
        payer_kind="self",
        deleted_at=d.now if d.likely(0.04) else None,
    )
    d.add(
        "dues_payment_allocations",
        "allocation_id",
        payment_id=payment,
        obligation_id=obligation,
        amount=amount,
        is_makeup=paid.date() > last_of(month),
        deleted_at=d.now if d.likely(0.04) else None,
    )
    return payment
