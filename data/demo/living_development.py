"""Development of a living district: the open step of a case is done, the next one unlocked."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from data.contract import (
    development_cases,
    development_step_defs,
    development_steps,
    organizations,
)
from data.demo.living import District, Event

# From the admitting meeting to the approval, and on the conversion, the register of members changes too.
_OF_MEMBERS = (15, 16, 17, 23)
_LOOKS = 60
_REST = timedelta(days=3)
_GRACE = timedelta(days=4)


def advance_case(district: District, now: datetime) -> Event | None:
    """One step that may be done today is done and, where it needs one, its document uploaded."""
    with district.engine.begin() as connection:
        ready = [
            (step, days)
            for step in _open_steps(connection, now)
            if _is_due(step, days := _done_days(connection, step.case_id), now.date())
        ]
        if not ready:
            return None
        step, days = district.rng.choice(ready)
        _finish(connection, step, now)
        rows = 2
        if step.requires_upload:
            kind = {"dev_step_id": step.dev_step_id, "doc_kind": "other", "uploaded_at": now}
            reference = {"file_ref": f"development/live-{step.dev_step_id}.jpg"}
            district.insert(connection, "development_documents", [kind | reference], now)
            rows += 1
        _go_on(district, connection, step, days | {step.step_no: now.date()}, now)
    return Event("development", step.branch_org_id, rows + 1, now)


def _open_steps(connection: sa.Connection, now: datetime) -> list[Any]:
    """Open steps of running cases that have rested, without exam and without effect on the members."""
    s, c, d = development_steps.c, development_cases.c, development_step_defs.c
    same = sa.and_(d.variant == c.variant, d.step_no == s.step_no)
    return list(
        connection.execute(
            sa.select(s.dev_step_id, s.case_id, s.step_no, c.branch_org_id, c.variant)
            .add_columns(d.anchor_step_no, d.min_days, d.requires_upload, d.requires_superior)
            .join(development_cases, c.case_id == s.case_id)
            .join(development_step_defs, same)
            .where(
                c.status == "in_progress",
                s.status.in_(("open", "submitted", "returned")),
                s.unlocked_at < now - _REST,
                d.requires_exam.is_(sa.false()),
                d.step25_no.not_in(_OF_MEMBERS),
                s.deleted_at.is_(None),
                c.deleted_at.is_(None),
            )
            .order_by(s.unlocked_at)
            .limit(_LOOKS)
        )
    )


def _done_days(connection: sa.Connection, case: int) -> dict[int, date]:
    s = development_steps.c
    rows = connection.execute(
        sa.select(s.step_no, s.done_on).where(s.case_id == case, s.status == "done", s.deleted_at.is_(None))
    )
    return {row.step_no: row.done_on for row in rows}


def _is_due(step: Any, days: dict[int, date], today: date) -> bool:
    """Not before the shortest interval has passed since its anchor."""
    if step.min_days is None:
        return True
    return step.anchor_step_no in days and today >= days[step.anchor_step_no] + timedelta(days=step.min_days)


def _finish(connection: sa.Connection, step: Any, now: datetime) -> None:
    o = organizations.c
    done: dict[str, Any] = {"status": "done", "done_on": now.date(), "recorded_at": now, "updated_at": now}
    if step.requires_superior:
        above = sa.select(o.parent_org_id).where(o.org_id == step.branch_org_id)
        done |= {"reviewed_at": now, "reviewed_by_org_id": connection.scalar(above)}
    connection.execute(
        development_steps.update().where(development_steps.c.dev_step_id == step.dev_step_id).values(**done)
    )


def _go_on(
    district: District, connection: sa.Connection, step: Any, days: dict[int, date], now: datetime
) -> None:
    """Unlock the next step with its limit, or complete the case after the last."""
    d, c = development_step_defs.c, development_cases.c
    following = connection.execute(
        sa.select(d.stage_no, d.anchor_step_no, d.max_days).where(
            d.variant == step.variant, d.step_no == step.step_no + 1
        )
    ).one_or_none()
    if following is None:
        values: dict[str, Any] = {"status": "completed", "closed_on": now.date()}
    else:
        values = {"stage_no": following.stage_no, "current_step_no": step.step_no + 1}
        due = None
        if following.max_days is not None:
            limit = days[following.anchor_step_no] + timedelta(days=following.max_days)
            due = max(limit, now.date() + _GRACE)
        row = {"case_id": step.case_id, "step_no": step.step_no + 1, "status": "open"}
        district.insert(connection, "development_steps", [row | {"unlocked_at": now, "due_on": due}], now)
    connection.execute(
        development_cases.update().where(c.case_id == step.case_id).values(**values, updated_at=now)
    )
