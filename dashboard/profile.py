"""A district profile: everything one district differs in, read from ``profiles/<district>.toml`` and validated."""

from __future__ import annotations

import hashlib
import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from data.errors import SettingError
from data.indicators.evaluate import unknown_components
from data.indicators.rules import IndicatorRule, RadarAxis
from data.readmodel.results import BRANCH_INDICATORS, RADAR_AXES

PROFILES = Path(__file__).parent / "profiles"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Event(_Strict):
    """A mark on the time axis: month "YYYY-MM" and at most eight characters."""

    month: str = Field(pattern=r"^\d{4}-\d{2}$")
    text: str = Field(max_length=8)


class Neighbour(_Strict):
    """A neighbouring district named at the edge of the map (degrees, CGCS2000)."""

    name: str
    lng: float
    lat: float


class DistrictProfile(_Strict):
    """One district: identity, calendar, indicators, radar and texts."""

    slug: str
    code: str = Field(pattern=r"^\d{6}$")
    name: str
    title: str
    owner: str
    index_name: str
    scheme: str
    healthy_score: float = 85
    events: tuple[Event, ...] = ()
    neighbours: tuple[Neighbour, ...] = ()
    indicators: tuple[IndicatorRule, ...]
    radar: dict[str, RadarAxis]
    digest: str

    @model_validator(mode="after")
    def _catalogue_is_known(self) -> DistrictProfile:
        ids = [rule.id for rule in self.indicators]
        unknown = sorted(set(ids) - set(BRANCH_INDICATORS)) or sorted(i for i in ids if ids.count(i) > 1)
        if unknown:
            raise ValueError(f"unknown or doubled indicators: {', '.join(unknown)}")
        if missing := sorted(set(RADAR_AXES) - set(self.radar)):
            raise ValueError(f"radar axes missing: {', '.join(missing)}")
        if misnamed := unknown_components(self.radar, self.indicators):
            raise ValueError(f"unknown radar components: {', '.join(misnamed)}")
        return self

    def rule(self, indicator: str) -> IndicatorRule:
        """The rule of one enabled indicator; KeyError for one the district does not use."""
        return {rule.id: rule for rule in self.indicators}[indicator]


def available_districts() -> list[str]:
    """Slugs of the profiles that ship with the program."""
    return sorted(path.stem for path in PROFILES.glob("*.toml"))


@lru_cache
def load_profile(district: str) -> DistrictProfile:
    """The validated profile of a district. Raises SettingError naming the file and the key that is wrong."""
    path = PROFILES / f"{district}.toml"
    if not path.is_file():
        known = ", ".join(available_districts())
        raise SettingError("DISTRICT", district, f"no such profile; known: {known}")
    text = path.read_text(encoding="utf-8")
    try:
        raw = tomllib.loads(text)
        return DistrictProfile(slug=district, digest=hashlib.sha256(text.encode()).hexdigest(), **raw)
    except tomllib.TOMLDecodeError as error:
        raise SettingError(str(path), "", str(error)) from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SettingError(f"{path}: {key or 'profile'}", str(first["input"])[:80], first["msg"]) from error
