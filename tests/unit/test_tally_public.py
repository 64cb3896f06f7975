"""Public places, public resources and the rules of the steps against rows written by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.naive.rows import Row
from tests.tallied import FIVE, GROUP, NOW, SIX, TODAY, read, tree


def organisations(**public: Any) -> list[Row]:
    """The tree of the tests with these columns for organisation FIVE and nobody else public."""
    rows = [{**row, "is_public": False} for row in tree()["organizations"]]
    return [{**row, **public} if row["org_id"] == FIVE else row for row in rows]


def venue(number: int, kind: str = "service_center", **columns: Any) -> Row:
    return {
        "venue_id": number, "name": f"阵地{number}", "venue_kind": kind, "org_id": FIVE, "division_id": 61,
        "lng": 121.5, "lat": 29.8, "is_public": True, **columns,
    }  # fmt: skip


def test_only_what_is_marked_public_and_in_being_is_a_public_place() -> None:
    rows = organisations(
        is_public=True, address="中心路8号", public_phone="0574-00000000", lng=121.4, lat=29.9
    )
    closed = [{**row, "is_public": row["org_id"] in (SIX, GROUP), "dissolved_on": TODAY} for row in rows]
    places = read("public_places", {"organizations": rows, "venues": [venue(1), venue(2, is_public=False)]})
    assert [(p["source"], p["place_id"], p["kind"], p["town_id"]) for p in places] == [
        ("organisation", FIVE, "branch", 5), ("venue", 1, "service_center", 6),
    ]  # fmt: skip
    assert places[0]["office_address"] == "中心路8号"
    assert places[1]["public_phone"] == "0574-00000000"
    assert read("public_places", {"organizations": closed}) == []


def test_a_venue_of_a_keeper_that_is_not_public_has_no_address_and_one_on_the_network_is_no_place() -> None:
    rows = organisations(address="秘路1号")
    venues = [venue(1), venue(2, "online_position"), venue(3, opened_on=TODAY + timedelta(days=1))]
    (found,) = read("public_places", {"organizations": rows, "venues": venues})
    assert (found["place_id"], found["office_address"]) == (1, None)


def resource(number: int, kind: str, **columns: Any) -> Row:
    return {
        "resource_id": number, "resource_kind": kind, "title": f"资源{number}", "topic": "rural",
        "published_on": TODAY - timedelta(days=number), "is_public": True, "is_active": True, **columns,
    }  # fmt: skip


def test_public_resources_name_no_lecturer_and_nothing_that_is_not_public() -> None:
    rows = [
        resource(1, "lecture", class_hours=2), resource(2, "lecturer"), resource(3, "video", is_public=False),
        resource(4, "video", is_active=False), resource(5, "lecture", published_on=TODAY + timedelta(days=1)),
        resource(6, "lecture", deleted_at=NOW),
    ]  # fmt: skip
    found = read("public_resources", {"resources": rows})
    assert [(row["kind"], row["title"], row["amount"]) for row in found] == [("lecture|rural", "资源1", 2.0)]


def test_of_each_kind_the_newest_forty_are_listed() -> None:
    rows = [resource(n, kind) for n, kind in enumerate(["video"] * 41 + ["book"])]
    found = [row["title"] for row in read("public_resources", {"resources": rows})]
    assert found[0] == "资源41"
    assert len(found) == 41
    assert "资源40" not in found


def test_a_step_carries_its_rule_and_leaves_empty_what_it_has_not() -> None:
    def step(number: int, **columns: Any) -> Row:
        return {
            "step_def_id": number, "variant": 25, "step_no": number, "stage_no": 1, "step25_no": number,
            "name_zh": f"步骤{number}", "actor": "branch", **columns,
        }  # fmt: skip

    rows = [step(1), step(2, anchor_step_no=1, max_days=31), step(3, variant=43)]
    found = read("step_rules", {"development_step_defs": rows})
    assert [(row["kind"], row["title"]) for row in found] == [
        ("1|1|branch|||", "步骤1"), ("2|1|branch|1||31", "步骤2"),
    ]  # fmt: skip
