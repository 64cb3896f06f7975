"""The members' part of the monthly cycle: the closed months of the restricted store, and their documents on demand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from dashboard.profile import DistrictProfile
from dashboard.reports.cycle import Progress, imprint_of
from dashboard.reports.member_folder import write_member_reports
from dashboard.reports.member_report import write_audit
from data.projection.member_reports import write_closed_months
from data.queries.report_changes import closing_version
from data.readmodel.reader import open_reader
from data.readmodel.report_runs import ReportRun, read_run, write_run

MEMBER = "member"


@dataclass(frozen=True)
class MemberCycle:
    """Restricted store and documents of one district; ``store`` is the read model, beside which runs are noted."""

    operational: sa.Engine
    store: sa.Engine
    members: sa.Engine
    profile: DistrictProfile
    folder: Path

    def run(
        self,
        month: str,
        now: datetime,
        *,
        who: str,
        again: bool = False,
        progress: Progress = lambda step, done, total: None,
    ) -> int:
        """Write the closed months the restricted store lacks, a corrected one anew; then, where the profile asks for
        it every month, the document of every member. Returns the documents written now; a month that is done is
        not done again.

        ``who`` stands in the audit log. Raises SourceError; the next run then begins where this one ended.
        """
        with open_reader(self.store) as reader:
            version, imprint = closing_version(reader, month), imprint_of(reader, self.profile)
        if version is None:
            return 0
        before = read_run(self.store, month, MEMBER)
        corrected = before is not None and before.version_no != version
        if before is not None and before.state == "done" and not corrected and not again:
            return 0
        fresh = again or corrected
        anew = [month] if fresh else []
        write_closed_months(self.operational, self.members, self.profile.catalogue, now, anew, progress)
        write_run(self.store, ReportRun(month, MEMBER, "generating", version))
        written = 0
        if self.profile.calendar.member_reports == "monthly":
            write_audit(self.folder / "audit.log", who, "*", month, now)
            into = self.folder / month
            written = write_member_reports(
                self.profile, self.members, month, imprint, into, fresh=fresh, progress=progress
            )
        write_run(self.store, ReportRun(month, MEMBER, "done", version, written, now))
        return written
