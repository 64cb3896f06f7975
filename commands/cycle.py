"""`app.py cycle`: the monthly cycle, and the note `project --watch` makes when it is due."""

from __future__ import annotations

import getpass
import logging
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import click
import sqlalchemy as sa

from commands.progress_bar import console, progress_bar
from dashboard.formats import percent
from dashboard.profile import DistrictProfile, load_profile
from dashboard.reports.cycle import Cycle, Outcome, Progress, mark_due
from dashboard.reports.member_cycle import MemberCycle
from dashboard.settings import Settings, load_settings
from data.clock import Clock, shanghai_now
from data.engine import open_engine, open_existing
from data.errors import ReadModelError, SourceError
from data.projection.resource_library import Library, read_library
from data.queries.report_changes import WORDS

log = logging.getLogger(__name__)

HELD = 3


@click.command()
@click.option("--confirm", is_flag=True, help="confirm the figures that jumped by more than 30 %")
@click.option("--again", is_flag=True, help="write the documents of the month anew")
@click.pass_context
def cycle(context: click.Context, confirm: bool, again: bool) -> None:
    """Report the last closed month once its publish day has come; exit code 3 while a confirmation is missing.

    The restricted store of members gets its closed months, too."""
    settings = load_settings()
    now = shanghai_now()
    runner = Cycle(
        open_existing(settings.read_model, read_only=False),
        load_profile(settings.district),
        reports_folder(settings),
        lambda: library_of(settings, now),
    )
    who = getpass.getuser()
    with progress_bar("报告") as report:
        outcome = runner.run(now, confirmed_by=who if confirm else None, again=again, progress=report)
        written = 0
        if outcome.state == "done":
            written = _members(settings, runner, outcome.month, now, who=who, again=again, progress=report)
    click.echo(_told(outcome, runner.folder))
    if written:
        console.print(f"{outcome.month} 的党员报告已生成，本次写出 {written:,} 份")
    context.exit(HELD if outcome.state == "held" else 0)


def _members(
    settings: Settings,
    runner: Cycle,
    month: str,
    now: datetime,
    *,
    who: str,
    again: bool,
    progress: Progress,
) -> int:
    """The members' part; it waits for the next run while the operational database is away."""
    operational, members = open_existing(settings.operational), open_restricted(settings)
    part = MemberCycle(operational, runner.store, members, runner.profile, runner.folder)
    try:
        return part.run(month, now, who=who, again=again, progress=progress)
    except SourceError as error:
        log.warning("months of members are not written: %s", error)
        return 0


def open_restricted(settings: Settings) -> sa.Engine:
    """The restricted store of the district, made where there is none: closed to others before a row is in it."""
    file = settings.data_dir / settings.district / "members.db"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=0o600)
    return open_engine(f"sqlite:///{file.as_posix()}")


def reports_folder(settings: Settings) -> Path:
    """Where the documents of a district are written."""
    return settings.data_dir / settings.district / "reports"


def library_of(settings: Settings, now: datetime) -> Library:
    """The library to recommend from; an empty one while the operational database is away."""
    try:
        return read_library(open_existing(settings.operational), now.date())
    except SourceError as error:
        log.warning("no resources are recommended: %s", error)
        return Library()


def due_note(store: sa.Engine, profile: DistrictProfile, clock: Clock) -> Callable[[object], None]:
    """A callback for the projector's loop: once a day it notes and logs that reports are due; it never fails."""
    looked: list[date] = []

    def look(_outcome: object) -> None:
        now = clock()
        if looked == [now.date()]:
            return
        looked[:] = [now.date()]
        try:
            month = mark_due(store, profile, now)
        except ReadModelError as error:
            log.warning("could not note whether reports are due: %s", error)
            return
        if month is not None:
            log.info("reports of %s are due: run `python app.py cycle`", month)

    return look


def _told(outcome: Outcome, folder: Path) -> str:
    month = outcome.month
    if outcome.state == "early":
        return f"{month} 的报告尚未到发布日"
    if outcome.state == "waiting":
        return f"{month} 在读模型中尚未关账，先运行 project"
    if outcome.state == "held":
        rows = [
            f"  {WORDS[one.figure]}\t{one.before:,.4g} → {one.now:,.4g}\t{percent(abs(one.share))}"
            for one in outcome.changes
        ]
        return "\n".join([f"{month} 有区级数据变动超过30%，核对后用 cycle --confirm 确认：", *rows])
    console.print(f"{month} 的报告已生成，本次写出 {outcome.written:,} 份")
    return str(folder / month / "index.html")
