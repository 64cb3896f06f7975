"""Key figures and changes in words: value, unit, where it comes from."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.formats import NO_DATA, decimal, integer, percent_number, signed
from dashboard.leadership.address import Address
from dashboard.leadership.parts import Better, Number, Origin
from data.readmodel.light import Light
from layouts.leadership.attributes import attributes

# Shape, word and class of a light: never colour alone.
LIGHTS = {
    Light.RED: ("⬣", "红灯", "red"),
    Light.YELLOW: ("▲", "黄灯", "yellow"),
    Light.GREEN: ("●", "正常", "green"),
    Light.NA: ("○", "不适用", "na"),
    Light.NODATA: ("◌", "无数据", "nodata"),
}


def light(value: int | None, *, short: bool = False) -> Component:
    """A light with shape and word."""
    shape, word, name = LIGHTS[Light(value) if value is not None else Light.NODATA]
    text = word[0] if short and name in ("red", "yellow") else word
    return html.Span(
        [html.Span(shape, className="shape", **attributes(aria_hidden="true")), text],
        className=f"light {name}",
    )


def written(number: Number) -> str:
    """The value as text without its unit."""
    if number.value is None:
        return number.why or NO_DATA
    if number.kind == "share":
        return percent_number(number.value, number.digits)
    if number.kind == "light":
        return LIGHTS[Light(int(number.value))][1]
    if number.kind == "decimal":
        return decimal(number.value, number.digits)
    return signed(number.value, number.digits) if number.kind == "change" else integer(number.value)


def key_figure(number: Number, month: str) -> Component:
    """One key figure: label, value with unit, change against the period named."""
    unit = "%" if number.kind == "share" and not number.unit else number.unit
    absent = number.value is None
    value: Component | str = html.Span(written(number), className="v absent" if absent else "v")
    if number.kind == "light" and number.value is not None:
        value = html.Span(light(int(number.value)), className="v lit")
    if number.origin is not None and not absent:
        value = html.A(value, href=origin_url(number.origin), title="这个数从哪里来")
    parts: list[Component | str] = [value]
    if not absent and unit:
        parts.append(html.Span(unit, className="u"))
    if number.change is not None:
        parts.append(change(number.change, number.change_label, number.better, number.kind, number.digits))
    return html.Div(
        [
            html.Dt([number.label, *([html.Span(number.note, className="aside")] if number.note else [])]),
            html.Dd(
                parts,
                **attributes(
                    data_measure=number.origin.of if number.origin else number.label,
                    data_value="" if absent else str(number.value),
                ),
            ),
        ],
        className="key-figure",
    )


def change(value: float, label: str, better: Better, kind: str, digits: int) -> Component:
    """A change with sign and word; coloured by better and worse, not by up and down."""
    points = value * 100 if kind == "share" else value
    text = signed(points, digits if kind != "integer" else 0)
    # A change that rounds to nothing is none.
    moved = text[0] in "+−"
    good = (value > 0) == (better == "up")
    name = ("good" if good else "bad") if moved and better != "neither" else "flat"
    return html.Span([html.Span(label, className="than"), text], className=f"change {name}")


def origin_url(origin: Origin) -> str:
    """The page that says where a number comes from."""
    return Address("trace", origin.org_id, origin.month, origin.of).url
