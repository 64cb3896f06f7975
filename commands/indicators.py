"""`app.py indicators`: the registered indicators as a list, or one of them in full."""

from __future__ import annotations

import sys

import click
from rich.console import Console

from dashboard.profile import load_profile
from dashboard.settings import load_settings


@click.command()
@click.argument("indicator", required=False, metavar="[ID]")
@click.option("--set", "only_set", help="hs_b, hs_m, wj_b, wj_m, jn, hj, ks or d")
@click.option("--district", help="whose rules to show; default DISTRICT")
def indicators(indicator: str | None, only_set: str | None, district: str | None) -> None:
    """List every indicator with weight and lines, or show one in full: formula, sources, rule, prescription."""
    from dashboard.indicator_table import in_full, listed

    profile = load_profile(district or load_settings().district)
    shown = listed(profile, only_set) if indicator is None else in_full(profile, indicator)
    # A pipe has no width of its own; nothing is cut for it.
    Console(width=None if sys.stdout.isatty() else 200).print(shown)
