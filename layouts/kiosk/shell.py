"""The kiosk around its pages: the red panel with the tiles, the way home, the foot, countdown and attract loop."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.formats import integer
from dashboard.kiosk import ids
from dashboard.kiosk.registry import BY_SLUG, HOME, PAGES, TILES, Page
from layouts.kiosk.attract import attract
from layouts.kiosk.context import Kiosk
from layouts.kiosk.pages import body_of
from layouts.kiosk.parts import attributes, button
from layouts.measured import measured


def shell(body: str, **of_root: str) -> html.Div:
    """The root: its attributes tell the page's script which state is shown, that of the body what to draw."""
    return html.Div(
        [html.Div(id=ids.BODY, **attributes(data_html=body)), dcc.Store(id=ids.REQUEST, data={"n": 0})],
        id=ids.ROOT,
        **attributes(**of_root),
    )


def screen(kiosk: Kiosk) -> html.Div:
    """Everything a visitor can reach, in one piece: without a server it still works."""
    return html.Div(
        [
            rail(kiosk),
            html.Main([*(_page(kiosk, page) for page in PAGES), _foot(kiosk)], className="main"),
            _countdown(),
            attract(kiosk),
        ],
        className="screen",
    )


def rail(kiosk: Kiosk) -> html.Nav:
    """The panel that never moves: who speaks, where one can go, the way home."""
    texts = kiosk.content.welcome
    return html.Nav(
        [
            html.Div(
                [
                    html.Div(kiosk.profile.owner, className="owner"),
                    html.Div(texts.title, className="house"),
                    html.Div(texts.motto, className="motto"),
                ],
                className="rail-head",
            ),
            html.Div([_tile(kiosk, page) for page in TILES], className="tiles"),
            html.Div(
                [
                    button("返回首页", "button gold home", data_go=HOME),
                    button("大字", "button gold big", data_big="", aria_pressed="false"),
                ],
                className="rail-foot",
            ),
        ],
        className="rail",
        **attributes(aria_label="栏目"),
    )


def _tile(kiosk: Kiosk, page: Page) -> Component:
    return button(
        [
            html.Span(kiosk.spoken(page.name), className="name"),
            html.Span(_about(kiosk, page.slug), className="sub"),
        ],
        "tile",
        data_go=page.slug,
    )


def _about(kiosk: Kiosk, slug: str) -> list[Component | str]:
    """One fact of a page on its tile."""
    documents, words = kiosk.documents, kiosk.profile.words
    if slug == "party-map" and documents.party_map:
        return _count(len(documents.party_map.towns), "towns", f"个{words.towns}")
    if slug == "numbers" and documents.numbers and documents.numbers.members is not None:
        return _count(documents.numbers.members, "members", "名党员")
    if slug == "structure" and documents.structure:
        return _count(documents.structure.total(), "organisations", "个党组织")
    if slug == "activities" and documents.activities and documents.activities.months:
        return ["本月 ", *_count(documents.activities.months[-1].total, "activities-month", "场")]
    if slug == "service" and documents.service and documents.service.open_needs is not None:
        return _count(documents.service.open_needs, "needs-open", "项招募中")
    if slug == "resources" and documents.resources:
        return _count(sum(n for _, n in documents.resources.counts), "resources", "项资源")
    plain = {
        "joining": "5 个阶段 25 步",
        "institutions": "三会一课、小测验",
        "milestones": "一路走来",
        "contact": "就近、电话、扫码",
    }
    return [plain.get(slug, BY_SLUG[slug].name.format(whole=words.whole))]


def _count(n: int, measure: str, unit: str) -> list[Component | str]:
    return [measured(integer(n), measure, n), f" {unit}"]


def _page(kiosk: Kiosk, page: Page) -> Component:
    head = html.Header(
        [html.H1(kiosk.spoken(page.name)), html.Span(kiosk.spoken(page.hint), className="hint")]
    )
    body = html.Div(list(body_of(page.slug)(kiosk)), className="body")
    return html.Section(
        [head, body],
        className=f"page of-{page.slug} off",
        **attributes(data_page=page.slug, data_panel=page.panel),
    )


def _foot(kiosk: Kiosk) -> Component:
    at = kiosk.documents.as_of
    words = f"数据截至 {at.month} 月 {at.day} 日" if at else "数据尚未接入"
    return html.Footer(
        [
            html.Span("仅展示汇总数据，不含个人信息"),
            html.Span(words, **attributes(data_as_of=at.isoformat() if at else "")),
            html.Span(className="age off", **attributes(data_age="")),
            html.Span("60 秒无操作返回首页"),
        ],
        className="foot",
    )


def _countdown() -> Component:
    return html.Div(
        html.Div(
            [
                html.Div("还在看吗？", className="ask"),
                html.Div(
                    [html.Span(className="n", **attributes(data_seconds="")), " 秒后返回首页"],
                    className="left",
                ),
                button("继续浏览", "button primary stay"),
            ],
            className="box",
            role="alertdialog",
            **attributes(aria_label="即将返回首页"),
        ),
        className="countdown off",
        **attributes(data_countdown=""),
    )
