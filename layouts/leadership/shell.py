"""The frame around every leadership page: house name, menu, path, search, period, comparison, state of the data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.formats import month_label
from dashboard.leadership import ids
from dashboard.leadership.address import HOME, Address
from dashboard.leadership.registry import COMPARE, GROUPS, Page
from data.readmodel.scoped import Place
from layouts.leadership.attributes import attributes
from layouts.leadership.export_menu import export_menu

ROLE_NAMES = {
    "district_leader": "区委领导",
    "district_org_dept": "区委组织部",
    "committee_admin": "党(工)委",
    "branch_secretary": "支部书记",
    "operator": "运行人员",
}

_SEARCH_WORDS: Any = {
    "search": "查组织",
    "clear_search": "清空",
    "clear_selection": "清除",
    "no_options_found": "没有找到",
}


def shell(title: str, build: str, *, exports: bool = False) -> Component:
    """Everything that stays while pages change; ``exports`` adds the menu of files to take away."""
    return html.Div(
        [
            html.A("跳到正文", href=f"#{ids.PAGE}", className="skip"),
            dcc.Location(id=ids.WHERE, refresh=False),
            dcc.Store(id=ids.VERSION),
            dcc.Store(id=ids.SHOWN),
            dcc.Store(id=ids.LATER),
            _house_bar(title),
            _tool_bar(exports=exports),
            html.Main(html.P("正在读取…", className="loading"), id=ids.PAGE, tabIndex="-1"),
            html.Div(id=ids.ANNOUNCE, className="only-read-aloud", **attributes(aria_live="polite")),
        ],
        id="leadership",
        **attributes(data_build=build),
    )


def _house_bar(title: str) -> Component:
    feed = [
        html.Span(className="dot"),
        html.Span("正在连接", className="word"),
        html.Span(className="true-at"),
    ]
    return html.Header(
        [
            html.A(title, href=Address(HOME).url, className="house"),
            html.Div(id=ids.MENU),
            html.Div(feed, id=ids.STATE, role="status"),
        ],
        id=ids.HEADER,
    )


def _tool_bar(*, exports: bool) -> Component:
    search = dcc.Dropdown(
        id=ids.SEARCH,
        options=[],
        placeholder="查组织：名称、简称、代码、拼音首字母",
        searchable=True,
        clearable=True,
        maxHeight=420,
        labels=_SEARCH_WORDS,
    )
    return html.Div(
        [
            html.Nav(id=ids.CRUMBS, **attributes(aria_label="所在位置")),
            html.Div(search, className="search", role="search", **attributes(aria_label="查组织")),
            html.Div(id=ids.TOOLS),
            html.Div(export_menu() if exports else [], id=ids.EXPORT),
        ],
        className="bar",
    )


def menu(pages: Sequence[Page], here: Page, at: Address, name: str, role: str) -> list[Component]:
    """Groups of pages, and the viewer's own menu."""
    groups = []
    for group in GROUPS:
        own = [page for page in pages if page.group == group and page.in_menu]
        if not own:
            continue
        current = any(page.slug == here.slug for page in own)
        if len(own) == 1:
            groups.append(_entry(own[0], here, at, group))
            continue
        listed = html.Ul([html.Li(_entry(page, here, at, page.title)) for page in own])
        groups.append(
            html.Details(
                [html.Summary(group, className="current" if current else ""), listed], className="menu"
            )
        )
    if role == "operator":
        # A page of its own, no part of this application.
        groups.append(html.A("导控台", href="/director", className="plain"))
    own_menu = html.Details(
        [
            html.Summary([name, html.Span(ROLE_NAMES[role], className="aside")]),
            html.Ul(
                [
                    html.Li(html.A("修改密码", href="/leadership/password", className="plain")),
                    html.Li(html.A("退出登录", href="/leadership/logout", className="plain")),
                ]
            ),
        ],
        className="menu own",
    )
    return [html.Nav(groups, **attributes(aria_label="页面")), own_menu]


def _entry(page: Page, here: Page, at: Address, label: str) -> Component:
    current = page.slug == here.slug
    return html.A(
        label,
        href=at.to(page.slug).url,
        className="current" if current else "",
        **attributes(aria_current="page" if current else None),
    )


def crumbs(path: Sequence[Place], at: Address, page_of: dict[int, str]) -> list[Component]:
    """The way from the viewer's root down to here; each step opens the page of its kind."""
    steps: list[Component] = []
    for place in path:
        last = place is path[-1]
        steps.append(
            html.A(
                place.short_name,
                href=at.to(page_of[place.org_id], place.org_id).url,
                title=place.name,
                className="here" if last else "",
                **attributes(aria_current="location" if last else None),
            )
        )
        if not last:
            steps.append(html.Span("›", className="sep", **attributes(aria_hidden="true")))
    return steps


def tools(at: Address, month: str, months: Sequence[str], open_month: str) -> list[Component]:
    """Period and comparison as links, so that each state has an address."""
    # Of the comparison the period is one choice among others; elsewhere it is the one nothing has to be said for.
    compares = at.page == COMPARE
    versus = at.versus if at.versus in ("month", "year") or compares else "month"
    return [
        html.Details(
            [
                html.Summary(
                    _month(month, open_month), **attributes(aria_label=f"月份：{_month(month, open_month)}")
                ),
                html.Ul(
                    [html.Li(_choice(_month(m, open_month), at.but(month=m), m == month)) for m in months]
                ),
            ],
            className="menu month",
        ),
        html.Div(
            [
                _choice("较上月", at.but(versus="month" if compares else None), versus == "month"),
                _choice("较同期", at.but(versus="year"), versus == "year"),
            ],
            className="switch",
            role="group",
            **attributes(aria_label="比较"),
        ),
    ]


def _month(month: str, open_month: str) -> str:
    name = f"{month[:4]}年{month_label(month)}"
    return f"{name} 进行中" if month == open_month else name


def _choice(label: str, to: Address, chosen: bool) -> Component:
    return html.A(
        label,
        href=to.url,
        className="chosen" if chosen else "",
        **attributes(aria_current="true" if chosen else None),
    )


def refused(title: str, lines: Sequence[str], link: Address | None = None) -> list[Component]:
    """A page that cannot be shown: why, and what to do."""
    way = [html.A("回到我的首页", href=(link or Address(HOME)).url, className="button")]
    return [
        html.Section(
            [html.H1(title), *[html.P(line) for line in lines], *way], className="card span-12 refused"
        )
    ]
