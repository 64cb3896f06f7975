"""A visit made ready for one moment: towns found, numbers filled in, times added up; refused on stale data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import import_module

from dashboard.direction import MONTHS_BACK
from dashboard.formats import moment_label
from dashboard.near_names import near
from dashboard.prescriptions import fill
from dashboard.profile import DistrictProfile
from dashboard.scenes import WALL_MODES
from dashboard.schedule_rules import MODES
from dashboard.version_state import Limits, truth_of
from dashboard.visit import Visit, VisitStep
from dashboard.visit_numbers import NUMBERS, PANEL_OF
from data.clock import add_months
from data.direction.direction import Direction
from data.direction.docent import Docent, Said
from data.errors import StaleData
from data.queries import focus_walk, map_focus
from data.readmodel.reader import Reader
from data.scope import Mode, Scope

# A docent says 210 characters a minute, pauses after a sentence and reads a digit as one and a half (11: 一十一).
CHARACTERS_PER_S = 3.5
CHARACTERS_PER_DIGIT = 1.5
PAUSE_S = 1.0


@dataclass(frozen=True)
class SpokenStep:
    """One step as it is played: ``starts_s`` after the beginning, ``town`` None walks on, ``month`` None marks none.

    ``missing`` are the placeholders without a number: their sentences are not in ``text``.
    """

    number: int
    scene: str
    title: str
    town: int | None
    town_name: str
    month: str | None
    starts_s: int
    seconds: int
    text: str
    missing: tuple[str, ...]

    @property
    def speech_s(self) -> int:
        """Seconds the words take, about."""
        digits = sum(char.isdigit() for char in self.text)
        words = sum(char.isalpha() for char in self.text)
        pauses = sum(char in "。；！？" for char in self.text)
        return round((words + digits * CHARACTERS_PER_DIGIT) / CHARACTERS_PER_S + pauses * PAUSE_S)

    @property
    def is_too_long(self) -> bool:
        """Whether the words do not fit into the step."""
        return self.speech_s > self.seconds


@dataclass(frozen=True)
class Rehearsal:
    """A visit with the numbers of one version of the read model."""

    title: str
    mode: Mode
    version: int
    as_of: datetime
    steps: tuple[SpokenStep, ...]

    @property
    def seconds(self) -> int:
        """How long the visit lasts."""
        return sum(step.seconds for step in self.steps)

    def docent(self, number: int) -> Docent:
        """What the director's page says while the step of this number is played."""
        step, *after = self.steps[number - 1 :]
        following = Said(f"{after[0].number} {after[0].title}", after[0].text) if after else Said("", "")
        now = Said(f"{step.number} {step.title}", step.text)
        return Docent(self.title, step.number, len(self.steps), step.seconds, now, following)


def rehearse(
    visit: Visit,
    profile: DistrictProfile,
    reader: Reader,
    now: datetime,
    source: str,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> Rehearsal:
    """The visit with the numbers of this reader; ``source`` names the operational database they come from.

    Raises StaleData for anything but fresh data, SettingError for a town or month that is not in the data.
    """
    as_of = require_fresh(reader, now, source, limits)
    towns = _towns(reader)
    steps: list[SpokenStep] = []
    for position, step in enumerate(visit.steps):
        town = _town(visit, position, towns)
        _require_month(visit, position, reader)
        known = _always(profile, now, as_of) | _numbers(visit, step, reader, town)
        steps.append(
            SpokenStep(
                number=position + 1,
                scene=step.scene,
                title=visit.scene(step.scene).title,
                town=town,
                town_name=step.focus,
                month=step.month or None,
                starts_s=sum(before.seconds for before in steps),
                seconds=step.seconds,
                text=fill(step.template, known),
                missing=tuple(dict.fromkeys(name for name in step.placeholders if not known[name])),
            )
        )
    return Rehearsal(visit.script.title, MODES[visit.script.mode], reader.version.number, as_of, tuple(steps))


def require_fresh(reader: Reader, now: datetime, source: str, limits: Limits) -> datetime:
    """When the data were last known to equal their source. Raises StaleData naming the source and its age."""
    truth = truth_of(reader.version, reader.feed, now, limits)
    true_at = truth.true_at or reader.version.published_at
    if truth.state != "fresh":
        limit = limits.fresh if reader.feed.state == "ok" else limits.lost
        raise StaleData(source, now - true_at, limit, true_at, reader.feed.reason or "")
    return true_at


def _towns(reader: Reader) -> dict[str, int]:
    """Towns by name."""
    names = map_focus.load(reader, Scope("wall_reception")).towns
    return dict(zip(names, focus_walk.load(reader), strict=False))


def _town(visit: Visit, position: int, towns: Mapping[str, int]) -> int | None:
    name = visit.steps[position].focus
    if name and name not in towns:
        reason = f"the data have no such town; one of {', '.join(near(name, towns) or towns)}"
        raise visit.refused(position, "focus", name, reason)
    return towns[name] if name else None


def _require_month(visit: Visit, position: int, reader: Reader) -> None:
    month, last = visit.steps[position].month, reader.version.open_month
    first = add_months(last, -MONTHS_BACK)
    if month and not first <= month <= last:
        raise visit.refused(position, "month", month, f"not on the time axis: {first} to {last}")


def _always(profile: DistrictProfile, now: datetime, as_of: datetime) -> dict[str, str | None]:
    return {
        "date": f"{now.year}年{now.month}月{now.day}日",
        "as_of": moment_label(as_of),
        "district": profile.name,
        "whole": profile.words.whole,
    }


def _numbers(visit: Visit, step: VisitStep, reader: Reader, town: int | None) -> dict[str, str | None]:
    """Every placeholder of the step's panels as the visit's mode reads them."""
    found: dict[str, str | None] = {}
    scope = Scope(MODES[visit.script.mode], town)
    for panel in sorted({PANEL_OF[name] for name in step.placeholders if name in PANEL_OF}):
        view = import_module(f"data.queries.{panel.replace('-', '_')}").load(reader, scope)
        found |= {name: value(view) for name, value in NUMBERS[panel].items()}
    return found


def ordered(step: SpokenStep, mode: Mode, before: Direction, now: datetime) -> Direction:
    """What a step orders of the walls after the direction before it, without an author: its scene is held, a dark wall
    wakes."""
    return replace(
        Direction(number=before.number + 1),
        at=now,
        scene=step.scene,
        scene_at=now,
        held=True,
        mode=WALL_MODES[mode],
        mode_at=now,
        town=step.town,
        month=step.month,
        blackout=False,
        blackout_at=now,
    )
