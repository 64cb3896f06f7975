"""A generation on a server that was killed half-way is gone on with and ends as if nothing had happened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
import sqlalchemy as sa

from data.contract import METADATA
from data.demo import bulk, unfinished
from data.demo.generate import generate
from data.demo.haishu import haishu_spec
from data.demo.marker import refuse_if_foreign
from data.errors import NotEmpty

pytestmark = pytest.mark.postgresql
NOW = datetime(2026, 11, 18, 14, 30)
SPEC = haishu_spec().scaled(towns=2, branches=12, members=170, months=5)


class KilledError(Exception):
    """The process ends here."""


def killed_after(batches: int) -> Callable[..., Any]:
    """``encode`` that dies when so many batches have been written."""
    encode, left = bulk.encode, [batches]

    def dying(*arguments: Any) -> Any:
        left[0] -= 1
        if left[0] < 0:
            raise KilledError
        return encode(*arguments)

    return dying


def kill(engine: sa.Engine, batches: int) -> None:
    """A generation that ends after so many batches."""
    with pytest.MonkeyPatch.context() as dying:
        dying.setattr(bulk, "encode", killed_after(batches))
        with pytest.raises(KilledError):
            generate(engine, SPEC, now=NOW)


def contents(engine: sa.Engine) -> dict[str, list[Any]]:
    with engine.connect() as connection:
        return {
            name: connection.execute(sa.select(table).order_by(*table.primary_key)).all()
            for name, table in METADATA.tables.items()
        }


@pytest.fixture
def undisturbed(postgresql_server: Any) -> dict[str, list[Any]]:
    engine = sa.create_engine(postgresql_server.url(postgresql_server.new_database()))
    generate(engine, SPEC, now=NOW)
    found = contents(engine)
    engine.dispose()
    return found


def test_an_interrupted_generation_ends_with_the_rows_of_an_undisturbed_one(
    postgresql_empty: sa.Engine, undisturbed: dict[str, list[Any]]
) -> None:
    for batches in (9, 55):
        kill(postgresql_empty, batches)
    there = sum(unfinished.rows_there(postgresql_empty).values())
    whole = {name: len(rows) for name, rows in undisturbed.items()}
    assert 0 < there < sum(whole.values())
    assert unfinished.begun_at(postgresql_empty, SPEC, 20190701) == NOW

    rows = generate(postgresql_empty, SPEC, now=NOW)
    assert contents(postgresql_empty) == undisturbed
    assert {name: rows.get(name, 0) for name in whole} == whole
    assert unfinished.begun_at(postgresql_empty, SPEC, 20190701) is None
    assert {i["name"] for i in sa.inspect(postgresql_empty).get_indexes("attendances")} >= {
        "rx_attendances_activity_id_member_id"
    }


def test_another_district_does_not_go_on_with_what_was_begun(postgresql_empty: sa.Engine) -> None:
    kill(postgresql_empty, 20)
    other = haishu_spec().scaled(towns=2, branches=13, members=170, months=5)
    for spec, seed in ((other, 20190701), (SPEC, 1)):
        assert unfinished.begun_at(postgresql_empty, spec, seed) is None
        with pytest.raises(NotEmpty):
            generate(postgresql_empty, spec, now=NOW, seed=seed)
    with pytest.raises(NotEmpty):
        refuse_if_foreign(postgresql_empty)
    assert sum(generate(postgresql_empty, other, now=NOW, force=True).values()) > 0


def test_the_full_volume_reminds_every_member_of_dues_and_meetings(postgresql_empty: sa.Engine) -> None:
    full = replace(SPEC.at_full_volume(), months=5)
    assert full.everyday_messages
    rows = generate(postgresql_empty, full, now=NOW)
    months = 6
    assert rows["notifications"] > 2.5 * months * 160, "2.6 a member and month"
    n = METADATA.tables["notifications"].c
    with postgresql_empty.connect() as connection:
        future = connection.scalar(sa.select(sa.func.count()).where(n.sent_at > NOW))
    assert future == 0
