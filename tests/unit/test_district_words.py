"""Words that are true in one district only stand on no panel of another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from callbacks.picture import draw_panel
from dashboard.panels import BY_SLUG, PANELS
from dashboard.profile import DistrictProfile, available_districts, load_profile
from dashboard.scenes import permanent_slots, scenes_of
from dashboard.theme import Theme
from dashboard.wall_profile import load_wall
from data.queries import focus_walk
from data.readmodel.reader import Reader, open_reader
from data.readmodel.schema import org_warnings
from data.scope import Mode, Scope
from tests.readmodel_district import fill

DISTRICTS = available_districts()
MODES: tuple[Mode, ...] = ("wall_internal", "wall_reception")


def local_words(profile: DistrictProfile) -> set[str]:
    """Index, activity day, towns, and everything that says 区 or 市 of the whole."""
    words = profile.words
    local = {profile.index_name, words.activity_day, words.whole, words.average, words.direct, words.towns}
    # The first two characters of a name speak of the district, those of its index of its system.
    return {*local, profile.name[:2], profile.index_name[:2]} - {"党员"}


def foreign_words(profile: DistrictProfile) -> set[str]:
    """Words of the other four that are not its own; 街道 also stands in the names of towns."""
    others = (local_words(load_profile(slug)) for slug in DISTRICTS if slug != profile.slug)
    return set().union(*others) - local_words(profile) - {"街道"}


@pytest.fixture(scope="module")
def engine() -> Iterator[sa.Engine]:
    engine = sa.create_engine("sqlite://")
    fill(engine, towns=4, months=26, branches=40)
    yield engine
    engine.dispose()


@pytest.fixture
def reader(engine: sa.Engine, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """The read model with the warnings a district of this profile has."""
    profile = load_profile(request.getfixturevalue("district"))
    lit = [rule.id for rule in profile.light_rules]
    with engine.connect() as connection:
        numbers = connection.scalars(sa.select(org_warnings.c.warning_id)).all()
    with engine.begin() as connection:
        for number in numbers:
            changed = sa.update(org_warnings).where(org_warnings.c.warning_id == number)
            connection.execute(changed.values(indicator_id=lit[number % len(lit)]))
    with open_reader(engine) as opened:
        yield opened


def test_the_words_of_the_five_differ() -> None:
    assert {"锋领", "锋领指数", "统一活动日", "全市", "市直", "区镇", "海曙"} <= foreign_words(
        load_profile("huiji")
    )
    assert {"主题党日", "镇街"} <= foreign_words(load_profile("jiangning"))
    assert {"全区", "区均", "区直", "镇街"} <= foreign_words(load_profile("kunshan"))
    assert not {"锋领", "主题党日", "镇街"} & foreign_words(load_profile("haishu"))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("district", DISTRICTS)
def test_no_panel_says_what_is_true_elsewhere_only(district: str, mode: Mode, reader: Reader) -> None:
    profile = load_profile(district)
    theme = Theme(load_wall("3840x1280"), profile, mode=mode)
    slots = [
        *(slot for scene in scenes_of(profile.scenes, mode) for slot in scene.slots),
        *permanent_slots(mode),
    ]
    foreign, town = foreign_words(profile), focus_walk.load(reader)[0]
    said: dict[str, list[str]] = {}
    for panel in (BY_SLUG[slot.slug] for slot in slots):
        for focus in (None, town) if panel.follows_focus else (None,):
            drawn = draw_panel(panel, panel.load(reader, Scope(mode, focus)), theme)
            text = json.dumps(drawn.parts, ensure_ascii=False)
            said |= {panel.slug: found} if (found := [word for word in foreign if word in text]) else {}
    assert said == {}


def test_the_registry_and_the_code_of_panels_hold_no_word_of_one_district() -> None:
    named = {word for slug in DISTRICTS for word in (load_profile(slug).name[:2], "锋领")}
    assert not [panel.title for panel in PANELS if any(word in panel.title for word in named)]
    root = Path(__file__).parents[2]
    files = [file for folder in ("layouts", "dashboard/figures") for file in (root / folder).rglob("*.py")]
    assert len(files) > 80
    for file in files:
        code = re.sub(r'"""[\s\S]*?"""|#.*', "", file.read_text("utf-8"))
        assert not [word for word in named if word in code], file
