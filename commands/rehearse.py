"""`app.py rehearse`: a scripted visit as a timed list, as a run sheet, as a run in the terminal or on the walls."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table

from commands.visit_play import Player
from dashboard.profile import DistrictProfile, load_profile
from dashboard.rehearsal import Rehearsal, SpokenStep, rehearse
from dashboard.reports.branch_folder import write_whole
from dashboard.reports.cycle import imprint_of
from dashboard.reports.run_sheet import clock, focus_words, lasting, run_sheet
from dashboard.settings import load_settings
from dashboard.version_state import Limits
from dashboard.visit import load_visit, visit_names
from data.accounts.store import open_accounts
from data.clock import shanghai_now
from data.errors import DirectionOvertaken, DirectionRefused, without_password
from data.readmodel.reader import open_reader
from data.readmodel.viewer import open_viewer

TICK_S = 0.2

Wait = Callable[[float], None]


@click.command("rehearse")
@click.argument("visit", default="", metavar="[VISIT]")
@click.option(
    "--dry", is_flag=True, help="run through it in the terminal, second by second; no wall is touched"
)
@click.option(
    "--speed",
    type=click.FloatRange(min=0.1),
    default=1.0,
    show_default=True,
    help="with --dry: times as fast",
)
@click.option("--sheet", type=click.Path(path_type=Path, dir_okay=False), help="write the run sheet (Word)")
@click.option(
    "--wall", "login", metavar="LOGIN", help="play it on the walls as this operator; Ctrl-C gives them back"
)
@click.option("--max-age", type=click.FloatRange(min=0), help="minutes the data may be old; default 15")
def rehearse_visit(
    visit: str, dry: bool, speed: float, sheet: Path | None, login: str | None, max_age: float | None
) -> None:
    """Rehearse VISIT of the district (empty: list them) with today's numbers; data that are too old are refused."""
    settings, now = load_settings(), shanghai_now()
    profile = load_profile(settings.district)
    if not visit:
        click.echo("\n".join(visit_names(profile.slug)))
        return
    script = load_visit(profile, visit)
    source = f"operational database {without_password(settings.operational)}"
    with open_reader(open_viewer(settings.read_model)) as reader:
        found = rehearse(script, profile, reader, now, source, _limits(max_age))
        imprint = imprint_of(reader, profile)
    screen = Console()
    screen.print(listed(found, profile.words.whole))
    for warning in warnings_of(found):
        screen.print(f"[yellow]{warning}[/]")
    if sheet is not None:
        sheet.parent.mkdir(parents=True, exist_ok=True)
        write_whole(sheet, run_sheet(found, imprint))
        click.echo(sheet)
    if login is not None:
        _play(
            found, screen, Player(open_accounts(settings.accounts), login, found.mode, shanghai_now), profile
        )
    elif dry:
        run(found, screen, speed, profile.words.whole, time.sleep)


def listed(rehearsal: Rehearsal, whole: str) -> Table:
    """The visit as a timed list."""
    total = f"{len(rehearsal.steps)}个环节，共{lasting(rehearsal.seconds)}，数据版本 {rehearsal.version}"
    table = Table(title=f"{rehearsal.title}（{total}）", title_justify="left")
    for name in ("时间", "场景", "聚焦", "时长", "讲解约"):
        table.add_column(name)
    for step in rehearsal.steps:
        table.add_row(
            clock(step.starts_s),
            f"{step.number} {step.title}",
            focus_words(step, whole),
            f"{step.seconds}秒",
            f"{step.speech_s}秒",
        )
    return table


def warnings_of(rehearsal: Rehearsal) -> list[str]:
    """What the docent has to know before the visit: numbers left unsaid, words that do not fit."""
    missing = [
        f"第{step.number}个环节：{'、'.join(step.missing)} 暂无数据，相关语句已略去"
        for step in rehearsal.steps
        if step.missing
    ]
    long = [
        f"第{step.number}个环节：讲解词约{step.speech_s}秒，超过{step.seconds}秒"
        for step in rehearsal.steps
        if step.is_too_long
    ]
    return missing + long


def run(
    rehearsal: Rehearsal, screen: Console, speed: float, whole: str, wait: Wait, player: Player | None = None
) -> None:
    """Play the visit in the terminal, ``speed`` times as fast: the words of each step, and a bar over its seconds.

    With a player the walls follow.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[left]}"))
    with Progress(*columns, console=screen, transient=True) as progress:
        bar = progress.add_task("", total=rehearsal.seconds, left="")
        for step in rehearsal.steps:
            if player is not None:
                player.show(step, rehearsal.docent(step.number))
            _announce(step, screen, whole)
            passed = 0.0
            while passed < step.seconds:
                tick = min(TICK_S * speed, step.seconds - passed)
                wait(tick / speed)
                if player is not None:
                    player.stay()
                passed += tick
                gone = step.starts_s + passed
                left = clock(round(step.seconds - passed)), clock(round(rehearsal.seconds - gone))
                words = f"本环节剩 {left[0]}　全程剩 {left[1]}"
                progress.update(bar, completed=gone, description=f"{step.number} {step.title}", left=words)
    screen.print(f"排演结束，全程{lasting(rehearsal.seconds)}")


def _play(rehearsal: Rehearsal, screen: Console, player: Player, profile: DistrictProfile) -> None:
    """The visit on the walls; however it ends, they go back to their programme unless another hand leads them."""
    is_ours = True
    try:
        run(rehearsal, screen, 1, profile.words.whole, time.sleep, player)
    except (DirectionOvertaken, DirectionRefused):
        is_ours = False
        if not player.has_begun:
            raise
        screen.print("[yellow]已有人从导控台接管大屏，讲解脚本到此为止[/]")
    except KeyboardInterrupt:
        screen.print("已中止，大屏恢复节目单")
    finally:
        if is_ours and player.has_begun:
            player.end()


def _announce(step: SpokenStep, screen: Console, whole: str) -> None:
    screen.print(f"[bold]{clock(step.starts_s)}  {step.number} {step.title}[/]  {focus_words(step, whole)}")
    screen.print(step.text, highlight=False)


def _limits(max_age: float | None) -> Limits:
    return (
        Limits()
        if max_age is None
        else Limits(fresh=timedelta(minutes=max_age), lost=timedelta(minutes=max_age))
    )
