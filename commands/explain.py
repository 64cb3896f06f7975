"""`app.py explain`: where a number comes from, down to the counts of source rows and why others are left out."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click
from rich.console import Console
from rich.table import Table

from commands.arguments import one_place, written_month
from dashboard.near_names import near_indicators, perhaps
from dashboard.profile import load_profile
from dashboard.settings import load_settings
from dashboard.trace_rows import as_json, row_lines
from dashboard.trace_words import facts, measure_row
from data.clock import add_months, shanghai_now
from data.engine import open_existing
from data.errors import SettingError
from data.indicators.entry import Indicator
from data.indicators.sets import BY_ID
from data.projection.trace.tracing import MeasureTrace, trace
from data.queries import trace as trace_query
from data.queries.trace import MeasureSeen, Traced
from data.readmodel.reader import open_reader
from data.readmodel.viewer import open_viewer
from data.scope import Scope

console = Console()


@click.command()
@click.argument("indicator")
@click.argument("organisation", default="")
@click.argument("month", default="")
@click.option("--keys", is_flag=True, help="up to five primary keys per group of rows")
@click.option("--json", "as_data", is_flag=True, help="machine-readable")
def explain(indicator: str, organisation: str, month: str, keys: bool, as_data: bool) -> None:
    """Trace INDICATOR of ORGANISATION (code, name or id; none: the district) in MONTH (YYYY-MM; none: last closed)."""
    entry, month = _entry(indicator), written_month(month)
    settings = load_settings()
    now = shanghai_now()
    with open_reader(open_viewer(settings.read_model)) as reader:
        place = one_place(reader, organisation) if organisation else trace_query.root(reader)
        asked = month or add_months(reader.version.open_month, -1)
        found = trace_query.load(reader, Scope("drill_down"), entry, place, asked)
        branches = [place.org_id] if place.is_branch else trace_query.branches_below(reader, place)
    if found is None:
        raise SettingError("MONTH", asked, "the read model does not hold this month")
    names = [seen.measure.name for seen in found.measures]
    traces = trace(open_existing(settings.operational), names, branches, asked, now, keys=keys)
    own: list[MeasureTrace] = []
    if found.own is not None:
        own_names = [seen.measure.name for seen in found.own.measures]
        # The members of a general branch stand in its branches.
        own_rows = branches if "members" in own_names else [place.org_id]
        own = trace(open_existing(settings.operational), own_names, own_rows, asked, now, keys=keys)
    lines = facts(load_profile(settings.district), entry, found)
    if as_data:
        click.echo(json.dumps(as_json(lines, found, traces, own), ensure_ascii=False, indent=1, default=str))
        return
    _print(lines, found, traces, own)


def _entry(indicator: str) -> Indicator:
    if indicator not in BY_ID:
        hint = perhaps(near_indicators(indicator)) or "; `app.py indicators` lists them"
        raise SettingError("INDICATOR", indicator, f"no such indicator{hint}")
    entry = BY_ID[indicator]
    if entry.level == "member":
        raise SettingError("INDICATOR", indicator, "is about persons; persons are not traced here")
    return entry


def _print(
    lines: list[tuple[str, str]], found: Traced, traces: list[MeasureTrace], own: list[MeasureTrace]
) -> None:
    table = Table.grid(padding=(0, 2))
    for label, text in lines:
        table.add_row(f"[bold]{label}[/]", text)
    console.print(table, soft_wrap=False)
    if found.own is not None:
        _print_measures("本级的量", found.own.measures, own)
    if found.measures:
        _print_measures("读取的量", found.measures, traces)


def _print_measures(title: str, measures: Sequence[MeasureSeen], traces: list[MeasureTrace]) -> None:
    measured = Table("量", "名称", "单位", "当月", "近3月", "近12月", title=title, title_justify="left")
    for seen in measures:
        measured.add_row(*measure_row(seen))
    console.print(measured)
    published = {seen.measure.name: seen.month for seen in measures}
    for one in traces:
        console.print(f"[bold]{one.measure}[/]")
        for text in row_lines(one, published[one.measure]):
            console.print(text, highlight=False)
