"""The table beside the radar: what each of the five basics scores, what is wrong, what to do."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.figures.diagnosis import RADAR_DESIGN_PX
from dashboard.formats import NA, month_label, score, signed
from dashboard.theme import Theme
from data.clock import add_months
from data.queries.diagnosis import AxisScore, Diagnosis
from layouts.measured import measured

# Points against the month before that count as a change (indicators.md §7.3).
NOTABLE = 2.0


def note(view: Diagnosis, theme: Theme) -> list[Component]:
    """Whose radar it is, and the names of the three lines."""
    before = add_months(view.month, -1)
    reference = f"{theme.profile.words.level}平均" if view.town else "去年同期"
    return [
        html.Span(view.town or theme.profile.name, className="whose"),
        html.Span([html.Span(className="line now"), month_label(view.month)]),
        html.Span([html.Span(className="line reference"), reference]),
        html.Span([html.Span(className="line before"), month_label(before)]),
    ]


def body(view: Diagnosis, theme: Theme) -> list[Component]:
    """One row per axis, the weakest first; gaps last."""
    head = html.Div(
        [html.Span(word) for word in ("维度", "得分", "变化", "诊断", "处方")],
        className="diagnosis-row heading",
    )
    ordered = sorted(view.axes, key=lambda axis: (axis.now is None, axis.now or 0.0))
    return [
        html.Div(
            [head, *(_row(axis, theme) for axis in ordered)],
            className="diagnosis-rows",
            style={"left": f"{theme.px(RADAR_DESIGN_PX + 20)}px"},
        )
    ]


def _row(axis: AxisScore, theme: Theme) -> Component:
    finding, measure, tone = diagnose(axis, theme)
    return html.Div(
        [
            html.Span(theme.profile.radar[axis.axis].short, className="axis"),
            measured(_score(axis.now), axis.axis, axis.now),
            html.Span(
                NA if axis.change is None else signed(axis.change, 1), className=f"change {_tone(axis)}"
            ),
            html.Span(finding, className=f"finding {tone}"),
            html.Span(measure, className=f"measure {tone}"),
        ],
        className="diagnosis-row",
    )


def _score(now: float | None) -> str:
    """The full mark without its decimal: four digits and a point are wider than the column."""
    text = NA if now is None else score(now)
    return "100" if text == "100.0" else text


def diagnose(axis: AxisScore, theme: Theme) -> tuple[str, str, str]:
    """(diagnosis, prescription, tone) of an axis: the profile's words below the healthy score or the reference."""
    words = theme.profile.radar[axis.axis]
    if axis.now is None:
        return "半数支部无数据", "补齐基础数据", "gap"
    if axis.now < theme.profile.healthy_score:
        return words.finding, words.measure, "weak"
    if axis.change is not None and axis.change <= -NOTABLE:
        return "达标但较上月下滑", words.measure, "weak"
    if axis.reference is not None and axis.reference - axis.now >= NOTABLE:
        return "达标但低于参照", words.measure, "weak"
    return "达标", "保持并总结推广", "good"


def _tone(axis: AxisScore) -> str:
    """Better, worse or level, from the change as it is written."""
    change = round(axis.change or 0.0, 1)
    return "better" if change > 0 else "worse" if change < 0 else "level"
