"""Ticker and interruption: what happened last, lights only for those inside."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dashboard.organisation_names import wall_name
from dashboard.profile import load_profile
from dashboard.theme import Theme
from dashboard.wall_profile import load_wall
from data.queries import red_light, ticker
from data.queries.ticker import Ticker, TickerItem
from data.scope import Scope
from layouts.panels import red_light as red_light_words
from layouts.panels import ticker as ticker_line
from tests.component_text import words
from tests.readmodel_rows import NOW, node, reader_of

INTERNAL, RECEPTION = Scope("wall_internal"), Scope("wall_reception")
THEME = Theme(load_wall("3840x1280"), load_profile("haishu"))
NODES = [
    node(11, short_name="薛家村党支部"),
    node(12, short_name="某单位党支部", is_public=False),
    node(13, short_name="古林镇党委", org_type="party_committee"),
]


def listed(listing: str, position: int, org_id: int, title: str, kind: str = "branch_news") -> dict[str, Any]:
    return {
        "listing": listing, "position": position, "at": NOW - timedelta(hours=position), "org_id": org_id,
        "kind": kind, "title": title, "amount": None, "is_public": True,
    }  # fmt: skip


def red(warning_id: int, org_id: int = 11, **columns: Any) -> dict[str, Any]:
    row = {
        "warning_id": warning_id, "indicator_id": "hs_b_term", "level": "red", "org_id": org_id,
        "period": "2026-10", "state": "raised", "raised_at": NOW - timedelta(days=1), "rectify_due_on": None,
        "rectified_at": None, "verified_at": None,
    }  # fmt: skip
    return {**row, **columns}


LISTED = [
    listed("newest_activities", 0, 12, "主题党日", "theme_party_day"),
    listed("newest_activities", 1, 11, "党课", "party_lecture"),
    listed("newest_posts", 0, 11, "重阳敬老在行动"),
]


def test_those_inside_see_lights_posts_and_activities() -> None:
    with reader_of(nodes=NODES, listings=LISTED, org_warnings=[red(1)]) as reader:
        items = ticker.load(reader, INTERNAL).items
    assert [(item.kind, item.organisation, item.words) for item in items] == [
        ("light", "薛家村党支部", "hs_b_term"),
        ("post", "薛家村党支部", "重阳敬老在行动"),
        ("activity", "某单位党支部", "主题党日"),
        ("activity", "薛家村党支部", "党课"),
    ]


def test_visitors_see_no_light_and_no_organisation_that_is_not_public() -> None:
    with reader_of(nodes=NODES, listings=LISTED, org_warnings=[red(1)]) as reader:
        items = ticker.load(reader, RECEPTION).items
        interruption = red_light.load(reader, RECEPTION)
    assert [(item.kind, item.organisation) for item in items] == [
        ("post", "薛家村党支部"),
        ("activity", "薛家村党支部"),
    ]
    assert interruption is None


@pytest.mark.parametrize("scope", [INTERNAL, RECEPTION])
@pytest.mark.parametrize(
    ("kind", "title", "shown"),
    [
        ("disclosure", "关于拟接收余小满为预备党员的公示", "薛家村党支部 发布党务公开"),
        ("snapshot", "随手拍：余小满在值守", "薛家村党支部 发布随手拍"),
        ("added_later", "余小满", "薛家村党支部 发布信息"),
        ("practice", "楼道里的组织生活", "楼道里的组织生活"),
    ],
)
def test_a_title_that_may_hold_a_name_is_not_selected_and_its_kind_stands_there(
    scope: Scope, kind: str, title: str, shown: str
) -> None:
    with reader_of(nodes=NODES, listings=[listed("newest_posts", 0, 11, title, kind)]) as reader:
        view = ticker.load(reader, scope)
    (item,) = view.items
    assert "余小满" not in repr(item)
    assert shown in words(ticker_line.body(view, THEME))


def test_only_red_lights_of_branches_that_are_on_interrupt_and_the_newest_comes_first() -> None:
    warnings = [
        red(1, raised_at=datetime(2026, 11, 2)),
        red(2, raised_at=datetime(2026, 11, 9, 10, 0), indicator_id="hs_b_transfer"),
        red(3, raised_at=datetime(2026, 11, 9, 9, 55)),
        red(4, raised_at=datetime(2026, 11, 20), level="yellow"),
        red(5, raised_at=datetime(2026, 11, 20), state="closed"),
        red(6, raised_at=datetime(2026, 11, 20), org_id=13),
    ]
    with reader_of(nodes=NODES, org_warnings=warnings) as reader:
        found = red_light.load(reader, INTERNAL)
    assert found is not None
    assert (found.light.raised_at, found.light.indicator, found.others) == (
        datetime(2026, 11, 9, 10, 0),
        "hs_b_transfer",
        1,
    )


def test_the_interruption_names_branch_and_indicator() -> None:
    light = red_light.RedLight(datetime(2026, 11, 9), "薛家村党支部", "hs_b_term")
    (words,) = red_light_words.body(red_light.Interruption(light, 3), THEME)
    texts = [getattr(part, "children", None) for part in words.children]
    assert "薛家村党支部" in texts
    assert THEME.profile.rule("hs_b_term").finding in texts
    assert "同时另有 3 条" in texts
    assert red_light_words.body(None, THEME) == []


def test_the_line_holds_as_many_items_as_fit() -> None:
    items = tuple(
        TickerItem("activity", NOW, "段塘街道丽园社区第二党支部", "支部党员大会") for _ in range(20)
    )
    shown = {}
    for name in ("2880x960", "3840x1280"):
        theme = Theme(load_wall(name), load_profile("haishu"))
        (line,) = ticker_line.body(Ticker(items, date(2026, 11, 21)), theme)
        shown[name] = len(line.children)
        assert 3 <= shown[name] < 20
    assert shown["2880x960"] <= shown["3840x1280"]


def test_an_empty_line_says_so() -> None:
    (line,) = ticker_line.body(Ticker((), date(2026, 11, 21)), THEME)
    assert line.children == "近七日无新动态"


def test_names_are_cut_at_ten_characters() -> None:
    assert wall_name("薛家村党支部") == "薛家村党支部"
    assert wall_name("丽园社区第二十一党支部") == "丽园社区第二十一支部"
    assert wall_name("段塘街道丽园社区第二党支部") == "段塘街道丽园社区第…"
