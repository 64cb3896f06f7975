"""The figures the articles publish stand on the wall: from rows of the read model to the words of a panel."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from dash.development.base_component import Component

from dashboard.panels import BY_SLUG
from dashboard.profile import load_profile
from dashboard.theme import Theme
from dashboard.wall_profile import load_wall
from data.scope import Mode, Scope
from tests.readmodel_rows import ROOT, Rows, reader_of

STAFF: Mode = "wall_internal"
VISITORS: Mode = "wall_reception"


def tally(name: str, month: str, **values: float) -> Rows:
    return [
        {"tally": name, "period_month": month, "town_id": 0, "key": key.replace("__", "|"), "value": value}
        for key, value in values.items()
    ]


READ_MODEL: dict[str, Rows] = {
    "org_months": [
        {"org_id": ROOT, "period_month": "2026-11", "under_45": 26000, "under_45_registered": 20480}
    ],
    "tallies": [
        *tally("platform", "2026-02", posts=2000, views=50000, comments=20000, likes=5000),
        *tally("platform", "2026-11", posts=648, views=7316, comments=7184, likes=672),
        *tally("mobile_school", "", registered=20480, hours=573440),
        *tally("courses", "2026-01", lessons__rural=150, hours__rural=150),
        *tally("transfers_done", "2025-03", within=2000),
        *tally("transfers_done", "2026-10", within=1000, out=198),
        *tally("transfer_flow", "2026-10", within__10__11=1000),
        *tally("transfers_solved", "2025-04", in_committee_review=50),
        *tally("transfers_solved", "2026-04", district_review=6),
        *tally("development_funnel", "", stage__1=30, reached__1=40),
        *tally("exams", "2025-05", passed=2000, passed__2=2000),
        *tally("exams", "2026-05", passed=236, passed__3=2100),
        *tally("reminders", "", organisations__2025=38, organisations__2024=7, members=89),
    ],
}

# Row of the articles, district, panel, measure, its words.
BOTH_MODES = (
    ("HJ-16", "huiji", "posts", "hj_posts", "2,648"),
    ("HJ-17", "huiji", "posts", "hj_views", "57,316"),
    ("HJ-18", "huiji", "posts", "hj_comments", "27,184"),
    ("HJ-19", "huiji", "posts", "hj_likes", "5,672"),
    ("KS-27", "kunshan", "study", "ks_lessons_total", "150"),
    ("KS-33", "kunshan", "study", "under_45_registered", "20,480"),
    ("KS-34", "kunshan", "study", "ks_hours_per_head:under_45", "28.0"),
    ("KS-20", "kunshan", "transfer-flow", "ks_transfers_total", "3,198"),
    ("KS-15", "kunshan", "development-funnel", "ks_exam_passed_total", "2,236"),
    ("JN-50", "jiangning", "warning-overview", "orgs_reminded", "38"),
)
STAFF_ALONE = (
    ("JN-42", "jiangning", "transfer-flow", "transfers_overdue_solved", "56"),
    ("JN-41", "jiangning", "warning-overview", "members_reminded", "89"),
)


def measures(tree: Any) -> dict[str, str]:
    """Measure → words of every number in a component tree."""
    if isinstance(tree, list | tuple):
        return {name: shown for child in tree for name, shown in measures(child).items()}
    if not isinstance(tree, Component):
        return {}
    own = getattr(tree, "data-measure", None)
    return {own: str(tree.children)} if own else measures(getattr(tree, "children", None))


def said(district: str, slug: str, mode: Mode) -> dict[str, str]:
    theme, panel = Theme(load_wall("3840x1280"), load_profile(district)), BY_SLUG[slug]
    with reader_of(**{name: list(rows) for name, rows in READ_MODEL.items()}) as reader:
        view = panel.load(reader, Scope(mode))
    words = import_module(f"layouts.panels.{panel.module}")
    return measures([words.note(view, theme), words.body(view, theme)])


@pytest.mark.parametrize("mode", [STAFF, VISITORS])
@pytest.mark.parametrize(("row", "district", "slug", "measure", "shown"), BOTH_MODES, ids=lambda v: str(v))
def test_a_published_figure_stands_on_the_wall(
    row: str, district: str, slug: str, measure: str, shown: str, mode: Mode
) -> None:
    assert said(district, slug, mode)[measure] == shown


@pytest.mark.parametrize(("row", "district", "slug", "measure", "shown"), STAFF_ALONE, ids=lambda v: str(v))
def test_what_is_about_late_work_and_members_stands_on_the_internal_wall_alone(
    row: str, district: str, slug: str, measure: str, shown: str
) -> None:
    assert said(district, slug, STAFF)[measure] == shown
    assert measure not in said(district, slug, VISITORS)
