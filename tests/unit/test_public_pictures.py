"""The wall for visitors draws from documents what it would draw from the read model, and reads nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
import sqlalchemy as sa
from cachelib import SimpleCache

from callbacks.application import create_app
from callbacks.picture import Pictures
from callbacks.redraw import changes
from callbacks.views import PublicStore, ReadModel, ViewSource
from commands.publishing import visitors_documents
from dashboard import ids
from dashboard.panels import BY_SLUG
from dashboard.profile import load_profile
from dashboard.scenes import permanent_slots, scenes_of
from dashboard.theme import Theme
from dashboard.version_state import Limits
from dashboard.wall_profile import load_wall
from data.public.publisher import Publisher
from data.public.reader import open_public
from data.public.schema import documents, versions
from data.public.store import open_public_store
from data.scope import Scope
from tests.browser.served_wall import TrialSettings
from tests.readmodel_district import NOW, fill

PROFILE = load_profile("haishu")
RECEPTION = Scope("wall_reception")
THEME = Theme(load_wall("3840x1280"), PROFILE, mode="wall_reception")
SHOWN = [slot.slug for scene in scenes_of(PROFILE.scenes, "wall_reception") for slot in scene.slots]
SHOWN += [slot.slug for slot in permanent_slots("wall_reception")]


@dataclass
class Stores:
    read_model: sa.Engine
    url: str

    def publish(self) -> None:
        store = open_public_store(self.url)
        catalogue = visitors_documents(PROFILE)
        assert Publisher(self.read_model, store, catalogue, lambda: NOW).run().failed == 0

    @property
    def public(self) -> sa.Engine:
        return open_public(self.url)


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    folder = tmp_path_factory.mktemp("public")
    engine = sa.create_engine(f"sqlite:///{folder}/readmodel.db", poolclass=sa.NullPool)
    fill(engine, towns=4, months=14, branches=60)
    found = Stores(engine, f"sqlite:///{folder}/public.db")
    found.publish()
    yield found
    engine.dispose()


def pictures(source: ViewSource) -> Pictures:
    return Pictures(source, SimpleCache(), lambda: NOW, Limits(), "build")


def test_every_panel_is_the_one_its_query_would_draw_in_every_focus(stores: Stores) -> None:
    queried, published = pictures(ReadModel(stores.read_model)), pictures(PublicStore(stores.public))
    walk = queried.picture(THEME, RECEPTION, []).walk
    assert len(walk) == 4
    for town in walk:
        one, other = (found.picture(THEME, RECEPTION, SHOWN, town) for found in (queried, published))
        assert replace(one, panels={}) == replace(other, panels={}), "version, truth, walk and focus"
        for slug in SHOWN:
            mine, theirs = one.panels[slug], other.panels[slug]
            assert mine is not None, slug
            assert theirs is not None, slug
            assert mine.digests == theirs.digests, slug


def test_a_document_that_could_not_be_made_anew_marks_its_panel_and_no_other(stores: Stores) -> None:
    with open_public_store(stores.url).begin() as connection:
        connection.execute(
            documents.update().where(documents.c.name == "reception/members").values(failed_since=NOW)
        )
    found = pictures(PublicStore(stores.public)).picture(THEME, RECEPTION, SHOWN)
    stores.publish()
    assert [slug for slug in SHOWN if found.state_of(slug) == "error"] == ["members"]


def test_of_a_document_that_was_withdrawn_nothing_stays_on_the_wall(stores: Stores) -> None:
    found = pictures(PublicStore(stores.public))
    shown = found.picture(THEME, RECEPTION, SHOWN).panels["members"]
    assert shown is not None
    gone = {"failed_since": NOW, "withdrawn": "too_old", "body": ""}
    with open_public_store(stores.url).begin() as connection:
        for name in ("reception/members", "reception/focus-walk"):
            connection.execute(documents.update().where(documents.c.name == name).values(gone))
        connection.execute(versions.update().values(edition=versions.c.edition + 1))
    picture = found.picture(THEME, RECEPTION, SHOWN)
    stores.publish()
    drawn = picture.panels["members"]
    assert drawn is not None
    assert "暂停展示" in str(drawn.parts["body"])
    assert drawn.parts["figure"]["data"] == []
    redrawn = changes(picture, dict.fromkeys(SHOWN, shown.digests_text))
    assert {"figure", "children"} & set(redrawn[ids.part("members", "body")])
    assert redrawn[ids.part("members", "figure")]["figure"]["data"] == []
    others = [slug for slug in SHOWN if slug != "members" and not BY_SLUG[slug].follows_focus]
    assert all(picture.panels[slug] for slug in others)


@pytest.mark.parametrize("slug", [slug for slug, panel in BY_SLUG.items() if not panel.in_reception])
def test_a_panel_that_is_not_for_visitors_is_in_no_document(stores: Stores, slug: str) -> None:
    assert pictures(PublicStore(stores.public)).picture(THEME, RECEPTION, [slug]).panels[slug] is None


def test_views_of_another_mode_are_not_given(stores: Stores) -> None:
    found = pictures(PublicStore(stores.public)).picture(THEME, Scope("wall_internal"), ["members"])
    assert found.panels["members"] is None


def test_a_wall_for_visitors_is_whole_while_the_read_model_is_away(stores: Stores) -> None:
    away = sa.create_engine("sqlite:////nowhere/readmodel.db")
    client = create_app(
        away, TrialSettings(), PROFILE, lambda: NOW, public=stores.public
    ).server.test_client()
    assert client.get("/readyz").text == "version 1"
    assert client.get("/api/version").get_json()["state"] == "fresh"
    layout = client.get("/_dash-layout").get_data(as_text=True)
    assert '"data-state":"fresh"' in layout
    assert not [state for state in ("down", "error") if f'"data-state":"{state}"' in layout]


def test_a_wall_for_visitors_is_not_made_without_the_public_store(stores: Stores) -> None:
    with pytest.raises(ValueError, match="public store"):
        create_app(stores.read_model, TrialSettings(), PROFILE, lambda: NOW)
