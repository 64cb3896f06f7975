"""Visits on the walls: led step by step, given back however they end, and ended by another hand only."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console

from commands.rehearse import _play
from commands.visit_play import HOLDS, Player
from dashboard.direction import step_at
from dashboard.profile import load_profile
from dashboard.rehearsal import Rehearsal, SpokenStep
from dashboard.schedule import programme_at
from data.accounts import account, audit
from data.accounts.store import open_accounts
from data.direction.direction import Direction
from data.direction.store import Directions
from data.direction.wheel import Wheel, Wheels, asked
from data.errors import DirectionOvertaken, DirectionRefused
from tests.readmodel_district import NOW

HAISHU = load_profile("haishu")


def test_a_visit_leads_the_walls_step_by_step_and_gives_them_back(tmp_path: Path) -> None:
    store = open_accounts(f"sqlite:///{tmp_path / 'accounts.db'}")
    account.add(store, "lead", "导控岗", "operator", 1, None, NOW)
    account.add(store, "look", "领导岗", "district_leader", 1, None, NOW)
    with pytest.raises(DirectionRefused, match="look is no operator"):
        Player(store, "look", "wall_reception", lambda: NOW)
    player, directions = Player(store, "lead", "wall_reception", lambda: NOW), Directions(store)
    step = SpokenStep(1, "today", "今日动态", 3, "古林镇", "2026-09", 0, 30, "请看。", ())
    player.show(step)
    held = directions.current()
    assert (held.scene, held.scene_at, held.held, held.town, held.month) == ("today", NOW, True, 3, "2026-09")
    assert (held.mode, held.blackout, held.name, held.number) == ("reception", False, "导控岗", 1)
    shown = step_at(held, programme_at(HAISHU, NOW), NOW + timedelta(hours=1), HAISHU.scenes)
    assert (shown.scene, shown.town, shown.until) == ("today", 3, None)
    player.end()
    assert directions.current() == replace(Direction(2, at=NOW), account_id=held.account_id, name="导控岗")
    assert Wheels(store).current().holder_id is None
    assert [entry.subject for entry in audit.newest(store, 5, action="direct")] == [
        "wheel release",
        "visit end",
        "visit 1 today",
        "wheel take",
    ]
    store.dispose()


def test_another_hand_ends_the_visit(tmp_path: Path) -> None:
    store = open_accounts(f"sqlite:///{tmp_path / 'accounts.db'}")
    account.add(store, "lead", "导控岗", "operator", 1, None, NOW)
    account.add(store, "other", "值班岗", "operator", 1, None, NOW)
    now = [NOW]
    player, directions = Player(store, "lead", "wall_reception", lambda: now[0]), Directions(store)
    step = SpokenStep(1, "today", "今日动态", None, "", None, 0, 300, "请看。", ())
    player.show(step)
    directions.take(replace(directions.current(), number=2, banner="欢迎"))
    now[0] += HOLDS - timedelta(seconds=1)
    player.stay()
    now[0] += timedelta(seconds=1)
    with pytest.raises(DirectionOvertaken):
        player.stay()
    other = account.one(store, "other").viewer
    wheels = Wheels(store)
    wheels.turn(replace(wheels.current(), holder_id=other.account_id, holder=other.name, acted_at=now[0]))
    with pytest.raises(DirectionRefused, match="值班岗正在导控"):
        Player(store, "lead", "wall_reception", lambda: now[0]).show(step)
    store.dispose()


def test_a_visit_that_is_broken_off_gives_the_walls_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_accounts(f"sqlite:///{tmp_path / 'accounts.db'}")
    account.add(store, "lead", "导控岗", "operator", 1, None, NOW)
    step = SpokenStep(1, "today", "今日动态", None, "", None, 0, 300, "请看。", ())
    visit_of_one = Rehearsal("参观讲解", "wall_reception", 7, NOW, (step,))
    screen = Console(record=True, file=io.StringIO())

    def broken_off(error: BaseException) -> Direction:
        def wait(seconds: float) -> None:
            assert Directions(store).current().held
            raise error

        monkeypatch.setattr("commands.rehearse.time.sleep", wait)
        _play(visit_of_one, screen, Player(store, "lead", "wall_reception", lambda: NOW), HAISHU)
        return Directions(store).current()

    assert not broken_off(KeyboardInterrupt()).held
    with pytest.raises(SystemExit):
        broken_off(SystemExit())
    assert not Directions(store).current().held
    # Whoever took over keeps the walls as they are.
    assert broken_off(DirectionRefused("值班岗正在导控")).held
    assert "已有人从导控台接管大屏" in screen.export_text()
    store.dispose()


def test_who_asks_for_the_wheel_at_the_same_moment_ends_no_visit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_accounts(f"sqlite:///{tmp_path / 'accounts.db'}")
    account.add(store, "lead", "导控岗", "operator", 1, None, NOW)
    account.add(store, "other", "值班岗", "operator", 1, None, NOW)
    player, wheels = Player(store, "lead", "wall_reception", lambda: NOW), Wheels(store)
    step = SpokenStep(1, "today", "今日动态", None, "", None, 0, 300, "请看。", ())
    player.show(step)
    read, asking = Wheels.current, [account.one(store, "other").viewer]

    def read_and_asked_for(self: Wheels) -> Wheel:
        seen = read(self)
        if asking:
            wheels.turn(asked(seen, asking.pop(), NOW))
        return seen

    monkeypatch.setattr(Wheels, "current", read_and_asked_for)
    player.show(step)
    assert Directions(store).current().number == 2
    assert (wheels.current().holder, wheels.current().asker) == ("导控岗", "值班岗")
    store.dispose()
