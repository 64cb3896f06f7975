"""`/trace`: the definition and the published values behind a number of an internal view; nothing for visitors."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import sqlalchemy as sa
from flask import Flask, Response, request

from dashboard.profile import DistrictProfile
from dashboard.trace_words import facts, measure_row
from data.clock import add_months
from data.errors import ReadModelError
from data.indicators.sets import BY_ID, INDICATORS
from data.queries import trace
from data.readmodel.reader import Reader, open_reader
from data.scope import Mode, Scope
from layouts.page import plain_page
from layouts.trace_page import trace_html

PATH = "/trace"


def register(
    server: Flask, engine: sa.Engine, profile: DistrictProfile, allowed: Callable[[], tuple[Mode, ...]]
) -> None:
    """Add the page; for a screen without a mode that names lights it answers as if it were not there."""

    @server.get(PATH)
    def traced() -> Response:
        scope = next((scope for scope in map(Scope, allowed()) if scope.names_lights), None)
        if scope is None:
            return _plain("没有这一页", ["大屏在 /wall"], 404)
        try:
            with open_reader(engine) as reader:
                return _page(reader, profile, scope)
        except ReadModelError:
            return _plain("暂时读不到数据", ["读模型没有应答，请稍后再试。"], 503)


def _page(reader: Reader, profile: DistrictProfile, scope: Scope) -> Response:
    of = request.args.get("of", "")
    month = request.args.get("month") or add_months(reader.version.open_month, -1)
    entry = BY_ID.get(of)
    if entry is None:
        return _readers_of(of)
    if entry.level == "member":
        return _plain("不追溯个人", ["这一指标的对象是党员个人，此处只追溯组织。"], 404)
    asked = request.args.get("org", "")
    places = trace.find(reader, asked) if asked else [trace.root(reader)]
    found = trace.load(reader, scope, entry, places[0], month) if len(places) == 1 else None
    if found is None:
        return _plain(
            "没有这样的组织或月份", [f"组织“{asked[:40]}”，月份“{month[:10]}”（写作 YYYY-MM）。"], 404
        )
    command = f"python app.py explain {entry.id} {found.place.org_code} {month}"
    rows = [measure_row(seen) for seen in found.measures]
    title = f"{entry.name} · {found.place.short_name}"
    return _html(trace_html(title, facts(profile, entry, found), rows, command))


def _readers_of(of: str) -> Response:
    """A number that is a measure: the indicators that read it."""
    readers = [entry for entry in INDICATORS if of and (of in entry.reads or of in (entry.pooled or ()))]
    if not readers:
        return _plain("没有登记的指标", [f"“{of[:60]}”不是指标，也没有指标读取它。"], 404)
    links = [(f"{entry.name}（{entry.id}）", f"{PATH}?{urlencode({'of': entry.id})}") for entry in readers]
    return _html(trace_html("读取这个量的指标", [("量", of)], [], "", links))


def _plain(title: str, lines: list[str], status: int) -> Response:
    return Response(plain_page(title, lines), status=status, mimetype="text/html")


def _html(text: str) -> Response:
    return Response(text, mimetype="text/html")
