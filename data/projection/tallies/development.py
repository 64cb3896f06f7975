"""Development of new members: the funnel, who was admitted, at which step cases wait, and the exams.

``development_funnel``, now, by town: ``stage|<1-5>`` = open cases by stage, ``reached|<1-5>`` = cases that came to
the stage this calendar year.
``development_admitted``, by month of the branch meeting, by town: ``all``, and of these ``age_35`` (35 and younger),
``college``, ``frontline``, ``women``; only cases whose approval is done.
``step_board``, now, by town: ``<variant>|<step_no>|waiting`` = open cases at the step, of these ``…|soon`` (due within
7 days), ``…|overdue`` (1-30 days) and ``…|overdue_30`` (more than 30 days).
``exams``, by month, by town: ``passed|<gate_stage>`` = cases that passed a gate for the first time, ``passed`` = cases
that passed any gate for the first time; ``taken|<gate_stage>`` = cases and gates with an attempt in the year, in the
month of their first one there, ``first|<gate_stage>`` = those of them that passed at their very first attempt.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from data.clock import month_of
from data.contract import development_cases, development_step_defs, development_steps, exam_attempts, exams
from data.projection.families.membership import of_living_member
from data.projection.families.structure import COLLEGE
from data.projection.source import Source
from data.projection.tallies.kinds import NOW, Tally, TallyRow
from data.projection.tallies.members import age_on
from data.projection.tallies.places import by_town

k, n, f = development_cases.c, development_steps.c, development_step_defs.c
e, x = exams.c, exam_attempts.c

OPEN_CASES = ("in_progress", "extended")
WAITING = ("open", "submitted", "returned")
# Steps of the 25 list (§9.3): the branch meeting that accepts, and the approval of the committee above.
ACCEPTANCE, APPROVAL = 15, 17
SOON = timedelta(days=7)
LONG = timedelta(days=30)

_CASES = ("development_cases", "members", "organizations")
_STEPS = (*_CASES, "development_steps", "development_step_defs")


def _living() -> sa.ColumnElement[bool]:
    return sa.and_(k.deleted_at.is_(None), of_living_member(k.member_id))


def read_funnel(source: Source) -> Iterator[TallyRow]:
    """A stage is reached when its first step is unlocked, the first one by applying."""
    today = source.calendar.now.date()
    new_year, tomorrow = date(today.year, 1, 1), today + timedelta(days=1)
    rows: list[tuple[str, int | None, str, float]] = []
    now = sa.select(k.branch_org_id, k.stage_no, sa.func.count().label("n")).where(
        _living(), k.status.in_(OPEN_CASES)
    )
    for row in source.rows(now.group_by(k.branch_org_id, k.stage_no)):
        rows.append((NOW, row.branch_org_id, f"stage|{row.stage_no}", row.n))
    applied = sa.select(k.branch_org_id).where(_living(), k.applied_on >= new_year, k.applied_on <= today)
    rows += [(NOW, row.branch_org_id, "reached|1", 1.0) for row in source.rows(applied)]
    first = (
        sa.select(f.variant, f.stage_no, sa.func.min(f.step_no).label("step_no"))
        .where(f.deleted_at.is_(None), f.stage_no > 1)
        .group_by(f.variant, f.stage_no)
        .subquery()
    )
    begins = sa.and_(first.c.variant == k.variant, first.c.step_no == n.step_no)
    reached = (
        sa.select(k.branch_org_id, first.c.stage_no, sa.func.count().label("n"))
        .select_from(development_cases.join(development_steps, n.case_id == k.case_id).join(first, begins))
        .where(_living(), n.deleted_at.is_(None), n.unlocked_at >= new_year, n.unlocked_at < tomorrow)
        .group_by(k.branch_org_id, first.c.stage_no)
    )
    for row in source.rows(reached):
        rows.append((NOW, row.branch_org_id, f"reached|{row.stage_no}", row.n))
    yield from by_town(source, rows)


def read_admitted(source: Source) -> Iterator[TallyRow]:
    """Both steps as they stand in the finer list: the first of the meeting's and of the approval's steps."""
    step25 = sa.and_(f.deleted_at.is_(None), f.step25_no.in_((ACCEPTANCE, APPROVAL)))
    firsts = (
        sa.select(f.variant, f.step25_no, sa.func.min(f.step_no).label("step_no"))
        .where(step25)
        .group_by(f.variant, f.step25_no)
        .subquery()
    )
    meant = sa.and_(firsts.c.variant == k.variant, firsts.c.step_no == n.step_no)
    columns = (k.case_id, k.branch_org_id, k.gender, k.birthday, k.education, k.is_frontline)
    statement = (
        sa.select(*columns, firsts.c.step25_no, n.done_on)
        .select_from(development_cases.join(development_steps, n.case_id == k.case_id).join(firsts, meant))
        .where(_living(), n.deleted_at.is_(None), n.status == "done", n.done_on.is_not(None))
    )
    meeting: dict[int, sa.Row[Any]] = {}
    approved: set[int] = set()
    for row in source.rows(statement):
        if row.step25_no == ACCEPTANCE:
            meeting[row.case_id] = row
        else:
            approved.add(row.case_id)
    admitted = [row for case, row in meeting.items() if case in approved]
    yield from by_town(
        source,
        ((month_of(row.done_on), row.branch_org_id, key, 1.0) for row in admitted for key in _traits(row)),
    )


def _traits(row: sa.Row[Any]) -> Iterator[str]:
    yield "all"
    if age_on(row.done_on, row.birthday) <= 35:
        yield "age_35"
    if row.education in COLLEGE:
        yield "college"
    if row.is_frontline:
        yield "frontline"
    if row.gender == "F":
        yield "women"


def read_board(source: Source) -> Iterator[TallyRow]:
    """A case waits at its first step that is not done; a step without a limit is never overdue."""
    today = source.calendar.now.date()
    first = (
        sa.select(n.case_id, sa.func.min(n.step_no).label("step_no"))
        .where(n.deleted_at.is_(None), n.status.in_(WAITING))
        .group_by(n.case_id)
        .subquery()
    )
    there = sa.and_(n.case_id == first.c.case_id, n.step_no == first.c.step_no, n.deleted_at.is_(None))
    statement = (
        sa.select(k.branch_org_id, k.variant, n.step_no, n.due_on, sa.func.count().label("n"))
        .select_from(
            development_cases.join(first, first.c.case_id == k.case_id).join(development_steps, there)
        )
        .where(_living(), k.status.in_(OPEN_CASES))
        .group_by(k.branch_org_id, k.variant, n.step_no, n.due_on)
    )
    rows: list[tuple[str, int | None, str, float]] = []
    for row in source.rows(statement):
        step = f"{row.variant}|{row.step_no}"
        rows.append((NOW, row.branch_org_id, f"{step}|waiting", row.n))
        state = None if row.due_on is None else _urgency(row.due_on, today)
        if state is not None:
            rows.append((NOW, row.branch_org_id, f"{step}|{state}", row.n))
    yield from by_town(source, rows)


def _urgency(due: date, today: date) -> str | None:
    if due < today - LONG:
        return "overdue_30"
    if due < today:
        return "overdue"
    return "soon" if due <= today + SOON else None


def read_exams(source: Source) -> Iterator[TallyRow]:
    """Attempts of one case at the exams of one gate, in the order they were taken."""
    statement = (
        sa.select(k.branch_org_id, x.case_id, e.gate_stage, x.passed, x.taken_at)
        .select_from(
            exam_attempts.join(exams, e.exam_id == x.exam_id).join(development_cases, k.case_id == x.case_id)
        )
        .where(
            _living(),
            x.deleted_at.is_(None),
            e.deleted_at.is_(None),
            e.exam_kind == "development",
            e.gate_stage.is_not(None),
            x.taken_at < source.calendar.now.date() + timedelta(days=1),
        )
        .order_by(x.taken_at, x.attempt_id)
    )
    rows: list[tuple[str, int | None, str, float]] = []
    tried: set[tuple[int, int]] = set()
    counted: set[tuple[object, ...]] = set()

    def once(row: sa.Row[Any], key: str, *what: object) -> None:
        if (key, *what) not in counted:
            counted.add((key, *what))
            rows.append((month_of(row.taken_at), row.branch_org_id, key, 1.0))

    for row in source.rows(statement):
        gate = (row.case_id, row.gate_stage)
        once(row, f"taken|{row.gate_stage}", row.case_id, row.taken_at.year)
        if row.passed:
            if gate not in tried:
                once(row, f"first|{row.gate_stage}", row.case_id)
            once(row, f"passed|{row.gate_stage}", row.case_id)
            once(row, "passed", row.case_id)
        tried.add(gate)
    yield from by_town(source, rows)


TALLIES = (
    Tally("development_funnel", read_funnel, _STEPS),
    Tally("development_admitted", read_admitted, _STEPS),
    Tally("step_board", read_board, _STEPS),
    Tally("exams", read_exams, (*_CASES, "exams", "exam_attempts")),
)
