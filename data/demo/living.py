"""The small transactions of a living district: each valid by the contract and recorded at this very moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa

from data.clock import month_of
from data.contract import METADATA, memberships, organizations, point_rules
from data.demo.roster_today import in_force
from data.demo.tree import BRANCH_TYPES


@dataclass(frozen=True)
class Event:
    """One committed transaction: what happened, in which organisation and how many rows were written."""

    kind: str
    org_id: int
    rows: int
    at: datetime


class District:
    """What the transactions share: branches, rules of points and the writing of rows with fresh keys."""

    def __init__(self, engine: sa.Engine, rng: Random) -> None:
        self.engine, self.rng = engine, rng
        o, r = organizations.c, point_rules.c
        with engine.connect() as connection:
            self.branches: Sequence[int] = connection.scalars(
                sa.select(o.org_id).where(
                    o.org_type.in_(BRANCH_TYPES), o.dissolved_on.is_(None), o.deleted_at.is_(None)
                )
            ).all()
            rules = connection.execute(sa.select(r.indicator_id, r.rule_id).where(r.scheme == "haishu"))
            self.rules: Mapping[str, int] = dict(rules.all())

    def branch(self) -> int:
        """Any branch."""
        return self.rng.choice(self.branches)

    def member(self, connection: sa.Connection, branch: int, day: date) -> int | None:
        """Any member with an open formal membership in the branch since before the day."""
        m = memberships.c
        found = connection.scalars(
            sa.select(m.member_id).where(
                m.branch_org_id == branch,
                m.kind == "formal",
                m.deleted_at.is_(None),
                m.started_on < day,
                in_force(m.started_on, m.ended_on, day),
            )
        ).all()
        return self.rng.choice(found) if found else None

    def insert(
        self, connection: sa.Connection, table: str, rows: list[dict[str, Any]], now: datetime
    ) -> list[int]:
        """Insert rows under the next keys and return them; two writers at once make the later one fail."""
        if not rows:
            return []
        target = METADATA.tables[table]
        key = next(iter(target.primary_key))
        first = (connection.scalar(sa.select(sa.func.max(key))) or 0) + 1
        full = [
            {key.name: first + n, "created_at": now, "updated_at": now, **row} for n, row in enumerate(rows)
        ]
        connection.execute(target.insert(), full)
        return [first + n for n in range(len(rows))]

    def points(
        self,
        connection: sa.Connection,
        indicator: str,
        source: str,
        earned: list[tuple[int, int, int, float]],
        now: datetime,
    ) -> None:
        """Book (source id, member, branch, points) of today in the 锋领指数 ledger."""
        if indicator not in self.rules:
            return
        self.insert(
            connection,
            "point_entries",
            [
                {
                    "scheme": "haishu",
                    "subject_type": "member",
                    "member_id": member,
                    "org_id": org,
                    "points": points,
                    "rule_id": self.rules[indicator],
                    "occurred_on": now.date(),
                    "period_month": month_of(now.date()),
                    "source_table": source,
                    "source_id": source_id,
                    "recorded_at": now,
                }
                for source_id, member, org, points in earned
            ],
            now,
        )


def serve(district: District, now: datetime) -> Event | None:
    """One verified volunteer service of today."""
    org, rng = district.branch(), district.rng
    with district.engine.begin() as connection:
        member = district.member(connection, org, now.date())
        if member is None:
            return None
        hours = rng.choice((1.0, 1.5, 2.0, 2.0, 3.0))
        ids = district.insert(
            connection,
            "volunteer_records",
            [
                {
                    "member_id": member,
                    "org_id": org,
                    "service_on": now.date(),
                    "hours": hours,
                    "sign_method": "qr",
                    "verified_at": now,
                    "recorded_at": now,
                    "source_system_id": 3,
                }
            ],
            now,
        )
        district.points(
            connection, "hs_m_volunteer_hours", "volunteer_records", [(ids[0], member, org, hours / 2)], now
        )
    return Event("volunteer", org, 2, now)


def post(district: District, now: datetime) -> Event | None:
    """One published post of a branch."""
    org = district.branch()
    kind, title = district.rng.choice(
        (
            ("branch_news", "支部开展主题党日活动"),
            ("branch_news", "支部组织集中学习"),
            ("branch_news", "党员志愿服务在行动"),
            ("disclosure", "党务公开：近期工作"),
            ("practice", "先进经验：支部工作法"),
        )
    )
    with district.engine.begin() as connection:
        district.insert(
            connection,
            "posts",
            [
                {
                    "org_id": org,
                    "post_kind": kind,
                    "module": "info",
                    "title": title,
                    "published_at": now,
                    "media_count": district.rng.randint(0, 4),
                    "status": "published",
                    "is_public": True,
                }
            ],
            now,
        )
    return Event("post", org, 1, now)


def study(district: District, now: datetime) -> Event | None:
    """One course begun and finished just now by a member who has not taken it before."""
    courses, records = METADATA.tables["courses"].c, METADATA.tables["learning_records"].c
    org = district.branch()
    with district.engine.begin() as connection:
        member = district.member(connection, org, now.date())
        taken = sa.select(records.course_id).where(records.member_id == member)
        open_ = connection.scalars(
            sa.select(courses.course_id)
            .where(courses.course_id.not_in(taken))
            .order_by(courses.course_id.desc())
            .limit(40)
        ).all()
        if member is None or not open_:
            return None
        district.insert(
            connection,
            "learning_records",
            [
                {
                    "member_id": member,
                    "course_id": district.rng.choice(open_),
                    "started_at": now - timedelta(minutes=45),
                    "last_position_s": 2700,
                    "progress": 1,
                    "completed_at": now,
                    "credited_hours": 1,
                    "channel": "app",
                }
            ],
            now,
        )
    return Event("study", org, 1, now)
