"""The wall as one page load gets it: complete, with every panel of its first scene drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dash import html

from callbacks import redraw
from callbacks.picture import Picture, Pictures, version_of
from dashboard import ids
from dashboard.area_file import AreaFile
from dashboard.direction import Step
from dashboard.grid import Slot, scene_grid
from dashboard.profile import DistrictProfile
from dashboard.scenes import WALL_MODES, Scene, permanent_slots, scenes_of
from dashboard.theme import Theme
from dashboard.version_state import DOWN
from dashboard.wall_profile import load_wall, wall_names
from data.clock import Clock
from data.errors import ReadModelError
from data.scope import Scope
from layouts.frame import AS_OF, DIGESTS, unavailable
from layouts.header import Programme, header
from layouts.scene import Frames, permanent, scene_tree, stages
from layouts.wall import DRAWN, STATE, VERSION, WALK, wall


@dataclass(frozen=True)
class Screen:
    """The wall of one district in one mode."""

    pictures: Pictures
    profile: DistrictProfile
    default_wall: str
    scope: Scope
    clock: Clock
    build: str
    areas: AreaFile | None = None

    @property
    def scenes(self) -> tuple[Scene, ...]:
        """The scenes of this mode in their order."""
        return scenes_of(self.profile.scenes, self.scope.mode)

    @property
    def panels(self) -> frozenset[str]:
        """Slugs of every panel this mode may show."""
        slots = (slot for scene in self.scenes for slot in scene.slots)
        return frozenset(slot.slug for slot in (*slots, *self.permanent))

    @property
    def permanent(self) -> tuple[Slot, ...]:
        """Panels that stand beside every scene."""
        return permanent_slots(self.scope.mode)

    def theme(self, wall_name: str) -> Theme:
        """The theme of a wall named by a browser; an unknown name is the configured wall."""
        name = wall_name if wall_name in wall_names() else self.default_wall
        return Theme(load_wall(name), self.profile, areas=self.areas, mode=self.scope.mode)

    def scene(self, slug: str | None) -> Scene | None:
        """The scene of this name; None when this mode has none."""
        return next((scene for scene in self.scenes if scene.slug == slug), None)

    def layout(self, scene: Scene, step: Step, wall_name: str | None, *, is_held: bool) -> html.Div:
        """The complete page of a wall, beginning with this scene; ``is_held``: it never shows another one."""
        theme = self.theme(wall_name or self.default_wall)
        beside = tuple(slot.slug for slot in self.permanent)
        focus: int | Literal["now"] = "now" if step.town is None else step.town
        try:
            slugs = (*scene.slugs, *beside)
            picture: Picture | None = self.pictures.picture(theme, self.scope, slugs, focus, step.org)
        except ReadModelError:
            picture = None
        return self._tree(theme, scene, picture, is_held=is_held)

    def stage(self, theme: Theme, scene: Scene, picture: Picture | None) -> html.Div:
        """A scene as this picture has it; without one every panel says so."""
        grid = scene_grid(theme.wall, scene.slots)
        return scene_tree(scene, grid, frames(scene.slots, picture))

    def _tree(self, theme: Theme, scene: Scene, picture: Picture | None, *, is_held: bool) -> html.Div:
        truth = picture.truth if picture else DOWN
        head = header(
            self.profile,
            scene_grid(theme.wall, scene.slots).header,
            self.scope.mode,
            Programme(self.scenes, scene),
            truth,
            is_demo=picture is not None and picture.version.is_demo,
            now=self.clock(),
        )
        attributes = {
            DRAWN: "0",
            VERSION: str(picture.version.number) if picture else "",
            STATE: truth.state,
            WALK: redraw.walk_text(picture.walk) if picture else "",
            "data-key": version_of(picture.version) if picture else "",
            "data-focus": str(picture.focus or "") if picture else "",
            "data-truth": truth.state,
            "data-build": self.build,
            "data-scene": scene.slug,
            "data-scene-ready": "",
            "data-hold": "1" if is_held else "",
            "data-poll": f"/api/version/{WALL_MODES[self.scope.mode]}",
        }
        stores = {ids.REQUEST: {"n": 0}, ids.PREPARE: {"n": 0}}
        beside = permanent(scene_grid(theme.wall, self.permanent), frames(self.permanent, picture))
        body = [*stages(self.stage(theme, scene, picture)), *beside]
        return wall(theme, head, body, stores, attributes)


def frames(slots: Sequence[Slot], picture: Picture | None) -> Frames:
    """Parts and attributes of panels that are not on the page yet."""
    found: Frames = {}
    for slug in (slot.slug for slot in slots):
        drawn = picture.panels[slug] if picture else None
        attributes = {
            VERSION: str(picture.version.number) if picture and drawn else "",
            STATE: picture.state_of(slug) if picture else "down",
            AS_OF: picture.as_of if picture and drawn else "",
            DIGESTS: drawn.digests_text if drawn else "",
        }
        found[slug] = (dict(drawn.parts) if drawn else unavailable()), attributes
    return found
