"""Texts of the kiosk from ``dashboard/content``: a file of the district's folder, else the one for all districts."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from dashboard.profile_file import first_refusal, read_toml
from data.errors import SettingError

CONTENT = Path(__file__).parents[1] / "content"

Short = Annotated[str, Field(min_length=1, max_length=16)]
Line = Annotated[str, Field(min_length=1, max_length=40)]
Paragraph = Annotated[str, Field(min_length=1, max_length=90)]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Welcome(_Strict):
    """welcome.toml."""

    title: str = Field(min_length=4, max_length=8)
    motto: Annotated[str, Field(max_length=16)]
    words: tuple[Paragraph, ...] = Field(min_length=1, max_length=3)


class Hall(_Strict):
    """A hall with its rectangle [x, y, width, height] on a plan of 100 × 60."""

    slug: Slug
    name: Short
    floor: Annotated[str, Field(min_length=1, max_length=4)]
    box: tuple[float, float, float, float]
    here: bool = False
    text: Paragraph
    see: tuple[Line, ...] = Field(min_length=1, max_length=4)

    @model_validator(mode="after")
    def _on_the_plan(self) -> Hall:
        x, y, width, height = self.box
        if x < 0 or y < 0 or width < 20 or height < 12 or x + width > 100 or y + height > 60:
            raise ValueError("box [x, y, width, height] lies on a plan of 100 × 60, at least 20 × 12")
        return self


class Halls(_Strict):
    """halls.toml."""

    centre: str = Field(max_length=16)
    note: Line
    halls: tuple[Hall, ...] = Field(min_length=1, max_length=6)


class Milestone(_Strict):
    """What happened at a time."""

    at: str = Field(min_length=1, max_length=8)
    title: str = Field(min_length=1, max_length=14)
    text: Paragraph


class Milestones(_Strict):
    """milestones.toml."""

    lead: Line
    milestones: tuple[Milestone, ...] = Field(min_length=2, max_length=8)


class Contact(_Strict):
    """contact.toml; the address of the channel becomes a QR code."""

    hotline: str = Field(pattern=r"^[0-9-]{3,16}$")
    hotline_name: Short
    channel_name: Short
    channel_url: str = Field(pattern=r"^https://[!-~]+$", max_length=120)
    hours: Line
    ways: tuple[Line, ...] = Field(min_length=1, max_length=4)


class Stage(_Strict):
    """One of the five stages."""

    number: int = Field(ge=1, le=5)
    name: str = Field(min_length=1, max_length=6)
    text: Paragraph


class StepText(_Strict):
    """What is done in a step, and what the applicant hands in."""

    number: int = Field(ge=1, le=25)
    text: Paragraph
    bring: Annotated[str, Field(max_length=16)] = ""


class JoiningTexts(_Strict):
    """joining.toml."""

    stages: tuple[Stage, ...] = Field(min_length=5, max_length=5)
    steps: tuple[StepText, ...] = Field(min_length=25, max_length=25)


class Institution(_Strict):
    """One institution of the life of a branch; ``types`` are activity types of the operational database."""

    slug: Slug
    name: Short
    group: Annotated[str, Field(max_length=6)]
    often: Short
    who: Line
    text: Paragraph
    points: tuple[Line, ...] = Field(min_length=1, max_length=4)
    types: tuple[str, ...] = ()


class Question(_Strict):
    """A question with its answers; ``right`` counts from 1."""

    question: Line
    answers: tuple[Short, ...] = Field(min_length=2, max_length=4)
    right: int = Field(ge=1)
    why: Paragraph

    @model_validator(mode="after")
    def _right_is_an_answer(self) -> Question:
        if self.right > len(self.answers):
            raise ValueError(f"right is {self.right}, there are {len(self.answers)} answers")
        return self


class Institutions(_Strict):
    """institutions.toml."""

    lead: Line
    institutions: tuple[Institution, ...] = Field(min_length=1, max_length=8)
    quiz: tuple[Question, ...] = Field(min_length=1, max_length=8)


class Content(_Strict):
    """Every text of one district's kiosk."""

    welcome: Welcome
    halls: Halls
    milestones: Milestones
    contact: Contact
    joining: JoiningTexts
    institutions: Institutions


File = TypeVar("File", bound=BaseModel)


@lru_cache
def load_content(district: str, activity_day: str) -> Content:
    """The texts of a district; "{activity_day}" in them is its word for the theme party day.

    Raises SettingError naming the file, the line and the key.
    """
    return Content(
        welcome=_file(district, Welcome, "welcome", activity_day),
        halls=_file(district, Halls, "halls", activity_day),
        milestones=_file(district, Milestones, "milestones", activity_day),
        contact=_file(district, Contact, "contact", activity_day),
        joining=_file(district, JoiningTexts, "joining", activity_day),
        institutions=_file(district, Institutions, "institutions", activity_day),
    )


def _file(district: str, kind: type[File], name: str, activity_day: str) -> File:
    path = _path(district, name)
    try:
        return kind.model_validate(_spoken(read_toml(path), activity_day))
    except ValidationError as error:
        raise first_refusal(path, error) from error


def _path(district: str, name: str) -> Path:
    for path in (CONTENT / district / f"{name}.toml", CONTENT / f"{name}.toml"):
        if path.is_file():
            return path
    own = CONTENT / district / f"{name}.toml"
    raise SettingError(str(own), "", "the kiosk of this district has no such file; docs/kiosk.md explains it")


def _spoken(value: object, activity_day: str) -> object:
    """The same with the district's word in every text."""
    if isinstance(value, str):
        return value.replace("{activity_day}", activity_day)
    if isinstance(value, list):
        return [_spoken(part, activity_day) for part in value]
    if isinstance(value, dict):
        return {key: _spoken(part, activity_day) for key, part in value.items()}
    return value
