"""A folder with the 党员锋领指数报告 of one month, a document for each member; closed to everybody else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import sqlalchemy as sa

from dashboard.profile import DistrictProfile
from dashboard.reports.branch_folder import write_whole
from dashboard.reports.documents import Imprint
from dashboard.reports.member_report import member_document
from data.queries.report_member import MemberMonth, count_members, load_all

# The bar need not move for each of tens of thousands.
_STEP = 200


def write_member_report(profile: DistrictProfile, found: MemberMonth, imprint: Imprint, folder: Path) -> Path:
    """Write one member's document into ``folder``/member and return its file; only the owner may read either."""
    into = folder / "member"
    into.mkdir(parents=True, exist_ok=True)
    into.chmod(0o700)
    file = into / _name(found.member_no)
    write_whole(file, member_document(profile, found, imprint))
    file.chmod(0o600)
    return file


def write_member_reports(
    profile: DistrictProfile,
    members: sa.Engine,
    month: str,
    imprint: Imprint,
    folder: Path,
    *,
    fresh: bool,
    progress: Callable[[str, int, int], None],
) -> int:
    """Write the document of every member of the restricted store; those already there stay, ``fresh`` takes them
    away first, so that an interrupted run can go on. Returns how many were written."""
    into = folder / "member"
    if fresh and into.exists():
        for old in into.glob("*.html"):
            old.unlink()
    there = {file.name for file in into.glob("*.html")}
    written, total = 0, count_members(members, month)
    for done, found in enumerate(load_all(members, month)):
        if _name(found.member_no) not in there:
            write_member_report(profile, found, imprint, folder)
            written += 1
        if done % _STEP == 0:
            progress(f"{month} 党员", done, total)
    progress(f"{month} 党员", total, total)
    return written


def _name(member_no: str) -> str:
    return f"{quote(member_no, safe='')}.html"
