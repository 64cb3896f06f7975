"""K-11: how to reach the Party; the kiosk itself collects nothing."""

from __future__ import annotations

import io
from collections.abc import Sequence

import segno
from dash import html
from dash.development.base_component import Component

from layouts.kiosk.context import Kiosk
from layouts.kiosk.parts import attributes, button, svg


def body(kiosk: Kiosk) -> Sequence[Component]:
    """The nearest centre, the telephone, the code of the public channel."""
    texts = kiosk.content.contact
    near = [
        html.Div("就近党群服务中心", className="label"),
        html.Div(className="nearest", **attributes(data_nearest="centre")),
        html.Div(f"开放时间：{texts.hours}", className="note"),
        button(
            "看更多服务中心",
            "button primary",
            data_go="party-map",
            data_pick="places-view:list places:centre",
        ),
    ]
    call = [
        html.Div(texts.hotline_name, className="label"),
        html.Div(texts.hotline, className="hotline"),
        html.Div("全国统一号码", className="note"),
    ]
    scan = [
        html.Div(texts.channel_name, className="label"),
        svg(_code(texts.channel_url), "qr", role="img", aria_label=f"{texts.channel_name}二维码"),
        html.Div("用手机扫一扫", className="note"),
    ]
    return [
        html.Div(
            [
                html.Div(near, className="card way"),
                html.Div(call, className="card way"),
                html.Div(scan, className="card way"),
            ],
            className="ways",
        ),
        html.Ol([html.Li(way) for way in texts.ways], className="how"),
        html.Div("本终端不收集、不保存任何个人信息。", className="say"),
    ]


def _code(url: str) -> str:
    """The address as SVG."""
    out = io.BytesIO()
    segno.make(url, error="m").save(out, kind="svg", xmldecl=False, svgns=False, border=2, omitsize=True)
    return out.getvalue().decode()
