"""Commands of the director and the wheel: what they change, what they refuse, who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa

from dashboard.direction import step_at
from dashboard.profile import load_profile
from dashboard.schedule import Programme, SceneTime
from dashboard.steering import Known, Order, directed
from data.accounts.store import open_accounts
from data.direction import wheel
from data.direction.direction import Direction
from data.direction.store import Directions
from data.direction.wheel import IDLE, Wheel, Wheels
from data.errors import DirectionOvertaken, DirectionRefused
from data.viewer import Viewer

NOW = datetime(2026, 11, 20, 9, 0)
SCENES = load_profile("haishu").scenes
RING = (SceneTime("overview", 60), SceneTime("organisation-life", 45), SceneTime("today", 30))
PROGRAMME = Programme("wall_internal", RING, NOW, NOW + timedelta(hours=4), False)
KNOWN = Known(
    {
        "internal": [scene.slug for scene in SCENES if "internal" in scene.modes],
        "reception": [scene.slug for scene in SCENES if "reception" in scene.modes],
    },
    "internal",
    {7, 8},
)
ONE, OTHER, THIRD = (Viewer(number, f"op{number}", f"台{number}", "operator", 1) for number in (1, 2, 3))


def after(before: Direction, order: Order, second: float) -> Direction:
    now = NOW + timedelta(seconds=second)
    return directed(before, order, step_at(before, PROGRAMME, now, SCENES), now, KNOWN)


def shown(direction: Direction, second: float) -> str:
    return step_at(direction, PROGRAMME, NOW + timedelta(seconds=second), SCENES).scene


def test_next_and_previous_walk_through_the_programme_both_ways() -> None:
    ahead = after(Direction(), Order("next"), 10)
    assert (ahead.number, shown(ahead, 10), shown(ahead, 56)) == (1, "organisation-life", "today")
    back = after(ahead, Order("previous"), 12)
    assert (back.number, shown(back, 12)) == (2, "overview")
    assert shown(after(back, Order("previous"), 13), 13) == "today"


def test_after_a_scene_beside_the_programme_previous_is_its_last_scene() -> None:
    beside = after(Direction(), Order("show", scene="check-up"), 1)
    assert shown(after(beside, Order("previous"), 2), 2) == "today"


def test_hold_keeps_the_step_and_going_on_gives_the_scene_its_whole_time() -> None:
    held = after(Direction(), Order("hold"), 30)
    before, during = (step_at(d, PROGRAMME, NOW + timedelta(seconds=31), SCENES) for d in (Direction(), held))
    assert (during.number, during.scene, during.held) == (before.number, "overview", True)
    on = after(held, Order("go_on"), 1000)
    assert (shown(on, 1059), shown(on, 1061)) == ("overview", "organisation-life")


def test_the_scene_goes_on_in_another_mode_unless_that_mode_has_none_of_its_name() -> None:
    reception = after(Direction(), Order("mode", mode="reception"), 65)
    step = step_at(reception, PROGRAMME, NOW + timedelta(seconds=66), SCENES)
    assert (step.mode, step.scene, step.since) == (
        "wall_reception", "organisation-life", NOW + timedelta(seconds=60),
    )  # fmt: skip
    closed = after(Direction(), Order("show", scene="check-up"), 5)
    step = step_at(
        after(closed, Order("mode", mode="reception"), 6), PROGRAMME, NOW + timedelta(seconds=7), SCENES
    )
    assert (step.scene, step.since) == (KNOWN.scenes["reception"][0], NOW + timedelta(seconds=6))


def test_a_banner_is_one_line_of_forty_characters() -> None:
    said = after(Direction(), Order("banner", text="  热烈欢迎\n各位\x00领导\u202e "), 1)
    assert said.banner == "热烈欢迎 各位领导"
    assert after(said, Order("banner", text=""), 2).banner == ""


def test_the_programme_forgets_every_order_but_their_number() -> None:
    told = Direction()
    orders = [Order("banner", text="欢迎"), Order("dark", on=True), Order("focus", town=7), Order("hold")]
    for second, order in enumerate(orders):
        told = after(told, order, second)
    assert after(told, Order("programme"), 9) == Direction(number=5, at=NOW + timedelta(seconds=9))


@pytest.mark.parametrize(
    "order",
    [
        Order("show", scene="nowhere"),
        Order("mode", mode="drill_down"),
        Order("focus", town=9),
        Order("focus", org=3),
        Order("months", month="2024-10"),
        Order("months", month="2026-12"),
        Order("month", month="2026-13"),
        Order("banner", text="字" * 41),
    ],
)
def test_what_cannot_be_is_refused(order: Order) -> None:
    with pytest.raises(DirectionRefused):
        after(Direction(), order, 1)


def test_a_scene_of_the_other_mode_is_refused() -> None:
    reception = after(Direction(), Order("mode", mode="reception"), 1)
    with pytest.raises(DirectionRefused):
        after(reception, Order("show", scene="check-up"), 2)


@pytest.fixture
def store(tmp_path: object) -> sa.Engine:
    return open_accounts(f"sqlite:///{tmp_path}/accounts.db")


def test_of_two_commands_that_saw_the_same_direction_one_is_taken(store: sa.Engine) -> None:
    one, other = Directions(store), Directions(store)
    one.prepare()
    first = replace(after(Direction(), Order("next"), 1), account_id=1, name="台1")
    one.take(first)
    assert other.current() == first
    with pytest.raises(DirectionOvertaken):
        other.take(after(Direction(), Order("hold"), 1))
    assert one.current() == first


def test_the_wheel_is_taken_asked_for_kept_and_given() -> None:
    held = wheel.taken(Wheel(), ONE, NOW)
    with pytest.raises(DirectionRefused):
        wheel.taken(held, OTHER, NOW)
    waiting = wheel.asked(held, OTHER, NOW)
    with pytest.raises(DirectionRefused):
        wheel.asked(waiting, THIRD, NOW)
    with pytest.raises(DirectionRefused):
        wheel.granted(waiting, OTHER, NOW)
    kept = wheel.refused(waiting, ONE, NOW)
    assert (kept.holder_id, kept.asker_id, kept.refused_id) == (1, None, 2)
    given = wheel.granted(wheel.asked(kept, OTHER, NOW), ONE, NOW)
    assert (given.holder_id, given.holder, given.asker_id) == (2, "台2", None)
    assert wheel.released(given, OTHER, NOW).holder_id is None


def test_who_lets_go_gives_it_to_who_asks_and_who_asks_may_withdraw() -> None:
    waiting = wheel.asked(wheel.taken(Wheel(), ONE, NOW), OTHER, NOW)
    assert wheel.released(waiting, ONE, NOW).holder_id == 2
    withdrawn = wheel.released(waiting, OTHER, NOW)
    assert (withdrawn.holder_id, withdrawn.asker_id) == (1, None)


def test_an_idle_hand_lets_go_and_who_asked_has_it() -> None:
    held = wheel.taken(Wheel(), ONE, NOW)
    just = NOW + IDLE - timedelta(seconds=1)
    assert held.at(just).holder_id == 1
    assert held.at(NOW + IDLE).holder_id is None
    assert wheel.taken(held, OTHER, NOW + IDLE).holder_id == 2
    waiting = wheel.asked(held, OTHER, just)
    assert waiting.at(NOW + IDLE).holder_id == 2
    assert waiting.at(NOW + IDLE + IDLE).holder_id is None


def test_an_act_keeps_the_wheel_and_a_question_of_another_does_not() -> None:
    held = wheel.taken(Wheel(), ONE, NOW)
    acted = wheel.taken(held, ONE, NOW + IDLE / 2)
    assert acted.at(NOW + IDLE).holder_id == 1
    assert wheel.asked(held, OTHER, NOW + IDLE / 2).at(NOW + IDLE).holder_id == 2


def test_who_was_overtaken_turns_the_wheel_as_it_stands_then(store: sa.Engine) -> None:
    wheels, other = Wheels(store), Wheels(store)
    Directions(store).prepare()
    seen: list[int] = []

    def turn(held: Wheel) -> Wheel:
        seen.append(held.revision)
        if len(seen) == 1:
            other.change(lambda found: wheel.taken(found, ONE, NOW))
        return wheel.asked(held, OTHER, NOW)

    found = wheels.change(turn)
    assert seen == [0, 1]
    assert (found.holder_id, found.asker_id) == (1, 2)
    assert wheels.current() == found
