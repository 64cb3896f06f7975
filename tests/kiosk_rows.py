"""What the kiosk shows beside the branches, as rows of a read model: places, steps, resources, needs, news, types."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from data.contract.activity_types import ACTIVITY_TYPES
from data.readmodel import schema
from tests.readmodel_district import NOW, TOWNS

Row = dict[str, Any]
MONTHS = [f"2025-{m:02d}" for m in (11, 12)] + [f"2026-{m:02d}" for m in range(1, 12)]
STAGE_OF = [1] * 2 + [2] * 4 + [3] * 5 + [4] * 7 + [5] * 7
CENTRES_PER_TOWN = 6


def add_public_rows(engine: sa.Engine) -> None:
    """Into a read model that `fill` wrote."""
    with engine.begin() as connection:
        connection.execute(sa.insert(schema.public_places), places())
        connection.execute(sa.insert(schema.listings), [*steps(), *resources(), *needs()])
        connection.execute(sa.insert(schema.tallies), [*life(), *counts()])


def places() -> list[Row]:
    """A few centres in every town, a base in every second one, an organisation in each."""
    rows = []
    for number, (name, _, lng, lat, *_) in enumerate(TOWNS):
        town = 10 + number
        for k in range(CENTRES_PER_TOWN):
            at = {"lng": lng + 0.002 * k, "lat": lat + 0.001 * k}
            rows.append(
                _place("venue", 100 * town + k, "service_center", f"{name}第{k}党群服务中心", town, **at)
            )
        if number % 2 == 0:
            rows.append(
                _place("venue", 100 * town + 50, "education_base", f"{name}教育基地", town, lng=lng, lat=lat)
            )
        rows.append(
            _place("organisation", town, "party_committee", f"中共{name}委员会", town, lng=lng, lat=lat)
        )
    return rows


def _place(source: str, number: int, kind: str, name: str, town: int, **at: float) -> Row:
    return {
        "source": source, "place_id": number, "kind": kind, "place_name": name, "town_id": town,
        "office_address": "中心路8号", "public_phone": None, **at,
    }  # fmt: skip


def _line(
    listing: str, position: int, kind: str, title: str, amount: float | None = None, org: int | None = None
) -> Row:
    at = NOW - timedelta(hours=position)
    return {
        "listing": listing, "position": position, "at": at, "org_id": org, "kind": kind, "title": title,
        "amount": amount, "is_public": True,
    }  # fmt: skip


def steps() -> list[Row]:
    """Twenty-five, each 30 days after the one before."""
    rules = [
        (n, f"{n}|{stage}|branch|{n - 1 or ''}||{30 if n > 1 else ''}") for n, stage in enumerate(STAGE_OF, 1)
    ]
    return [_line("step_rules", n, rule, f"第{n}项工作的名称有十二字") for n, rule in rules]


def resources() -> list[Row]:
    """Thirty lectures and ten of each other kind."""
    kinds = ["lecture"] * 30 + ["video"] * 10 + ["base"] * 10 + ["book"] * 10
    return [
        _line("public_resources", n, f"{kind}|party_history", f"特色党课：红色地标里的初心 {n}", 2.0)
        for n, kind in enumerate(kinds)
    ]


def needs() -> list[Row]:
    """Twelve, one of them of a kind whose title is never told."""
    kinds = ["poverty_help"] + ["culture"] * 11
    return [_line("open_needs", n, kind, f"招募志愿者 {n}", 5.0 + n) for n, kind in enumerate(kinds)]


def life() -> list[Row]:
    """Activities by type, month and town; the district holds their sum."""
    rows = []
    codes = [kind.code for kind in ACTIVITY_TYPES[:12]]
    for month in MONTHS:
        for k, code in enumerate(codes):
            rows += [_cell("activities_by_type", month, 10 + t, code, 5 + k) for t in range(len(TOWNS))]
            rows.append(_cell("activities_by_type", month, 0, code, (5 + k) * len(TOWNS)))
    return rows


def counts() -> list[Row]:
    """Organisations by town, public resources, needs by state."""
    rows = [_cell("organisations", "", 10 + t, "type|branch", 40 + 9 * t) for t in range(len(TOWNS))]
    rows += [
        _cell("resources", "", 0, f"public|{kind}", n)
        for kind, n in (("lecture", 30), ("video", 10), ("base", 10), ("book", 10))
    ]
    rows += [
        _cell("service_needs", "2026-11", 0, f"open|{kind}", 4 + k)
        for k, kind in enumerate(("culture", "medical", "poverty_help", "security"))
    ]
    return [*rows, _cell("service_needs", "2026-10", 0, "done|culture", 70)]


def _cell(tally: str, month: str, town: int, key: str, value: float) -> Row:
    return {"tally": tally, "period_month": month, "town_id": town, "key": key, "value": value}
