"""Transfers of a living district: new applications, the next desk's approval, and the move at the end."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from data.contract import memberships, organizations, party_posts, transfer_steps, transfers
from data.demo.living import District, Event

_LIMIT = {"branch_register": 5, "branch_accept": 5}
_PATH = ("branch_register", "out_committee_review", "in_committee_review", "branch_accept")


def _step(transfer: int, seq: int, kind: str, handler: int, now: datetime) -> dict[str, Any]:
    return {
        "transfer_id": transfer,
        "step_seq": seq,
        "step_type": kind,
        "handler_org_id": handler,
        "opened_at": now,
        "due_at": now + timedelta(days=_LIMIT.get(kind, 10)),
        "decided_at": None,
        "decision": None,
    }


def apply_transfer(district: District, now: datetime) -> Event | None:
    """A member without post applies to move to another branch; the first desk registers it at once."""
    org, target = district.branch(), district.branch()
    with district.engine.begin() as connection:
        member = district.member(connection, org, now.date())
        if member is None or org == target or _is_busy(connection, member):
            return None
        application = {
            "member_id": member,
            "direction": "within",
            "from_org_id": org,
            "to_org_id": target,
            "reason": "job_change",
            "applied_at": now,
            "state": "pending",
        }
        transfer = district.insert(connection, "transfers", [application], now)[0]
        steps = [
            _step(transfer, 1, _PATH[0], org, now),
            _step(transfer, 2, _PATH[1], _parent(connection, org), now),
        ]
        steps[0] |= {"decided_at": now, "decision": "approve"}
        district.insert(connection, "transfer_steps", steps, now)
    return Event("transfer", org, 3, now)


def _is_busy(connection: sa.Connection, member: int) -> bool:
    """Whether the member is already on the way or holds a post."""
    t, p = transfers.c, party_posts.c
    moving = sa.exists().where(t.member_id == member, t.state.in_(("pending", "letter_issued")))
    in_office = sa.exists().where(p.member_id == member, p.ended_on.is_(None))
    return bool(connection.scalar(sa.select(sa.or_(moving, in_office))))


def advance_transfer(district: District, now: datetime) -> Event | None:
    """One open step is approved; the next one opens, or the member moves."""
    s, t = transfer_steps.c, transfers.c
    with district.engine.begin() as connection:
        open_ = connection.execute(
            sa.select(
                s.step_id, s.step_seq, s.step_type, s.transfer_id, t.member_id, t.from_org_id, t.to_org_id
            )
            .join(transfers, t.transfer_id == s.transfer_id)
            .where(
                t.state == "pending",
                t.direction == "within",
                s.opened_at.is_not(None),
                s.decided_at.is_(None),
                s.opened_at < now,
                t.deleted_at.is_(None),
                s.deleted_at.is_(None),
            )
            .limit(60)
        ).all()
        if not open_:
            return None
        step = district.rng.choice(open_)
        connection.execute(
            transfer_steps.update()
            .where(s.step_id == step.step_id)
            .values(decided_at=now, decision="approve", updated_at=now)
        )
        rows = 2
        if step.step_type == _PATH[-1]:
            rows += _move(district, connection, step, now)
        else:
            _open_next(district, connection, step, now)
    return Event("transfer", step.to_org_id, rows, now)


def _open_next(district: District, connection: sa.Connection, step: Any, now: datetime) -> None:
    kind = _PATH[_PATH.index(step.step_type) + 1]
    desk = step.from_org_id if kind in _PATH[:2] else step.to_org_id
    handler = _parent(connection, desk) if kind.endswith("review") else desk
    s = transfer_steps.c
    waiting = connection.scalar(
        sa.select(s.step_id).where(s.transfer_id == step.transfer_id, s.step_seq == step.step_seq + 1)
    )
    row = _step(step.transfer_id, step.step_seq + 1, kind, handler, now)
    if waiting is None:
        district.insert(connection, "transfer_steps", [row], now)
    else:
        connection.execute(transfer_steps.update().where(s.step_id == waiting).values(**row, updated_at=now))


def _move(district: District, connection: sa.Connection, step: Any, now: datetime) -> int:
    """Close the transfer; the membership moves if the member still stands where the application began."""
    t, m, today = transfers.c, memberships.c, now.date()
    connection.execute(
        transfers.update()
        .where(t.transfer_id == step.transfer_id)
        .values(state="completed", completed_at=now, updated_at=now)
    )
    left = connection.execute(
        memberships.update()
        .where(
            m.member_id == step.member_id,
            m.branch_org_id == step.from_org_id,
            m.kind == "formal",
            m.ended_on.is_(None),
            m.started_on < today,
            m.deleted_at.is_(None),
        )
        .values(ended_on=today, end_reason="transfer_out", transfer_id=step.transfer_id, updated_at=now)
    ).rowcount
    if left == 1:
        district.insert(
            connection,
            "memberships",
            [
                {
                    "member_id": step.member_id,
                    "branch_org_id": step.to_org_id,
                    "kind": "formal",
                    "started_on": today,
                    "start_reason": "transfer_in",
                    "transfer_id": step.transfer_id,
                }
            ],
            now,
        )
    return 1 + 2 * left


def _parent(connection: sa.Connection, org: int) -> int:
    o = organizations.c
    return int(connection.scalar(sa.select(o.parent_org_id).where(o.org_id == org)) or org)
