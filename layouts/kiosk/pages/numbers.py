"""K-03: the district in numbers."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard.kiosk.words import AGES, EDUCATION, JOINED, SECTORS
from data.queries.kiosk.cells import Cell
from data.queries.kiosk.numbers import Numbers
from layouts.kiosk.bars import bars
from layouts.kiosk.context import Kiosk
from layouts.kiosk.parts import defaults, fact, missing, number, pick, shown

_GENDER = {"F": "女党员", "M": "男党员"}


def body(kiosk: Kiosk) -> Sequence[Component]:
    """Four numbers and one distribution at a time."""
    view = kiosk.documents.numbers
    if view is None:
        return [missing("概况")]
    charts = {
        "age": ("年龄", bars(view.ages, AGES, "名", "members-age")),
        "education": ("学历", bars(view.education, EDUCATION, "名", "members-education")),
        "joined": ("入党时间", bars(view.joined, JOINED, "名", "members-joined")),
        "sector": ("党组织分布", bars(view.sectors, SECTORS, "个", "organisations-sector")),
    }
    return [
        defaults(chart="age"),
        html.Div(_facts(view), className="facts four big"),
        html.Div([pick("chart", key, words) for key, (words, _) in charts.items()], className="chips"),
        html.Div(
            [shown("chart", key, chart, "chart") for key, (_, chart) in charts.items()], className="charts"
        ),
    ]


def _facts(view: Numbers) -> list[Component]:
    women = next((cell for cell in view.gender if cell.key == "F"), Cell("F", None))
    organisations = [view.committees, view.general_branches, view.branches]
    known = [n for n in organisations if n is not None]
    return [
        fact("党员", number(view.members, "名", "members")),
        fact(_GENDER["F"], number(women.count, "名", "women", "少于5" if women.is_small else None)),
        fact("基层党组织", number(sum(known) if known else None, "个", "organisations")),
        fact("其中党支部", number(view.branches, "个", "branches")),
    ]
