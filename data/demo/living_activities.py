"""Activities of a living district: plans become held, sign-ins trickle in, and rosters are completed at the end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from data.clock import last_day, month_of
from data.contract import activities, attendances
from data.demo.living import District, Event
from data.demo.roster_today import branch_of, roster
from data.demo.titles import some_title

LASTS = timedelta(minutes=90)
_ROSTER_TYPES = {
    "member_assembly": "hs_m_member_assembly",
    "committee_meeting": "hs_m_committee_meeting",
    "group_meeting": "hs_m_group_meeting",
    "party_lecture": "hs_m_party_lecture",
    "organization_life_meeting": "hs_m_life_meeting",
    "theme_party_day": "hs_m_theme_party_day",
    "theory_study": "hs_m_theory_study",
}
_OTHER_KINDS = ("member_assembly", "party_lecture", "theory_study", "deliberation", "volunteer_service")


def _pick(
    district: District, connection: sa.Connection, now: datetime, begin: datetime, end: datetime
) -> Any:
    """One planned or running activity whose start lies in [begin, end) and which this simulator runs, or None."""
    a = activities.c
    found = connection.execute(
        sa.select(a.activity_id, a.org_id, a.activity_type, a.plan_start_at, a.status).where(
            a.period_month == month_of(now.date()),
            a.plan_start_at >= begin,
            a.plan_start_at < end,
            sa.or_(a.status == "planned", sa.and_(a.status == "held", a.ended_at > now)),
            a.deleted_at.is_(None),
        )
    ).all()
    return district.rng.choice(found) if found else None


def _hold(connection: sa.Connection, activity: Any, now: datetime, end: datetime) -> None:
    if activity.status == "planned":
        a = activities.c
        connection.execute(
            activities.update()
            .where(a.activity_id == activity.activity_id)
            .values(
                status="held",
                started_at=activity.plan_start_at,
                ended_at=end,
                recorded_at=now,
                updated_at=now,
            )
        )


def sign_in(district: District, now: datetime) -> Event | None:
    """One to three members sign in to an activity that is going on now."""
    with district.engine.begin() as connection:
        activity = _pick(district, connection, now, now - LASTS, now)
        if activity is None:
            return None
        _hold(connection, activity, now, activity.plan_start_at + LASTS)
        missing = _missing(connection, activity)
        some = district.rng.sample(missing, min(len(missing), district.rng.randint(1, 3)))
        _attend(district, connection, activity, some, [], now, now)
    return Event("sign_in", activity.org_id, 1 + 2 * len(some), now)


def complete(district: District, now: datetime) -> Event | None:
    """An activity of this month whose time is over gets its remaining roster: most signed in, some not."""
    rng = district.rng
    with district.engine.begin() as connection:
        a = activities.c
        activity = connection.execute(
            sa.select(a.activity_id, a.org_id, a.activity_type, a.plan_start_at, a.status)
            .where(
                a.period_month == month_of(now.date()),
                a.plan_start_at < now - LASTS,
                a.deleted_at.is_(None),
                a.status == "planned",
            )
            .order_by(a.plan_start_at)
            .limit(1)
        ).first() or _unfinished(connection, now)
        if activity is None:
            return None
        _hold(connection, activity, now, activity.plan_start_at + LASTS)
        missing = _missing(connection, activity)
        share = 0.9 if activity.status == "planned" else 0.3
        come = [m for m in missing if rng.random() < share]
        signed = min(now, activity.plan_start_at + timedelta(minutes=rng.randint(1, 12)))
        _attend(district, connection, activity, come, [m for m in missing if m not in set(come)], signed, now)
    return Event("sign_in", activity.org_id, 1 + len(missing) + len(come), now)


def _unfinished(connection: sa.Connection, now: datetime) -> Any:
    """A meeting of the last day that ended with sign-ins only: nobody was marked absent or on leave yet."""
    a, t = activities.c, attendances.c
    closed = sa.select(t.attendance_id).where(t.activity_id == a.activity_id, t.status != "present").exists()
    begun = (
        sa.select(t.attendance_id)
        .where(t.activity_id == a.activity_id, t.signed_at > now - timedelta(days=1))
        .exists()
    )
    return connection.execute(
        sa.select(a.activity_id, a.org_id, a.activity_type, a.plan_start_at, a.status)
        .where(
            a.period_month == month_of(now.date()),
            a.status == "held",
            a.ended_at < now,
            a.ended_at > now - timedelta(hours=6),
            a.started_at > now - timedelta(days=1),
            a.activity_type.in_(_ROSTER_TYPES),
            ~closed,
            begun,
            a.deleted_at.is_(None),
        )
        .limit(1)
    ).first()


def _missing(connection: sa.Connection, activity: Any) -> list[int]:
    """Members on the roster without a row yet, in order of their numbers."""
    if activity.activity_type not in _ROSTER_TYPES:
        return []
    t = attendances.c
    there = set(connection.scalars(sa.select(t.member_id).where(t.activity_id == activity.activity_id)))
    day = activity.plan_start_at.date()
    return sorted(set(roster(connection, activity.org_id, activity.activity_type, day)) - there)


def _attend(
    district: District,
    connection: sa.Connection,
    activity: Any,
    come: list[int],
    away: list[int],
    signed: datetime,
    now: datetime,
) -> None:
    rng = district.rng
    here = [
        {
            "activity_id": activity.activity_id,
            "member_id": member,
            "is_required": True,
            "status": "present",
            "sign_method": rng.choice(("qr", "qr", "qr", "wechat", "id_card")),
            "signed_at": signed,
            "recorded_at": now,
        }
        for member in come
    ]
    gone = [
        {
            "activity_id": activity.activity_id,
            "member_id": member,
            "is_required": True,
            "sign_method": None,
            "status": rng.choice(("leave", "absent")),
            "signed_at": None,
            "recorded_at": now,
        }
        for member in away
    ]
    ids = district.insert(connection, "attendances", here + gone, now)
    branch = branch_of(connection, activity.org_id)
    worth = 2.0 if activity.activity_type == "organization_life_meeting" else 1.0
    earned = [(ids[n], member, branch, worth) for n, member in enumerate(come)]
    district.points(connection, _ROSTER_TYPES.get(activity.activity_type, ""), "attendances", earned, now)


def plan(district: District, now: datetime) -> Event | None:
    """Theme day, committee meeting and one more of the running month for a branch that has planned nothing yet."""
    a, month, org, rng = activities.c, month_of(now.date()), district.branch(), district.rng
    left = last_day(month).day - now.day
    with district.engine.begin() as connection:
        known = connection.scalar(
            sa.select(a.activity_id).where(a.org_id == org, a.period_month == month).limit(1)
        )
        if known is not None or left < 1:
            return None
        rows = []
        for kind in ("theme_party_day", "committee_meeting", rng.choice(_OTHER_KINDS)):
            start = now.replace(hour=rng.randint(9, 18), minute=0, second=0, microsecond=0)
            rows.append(
                {
                    "org_id": org,
                    "activity_type": kind,
                    "title": some_title(rng, kind),
                    "status": "planned",
                    "period_month": month,
                    "plan_start_at": start + timedelta(days=rng.randint(1, left)),
                    "is_online": False,
                    "is_deliberation": False,
                    "media_count": 0,
                    "recorded_at": now,
                }
            )
        district.insert(connection, "activities", rows, now)
    return Event("plan", org, len(rows), now)
