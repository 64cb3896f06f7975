"""The wall in every mode a server shows: which page, which panels and which version a request gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from dash import html
from flask import request

from callbacks.direction.steps import Steps, for_screen
from callbacks.screen import Screen
from dashboard.scenes import WALL_MODES, Scene
from data.scope import Mode


@dataclass(frozen=True)
class Walls:
    """``screens`` by mode; ``allowed`` says which of them the asking screen may show, its own one first."""

    screens: Mapping[Mode, Screen]
    steps: Steps
    allowed: Callable[[], tuple[Mode, ...]]

    def screen(self, asked: object) -> Screen:
        """The screen of a mode that a browser names; its own one where it may not show that mode."""
        return self._screen(asked, self.allowed())

    def _screen(self, asked: object, allowed: tuple[Mode, ...]) -> Screen:
        return next((self.screens[mode] for mode in allowed if mode == asked), self.screens[allowed[0]])

    def layout(self) -> html.Div:
        """The page of the mode in the address, or of the step's, beginning with the scene of the step."""
        # Dash looks at the layout before it answers its first request, whoever sends that and whatever for.
        is_asked = bool(request) and request.path.endswith("/_dash-layout")
        allowed = self.allowed() if is_asked else tuple(self.screens)
        step = for_screen(self.steps.now(), allowed, self.steps.profile.scenes)
        named = next((mode for mode, name in WALL_MODES.items() if name == asked("mode")), step.mode)
        screen = self._screen(named, allowed)
        held = screen.scene(asked("scene"))
        first = held or screen.scene(step.scene) or screen.scenes[0]
        return screen.layout(first, step, asked("wall"), is_held=held is not None)

    def scenes(self) -> tuple[Scene, ...]:
        """Scenes of every mode by their names, each once."""
        found = {
            scene.slug: scene for screen in reversed(list(self.screens.values())) for scene in screen.scenes
        }
        order = [rule.slug for rule in self.steps.profile.scenes]
        return tuple(sorted(found.values(), key=lambda scene: order.index(scene.slug)))

    def known_scene(self, slug: object) -> Scene | None:
        """The scene of this name in any mode."""
        return next((scene for scene in self.scenes() if scene.slug == slug), None)


def asked(name: str) -> str | None:
    """A parameter of the page that asks for its layout: Dash asks without it, the referrer tells."""
    if not request:
        return None
    query = parse_qs(urlsplit(request.referrer or "").query) or parse_qs(request.query_string.decode())
    return query.get(name, [None])[0]
