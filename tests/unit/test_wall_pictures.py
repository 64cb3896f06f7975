"""Drawing pictures: once per view, and one failing panel leaves the others alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import sqlalchemy as sa
from cachelib import SimpleCache

from callbacks.picture import Pictures
from callbacks.views import ReadModel
from dashboard.figures import members
from dashboard.profile import load_profile
from dashboard.theme import Theme
from dashboard.version_state import Limits
from dashboard.wall_profile import load_wall
from data.errors import ReadModelError
from data.queries import map_focus, ranking
from data.queries import members as members_query
from data.readmodel.schema import versions
from data.readmodel.viewer import open_viewer
from data.scope import Scope
from tests.readmodel_district import NOW, fill

THEME = Theme(load_wall("3840x1280"), load_profile("haishu"))
SCOPE = Scope("wall_reception")


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[sa.Engine]:
    """The read model of a small district, open for writing."""
    engine = sa.create_engine(f"sqlite:///{tmp_path}/readmodel.db", poolclass=sa.NullPool)
    fill(engine, months=14, branches=60)
    yield engine
    engine.dispose()


@pytest.fixture
def pictures(writer: sa.Engine) -> Pictures:
    engine = open_viewer(writer.url.render_as_string())
    return Pictures(ReadModel(engine), SimpleCache(), lambda: NOW, Limits(), "build")


Counted = list[str]


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Counted:
    """How often the members are drawn."""
    calls: Counted = []
    draw = members.draw

    def counting(view: Any, theme: Theme) -> Any:
        calls.append("members")
        return draw(view, theme)

    monkeypatch.setattr(members, "draw", counting)
    return calls


def publish_again(writer: sa.Engine) -> None:
    with writer.begin() as connection:
        row = connection.execute(sa.select(versions)).one()
        connection.execute(sa.insert(versions).values({**row._asdict(), "version": row.version + 1}))


def test_a_panel_is_drawn_once_however_many_ask(pictures: Pictures, drawn: Counted) -> None:
    asked = [pictures.picture(THEME, SCOPE, ["members"]).panels for _ in range(2)]
    assert asked[0] == asked[1]
    assert drawn == ["members"]


def test_a_new_version_of_the_same_data_is_loaded_and_not_drawn(
    pictures: Pictures, writer: sa.Engine, drawn: Counted
) -> None:
    pictures.picture(THEME, SCOPE, ["members"])
    publish_again(writer)
    assert pictures.picture(THEME, SCOPE, ["members"]).version.number == 2
    assert drawn == ["members"]


def test_another_wall_is_drawn_in_its_own_size(pictures: Pictures) -> None:
    small = Theme(load_wall("2880x960"), load_profile("haishu"))
    widths = set()
    for theme in (THEME, small):
        panel = pictures.picture(theme, SCOPE, ["members"]).panels["members"]
        assert panel
        widths.add(panel.parts["figure"]["layout"]["width"])
    assert widths == {592, 444}


def test_one_failing_panel_leaves_the_others_alone(
    pictures: Pictures, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def load(*_: Any) -> Any:
        raise ZeroDivisionError("a query went wrong")

    monkeypatch.setattr(ranking, "load", load)
    picture = pictures.picture(THEME, SCOPE, ["ranking", "members"])
    assert picture.panels["ranking"] is None
    assert picture.panels["members"] is not None
    assert (picture.state_of("ranking"), picture.state_of("members")) == ("error", "fresh")
    assert "panel ranking failed: version 1" in caplog.text
    assert "wall_reception" in caplog.text


def test_a_failing_statement_does_not_poison_the_next_panel(
    pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(reader: Any, _: Scope) -> Any:
        return reader.connection.execute(sa.text("select nothing from nowhere"))

    monkeypatch.setattr(ranking, "load", load)
    panels = pictures.picture(THEME, SCOPE, ["ranking", "members"]).panels
    assert panels["ranking"] is None
    assert panels["members"] is not None


def test_only_panels_that_follow_the_focus_know_it(
    pictures: Pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, set[int | None]] = {"members": set(), "map-focus": set()}

    def watch(slug: str, query: ModuleType) -> None:
        load = query.load

        def watching(reader: Any, scope: Scope) -> Any:
            seen[slug].add(scope.focus_town)
            return load(reader, scope)

        monkeypatch.setattr(query, "load", watching)

    watch("members", members_query)
    watch("map-focus", map_focus)
    walk = pictures.picture(THEME, SCOPE, list(seen)).walk
    for town in walk[:3]:
        pictures.picture(THEME, SCOPE, list(seen), town)
    assert seen["members"] == {None}
    assert set(walk[:3]) <= seen["map-focus"]


def test_a_focus_that_is_no_town_falls_back_to_the_hour(pictures: Pictures) -> None:
    picture = pictures.picture(THEME, SCOPE, ["map-focus"], -5)
    assert picture.focus in picture.walk


def test_without_read_model_there_is_no_picture(tmp_path: Path) -> None:
    engine = open_viewer(f"sqlite:///{tmp_path}/none.db")
    with pytest.raises(ReadModelError):
        Pictures(ReadModel(engine), SimpleCache(), lambda: NOW, Limits(), "build").picture(
            THEME, SCOPE, ["members"]
        )
