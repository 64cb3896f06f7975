"""The page of cadres: a town's own numbers, the district's as their sum, nothing for whoever keeps no town."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, cast

import pytest
import sqlalchemy as sa

from dashboard.leadership.figures.share_grid import Cell
from dashboard.leadership.parts import Figure, Numbers, Table, Text
from data.clock import add_months
from data.readmodel import schema
from tests.leadership_pages import areas, built, changed, known, nodes, seen_by
from tests.tallied import tallied

PAGE = "cadres"


def month() -> str:
    return known()[0].months[-2]


def towns() -> dict[int, int]:
    """Town → its committee, as the tree has them."""
    found: dict[int, int] = {}
    for node in sorted(nodes().values(), key=lambda node: int(node["position"])):
        if node["depth"] == 1 and node["town_id"] is not None:
            found.setdefault(node["town_id"], node["org_id"])
    return found


def quarter() -> str:
    """The last month of a quarter that is over."""
    last = month()
    return add_months(last, -(int(last[5:]) % 3))


def cells(town: int, n: int) -> list[dict[str, Any]]:
    """``n`` village secretaries of 50 with a degree and two reserve cadres of 30 of unknown education."""
    year, late = f"{month()[:4]}-01", add_months(f"{month()[:4]}-01", -1)
    values = {
        ("cadres", "", "count|village_secretary"): n,
        ("cadres", "", "age_sum|village_secretary"): 50 * n,
        ("cadres", "", "age|village_secretary|50"): n,
        ("cadres", "", "education|village_secretary|bachelor"): n,
        ("cadres", "", "count|reserve"): 2,
        ("cadres", "", "age_sum|reserve"): 60,
        ("cadres", "", "age|reserve|30"): 2,
        ("cadres", "", "education|reserve|unknown"): 2,
        ("cadres", "", "reserve"): 2,
        ("cadres", "", "units"): 4,
        ("cadre_pyramid", "", "50|M"): n,
        ("cadre_pyramid", "", "30|F"): 2,
        ("cadre_updates", quarter(), "due"): n + 2,
        ("cadre_updates", quarter(), "updated"): n,
        ("cadre_training", year, "village_secretary"): 10 * n,
        ("cadre_training", late, "village_secretary"): 1000,
    }
    names = ("tally", "period_month", "key")
    return [
        {**dict(zip(names, key, strict=True)), "town_id": town, "value": float(v)}
        for key, v in values.items()
    ]


@contextmanager
def stored() -> Iterator[tuple[sa.Engine, dict[int, int]]]:
    """A read model with cadres in every town (6, 7, … secretaries), and how many each has."""
    counts = {town: 6 + at for at, town in enumerate(towns())}
    rows = [row for town, n in counts.items() for row in cells(town, n)]
    whole: dict[tuple[str, str, str], float] = {}
    for row in rows:
        key = (row["tally"], row["period_month"], row["key"])
        whole[key] = whole.get(key, 0.0) + row["value"]
    names = ("tally", "period_month", "key")
    rows += [{**dict(zip(names, key, strict=True)), "town_id": 0, "value": v} for key, v in whole.items()]
    with changed(a=sa.delete(schema.tallies), b=sa.insert(schema.tallies).values(rows)) as store:
        yield store, counts


def number(parts: dict[str, Any], label: str) -> float | None:
    return next(one.value for one in cast(Numbers, parts["figures"]).numbers if one.label == label)


def test_a_town_committee_sees_its_own_cadres() -> None:
    with stored() as (store, counts):
        assert counts
        for town, n in counts.items():
            with seen_by("committee_admin", towns()[town], store) as reader:
                parts = built(reader, PAGE, towns()[town])
            assert number(parts, "基层干部") == n + 2
            assert number(parts, "平均年龄") == pytest.approx((50 * n + 60) / (n + 2))
            assert number(parts, "35岁及以下") == pytest.approx(2 / (n + 2))
            assert number(parts, "大专及以上") == 1
            assert number(parts, "后备配比") == 0.5
            assert number(parts, "季度更新率") == pytest.approx(n / (n + 2))
            assert number(parts, "今年人均培训") == pytest.approx(10 * n / (n + 2))
            assert "towns" not in parts
            shown = {row["name"]: row for row in cast(Table, parts["kinds"]).rows}
            assert (shown["村书记"]["count"], shown["村书记"]["to_55"], shown["后备干部"]["to_35"]) == (
                n,
                n,
                2,
            )
            # Of two reserve cadres no share is told.
            assert shown["后备干部"]["college"] is None


def test_the_district_sees_the_sum_and_every_town() -> None:
    with stored() as (store, counts), seen_by("district_leader", 0, store) as reader:
        parts = built(reader, PAGE)
    assert number(parts, "基层干部") == sum(counts.values()) + 2 * len(counts)
    if len(counts) > 1:
        rows = {row["org_id"]: row["count"] for row in cast(Table, parts["towns"]).rows}
        assert rows == {towns()[town]: n + 2 for town, n in counts.items()}
    assert cast(Figure, parts["pyramid"]).figure is not None
    assert cast(Figure, parts["training"]).figure is not None


def test_whoever_keeps_no_town_is_told_where_to_look() -> None:
    with stored() as (store, _):
        others = [org for org in areas() if nodes()[org]["depth"] > 1]
        assert others
        for org in others:
            with seen_by("committee_admin", org, store) as reader:
                parts = built(reader, PAGE, org)
            assert list(parts) == ["nothing"]
            assert "镇街" in cast(Text, parts["nothing"]).lines[0].text


def test_a_district_without_the_register_of_cadres_says_so() -> None:
    with changed(a=sa.delete(schema.tallies)) as store, seen_by("district_leader", 0, store) as reader:
        parts = built(reader, PAGE)
    assert "未接入" in cast(Text, parts["nothing"]).lines[0].text


def test_a_cell_of_fewer_than_five_is_a_small_sample() -> None:
    assert (Cell(4, 4).share, Cell(4, 4).word) == (None, "小样本")
    assert (Cell(0, 0).share, Cell(0, 0).word) == (None, "–")
    assert (Cell(4, 5).share, Cell(4, 5).word) == (0.8, "80")


def test_the_pyramid_counts_active_cadres_by_band_and_gender() -> None:
    def cadre(number: int, gender: str, born: int, division: int, status: str = "active") -> dict[str, Any]:
        return {
            "cadre_id": number, "name": "某", "gender": gender, "birthday": date(born, 1, 1),
            "division_id": division, "cadre_kind": "reserve", "is_reserve": True, "status": status,
        }  # fmt: skip

    rows = {"cadres": [cadre(1, "F", 1996, 51), cadre(2, "F", 1997, 61), cadre(3, "M", 1960, 51, "left")]}
    assert tallied("cadre_pyramid", rows) == {"30|F": 2}
    assert tallied("cadre_pyramid", rows, town=5) == {"30|F": 1}
