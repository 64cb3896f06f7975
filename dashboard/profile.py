"""A district profile: everything one district differs in, read from ``profiles/<district>.toml`` and validated."""

from __future__ import annotations

import hashlib
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from dashboard.member_rules import load_member_rules, member_set_files
from dashboard.profile_file import (
    RADAR_SET,
    first_refusal,
    read_toml,
    refusal,
    set_names,
    set_path,
    with_overrides,
)
from dashboard.scenes import Scenes
from dashboard.schedule_rules import Hours, Schedule, Specials, flaw
from dashboard.words import Words
from data.errors import SettingError
from data.indicators.due_rules import DueRules
from data.indicators.evaluate import Catalogue, unknown_components
from data.indicators.member.rules import MemberRule
from data.indicators.rules import IndicatorRule, RadarAxis
from data.indicators.sets import BY_ID, RADAR_AXES
from data.scope import Mode

PROFILES = Path(__file__).parent / "profiles"

# What the weights of a set add up to (indicator prefix → sum): 100 of 诊疗分, 600 points, 100 points of the nodes.
WEIGHTS = {"hs_b_": 100, "wj_b_": 600, "hj_n": 100}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Event(_Strict):
    """A mark on the time axis: month "YYYY-MM" and at most eight characters."""

    month: str = Field(pattern=r"^\d{4}-\d{2}$")
    text: str = Field(max_length=8)


class Calendar(_Strict):
    """The monthly cycle: frozen on the first, published about ``publish_day``; ``data_since`` is the first month
    whose records are complete: months before it are not projected (empty: all that hold an activity).
    ``member_reports``: whether the cycle writes the document of every member each month, tens of thousands of them."""

    publish_day: int = Field(default=5, ge=2, le=25)
    data_since: str = Field(default="", pattern=r"^(\d{4}-\d{2})?$")
    member_reports: Literal["on_demand", "monthly"] = "on_demand"


class NamedPoint(_Strict):
    """A neighbouring district named at the edge of the map, or the seat of a town (degrees, CGCS2000)."""

    name: str
    lng: float
    lat: float


# What a town or zone is called where room is short.
ShortName = Annotated[str, Field(min_length=2, max_length=4)]


class DistrictProfile(_Strict):
    """One district: identity, calendar, indicators, radar and texts.

    ``sets`` are computed and stored, those of ``lights`` also light the branches and make their score.
    ``seats`` draw the schematic map of a district whose places do not ship with the program. ``rules`` are the
    rules of every set, enabled or not, with the district's overrides.
    """

    slug: str
    code: str = Field(pattern=r"^\d{6}$")
    name: str
    title: str
    owner: str
    index_name: str
    scheme: str
    sets: tuple[str, ...] = Field(min_length=1)
    lights: tuple[str, ...] = Field(min_length=1)
    overrides: dict[str, dict[str, Any]] = Field(default_factory=dict)
    healthy_score: float = 85
    words: Words = Field(default_factory=Words)
    calendar: Calendar = Field(default_factory=Calendar)
    due: DueRules = Field(default_factory=DueRules)
    wall_mode: Mode = Field(default="wall_reception", pattern="^wall_(reception|internal)$")
    events: tuple[Event, ...] = ()
    neighbours: tuple[NamedPoint, ...] = ()
    seats: tuple[NamedPoint, ...] = ()
    short_names: dict[str, ShortName] = Field(default_factory=dict)
    scenes: Scenes
    schedule: Schedule = ()
    dark: Hours | None = None
    special: Specials = ()
    rules: dict[str, tuple[IndicatorRule, ...]]
    member_rules: dict[str, MemberRule]
    radar: dict[str, RadarAxis]
    digest: str

    @model_validator(mode="after")
    def _radar_is_known(self) -> DistrictProfile:
        if missing := sorted(set(RADAR_AXES) - set(self.radar)):
            raise ValueError(f"radar axes missing: {', '.join(missing)}")
        if misnamed := unknown_components(self.radar):
            raise ValueError(f"unknown radar components: {', '.join(misnamed)}")
        return self

    @property
    def indicators(self) -> tuple[IndicatorRule, ...]:
        """Rules of the enabled sets, in order."""
        return tuple(rule for name in self.sets for rule in self.rules[name])

    @property
    def light_rules(self) -> tuple[IndicatorRule, ...]:
        """Rules of the light system."""
        return tuple(rule for name in self.lights for rule in self.rules[name])

    @property
    def catalogue(self) -> Catalogue:
        """What the projection computes for this district."""
        stored = [rule for rule in self.indicators if _is_computed(rule.id)]
        lights = frozenset(rule.id for rule in self.light_rules)
        return Catalogue(stored, self.radar, lights, self.every_rule, self.due, self.member_rules)

    @cached_property
    def every_rule(self) -> dict[str, IndicatorRule]:
        """Rules of all sets by indicator, enabled or not."""
        return {rule.id: rule for rules in self.rules.values() for rule in rules}

    def rule(self, indicator: str) -> IndicatorRule:
        """The rule of one indicator; KeyError for one no set knows."""
        return self.every_rule[indicator]


def _is_computed(indicator: str) -> bool:
    """Whether it has a value per branch; thresholds of area indicators are read by their panels."""
    entry = BY_ID[indicator]
    return entry.level == "branch" and entry.compute is not None


def available_districts() -> list[str]:
    """Slugs of the profiles that ship with the program."""
    return sorted(path.stem for path in PROFILES.glob("*.toml"))


@lru_cache
def load_profile(district: str) -> DistrictProfile:
    """The validated profile of a district. Raises SettingError naming the file, the line and the key."""
    path = PROFILES / f"{district}.toml"
    if not path.is_file():
        known = ", ".join(available_districts())
        raise SettingError("DISTRICT", district, f"no such profile; known: {known}")
    raw = read_toml(path)
    overrides = raw.get("overrides", {})
    for key in ("sets", "lights"):
        for position, name in enumerate(raw.get(key, ())):
            known_sets = raw.get("sets", ()) if key == "lights" else set_names()
            if name not in known_sets:
                raise refusal(path, (key, position), name, f"unknown; one of {', '.join(known_sets)}")
    rules = {name: _rules(path, name, overrides) for name in set_names()}
    member_rules = load_member_rules(path, overrides)
    known_rules = {rule.id for found in rules.values() for rule in found} | set(member_rules)
    if unknown := sorted(set(overrides) - known_rules):
        raise refusal(path, ("overrides", unknown[0]), unknown[0], "no indicator of this name")
    _check_weights(path, rules, overrides)
    radar_file = read_toml(set_path(RADAR_SET))
    radar = {axis: {**radar_file.get(axis, {}), **raw.get("radar", {}).get(axis, {})} for axis in radar_file}
    radar |= {axis: given for axis, given in raw.get("radar", {}).items() if axis not in radar}
    try:
        found = {"rules": rules, "member_rules": member_rules}
        profile = DistrictProfile(slug=district, digest=_digest(path), **{**raw, **found, "radar": radar})
    except ValidationError as error:
        raise first_refusal(path, error) from error
    if flawed := flaw(profile.schedule, profile.scenes):
        position, reason = flawed
        raise refusal(path, ("schedule", position), profile.schedule[position].scenes, reason)
    for at, special in enumerate(profile.special):
        if flawed := flaw(special.hours, profile.scenes):
            raise refusal(path, ("special", at), special.hours[flawed[0]].scenes, flawed[1])
    return profile


def _rules(path: Path, name: str, overrides: dict[str, dict[str, Any]]) -> tuple[IndicatorRule, ...]:
    """Rules of one set with the overrides. An error names the line of the file that says the wrong thing."""
    given = read_toml(set_path(name))["indicators"]
    for position, rule in enumerate(given):
        if rule.get("id") not in BY_ID:
            raise refusal(set_path(name), ("indicators", position), rule.get("id"), "no such indicator")
    try:
        TypeAdapter(tuple[IndicatorRule, ...]).validate_python(given)
    except ValidationError as error:
        raise first_refusal(set_path(name), error, ("indicators",)) from error
    found = []
    for rule in with_overrides(given, overrides):
        try:
            found.append(IndicatorRule.model_validate(rule))
        except ValidationError as error:
            raise first_refusal(path, error, ("overrides", rule["id"])) from error
    return tuple(found)


def _check_weights(
    path: Path, rules: dict[str, tuple[IndicatorRule, ...]], overrides: dict[str, dict[str, Any]]
) -> None:
    every = [rule for found in rules.values() for rule in found]
    for prefix, total in WEIGHTS.items():
        weights = sum(rule.weight for rule in every if rule.id.startswith(prefix))
        if abs(weights - total) > 1e-9:
            weighed = [name for name in overrides if name.startswith(prefix) and "weight" in overrides[name]]
            raise refusal(
                path,
                ("overrides", *weighed[-1:]),
                f"{weights:g}",
                f"weights of {prefix}* add up to {weights:g}, not {total}",
            )


def _digest(path: Path) -> str:
    """Changes with the profile and with every set it stands on."""
    files = [path, *sorted(set_path("x").parent.glob("*.toml")), *member_set_files()]
    return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()
