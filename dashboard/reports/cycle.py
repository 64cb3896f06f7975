"""The monthly cycle: on the publish day the closed month is checked, confirmed where it jumped, and reported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from dashboard.profile import DistrictProfile
from dashboard.reports.branch_folder import write_branch_reports
from dashboard.reports.documents import Imprint
from dashboard.reports.placeholders import measures_read
from data.clock import add_months, month_of
from data.projection.resource_library import Library
from data.queries.report_branches import BranchChecks
from data.queries.report_changes import Change, closing_version, jumps
from data.readmodel.reader import Reader, open_reader
from data.readmodel.report_runs import ReportRun, read_run, write_run

BRANCH = "branch"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Outcome:
    """``state`` is that of the run, waiting (the month is not closed in the read model) or early (before the day)."""

    month: str
    state: str
    written: int = 0
    changes: tuple[Change, ...] = ()


def due_month(now: datetime, publish_day: int) -> str | None:
    """The closed month whose reports are due; None before the publish day."""
    return add_months(month_of(now.date()), -1) if now.day >= publish_day else None


def mark_due(store: sa.Engine, profile: DistrictProfile, now: datetime) -> str | None:
    """Note that a month is due, without doing it; returns it once, when it was noted."""
    month = due_month(now, profile.calendar.publish_day)
    if month is None or read_run(store, month, BRANCH) is not None:
        return None
    with open_reader(store) as reader:
        version = closing_version(reader, month)
    if version is None:
        return None
    write_run(store, ReportRun(month, BRANCH, "due", version))
    return month


@dataclass(frozen=True)
class Cycle:
    """One district's cycle; ``library`` is read only when reports are written."""

    store: sa.Engine
    profile: DistrictProfile
    folder: Path
    library: Callable[[], Library]

    def run(
        self,
        now: datetime,
        *,
        confirmed_by: str | None = None,
        again: bool = False,
        progress: Progress = lambda step, done, total: None,
    ) -> Outcome:
        """Do what is due and not done; an interrupted run goes on where it ended.

        ``confirmed_by`` is who confirms the jumps of this month. ``again`` writes every document anew, as does a
        corrected closing.
        """
        month = due_month(now, self.profile.calendar.publish_day)
        if month is None:
            return Outcome(add_months(month_of(now.date()), -1), "early")
        before = read_run(self.store, month, BRANCH)
        with open_reader(self.store) as reader:
            version = closing_version(reader, month)
            if version is None:
                return Outcome(month, "waiting")
            run = before or ReportRun(month, BRANCH, "due", version)
            corrected = run.version_no != version
            if run.state == "done" and not corrected and not again:
                return Outcome(month, "done")
            if corrected:
                run = ReportRun(month, BRANCH, "due", version)
            changes = tuple(jumps(reader, month))
            if confirmed_by is not None:
                run = replace(run, confirmed_at=now, confirmed_by=confirmed_by)
            if changes and run.confirmed_at is None:
                write_run(self.store, replace(run, state="held"))
                return Outcome(month, "held", changes=changes)
            fresh = again or corrected or run.state != "generating"
            write_run(self.store, replace(run, state="generating"))
            written, count = self._write(reader, month, now, fresh, progress)
        write_run(self.store, replace(run, state="done", count=count, generated_at=now))
        return Outcome(month, "done", written, changes)

    def _write(
        self, reader: Reader, month: str, now: datetime, fresh: bool, progress: Progress
    ) -> tuple[int, int]:
        """(documents written now, documents of the month)."""
        checks = branch_checks(reader, self.profile, month)
        imprint = imprint_of(reader, self.profile)
        folder = self.folder / month
        written = write_branch_reports(
            self.profile, checks, self.library(), imprint, folder, now, fresh=fresh, progress=progress
        )
        return written, len(checks)


def branch_checks(reader: Reader, profile: DistrictProfile, month: str) -> BranchChecks:
    """The closed month of all branches, with the measures the prescriptions of the district count."""
    indicators = tuple(rule.id for rule in profile.light_rules)
    return BranchChecks(reader, month, indicators, measures_read(indicators))


def imprint_of(reader: Reader, profile: DistrictProfile) -> Imprint:
    """The foot of documents made from this version of the read model."""
    version = reader.version
    return Imprint.of(profile, version.as_of or version.published_at, version.is_demo)
