"""Prescriptions (处方): filling an indicator's template, and the limit by which a light must be put right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.indicators.rules import IndicatorRule
from data.readmodel.light import Light

# Limits of indicators.md §13, used when the warning itself carries none.
RED_LIMIT = timedelta(days=15)
YELLOW_LIMIT = timedelta(days=30)

# Kind of the library that helps with an indicator, by a word of its name: study and lectures are led by people
# and courses, life at a day of activity by places; what is a matter of procedure needs a model to follow.
_HELP = (
    (("lecture", "study", "school", "hours"), "lecture"),
    (("theme_party_day", "theme_day", "activity_day", "life_gap", "attendance", "participation"), "base"),
    (("signin", "volunteer", "venue", "star"), "base"),
    (("deliberation", "openness", "appraisal", "floating", "red_members"), "video"),
    (("leadership", "secretary"), "lecturer"),
)
_PROCEDURE = "template"
RESOURCE_WORDS = {
    "lecturer": "红色讲师",
    "lecture": "特色党课",
    "video": "视频党课",
    "base": "教育基地",
    "template": "工作模板",
}

_SENTENCE = re.compile(r"[^。；！？]+[。；！？]?")
_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_HEADING = re.compile(r"^(【[^】]+】)")

# A report prescribes for so many ailments; the others are only listed.
MOST_PRESCRIBED = 5


@dataclass(frozen=True)
class Finding:
    """One indicator of one subject: its light, and whether its value is worse than the district's average."""

    rule: IndicatorRule
    light: Light
    is_worse: bool

    @property
    def is_hint(self) -> bool:
        """对标提示: below the average without a light. Only a template that names the average says so; any other
        diagnosis would tell of a fault there is not."""
        return self.light == Light.GREEN and self.is_worse and "{avg}" in self.rule.prescription


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Red before yellow, each by weight, then the hints by weight (indicators.md §12); others are left out."""
    lit = [one for one in findings if one.light >= Light.YELLOW or one.is_hint]
    return sorted(lit, key=lambda one: (-one.light, -one.rule.weight))


def fill(template: str, values: Mapping[str, str | None]) -> str:
    """The template with its values; a placeholder without value drops its whole sentence (indicators.md §12).

    A sentence ends at 。；！？: the independent advice before a semicolon stays when the one after it falls
    away. A heading such as 【处方】 goes with its last sentence, and the text always closes with a full stop.
    """
    sections = re.split(r"(?=【)", template)
    return "".join(_fill_section(section, values) for section in sections if section)


def due_on(level: str, raised_at: datetime, rectify_due_on: date | None = None) -> date:
    """Last day of the limit: the warning's own, else 15 days after a red light and 30 after a yellow one."""
    if rectify_due_on is not None:
        return rectify_due_on
    return raised_at.date() + (RED_LIMIT if level == "red" else YELLOW_LIMIT)


def resources_for(indicator: str) -> tuple[str, str]:
    """(kind, its word) of the library that helps with an indicator; a model to follow where nothing else fits."""
    kind = next((kind for words, kind in _HELP if any(word in indicator for word in words)), _PROCEDURE)
    return kind, RESOURCE_WORDS[kind]


def _fill_section(section: str, values: Mapping[str, str | None]) -> str:
    heading = _HEADING.match(section)
    body = section[heading.end() :] if heading else section
    kept = [s for s in _SENTENCE.findall(body) if _is_complete(s, values)]
    if not kept:
        return ""
    text = _PLACEHOLDER.sub(lambda found: str(values[found[1]]), "".join(kept))
    closed = re.sub(r"[；。]?$", "。", text, count=1) if body[-1] in "。；" else text
    return (heading[1] if heading else "") + closed


def _is_complete(sentence: str, values: Mapping[str, str | None]) -> bool:
    return all(values.get(name) not in (None, "") for name in _PLACEHOLDER.findall(sentence))
