"""The scenes of the wall as a district profile writes them, and as one mode shows them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from dashboard.grid import TICKER, Box, Place, Slot, design_box
from dashboard.panels import BY_SLUG, PERMANENT
from data.scope import Mode

WallMode = Literal["internal", "reception"]
WALL_MODES: dict[Mode, WallMode] = {"wall_internal": "internal", "wall_reception": "reception"}


@dataclass(frozen=True)
class Scene:
    """One scene as one mode shows it; slots in the order of the profile."""

    slug: str
    title: str
    seconds: float
    slots: tuple[Slot, ...]

    @property
    def slugs(self) -> tuple[str, ...]:
        """Slugs of the panels in the order they are painted."""
        return tuple(slot.slug for slot in self.slots)

    @property
    def has_ticker(self) -> bool:
        """Whether the foot of the wall is free for the ticker."""
        return not any(design_box(slot.place).meets(TICKER) for slot in self.slots)


def _place(value: object) -> Place:
    if isinstance(value, (list, tuple)) and len(value) == 4 and all(isinstance(n, int) for n in value):
        return Box(*value)
    if isinstance(value, str):
        design_box(value)
        return value
    raise ValueError("a place is cells (4-9 × 1-2) or a box of the design [x, y, w, h]")


Places = dict[str, Annotated[Place, BeforeValidator(_place)]]


class Arrangement(BaseModel):
    """Panels in the order they are painted, and where they stand if not at their standard place."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    panels: tuple[str, ...] = Field(min_length=1)
    places: Places = {}

    def slots(self) -> tuple[Slot, ...]:
        """Every panel with its place and head."""
        found = ((BY_SLUG[slug], self.places.get(slug)) for slug in self.panels)
        return tuple(Slot(panel.slug, place or panel.place, panel.head) for panel, place in found)


class SceneRule(Arrangement):
    """One ``[[scenes]]`` entry; ``reception`` is the arrangement for visitors where it is another one."""

    slug: str = Field(pattern=r"^[a-z][a-z-]*$")
    title: str = Field(min_length=2, max_length=8)
    seconds: float = Field(ge=5, le=3600)
    modes: tuple[WallMode, ...] = ("internal", "reception")
    reception: Arrangement | None = None

    @model_validator(mode="after")
    def _stands(self) -> SceneRule:
        for mode in self.modes:
            if reason := _flaw(self.arrangement(mode), mode):
                raise ValueError(f"scene {self.slug}, {mode}: {reason}")
        return self

    def arrangement(self, mode: WallMode) -> Arrangement:
        """What this mode shows."""
        return self.reception if mode == "reception" and self.reception else self


def _flaw(arrangement: Arrangement, mode: WallMode) -> str | None:
    """What is wrong with an arrangement: one sentence, None when nothing is."""
    panels = arrangement.panels
    permanent = {panel.slug for panel in PERMANENT}
    if unknown := [s for s in (*panels, *arrangement.places) if s not in BY_SLUG or s in permanent]:
        return f"unknown panel {unknown[0]}"
    if idle := [slug for slug in arrangement.places if slug not in panels]:
        return f"a place for {idle[0]}, which is not among its panels"
    if mode == "reception" and (closed := [slug for slug in panels if not BY_SLUG[slug].in_reception]):
        return f"panel {closed[0]} is not for visitors"
    slots = arrangement.slots()
    if len({isinstance(slot.place, Box) for slot in slots}) > 1:
        return "cells and boxes of the design are mixed"
    for one, other in combinations(slots, 2):
        if _collide(one, other):
            return f"panels {one.slug} and {other.slug} overlap"
    return None


def _collide(one: Slot, other: Slot) -> bool:
    if BY_SLUG[other.slug].over == one.slug or one.slug == other.slug:
        return one.slug == other.slug
    return design_box(one.place).meets(design_box(other.place))


def _together(scenes: tuple[SceneRule, ...]) -> tuple[SceneRule, ...]:
    """The scenes of a district; a panel has one id on the page, so it stands in one scene of a mode."""
    slugs = [scene.slug for scene in scenes]
    if doubled := sorted({slug for slug in slugs if slugs.count(slug) > 1}):
        raise ValueError(f"scene {doubled[0]} is there twice")
    for mode in WALL_MODES.values():
        shown = [slug for s in scenes if mode in s.modes for slug in s.arrangement(mode).panels]
        if not shown:
            raise ValueError(f"no scene for mode {mode}")
        if doubled := sorted({slug for slug in shown if shown.count(slug) > 1}):
            raise ValueError(f"panel {doubled[0]} stands in two scenes of mode {mode}")
    return scenes


def permanent_slots(mode: Mode) -> tuple[Slot, ...]:
    """What stands beside every scene of this mode."""
    shown = (panel for panel in PERMANENT if panel.in_reception or WALL_MODES.get(mode) == "internal")
    return tuple(Slot(panel.slug, panel.place, panel.head) for panel in shown)


Scenes = Annotated[tuple[SceneRule, ...], AfterValidator(_together)]


def scenes_of(rules: tuple[SceneRule, ...], mode: Mode) -> tuple[Scene, ...]:
    """The scenes one wall shows, in the order they follow each other; none for a screen that is no wall."""
    wall_mode = WALL_MODES.get(mode)
    return tuple(
        Scene(rule.slug, rule.title, rule.seconds, rule.arrangement(wall_mode).slots())
        for rule in rules
        if wall_mode in rule.modes and wall_mode is not None
    )
