"""Reading a profile: the district's own file over the indicator sets that ship, every mistake with file and line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from data.errors import SettingError

SETS = Path(__file__).parent / "indicator_sets"
RADAR_SET = "jn_r"


def read_toml(path: Path) -> dict[str, Any]:
    """The parsed file. Raises SettingError with file and line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"at line (\d+)", str(error))
        raise SettingError(f"{path}:{at[1] if at else 1}", "", str(error)) from error
    except UnicodeDecodeError as error:
        raise SettingError(str(path), "", "not UTF-8; save the file as UTF-8") from error


def set_names() -> list[str]:
    """Indicator sets a profile may enable."""
    return sorted(path.stem for path in SETS.glob("*.toml") if path.stem != RADAR_SET)


def set_path(name: str) -> Path:
    """File of one indicator set."""
    return SETS / f"{name}.toml"


def with_overrides(
    rules: Sequence[dict[str, Any]], overrides: dict[str, dict[str, Any]]
) -> list[dict[str, Any]]:
    """The rules with the district's own values in place of those of the set."""
    return [{**rule, **overrides.get(rule["id"], {})} for rule in rules]


def refusal(path: Path, raw_location: Sequence[int | str], value: object, reason: str) -> SettingError:
    """The error of one wrong key, naming the line it stands on."""
    line = line_of(path.read_text(encoding="utf-8"), raw_location)
    key = ".".join(str(part) for part in raw_location)
    return SettingError(f"{path}:{line}: {key or 'profile'}", str(value)[:80], reason)


def first_refusal(path: Path, error: ValidationError, within: Sequence[int | str] = ()) -> SettingError:
    """The first finding of pydantic as an error with file and line."""
    # A mistyped key is both unknown and missing: the unknown one stands in the file.
    first = min(error.errors(), key=lambda found: found["type"] != "extra_forbidden")
    value = "" if first["type"] == "missing" else first["input"]
    reason = str(first["msg"]).removeprefix("Value error, ")
    return refusal(path, (*within, *first["loc"]), value, reason)


def line_of(text: str, location: Sequence[int | str]) -> int:
    """Line of a key (1-based): tables and array elements are followed as far as the text shows them."""
    lines, at, index = text.splitlines(), 0, 0
    for position, part in enumerate(location):
        if isinstance(part, int):
            continue
        following = location[position + 1] if position + 1 < len(location) else None
        index = following if isinstance(following, int) else index
        found = _lines_with(lines, at, part)
        if found:
            at = found[min(index, len(found) - 1)]
            # An array written inline has one line of its own: its elements are counted by their keys.
            index = 0 if len(found) > 1 else index
    return at + 1


def _lines_with(lines: Sequence[str], start: int, key: str) -> list[int]:
    """Lines of the tables and assignments of this key from ``start`` on."""
    name = rf"\"?{re.escape(key)}\"?"
    wanted = re.compile(rf"^\s*\[\[?([\w-]+\.)*{name}[\].]|(^|[{{,])\s*{name}\s*=")
    return [number for number in range(start, len(lines)) if wanted.search(lines[number])]
