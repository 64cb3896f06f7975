"""Composition root and command line of 先锋大屏 · Vanguard Wall; nobody imports this file."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
import time
from contextlib import suppress
from datetime import timedelta

import click
from rich.markup import escape

from callbacks.listening import require_free
from commands.cycle import cycle, due_note
from commands.demo_accounts import ensure_demo_accounts
from commands.devices import devices
from commands.explain import explain
from commands.indicators import indicators
from commands.progress_bar import console, progress_bar
from commands.publishing import following, publish_now, publisher_of
from commands.rehearse import rehearse_visit
from commands.report import report
from commands.users import users
from dashboard.area_file import AreaFile
from dashboard.profile import load_profile
from dashboard.settings import Settings, load_settings
from data.clock import shanghai_now
from data.contract.check import check as check_contract
from data.demo.companions import Companion, end_with_parent, stop_all
from data.demo.districts import SPECS
from data.demo.invented import invented_spec
from data.demo.marker import mark, marked_at, refuse_if_foreign
from data.demo.simulate import simulate as run_simulation
from data.demo.spec import DistrictSpec
from data.demo.unfinished import begun_at
from data.engine import open_engine, open_existing, remove_embedded
from data.errors import ProjectionBusy, ReadModelError, SettingError, VanguardError
from data.projection.projector import District, Projector
from data.projection.watch import watch
from data.readmodel.reader import read_version
from data.readmodel.store import prepare
from geo.places import read_towns

# The demo's own database is made anew when its last month is no longer the running one.
DEMO_KEEPS = timedelta(days=20)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option("0.1.0")
def main() -> None:
    """先锋大屏 · Vanguard Wall. Settings come from the environment or .env; see docs/settings.md."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("waitress").setLevel(logging.WARNING)


@main.command()
@click.option("--force", is_flag=True, help="overwrite the contract's tables of a non-empty OPERATIONAL_URL")
def demo(force: bool) -> None:
    """Generate a synthetic district where none is, project it, serve it and keep it alive."""
    settings = load_settings()
    _require_screens(settings)
    _demo_district(settings, force)
    # The projector that makes the first picture goes on watching: a second one would read its overlap again.
    companions = [_companion("project", "--watch")]
    try:
        _wait_for_picture(settings, companions[0])
        publish_now(settings)
        companions.append(_companion("simulate"))
        # The projector's bar stands on this line of the terminal until its run has ended.
        click.echo()
        ensure_demo_accounts(settings)
        _announce(settings)
        _serve(settings)
    finally:
        stop_all(companions)


@main.command()
@click.option("--force", is_flag=True, help="drop and fill the contract's tables even if they hold rows")
@click.option("--seed", default=20190701, show_default=True, help="the same seed and day give the same rows")
@click.option(
    "--scale",
    type=click.Choice(["district", "full"]),
    default="district",
    show_default=True,
    help="full: eight and a half years, more than 80 million rows for 海曙; wants a server",
)
def generate(force: bool, seed: int, scale: str) -> None:
    """Fill the operational database with the synthetic district; on a server an interrupted run is gone on with."""
    settings = load_settings()
    spec = _spec(settings.district)
    _generate(settings, spec.at_full_volume() if scale == "full" else spec, force, seed)


@main.command()
@click.option("--rate", default=0.5, show_default=True, help="transactions per second")
def simulate(rate: float) -> None:
    """Keep a generated district alive: sign-ins, payments, transfers as the day goes."""
    settings = load_settings()
    engine = open_existing(settings.operational, read_only=False)
    if marked_at(engine) is None:
        raise click.ClickException("OPERATIONAL_URL is not a generated demo district; it is never written to")
    run_simulation(engine, clock=shanghai_now, rate=rate, stop=_until_terminated())


@main.command()
@click.option("--once", "how", flag_value="once", default=True, help="one run, for cron (default)")
@click.option("--watch", "how", flag_value="watch", help="follow the operational database for ever")
@click.option("--rebuild", "how", flag_value="rebuild", help="count every unpublished cell again")
def project(how: str) -> None:
    """Project the operational database into the read model."""
    settings = load_settings()
    if how != "watch":
        _project_once(settings, rebuild=how == "rebuild")
        return
    projector = _projector(settings)
    stop = _until_terminated()
    note = due_note(open_engine(settings.read_model), load_profile(settings.district), shanghai_now)
    with following(lambda: publisher_of(settings)):
        with progress_bar("投影") as report:
            # The bar is for the first, long run; afterwards nobody watches it.
            watch(projector, stop, every_s=settings.poll_seconds, progress=report, only_first=True)
        watch(projector, stop, every_s=settings.poll_seconds, on_outcome=note)


@main.command()
def serve() -> None:
    """Serve the screens from the read model."""
    settings = load_settings()
    _require_screens(settings)
    _announce(settings)
    _serve(settings)


@main.command()
def check() -> None:
    """Compare the operational database with the contract; exit code 0 fine, 1 findings, 2 cannot be projected."""
    engine = open_existing(load_settings().operational)
    with progress_bar("检查业务库") as report:
        found = check_contract(engine, on_step=report)
    click.echo(found.as_text())
    sys.exit(found.exit_code)


for _command in (explain, indicators, cycle, rehearse_visit, report, users, devices):
    main.add_command(_command)


def _demo_district(settings: Settings, force: bool) -> None:
    """Make sure the operational database holds a complete demo district of this month."""
    engine = open_engine(settings.operational)
    generated = marked_at(engine)
    now = shanghai_now()
    if generated is not None and not force:
        if now - generated < DEMO_KEEPS and (now.year, now.month) == (generated.year, generated.month):
            console.print(f"演示区已就绪（{generated:%Y-%m-%d %H:%M} 生成）")
            return
        if settings.operational_url:
            console.print(f"演示数据生成于 {generated:%Y-%m-%d}，已不是本月；用 --force 重新生成")
            return
    # The embedded database is the demo's own: a half-made one is thrown away, a foreign one never touched.
    overwrite = force or not settings.operational_url
    engine.dispose()
    if not settings.operational_url:
        _remove_embedded(settings)
    _generate(settings, _spec(settings.district), overwrite, 20190701)


def _remove_embedded(settings: Settings) -> None:
    remove_embedded(settings.operational)
    if not settings.read_model_url:
        remove_embedded(settings.read_model)
    if not settings.public_url:
        remove_embedded(settings.public_store)


def _generate(settings: Settings, spec: DistrictSpec, force: bool, seed: int) -> None:
    # Arrow and its drivers take 1.5 s to import; only this command needs them.
    from data.demo.generate import generate as generate_district

    engine = open_engine(settings.operational, write_ahead=False)
    begun = None if force else begun_at(engine, spec, seed)
    now = begun or shanghai_now()
    if begun is not None:
        console.print(f"继续 {begun:%Y-%m-%d %H:%M} 开始、尚未完成的生成")
    elif not force:
        refuse_if_foreign(engine)
    with progress_bar("生成演示区") as report:
        rows = generate_district(engine, spec, now=now, seed=seed, on_progress=report, force=force)
    # From here on one writes while others read: the embedded file gets its write-ahead log.
    mark(open_engine(settings.operational), now)
    console.print(f"已生成 {sum(rows.values()):,} 行，{len(rows)} 张表")


def _spec(district: str) -> DistrictSpec:
    """Demo data of a district that ships, or invented data for the towns a profile of one's own names."""
    profile = load_profile(district)
    if district in SPECS:
        return SPECS[district]()
    seats = [(seat.name, seat.lng, seat.lat) for seat in profile.seats]
    if not seats:
        raise SettingError("DISTRICT", district, "no demo data: name the `seats` of its towns in the profile")
    return invented_spec(profile.code, profile.name, profile.words.level, seats)


def _projector(settings: Settings) -> Projector:
    profile = load_profile(settings.district)
    store = open_engine(settings.read_model)
    prepare(store)
    catalogue = profile.catalogue
    district = District(
        profile.slug, profile.scheme, catalogue, profile.digest, data_since=profile.calendar.data_since
    )
    source = open_existing(settings.operational)
    return Projector(source, store, district, shanghai_now, is_demo=lambda: marked_at(source) is not None)


def _project_once(settings: Settings, *, rebuild: bool) -> None:
    projector = _projector(settings)
    if not projector.lease.acquire():
        raise ProjectionBusy("the lease is held; stop the other projector first")
    try:
        with progress_bar("投影") as report:
            first = projector.run(rebuild=rebuild, progress=report)
            # The first run after a start publishes what changed and leaves tallies and the search for broken rows to
            # the next one; here there would be none.
            second = projector.run(progress=report)
    finally:
        projector.lease.release()
    number = second.version or first.version
    version = "无变化" if number is None else f"版本 {number}"
    console.print(f"投影完成：{version}，{first.cells + second.cells:,} 个单元")
    publish_now(settings)


def _wait_for_picture(settings: Settings, projector: Companion) -> None:
    """Until something is published; a projector that gave up ends the demo with its own message."""
    store = open_engine(settings.read_model)
    while True:
        with suppress(ReadModelError):
            read_version(store)
            return
        if projector.restarts > 2:
            raise click.ClickException("the projector cannot make a first picture; its errors stand above")
        time.sleep(0.2)


def _require_screens(settings: Settings) -> None:
    """What would end the web server or leave the map empty is said before minutes of generation."""
    require_free(settings.host, settings.port)
    if settings.town_areas:
        profile = load_profile(settings.district)
        towns = [seat.name for seat in profile.seats] or [town.name for town in read_towns(profile.code)]
        AreaFile(settings.town_areas, settings.town_areas_datum).load(profile.code, towns)


def _serve(settings: Settings) -> None:
    # Dash and Plotly take 1.3 s to import; the projector and the simulator start without them.
    from commands.web_server import serve as serve_web

    serve_web(settings)


def _announce(settings: Settings) -> None:
    base = f"http://{settings.host}:{settings.port}"
    screens = {"wall": "大屏", "kiosk": "参观终端", "leadership": "领导驾驶", "director": "导控台"}
    for path, name in screens.items():
        click.echo(f"{name}\t{base}/{path}")


def _companion(*arguments: str) -> Companion:
    return Companion([sys.executable, os.path.abspath(__file__), *arguments])


def _until_terminated() -> threading.Event:
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    end_with_parent(stop)
    return stop


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        main()
    except VanguardError as error:
        console.print(f"[bold red]错误[/] {escape(str(error))}", highlight=False, soft_wrap=True)
        sys.exit(2)
