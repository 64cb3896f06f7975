"""`app.py report`: one document as HTML, Word or PDF, or all of a month as self-contained HTML."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from pathlib import Path

import click

from commands.arguments import one_place, written_month
from commands.cycle import library_of, open_restricted, reports_folder
from commands.progress_bar import progress_bar
from dashboard.leadership.export.chromium import Chromium
from dashboard.leadership.export.reports import (
    FORMATS,
    Document,
    Format,
    branch_document,
    bulletin_document,
    problems_document,
)
from dashboard.profile import load_profile
from dashboard.reports.branch_folder import write_branch_reports, write_whole
from dashboard.reports.branch_report import branch_report
from dashboard.reports.cycle import branch_checks, imprint_of
from dashboard.reports.documents import Imprint
from dashboard.reports.member_folder import write_member_report
from dashboard.reports.member_report import write_audit
from dashboard.reports.quarter_reports import bulletin_of, problems_of, quarter_end
from dashboard.settings import load_settings
from data.clock import add_months, shanghai_now
from data.engine import open_existing
from data.errors import SettingError
from data.projection.member_reports import write_closed_months
from data.queries.committee_scores import quarter_of
from data.queries.report_changes import closing_version
from data.queries.report_member import load as load_member
from data.readmodel.reader import Reader, open_reader
from data.readmodel.viewer import open_viewer

_form = click.option(
    "--format", "form", type=click.Choice(FORMATS), default="html", help="PDF needs Chromium on this machine"
)
_out = click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="folder to write to")


@click.group()
def report() -> None:
    """Reports as documents: branch, quarter, problems. Their folder is told when they are written."""


@report.command()
@click.argument("organisation", default="")
@click.argument("month", default="")
@click.option(
    "--all", "every", is_flag=True, help="all branches, with an index; [MONTH] is the only argument"
)
@_form
@_out
def branch(organisation: str, month: str, every: bool, form: Format, out: Path | None) -> None:
    """支部党建诊疗报告 of ORGANISATION (code, name or id) in MONTH (YYYY-MM; empty: the last closed one)."""
    if every:
        organisation, month = "", organisation or month
    elif not organisation:
        raise SettingError("ORGANISATION", "", "name a branch, or --all")
    if every and form != "html":
        raise SettingError("--format", form, "--all writes HTML")
    month = written_month(month)
    settings, now = load_settings(), shanghai_now()
    profile = load_profile(settings.district)
    with open_reader(open_viewer(settings.read_model)) as reader:
        asked = _closed(reader, month)
        place = None if every else one_place(reader, organisation, only_branches=True)
        checks = branch_checks(reader, profile, asked)
        imprint = imprint_of(reader, profile)
    library = library_of(settings, now)
    folder = (out or reports_folder(settings)) / asked
    if place is None:
        with progress_bar("报告") as bar:
            write_branch_reports(profile, checks, library, imprint, folder, now, fresh=True, progress=bar)
        click.echo(folder / "index.html")
        return
    if place.org_id not in {one.org_id for one in checks.organisations}:
        raise SettingError("ORGANISATION", organisation, f"has no results of {asked}")
    found = branch_report(profile, checks.of(place.org_id), library, now)
    _write(folder / "branch" / str(place.org_id), branch_document(found, imprint), form)


@report.command()
@click.argument("quarter_name", metavar="[YYYY-Qn]", default="")
@_form
@_out
def quarter(quarter_name: str, form: Format, out: Path | None) -> None:
    """季度通报: ranking of the second-level committees in a closed quarter (empty: the last one)."""
    profile = load_profile(load_settings().district)
    _write_quarter(
        lambda reader, imprint, month: bulletin_document(bulletin_of(profile, reader, month), imprint),
        "bulletin", quarter_name, form, out,
    )  # fmt: skip


@report.command()
@click.argument("quarter_name", metavar="[YYYY-Qn]", default="")
@_form
@_out
def problems(quarter_name: str, form: Format, out: Path | None) -> None:
    """问题清单: red items and breaches of structure at the close of a quarter, as proposals to confirm."""
    profile = load_profile(load_settings().district)
    _write_quarter(
        lambda reader, imprint, month: problems_document(problems_of(profile, reader, month), imprint),
        "problems", quarter_name, form, out,
    )  # fmt: skip


@report.command()
@click.argument("member_no")
@click.argument("month", default="")
@_out
def member(member_no: str, month: str, out: Path | None) -> None:
    """党员锋领指数报告 of MEMBER_NO, for the member and the branch secretary; every call is noted in audit.log."""
    month = written_month(month)
    settings, now = load_settings(), shanghai_now()
    profile = load_profile(settings.district)
    with open_reader(open_viewer(settings.read_model)) as reader:
        asked = _closed(reader, month)
        imprint = imprint_of(reader, profile)
    write_audit(reports_folder(settings) / "audit.log", getpass.getuser(), member_no, asked, now)
    store = open_restricted(settings)
    with progress_bar("党员月度数据") as bar:
        operational = open_existing(settings.operational)
        write_closed_months(operational, store, profile.catalogue, now, progress=bar)
    found = load_member(store, member_no, asked)
    if found is None:
        raise SettingError("MEMBER_NO", member_no, f"the restricted store holds no {asked} of this number")
    click.echo(write_member_report(profile, found, imprint, (out or reports_folder(settings)) / asked))


def _write_quarter(
    document: Callable[[Reader, Imprint, str], Document],
    name: str,
    quarter_name: str,
    form: Format,
    out: Path | None,
) -> None:
    settings = load_settings()
    profile = load_profile(settings.district)
    with open_reader(open_viewer(settings.read_model)) as reader:
        month = quarter_end(quarter_name, reader)
        found = document(reader, imprint_of(reader, profile), month)
    _write((out or reports_folder(settings)) / quarter_of(month) / name, found, form)


def _closed(reader: Reader, month: str) -> str:
    asked = month or add_months(reader.version.open_month, -1)
    if closing_version(reader, asked) is None:
        raise SettingError("MONTH", asked, "the read model holds no such closed month")
    return asked


def _write(place: Path, document: Document, form: Format) -> None:
    """The document at its place with the suffix of its format."""
    file = place.with_name(f"{place.name}.{form}")
    chromium = Chromium()
    try:
        content = document.content(form, chromium)
    finally:
        chromium.close()
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(file, content)
    click.echo(file)
