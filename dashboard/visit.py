"""A scripted visit as its file tells it: scenes, focus, seconds and the docent's words, refused by file and step.

``visits/<district>/<name>.toml``; towns and numbers are looked up later, in the data (``rehearsal``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dashboard.near_names import near, perhaps
from dashboard.profile import DistrictProfile
from dashboard.profile_file import first_refusal, read_toml, refusal
from dashboard.scenes import Scene, WallMode, permanent_slots, scenes_of
from dashboard.schedule_rules import MODES
from dashboard.visit_numbers import ALWAYS, PANEL_OF
from data.errors import SettingError

VISITS = Path(__file__).parent / "visits"

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SENTENCE = re.compile(r"[^。；！？]+[。；！？]?")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class VisitStep(_Strict):
    """One step; ``focus`` is a town by name, ``month`` the one marked on the time axes."""

    scene: str
    focus: str = ""
    month: str = Field(default="", pattern=r"^(\d{4}-(0[1-9]|1[0-2]))?$")
    seconds: int = Field(ge=10, le=900)
    text: str = Field(min_length=1)

    @property
    def template(self) -> str:
        """The docent's words in one line: a line break of the file is none of the speech."""
        return "".join(line.strip() for line in self.text.splitlines())

    @property
    def placeholders(self) -> tuple[str, ...]:
        """Names in the order they are said."""
        return tuple(_PLACEHOLDER.findall(self.template))


class Script(_Strict):
    """The whole file."""

    title: str = Field(min_length=2, max_length=30)
    mode: WallMode = "reception"
    steps: tuple[VisitStep, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Visit:
    """A visit that fits its district: every scene is one of its mode, every number stands on the scene's panels."""

    name: str
    path: Path
    script: Script
    scenes: tuple[Scene, ...]

    @property
    def steps(self) -> tuple[VisitStep, ...]:
        """The steps in order."""
        return self.script.steps

    def scene(self, slug: str) -> Scene:
        """The scene of a step."""
        return next(scene for scene in self.scenes if scene.slug == slug)

    def refused(self, position: int, key: str, value: object, reason: str) -> SettingError:
        """The error of one step, with file, line and number of the step."""
        return refusal(self.path, ("steps", position, key), value, f"step {position + 1}: {reason}")


def visit_names(district: str) -> list[str]:
    """Names of the visits of a district."""
    return sorted(path.stem for path in (VISITS / district).glob("*.toml"))


def load_visit(profile: DistrictProfile, name: str) -> Visit:
    """The visit of this name. Raises SettingError naming file, line and step."""
    known = visit_names(profile.slug)
    if name not in known:
        raise SettingError(
            "VISIT", name, f"{profile.slug} has no such visit; known: {', '.join(known) or 'none'}"
        )
    path = VISITS / profile.slug / f"{name}.toml"
    try:
        script = Script.model_validate(read_toml(path))
    except ValidationError as error:
        raise first_refusal(path, error) from error
    visit = Visit(name, path, script, scenes_of(profile.scenes, MODES[script.mode]))
    for position in range(len(script.steps)):
        _check(visit, position)
    return visit


def _check(visit: Visit, position: int) -> None:
    step, slugs = visit.steps[position], [scene.slug for scene in visit.scenes]
    if step.scene not in slugs:
        wanted = f"no scene of mode {visit.script.mode}; one of {', '.join(slugs)}"
        raise visit.refused(position, "scene", step.scene, wanted)
    beside = [slot.slug for slot in permanent_slots(MODES[visit.script.mode])]
    shown = {*visit.scene(step.scene).slugs, *beside}
    for name in step.placeholders:
        if reason := _flaw(name, step, shown):
            raise visit.refused(position, "text", f"{{{name}}}", reason)
    if not any(not _PLACEHOLDER.search(sentence) for sentence in _SENTENCE.findall(step.template)):
        reason = "every sentence needs a number; one without is said when all are missing"
        raise visit.refused(position, "text", step.template, reason)


def _flaw(name: str, step: VisitStep, shown: Iterable[str]) -> str | None:
    if name in ALWAYS:
        return None
    if name not in PANEL_OF:
        return f"unknown placeholder{perhaps(near(name, [*ALWAYS, *PANEL_OF]))}"
    if PANEL_OF[name] not in shown:
        return f"scene {step.scene} does not show it: it stands on panel {PANEL_OF[name]}"
    if name.startswith("town") and name != "towns" and not step.focus:
        return "needs the town the step's `focus` names"
    return None
