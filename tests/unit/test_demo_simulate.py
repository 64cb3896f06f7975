"""The living district: valid by the contract, awake at night, and able to go on after a stop."""

from __future__ import annotations

import itertools
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from data.contract import (
    activities,
    attendances,
    dues_obligations,
    dues_payment_allocations,
    dues_payments,
    point_entries,
)
from data.demo.generate import generate
from data.demo.haishu import haishu_spec
from data.demo.living import Event
from data.demo.simulate import Simulator, simulate

NOW = datetime(2026, 11, 18, 14, 30)
SPEC = haishu_spec().scaled(towns=3, branches=40, members=600, months=4)


@pytest.fixture
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    built = sa.create_engine(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'operational.db'}")
    generate(built, SPEC, now=NOW)
    yield built
    built.dispose()


def ticking(begin: datetime, every: timedelta) -> Callable[[], datetime]:
    ticks = itertools.count()
    return lambda: begin + every * next(ticks)


def run(engine: sa.Engine, begin: datetime, steps: int, seed: int = 1) -> list[Event]:
    simulator = Simulator(engine, clock=ticking(begin, timedelta(seconds=30)), seed=seed)
    return [event for _ in range(steps) if (event := simulator.step()) is not None]


def count(engine: sa.Engine, table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
    with engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table).where(*where)) or 0


def plan_one(engine: sa.Engine, start: datetime) -> int:
    """Move one planned theme day of a branch to the given moment."""
    a = activities.c
    with engine.begin() as connection:
        found = connection.scalars(
            sa.select(a.activity_id)
            .where(a.status == "planned", a.activity_type == "theme_party_day")
            .limit(1)
        ).one()
        connection.execute(activities.update().where(a.activity_id == found).values(plan_start_at=start))
    return found


def test_a_planned_activity_is_held_and_members_sign_in_inside_its_window(engine: sa.Engine) -> None:
    found = plan_one(engine, NOW - timedelta(minutes=20))
    run(engine, NOW, 120)
    a, t = activities.c, attendances.c
    with engine.connect() as connection:
        held = connection.execute(sa.select(activities).where(a.activity_id == found)).one()
        rows = connection.execute(sa.select(attendances).where(t.activity_id == found)).all()
    assert held.status == "held"
    assert rows
    for row in rows:
        assert row.recorded_at >= NOW
        if row.status == "present":
            assert held.started_at - timedelta(hours=2) <= row.signed_at <= held.ended_at + timedelta(hours=2)


def test_every_sign_in_of_the_simulator_earns_its_point_once(engine: sa.Engine) -> None:
    plan_one(engine, NOW - timedelta(minutes=20))
    signed = count(engine, attendances, attendances.c.status == "present")
    booked = count(engine, point_entries, point_entries.c.source_table == "attendances")
    run(engine, NOW, 120)
    more_signed = count(engine, attendances, attendances.c.status == "present") - signed
    assert more_signed > 0
    assert count(engine, point_entries, point_entries.c.source_table == "attendances") - booked == more_signed


def test_a_payment_covers_an_unpaid_obligation_in_full(engine: sa.Engine) -> None:
    before = count(engine, dues_payments)
    events = run(engine, NOW, 150)
    paid = Counter(event.kind for event in events)["payment"]
    assert paid > 0
    assert count(engine, dues_payments) == before + paid
    o, a = dues_obligations.c, dues_payment_allocations.c
    over = (
        sa.select(o.obligation_id)
        .join(dues_payment_allocations, a.obligation_id == o.obligation_id)
        .group_by(o.obligation_id, o.payable_amount)
        .having(sa.func.sum(a.amount) > o.payable_amount + sa.literal(0.005))
    )
    with engine.connect() as connection:
        assert connection.execute(over).all() == []


def test_the_night_is_quiet_but_never_silent(engine: sa.Engine) -> None:
    events = run(engine, datetime(2026, 11, 19, 2, 0), 20)
    assert len(events) == 20
    assert {event.kind for event in events} <= {"payment", "study", "obligations", "plan", "sign_in"}


def test_another_simulator_goes_on_where_a_stopped_one_left(engine: sa.Engine) -> None:
    first = run(engine, NOW, 30, seed=1)
    second = run(engine, NOW + timedelta(hours=1), 30, seed=1)
    assert len(first) == len(second) == 30


def test_a_new_month_gets_its_obligations_and_plans(engine: sa.Engine) -> None:
    run(engine, datetime(2026, 12, 2, 10, 0), 250)
    assert count(engine, dues_obligations, dues_obligations.c.dues_month == "2026-12") > 0
    assert count(engine, activities, activities.c.period_month == "2026-12") > 0
    assert count(engine, dues_obligations, dues_obligations.c.dues_month == "2026-13") == 0


def test_simulate_ends_when_told_and_reports_its_events(engine: sa.Engine) -> None:
    stop, seen = threading.Event(), []

    def remember(event: Event) -> None:
        seen.append(event)
        if len(seen) == 3:
            stop.set()

    simulate(engine, clock=ticking(NOW, timedelta(seconds=2)), rate=1e6, stop=stop, on_event=remember)
    assert len(seen) == 3
