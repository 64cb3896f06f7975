"""Documents of the wall for visitors: what its panels' queries give in reception mode, one per town where they follow
the focus."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, get_type_hints

from dashboard.panels import BY_SLUG, Panel
from dashboard.profile import DistrictProfile
from dashboard.scenes import permanent_slots, scenes_of
from data.public.document import Document
from data.queries import focus_walk
from data.readmodel.reader import Reader
from data.scope import Mode, Scope

MODE: Mode = "wall_reception"
WALK: Document[Any] = Document("reception/focus-walk", focus_walk.load, tuple[int, ...])


def document_name(panel: Panel, town: int | None) -> str:
    """Name of the document that holds the view of a panel with the focus on this town, None on the district."""
    of_town = f"/{town}" if panel.follows_focus and town is not None else ""
    return f"reception/{panel.slug}{of_town}"


def view_type(panel: Panel) -> Any:
    """The type of a panel's view: what its query says it returns."""
    return get_type_hints(panel.load)["return"]


def reception_documents(profile: DistrictProfile) -> Callable[[Reader], Iterator[Document[Any]]]:
    """The documents of this district's wall for visitors, for the towns of a reader."""
    scenes = (slot for scene in scenes_of(profile.scenes, MODE) for slot in scene.slots)
    shown = {slot.slug: BY_SLUG[slot.slug] for slot in (*scenes, *permanent_slots(MODE))}

    def catalogue(reader: Reader) -> Iterator[Document[Any]]:
        yield WALK
        towns = focus_walk.load(reader)
        for panel in shown.values():
            for town in (None, *towns) if panel.follows_focus else (None,):
                yield _document(panel, town)

    return catalogue


def _document(panel: Panel, town: int | None) -> Document[Any]:
    load, scope = panel.load, Scope(MODE, town)
    return Document(document_name(panel, town), lambda reader: load(reader, scope), view_type(panel))
