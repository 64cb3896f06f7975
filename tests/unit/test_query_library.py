"""The library: what it holds for whom, and what is used most."""

from __future__ import annotations

from typing import Any

from data.queries.figures_of_month import Amount
from data.queries.library import Library, load
from data.scope import Mode, Scope
from tests.readmodel_rows import Rows, reader_of


def tally(name: str, month: str, **values: float) -> Rows:
    rows = values.items()
    return [
        {"tally": name, "period_month": month, "town_id": 0, "key": key.replace("__", "|"), "value": n}
        for key, n in rows
    ]


def used(position: int, kind: str, amount: float, **columns: Any) -> dict[str, Any]:
    line = {"listing": "resources_used", "position": position, "title": f"{kind}{position}", "kind": kind}
    return {**line, "amount": amount, "is_public": True, **columns}


def view(mode: Mode, tallies: Rows, lines: Rows) -> Library:
    with reader_of(tallies=tallies, listings=lines) as reader:
        return load(reader, Scope(mode))


HELD = tally("resources", "", lecturer=9, lecture=5, public__lecture=4, video=3, base=2, public__base=2)


def test_staff_read_the_whole_library_and_the_uses_of_the_year() -> None:
    uses = [
        *tally("resource_use", "2025-12", video=50), *tally("resource_use", "2026-01", video=7),
        *tally("resource_use", "2026-11", base=2, lecture=1),
    ]  # fmt: skip
    found = view("wall_internal", [*HELD, *uses], [used(0, "base", 6), used(1, "video", 4, is_public=False)])
    assert [(kind, n.value) for kind, n in found.items] == [
        ("lecturer", 9), ("lecture", 5), ("video", 3), ("base", 2),
    ]  # fmt: skip
    assert found.uses == Amount("value", 10.0)
    assert [(line.kind, line.amount) for line in found.most_used] == [("base", 6), ("video", 4)]


def test_visitors_read_what_is_open_to_all_and_no_lecturer() -> None:
    found = view("wall_reception", HELD, [used(0, "base", 6), used(1, "video", 4, is_public=False)])
    assert [(kind, n.value) for kind, n in found.items] == [
        ("lecture", 4), ("video", 0), ("base", 2), ("book", 0),
    ]  # fmt: skip
    assert [line.kind for line in found.most_used] == ["base"]


def test_at_most_eight_are_listed() -> None:
    assert len(view("wall_internal", HELD, [used(i, "video", 20 - i) for i in range(12)]).most_used) == 8


def test_without_the_feed_nothing_is_zero() -> None:
    found = view("wall_internal", [], [])
    assert {amount.state for _, amount in found.items} == {"nodata"}
    assert found.uses == Amount("nodata")
    assert view("wall_internal", tally("resource_use", "2025-01", video=3), []).uses == Amount("value", 0.0)
