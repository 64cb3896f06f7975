"""Lines of a listing: what stands under an organisation nobody knows is not public."""

from __future__ import annotations

from typing import Any

import pytest

from data.queries.listed import listed
from data.scope import Mode, Scope
from tests.readmodel_rows import NOW, node, reader_of

PUBLIC, HIDDEN, UNKNOWN = 2, 3, 99


def line(position: int, org_id: int | None) -> dict[str, Any]:
    return {
        "listing": "newest_posts", "position": position, "at": NOW, "org_id": org_id, "kind": "branch_news",
        "title": f"{position}号故事会", "amount": None, "is_public": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("mode", "titles"),
    [
        ("wall_internal", ["0号故事会", "1号故事会", "2号故事会", "3号故事会"]),
        ("kiosk", ["0号故事会", None, None, "3号故事会"]),
        ("wall_reception", ["0号故事会", None, None, "3号故事会"]),
    ],
)
def test_visitors_read_no_title_of_an_organisation_that_is_hidden_or_missing(
    mode: Mode, titles: list[str | None]
) -> None:
    nodes = [
        node(PUBLIC, position=2, subtree_end=3, short_name="公开支部", is_public=True),
        node(HIDDEN, position=3, subtree_end=4, short_name="内部支部", is_public=False),
    ]
    lines = [line(k, org) for k, org in enumerate((PUBLIC, HIDDEN, UNKNOWN, None))]
    with reader_of(nodes=nodes, listings=lines) as reader:
        found = listed(reader, Scope(mode), "newest_posts", 9)
    assert [one.title for one in found] == titles
    assert found[0].place == "公开支部"
    assert ("内部支部" in [one.place for one in found]) == (mode == "wall_internal")
