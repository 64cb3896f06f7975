"""The reports a viewer may take away: of a branch of the subtree, of a quarter for viewers of the district."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import sqlalchemy as sa

from dashboard.leadership.address import Address, AddressInvalid
from dashboard.leadership.export.reports import (
    Document,
    branch_document,
    bulletin_document,
    problems_document,
)
from dashboard.leadership.registry import BY_SLUG
from dashboard.profile import DistrictProfile
from dashboard.reports.branch_report import branch_report
from dashboard.reports.cycle import branch_checks, imprint_of
from dashboard.reports.quarter_reports import bulletin_of, problems_of, quarter_end
from data.clock import Clock, add_months
from data.errors import ExportFailed, OutOfScope
from data.projection.resource_library import Library
from data.queries.committee_scores import last_quarter, quarter_of
from data.queries.report_changes import closing_version
from data.readmodel.reader import Reader, open_reader
from data.readmodel.scoped import open_scoped
from data.viewer import Viewer

# The page that shows what a report says: who does not open it takes no report away.
PAGE_OF = {"branch": "report", "quarter": "quarter", "problems": "quarter"}


def may_take(report: str, viewer: Viewer) -> bool:
    """Whether the viewer's role is told what this report says."""
    return BY_SLUG[PAGE_OF[report]].allows(viewer)


@dataclass(frozen=True)
class Reports:
    """Makes the report of an address. ``library`` is what prescriptions recommend from."""

    engine: sa.Engine
    profile: DistrictProfile
    clock: Clock
    library: Callable[[], Library] = Library

    def __call__(self, kind: str, address: Address, viewer: Viewer) -> Document:
        """Raises OutOfScope for what is not the viewer's, ExportFailed for a month or quarter not closed."""
        if not may_take(kind, viewer):
            raise OutOfScope(kind, "not a report of this role")
        if kind == "branch":
            return self._branch(address, viewer)
        with open_scoped(self.engine, viewer) as scoped:
            reader, _ = scoped.of_district()
            month = _quarter(reader, address.month)
            imprint = imprint_of(reader, self.profile)
            if kind == "quarter":
                return bulletin_document(bulletin_of(self.profile, reader, month), imprint)
            return problems_document(problems_of(self.profile, reader, month), imprint)

    def _branch(self, address: Address, viewer: Viewer) -> Document:
        with open_scoped(self.engine, viewer) as scoped:
            place = scoped.place(address.org)
        if not place.is_branch:
            raise AddressInvalid("org", str(address.org or ""), "诊疗报告是支部的，请先选择支部")
        # The report compares with all branches of the district; of them it says means and one place only.
        with open_reader(self.engine) as reader:
            month = address.month or add_months(reader.version.open_month, -1)
            if closing_version(reader, month) is None:
                raise ExportFailed(f"{month}尚未关账，还没有诊疗报告")
            checks = branch_checks(reader, self.profile, month)
            imprint = imprint_of(reader, self.profile)
        if place.org_id not in {one.org_id for one in checks.organisations}:
            raise ExportFailed(f"{place.short_name}在{month}没有诊疗结果")
        report = branch_report(self.profile, checks.of(place.org_id), self.library(), self.clock())
        return branch_document(report, imprint)


def _quarter(reader: Reader, month: str | None) -> str:
    """Last month of the closed quarter a month lies in, or of the last closed one."""
    last = last_quarter(reader)
    asked = last if month is None else f"{month[:4]}-{(int(month[5:]) + 2) // 3 * 3:02d}"
    return quarter_end(quarter_of(min(asked, last)), reader)
