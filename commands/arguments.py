"""Arguments the commands share: a month, an organisation; each refused with the form or the names it could have."""

from __future__ import annotations

import re

from dashboard.near_names import near, perhaps
from data.errors import SettingError
from data.queries.trace import Place, find, known_names
from data.readmodel.reader import Reader

_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
MOST_NAMESAKES = 8


def written_month(text: str) -> str:
    """The text, if it is written as a month or empty. Raises SettingError that names the form."""
    if text and not _MONTH.fullmatch(text):
        raise SettingError("MONTH", text, "a month is written YYYY-MM, e.g. 2026-09")
    return text


def one_place(reader: Reader, text: str, *, only_branches: bool = False) -> Place:
    """The one organisation of this code, name or id. Raises SettingError for none, with near names, or several."""
    what = "branch" if only_branches else "organisation"
    found = [place for place in find(reader, text) if place.is_branch or not only_branches]
    if len(found) == 1:
        return found[0]
    if not found:
        names = near(text, known_names(reader, only_branches=only_branches))
        raise SettingError("ORGANISATION", text, f"no {what} of this code, name or id{perhaps(names)}")
    several = "; ".join(f"{place.org_code} {place.name}" for place in found[:MOST_NAMESAKES])
    plural = "branches" if only_branches else "organisations"
    raise SettingError("ORGANISATION", text, f"{len(found)} {plural} have this name: {several}")
