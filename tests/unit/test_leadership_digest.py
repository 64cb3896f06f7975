"""What a part says has one digest, however it was kept: else every newer version would paint it again."""

from __future__ import annotations

import pickle
from dataclasses import replace

from callbacks.leadership.pages import digest
from dashboard.leadership.look import Look
from dashboard.leadership.parts import Column, Figure, Numbers, Table


def drawn(*values: float) -> Figure:
    figure = Look().figure(240)
    figure.add_bar(x=[1, 2], y=list(values))
    figure.update_layout(xaxis={"title": {"text": "月"}}, annotations=[{"text": "甲", "x": 1, "y": 2}])
    return Figure("life", "组织生活", figure=figure, describes="柱")


def test_a_part_from_the_cache_has_the_digest_it_had_before() -> None:
    word = "区委" * 3
    table = Table(
        "t", "表", columns=[Column("a", word)], rows=[{"org_id": 1, "a": word}, {"org_id": 2, "a": word}]
    )
    for part in (table, drawn(3, 4), Numbers("n", "数")):
        assert digest(pickle.loads(pickle.dumps(part))) == digest(part)


def test_another_value_is_another_digest() -> None:
    table = Table("t", "表", columns=[Column("a", "甲")], rows=[{"org_id": 1, "a": 1.0}])
    assert digest(table) != digest(replace(table, rows=[{"org_id": 1, "a": 2.0}]))
    assert digest(drawn(3, 4)) != digest(drawn(3, 5))
