"""Volunteer service: hours and participation by month, open needs under what may be named."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.profile import load_profile
from dashboard.theme import Theme
from dashboard.wall_profile import load_wall
from data.queries.figures_of_month import Amount
from data.queries.volunteering import Volunteering, load
from data.scope import Mode, Scope
from layouts.panels import volunteering as volunteering_panel
from tests.component_text import words
from tests.readmodel_rows import ROOT, Rows, node, reader_of, town

NODES = [
    node(2, short_name="公开支部", town_id=5), node(3, short_name="不公开支部", town_id=5, is_public=False),
    node(4, short_name="直属不公开支部", is_public=False),
]  # fmt: skip


def months(**by_month: tuple[float | None, float | None, float | None]) -> Rows:
    names = ("volunteer_hours", "served_in_month", "normal_members")
    return [
        {"org_id": ROOT, "period_month": f"{key[1:5]}-{key[5:]}", **dict(zip(names, values, strict=True))}
        for key, values in by_month.items()
    ]


def needs(**by_key: float) -> Rows:
    return [
        {
            "tally": "service_needs",
            "period_month": month,
            "town_id": 0,
            "key": key.replace("__", "|"),
            "value": n,
        }
        for month in ("2026-10", "2026-11")
        for key, n in by_key.items()
    ]


def view(mode: Mode = "wall_internal", **tables: Any) -> Volunteering:
    with reader_of(**tables) as reader:
        return load(reader, Scope(mode, 5))


def test_months_are_closed_and_the_running_one_stands_apart() -> None:
    rows = months(
        m202509=(9, 1, 10), m202512=(8, 1, 10), m202609=(40, 3, 10), m202610=(50, 4, 10), m202611=(5, 1, 10)
    )
    found = view(org_months=rows)
    assert (len(found.months), found.months[0].month, found.months[-1].month) == (12, "2025-11", "2026-10")
    assert (found.hours_change, found.running.hours.value) == (10, 5)
    assert found.participation_change == pytest.approx(0.1)
    # The calendar year to date.
    assert found.year_hours == Amount("value", 95.0)


def test_a_month_nobody_counted_has_no_data_and_one_without_members_no_rate() -> None:
    found = view(org_months=months(m202609=(None, None, 10), m202610=(0, 0, 0)))
    assert found.months[-2].hours == Amount("nodata")
    assert found.months[-2].participation == Amount("nodata")
    assert found.months[-1].hours == Amount("value", 0.0)
    assert found.months[-1].participation == Amount("na")
    assert found.hours_change is None


def test_only_open_needs_count_most_of_a_kind_first() -> None:
    found = view(tallies=needs(open__medical=2, open__culture=5, done__culture=90, open__other=0))
    assert found.kinds == (("culture", 10), ("medical", 4))
    assert found.open_needs == Amount("value", 14.0)
    assert view(tallies=needs(done__culture=90)).open_needs == Amount("value", 0.0)
    assert view().open_needs == Amount("nodata")


def line(position: int, org: int, **columns: Any) -> dict[str, Any]:
    plain = {"listing": "open_needs", "position": position, "org_id": org, "kind": "culture", "title": "招募"}
    return {**plain, "amount": 12, "is_public": True, **columns}


def test_for_visitors_a_need_stands_under_its_town_where_the_organisation_is_not_public() -> None:
    tables: dict[str, Any] = {
        "nodes": NODES, "towns": [town(5, "南门街道")],
        "listings": [line(0, 2), line(1, 3), line(2, 4), line(3, 2, is_public=False)],
    }  # fmt: skip
    assert [one.place for one in view(**tables).newest] == [
        "公开支部", "不公开支部", "直属不公开支部", "公开支部",
    ]  # fmt: skip
    tables["nodes"] = list(NODES)
    assert [one.place for one in view("wall_reception", **tables).newest] == ["公开支部", "南门街道", ""]


def test_a_need_that_helps_somebody_does_not_name_whom() -> None:
    needy = line(0, 2, kind="poverty_help", title="帮助余小满一家")
    found = view("wall_internal", nodes=NODES, listings=[needy])
    assert [one.title for one in found.newest] == [None]
    shown = volunteering_panel.body(found, Theme(load_wall("3840x1280"), load_profile("haishu")))
    assert "帮困助老志愿服务|公开支部" in words(shown)


def test_visitors_read_no_title_of_an_organisation_that_is_not_public() -> None:
    tables: dict[str, Any] = {
        "nodes": NODES,
        "towns": [town(5, "南门街道")],
        "listings": [line(0, 2), line(1, 3)],
    }
    assert [one.title for one in view(**tables).newest] == ["招募", "招募"]
    assert [one.title for one in view("wall_reception", **tables).newest] == ["招募", None]
