"""What the kiosk draws and writes without Dash: the map that fingers reach, initials, rules of time, cells."""

from __future__ import annotations

import re

import pytest
import shapely

from dashboard.kiosk.figures.silhouette import silhouette
from dashboard.kiosk.figures.town_map import TOUCH_PX, MapPlaces, draw
from dashboard.kiosk.places_index import initials
from dashboard.kiosk.words import chinese_number, time_rule
from dashboard.profile import available_districts, load_profile
from data.queries.kiosk.party_map import PartyMap, Town
from geo.places import read_towns

RECT = re.compile(
    r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" class="touch" data-pick="town:(\d+)"'
)


def party_map(district: str) -> tuple[MapPlaces, PartyMap]:
    profile = load_profile(district)
    names = tuple(town.name for town in read_towns(profile.code))
    towns = tuple(Town(n, name, 40 + n, 1, 2, 3, 0.5, 1) for n, name in enumerate(names, 1))
    short_names = tuple(profile.short_names.items())
    return MapPlaces(profile.code, None, names, (), short_names), PartyMap("2026-11", "2026-10", towns)


@pytest.mark.parametrize("district", available_districts())
def test_every_town_is_touched_on_its_name_as_wide_as_a_finger_and_no_two_names_share_a_place(
    district: str,
) -> None:
    places, view = party_map(district)
    drawn = draw(places, view, [], None)
    reached: set[int] = set()
    for picture in (drawn.main, drawn.close):
        found = [(*map(float, groups[:4]), int(groups[4])) for groups in RECT.findall(picture)]
        boxes = [shapely.box(x, y, x + width, y + height) for x, y, width, height, _ in found]
        assert all(width >= TOUCH_PX and height >= TOUCH_PX for _, _, width, height, _ in found)
        assert all(a.intersection(b).area < 1 for k, a in enumerate(boxes) for b in boxes[:k])
        reached |= {town for *_, town in found}
    assert reached == {town.town_id for town in view.towns}


def test_a_small_town_opens_the_enlargement_and_there_it_is_chosen() -> None:
    places, view = party_map("haishu")
    drawn = draw(places, view, [], None)
    small = next(town for town in view.towns if town.name == "江厦街道")
    assert "江厦街道" in drawn.small
    assert re.search(rf'data-pick="zoom:close"[^>]*data-town="{small.town_id}"', drawn.main)
    assert re.search(rf'data-pick="town:{small.town_id}"[^>]*data-town="{small.town_id}"', drawn.close)


def test_the_kiosk_is_marked_only_where_it_stands_in_the_district() -> None:
    places, view = party_map("haishu")
    assert "您在这里" in draw(places, view, [], (121.43, 29.83)).main
    assert "您在这里" not in draw(places, view, [], (116.4, 39.9)).main


def test_names_are_found_by_the_letters_people_know() -> None:
    assert initials("中共古林镇委员会") == "GLZWYH"
    assert initials("天一社区第3党支部") == "TYSQD3DZB"


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ((1, None, 31), "第1步之后 31 天内"),
        ((3, 365, None), "第3步之后满一年"),
        ((15, 365, 396), "第15步之后满一年，再 31 天内"),
        ((15, 335, 372), "第15步之后第 335—372 天"),
        ((None, 365, None), ""),
        ((2, None, None), ""),
    ],
)
def test_a_rule_of_time_is_said_in_words(rule: tuple[int | None, int | None, int | None], words: str) -> None:
    assert time_rule(*rule) == words


def test_small_numbers_are_written_in_characters() -> None:
    assert [chinese_number(n) for n in (3, 10, 12, 20, 45)] == ["三", "十", "十二", "二十", "四十五"]


def test_months_without_anything_are_no_picture() -> None:
    assert silhouette([0, 0], "") == ""
    assert silhouette([], "") == ""
    assert silhouette([1, 4], "").count("<rect") == 2
