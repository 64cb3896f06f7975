"""A folder with the branch reports of one month and an index of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from pathlib import Path

from dashboard.formats import score
from dashboard.profile import DistrictProfile
from dashboard.reports.branch_report import branch_report
from dashboard.reports.documents import Imprint, render
from dashboard.reports.grades import LIGHT_SHAPES, LIGHT_WORDS, grade
from data.projection.resource_library import Library
from data.queries.report_branches import BranchChecks

# The bar need not move for each of thousands.
_STEP = 50


def write_branch_reports(
    profile: DistrictProfile,
    checks: BranchChecks,
    library: Library,
    imprint: Imprint,
    folder: Path,
    now: datetime,
    *,
    fresh: bool,
    progress: Callable[[str, int, int], None],
) -> int:
    """Write the report of every branch and index.html; unless ``fresh``, those already there stay. Returns how
    many were written."""
    into = folder / "branch"
    into.mkdir(parents=True, exist_ok=True)
    written, total = 0, len(checks)
    for done, organisation in enumerate(checks.organisations):
        file = into / f"{organisation.org_id}.html"
        if fresh or not file.exists():
            report = branch_report(profile, checks.of(organisation.org_id), library, now)
            write_whole(file, render("branch", imprint, report=report))
            written += 1
        if done % _STEP == 0:
            progress(checks.month, done, total)
    write_whole(folder / "index.html", _index(profile, checks, imprint))
    progress(checks.month, total, total)
    return written


def write_whole(file: Path, content: str | bytes) -> None:
    """A document that is there is complete: written beside its place and moved in."""
    beside = file.with_suffix(".part")
    beside.write_bytes(content.encode() if isinstance(content, str) else content)
    os.replace(beside, file)


def _index(profile: DistrictProfile, checks: BranchChecks, imprint: Imprint) -> str:
    rows = []
    for organisation in checks.organisations:
        check = checks.of(organisation.org_id)
        rows.append(
            {
                "superior": organisation.superior,
                "href": f"branch/{organisation.org_id}.html",
                "name": organisation.short_name,
                "light": LIGHT_WORDS[check.light],
                "shape": LIGHT_SHAPES[check.light],
                "score": score(check.score),
                "grade": grade(check.score, check.light, profile.healthy_score) or "–",
            }
        )
    groups = [(name, list(found)) for name, found in groupby(rows, key=lambda row: row["superior"])]
    period = f"{checks.month[:4]}年{int(checks.month[5:])}月"
    return render("index", imprint, period=period, groups=groups, total=len(rows))
