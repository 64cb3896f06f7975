"""Reports as documents: one self-contained HTML file each, made for A4 paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from dashboard.profile import DistrictProfile
from dashboard.words import Words

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Imprint:
    """What stands at the foot of every document."""

    owner: str
    as_of: str
    is_demo: bool
    words: Words

    @staticmethod
    def of(profile: DistrictProfile, as_of: datetime, is_demo: bool) -> Imprint:
        """The imprint of a district; ``as_of`` is the change time of the newest row behind the numbers."""
        return Imprint(profile.owner, f"{as_of:%Y-%m-%d %H:%M}", is_demo, profile.words)


def render(template: str, imprint: Imprint, **content: object) -> str:
    """The document of a template of `templates/` without its suffix; every text is escaped."""
    page = _environment().get_template(f"{template}.html")
    return page.render(css=_css(), imprint=imprint, words=imprint.words, **content)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _css() -> Markup:
    return Markup((TEMPLATES / "house.css").read_text("utf-8"))
