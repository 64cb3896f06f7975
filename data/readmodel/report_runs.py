"""What the monthly cycle has done: one row per month and kind of report, beside the read model.

A catalogue of its own: the read model is a projection and may be emptied, a person's confirmation may not.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

import sqlalchemy as sa

from data.driver_errors import read_model_errors

METADATA = sa.MetaData()

# due: the day has come; held: a figure jumped and nobody confirmed it; generating: begun, to be resumed.
State = Literal["due", "held", "generating", "done"]

report_runs = sa.Table(
    "report_runs",
    METADATA,
    sa.Column("period_month", sa.String(7), primary_key=True),
    sa.Column("kind", sa.String(16), primary_key=True),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("version_no", sa.Integer, nullable=False, comment="version of the closing the reports are of"),
    sa.Column("count", sa.Integer, nullable=False, comment="documents written"),
    sa.Column("generated_at", sa.DateTime, nullable=True),
    sa.Column("confirmed_at", sa.DateTime, nullable=True),
    sa.Column("confirmed_by", sa.String(80), nullable=True),
)


@dataclass(frozen=True)
class ReportRun:
    """One run; ``version_no`` is the version of the month's closing, ``confirmed_by`` an account of the machine."""

    period_month: str
    kind: str
    state: State
    version_no: int
    count: int = 0
    generated_at: datetime | None = None
    confirmed_at: datetime | None = None
    confirmed_by: str | None = None


def read_run(engine: sa.Engine, month: str, kind: str) -> ReportRun | None:
    """The run of a month; None before it was due."""
    with read_model_errors(engine):
        METADATA.create_all(engine)
        with engine.connect() as connection:
            t = report_runs.c
            query = sa.select(report_runs).where(t.period_month == month, t.kind == kind)
            row = connection.execute(query).one_or_none()
    return None if row is None else ReportRun(*row)


def write_run(engine: sa.Engine, run: ReportRun) -> None:
    """Put the run in place of the stored one."""
    with read_model_errors(engine):
        METADATA.create_all(engine)
        with engine.begin() as connection:
            t = report_runs.c
            connection.execute(
                report_runs.delete().where(t.period_month == run.period_month, t.kind == run.kind)
            )
            connection.execute(report_runs.insert(), asdict(run))
