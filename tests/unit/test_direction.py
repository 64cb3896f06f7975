"""The step of the walls: the same for every worker, after every command, over the edges of the programme."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from callbacks.direction.steps import for_screen
from dashboard.direction import HOLD_LASTS, MONTH_PACE, SKEW, epoch_ms, missed_steps, ring_at, step_at
from dashboard.profile import load_profile
from dashboard.schedule import Programme, SceneTime
from data.direction.direction import Direction
from data.direction.wheel import IDLE, Wheel

NOW = datetime(2026, 11, 20, 9, 0)
SCENES = load_profile("haishu").scenes
RING = (SceneTime("overview", 60), SceneTime("organisation-life", 45), SceneTime("today", 30))
PROGRAMME = Programme("wall_internal", RING, NOW, NOW + timedelta(hours=4), False)
DIRECTED = Direction(number=7, scene="today", scene_at=NOW + timedelta(seconds=100))


def scenes_seen(direction: Direction, seconds: int, every: int = 1) -> list[str]:
    found: list[str] = []
    for second in range(0, seconds, every):
        scene = step_at(direction, PROGRAMME, NOW + timedelta(seconds=second), SCENES).scene
        if found[-1:] != [scene]:
            found.append(scene)
    return found


def test_undirected_the_programme_turns_from_its_own_beginning() -> None:
    assert scenes_seen(Direction(), 200) == [
        "overview",
        "organisation-life",
        "today",
        "overview",
        "organisation-life",
    ]
    step = step_at(Direction(), PROGRAMME, NOW + timedelta(seconds=61), SCENES)
    assert (step.scene, step.since, step.until) == (
        "organisation-life", NOW + timedelta(seconds=60), NOW + timedelta(seconds=105),
    )  # fmt: skip
    assert [time.slug for time in step.next] == ["today", "overview", "organisation-life"]
    assert step.number == epoch_ms(NOW) + 60_000


def test_one_step_has_one_number_whoever_asks_and_when() -> None:
    odd = replace(DIRECTED, scene_at=NOW + timedelta(microseconds=123_456))
    for direction in (Direction(), odd):
        moments = [NOW + timedelta(seconds=400, microseconds=7919 * k) for k in range(0, 40_000, 13)]
        steps = [step_at(direction, PROGRAMME, moment, SCENES) for moment in moments]
        spans = {step.number: (step.since, step.until, step.scene) for step in steps}
        assert len(set(spans.values())) == len(spans) > 5
        assert all(
            step.since <= moment < step.until
            for step, moment in zip(steps, moments, strict=True)
            if step.until
        )


def test_an_ordered_scene_begins_at_once_and_the_programme_goes_on_after_it() -> None:
    step = step_at(DIRECTED, PROGRAMME, NOW + timedelta(seconds=101), SCENES)
    assert (step.scene, step.command, step.until) == ("today", 7, NOW + timedelta(seconds=130))
    assert step.is_ordered
    later = step_at(DIRECTED, PROGRAMME, NOW + timedelta(seconds=131), SCENES)
    assert (later.scene, later.is_ordered) == ("overview", False)


def test_a_scene_beside_the_programme_is_shown_and_the_programme_begins_after_it() -> None:
    beside = replace(DIRECTED, scene="check-up")
    step = step_at(beside, PROGRAMME, NOW + timedelta(seconds=100), SCENES)
    assert (step.scene, [time.slug for time in step.next]) == ("check-up", [time.slug for time in RING])
    assert step.until is not None
    assert step_at(beside, PROGRAMME, step.until, SCENES).scene == "overview"


def test_a_held_scene_stays_over_the_edge_of_the_programme_and_another_begins_anew() -> None:
    held = replace(DIRECTED, held=True, at=NOW + timedelta(hours=3, minutes=30))
    evening = replace(PROGRAMME, since=NOW + timedelta(hours=4), until=None)
    now = NOW + timedelta(hours=5, seconds=10)
    assert (step_at(held, evening, now, SCENES).scene, step_at(held, evening, now, SCENES).until) == (
        "today",
        None,
    )
    step = step_at(DIRECTED, evening, NOW + timedelta(hours=4, seconds=1), SCENES)
    assert (step.scene, step.since) == ("overview", evening.since)


def test_a_scene_somebody_forgot_to_let_go_is_held_for_two_hours() -> None:
    at = NOW + timedelta(seconds=130)
    held = replace(DIRECTED, at=at, held=True)
    last = step_at(held, PROGRAMME, at + HOLD_LASTS - timedelta(seconds=1), SCENES)
    assert (last.scene, last.held, last.until) == ("today", True, None)
    after = step_at(held, PROGRAMME, at + HOLD_LASTS, SCENES)
    assert not after.held
    assert after.number > last.number
    assert after.until is not None
    evening = replace(PROGRAMME, since=at + timedelta(hours=1), until=at + timedelta(hours=9))
    assert step_at(held, evening, at + HOLD_LASTS, SCENES).since >= evening.since


def test_a_held_scene_the_mode_does_not_have_lets_the_programme_go_on() -> None:
    held = replace(DIRECTED, held=True, scene="check-up", mode="reception", mode_at=NOW)
    step = step_at(held, PROGRAMME, NOW + timedelta(seconds=1), SCENES)
    assert (step.mode, step.scene, step.held) == ("wall_reception", "overview", False)


def test_internal_by_hand_ends_with_the_period_and_reception_does_not() -> None:
    visitors = replace(PROGRAMME, mode="wall_reception", since=NOW + timedelta(hours=4), until=None)
    by_hand = replace(DIRECTED, mode="internal", mode_at=NOW + timedelta(hours=1))
    assert step_at(by_hand, PROGRAMME, NOW + timedelta(hours=2), SCENES).mode == "wall_internal"
    assert step_at(by_hand, visitors, NOW + timedelta(hours=5), SCENES).mode == "wall_reception"
    staff = replace(visitors, mode="wall_internal")
    kept = replace(by_hand, mode="reception")
    assert step_at(kept, staff, NOW + timedelta(hours=5), SCENES).mode == "wall_reception"


def test_a_mode_that_is_not_the_programmes_has_all_of_its_own_scenes() -> None:
    assert ring_at(PROGRAMME, "wall_internal", SCENES) == RING
    slugs = [time.slug for time in ring_at(PROGRAMME, "wall_reception", SCENES)]
    assert slugs == [scene.slug for scene in SCENES if "reception" in scene.modes]


@pytest.mark.parametrize(
    ("blackout", "ordered_h", "dark"),
    [(None, 0, True), (False, 1, False), (False, -1, True), (True, -1, True)],
)
def test_dark_hours_are_dark_until_somebody_wakes_the_wall_in_them(
    blackout: bool | None, ordered_h: int, dark: bool
) -> None:
    night = replace(PROGRAMME, is_dark=True)
    ordered = Direction(blackout=blackout, blackout_at=NOW + timedelta(hours=ordered_h))
    assert step_at(ordered, night, NOW + timedelta(hours=2), SCENES).blackout is dark


def test_months_are_played_one_after_the_other_up_to_the_open_one() -> None:
    played = replace(DIRECTED, month="2026-09", months_at=NOW)
    months = [step_at(played, PROGRAMME, NOW + MONTH_PACE * k, SCENES).month for k in range(5)]
    assert months == ["2026-09", "2026-10", "2026-11", None, None]
    still = replace(played, months_at=None)
    assert step_at(still, PROGRAMME, NOW + timedelta(days=1), SCENES).month == "2026-09"


def test_a_wall_that_stands_still_misses_one_step_and_then_two() -> None:
    def missed(direction: Direction, second: int, shown: int) -> int:
        return missed_steps(direction, PROGRAMME, NOW + timedelta(seconds=second), SCENES, shown)

    first = epoch_ms(NOW)
    assert [missed(Direction(), second, first) for second in (59, 60, 104, 105, 900)] == [0, 1, 1, 2, 2]
    assert [missed(DIRECTED, second, first) for second in (101, 129, 130)] == [1, 1, 2]


def test_a_screen_for_visitors_keeps_the_scene_before_one_it_does_not_have_and_hears_of_no_organisation() -> (
    None
):
    ring = (SceneTime("overview", 60), SceneTime("check-up", 50), SceneTime("today", 30))
    programme = replace(PROGRAMME, scenes=ring)
    ordered = Direction(town=7, org=70)
    shown = {}
    for second in (0, 60, 110):
        step = step_at(ordered, programme, NOW + timedelta(seconds=second), SCENES)
        seen = for_screen(step, ("wall_reception",), SCENES)
        assert for_screen(step, ("wall_reception", "wall_internal"), SCENES) == step
        assert (seen.mode, seen.town, seen.org, seen.number) == ("wall_reception", 7, None, step.number)
        shown[second] = (seen.scene, [(time.slug, time.seconds) for time in seen.next])
    assert shown == {
        0: ("overview", [("overview", 50), ("today", 30), ("overview", 60)]),
        60: ("overview", [("today", 30), ("overview", 110)]),
        110: ("today", [("overview", 110), ("today", 30)]),
    }


def test_an_order_stamped_in_the_future_holds_nothing() -> None:
    late = NOW + timedelta(days=40)
    wrong = Direction(
        7, late, "today", late, True, "internal", late, 3, None, "2026-01", late, "热烈欢迎", False, late, 1, "岗",
    )  # fmt: skip
    night = Programme(
        "wall_reception", RING, NOW, NOW + timedelta(hours=4), True, NOW + timedelta(hours=4), NOW
    )
    for minutes in (1, 90):
        now = NOW + timedelta(minutes=minutes)
        step, plain = (step_at(one, night, now, SCENES) for one in (wrong, Direction()))
        assert (step.scene, step.number, step.until) == (plain.scene, plain.number, plain.until)
        assert (step.held, step.mode, step.month, step.blackout) == (False, "wall_reception", None, True)
        assert (step.town, step.banner) == (3, "热烈欢迎")
    assert step_at(replace(wrong, blackout=True), PROGRAMME, NOW, SCENES).blackout
    right = step_at(replace(wrong, held=False), night, late, SCENES)
    assert (right.scene, right.mode, right.blackout) == ("today", "wall_internal", False), "its time has come"


def test_clocks_of_two_servers_may_differ_a_little() -> None:
    ahead = replace(DIRECTED, scene_at=NOW + SKEW, at=NOW + SKEW, held=True)
    assert step_at(ahead, PROGRAMME, NOW, SCENES).scene == "today"
    assert step_at(ahead, PROGRAMME, NOW - timedelta(seconds=1), SCENES).scene != "today"


def test_a_hand_that_acted_in_the_future_has_let_go() -> None:
    held = Wheel(3, 1, "甲岗", NOW + timedelta(days=1), 2, "乙岗", NOW)
    assert held.at(NOW).holder == "乙岗"
    assert held.at(NOW).at(NOW + IDLE).holder_id is None
    assert replace(held, acted_at=NOW + timedelta(seconds=30)).at(NOW).holder == "甲岗"
