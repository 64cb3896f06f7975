"""The rules of member indicators: the sets that ship, with a district's overrides, every mistake with file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from dashboard.profile_file import first_refusal, read_toml, refusal, with_overrides
from data.indicators.member.catalogue import MEMBER_FORMULAS
from data.indicators.member.kunshan import PARTS
from data.indicators.member.rules import MemberRule
from data.indicators.member.wujin import ITEMS

MEMBER_SETS = Path(__file__).parent / "member_sets"

# Full marks of a year, by the items that make them up.
FULL_MARKS = (("wj_m_", frozenset(ITEMS), 200), ("ks_part_", frozenset(PARTS), 100))
KNOWN = {*MEMBER_FORMULAS, *ITEMS, *PARTS, "ks_member_points", "ks_member_rank"}


def member_set_files() -> list[Path]:
    """Files of the member sets, in order."""
    return sorted(MEMBER_SETS.glob("*.toml"))


def load_member_rules(profile: Path, overrides: dict[str, dict[str, Any]]) -> dict[str, MemberRule]:
    """Rules by id. Raises SettingError naming file and line; full marks must add up."""
    rules = {rule.id: rule for file in member_set_files() for rule in _of_file(file, profile, overrides)}
    for prefix, names, total in FULL_MARKS:
        marks = sum(rules[name].attainable for name in names if name in rules)
        if abs(marks - total) > 1e-9:
            reason = f"full marks of {prefix}* add up to {marks:g}, not {total}"
            raise refusal(profile, ("overrides",), f"{marks:g}", reason)
    return rules


def _of_file(file: Path, profile: Path, overrides: dict[str, dict[str, Any]]) -> list[MemberRule]:
    given, found = read_toml(file)["indicators"], []
    for position, rule in enumerate(given):
        if rule.get("id") not in KNOWN:
            raise refusal(file, ("indicators", position), rule.get("id"), "no such member indicator")
        try:
            MemberRule.model_validate(rule)
        except ValidationError as error:
            raise first_refusal(file, error, ("indicators", position)) from error
    for rule in with_overrides(given, overrides):
        try:
            found.append(MemberRule.model_validate(rule))
        except ValidationError as error:
            raise first_refusal(profile, error, ("overrides", rule["id"])) from error
    return found
