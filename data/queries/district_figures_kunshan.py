"""Figures of areas of 昆山: exams, transfers, courses, greetings and cadres (§9.1)."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median

from data.queries.figure_parts import Asked, Figure, Part, count, counts, share
from data.queries.figures_of_month import Amount

GATES = ("2", "3", "5")
DIRECTIONS = ("within", "in", "out")
AGE_BANDS = ("30", "35", "40", "45", "50", "55", "60", "61")
COLLEGE = ("postgraduate", "bachelor", "junior_college")
# Class hours of a year asked of secretaries (R26).
TRAINING_TARGET = 56


def exam_passed_total(asked: Asked) -> list[Part]:
    """All up to the month: persons, then persons by gate."""
    found = asked.tally("exams", asked.months_of("exams"))
    if found is None:
        return counts(None, "persons")
    gates = [count(f"gate_{gate}", "persons", found.get(f"passed|{gate}", 0.0)) for gate in GATES]
    return [count("total", "persons", found.get("passed", 0.0)), *gates]


def exam_pass_rate(asked: Asked) -> list[Part]:
    """Of the calendar year to date."""
    found = asked.tally("exams", asked.year_to_date)
    if found is None:
        return [share("rate", None, None)]
    first, taken = (
        sum(n for key, n in found.items() if key.startswith(f"{kind}|")) for kind in ("first", "taken")
    )
    return [share("rate", first, taken)]


def transfers_total(asked: Asked) -> list[Part]:
    """All up to the month, those of the year and of the month, then the year's by direction."""
    ever = asked.tally("transfers_done", asked.months_of("transfers_done"))
    if ever is None:
        return counts(None, "transfers")
    year = asked.tally("transfers_done", asked.year_to_date) or {}
    month = asked.tally("transfers_done", [asked.month]) or {}
    sums = {"total": ever, "year": year, "month": month}
    parts = [count(key, "transfers", sum(found.values())) for key, found in sums.items()]
    return [*parts, *(count(name, "transfers", year.get(name, 0.0)) for name in DIRECTIONS)]


def transfer_days(asked: Asked) -> list[Part]:
    """Median over the year to date; na without a completed transfer."""
    found = asked.tally("transfer_days", asked.year_to_date)
    if found is None:
        return [Part("median", "days", Amount("nodata"))]
    return [Part("median", "days", _median({int(key): n for key, n in found.items()}))]


def _median(counted: Mapping[int, float]) -> Amount:
    """Middle of the values, the mean of the two in the middle of an even number; na without any."""
    values = [value for value, n in counted.items() for _ in range(round(n))]
    return Amount("value", float(median(values))) if values else Amount("na")


def online_rate(asked: Asked) -> list[Part]:
    """Of the district and the year to date."""
    whole = Asked(asked.reader, asked.scope.with_focus(None), asked.month)
    found = whole.tally("transfers_online", asked.year_to_date)
    if found is None:
        return [share("rate", None, None)]
    return [share("rate", found.get("online", 0.0), found.get("within", 0.0))]


def lessons_total(asked: Asked) -> list[Part]:
    """All published up to the month: lessons, class hours, then lessons by category."""
    whole = Asked(asked.reader, asked.scope.with_focus(None), asked.month)
    found = whole.tally("courses", whole.months_of("courses"))
    if found is None:
        return counts(None, "lessons")
    lessons = {key.partition("|")[2]: n for key, n in found.items() if key.startswith("lessons|")}
    hours = sum(n for key, n in found.items() if key.startswith("hours|"))
    total = count("total", "lessons", sum(lessons.values()))
    return [total, count("hours", "class hours", hours), *counts(lessons, "lessons")]


def greeting_sent_rate(asked: Asked) -> list[Part]:
    """Yesterday's."""
    whole = Asked(asked.reader, asked.scope.with_focus(None), asked.month)
    found = whole.tally("greetings")
    if found is None:
        return [share("rate", None, None)]
    return [share("rate", found.get("sent", 0.0), found.get("due", 0.0))]


def _by_kind(found: Mapping[str, float], prefix: str) -> dict[str, dict[str, float]]:
    """Keys "<prefix>|<kind>[|<rest>]" as kind → rest → value."""
    kinds: dict[str, dict[str, float]] = {}
    for key, n in found.items():
        head, _, tail = key.partition("|")
        if head == prefix:
            kind, _, rest = tail.partition("|")
            kinds.setdefault(kind, {})[rest] = n
    return kinds


def cadre_avg_age(asked: Asked) -> list[Part]:
    """Mean over all cadres, then by kind."""
    found = asked.tally("cadres")
    if found is None:
        return [share("mean", None, None, "years")]
    ages = {kind: rest[""] for kind, rest in _by_kind(found, "age_sum").items()}
    heads = {kind: rest[""] for kind, rest in _by_kind(found, "count").items()}
    mean = share("mean", sum(ages.values()), sum(heads.values()), "years")
    return [mean, *(share(kind, ages[kind], heads[kind], "years") for kind in sorted(heads))]


def cadre_age_bands(asked: Asked) -> list[Part]:
    """``<kind>|<band>``, all bands of every kind there is."""
    found = asked.tally("cadres")
    if found is None:
        return counts(None, "persons")
    kinds = _by_kind(found, "age")
    return [
        count(f"{kind}|{band}", "persons", kinds[kind].get(band, 0.0))
        for kind in sorted(kinds)
        for band in AGE_BANDS
    ]


def cadre_education(asked: Asked) -> list[Part]:
    """``<kind>|<level>``, then the share of junior college and above of each kind among those who told."""
    found = asked.tally("cadres")
    if found is None:
        return counts(None, "persons")
    kinds = _by_kind(found, "education")
    persons = {f"{kind}|{level}": n for kind, levels in kinds.items() for level, n in levels.items()}
    shares = []
    for kind, levels in sorted(kinds.items()):
        told = sum(n for level, n in levels.items() if level != "unknown")
        shares.append(share(f"{kind}|college", sum(levels.get(level, 0.0) for level in COLLEGE), told))
    return [*counts(persons, "persons"), *shares]


def cadre_reserve_ratio(asked: Asked) -> list[Part]:
    found = asked.tally("cadres")
    if found is None:
        return [share("ratio", None, None, "persons per unit")]
    return [share("ratio", found.get("reserve", 0.0), found.get("units", 0.0), "persons per unit")]


def cadre_update_rate(asked: Asked) -> list[Part]:
    """Of the last quarter whose days of grace have passed."""
    found = asked.tally("cadre_updates", asked.months_of("cadre_updates")[-1:])
    if not found:
        return [share("rate", None, None)]
    return [share("rate", found.get("updated", 0.0), found.get("due", 0.0))]


def cadre_training_hours(asked: Asked) -> list[Part]:
    """Mean of the year to date; ``target`` is the elapsed share of the year's hours."""
    found, cadres = asked.tally("cadre_training", asked.year_to_date), asked.tally("cadres")
    heads = None if cadres is None else sum(rest[""] for rest in _by_kind(cadres, "count").values())
    hours = None if found is None else sum(found.values())
    target = TRAINING_TARGET * int(asked.month[5:]) / 12
    return [share("mean", hours, heads, "class hours"), count("target", "class hours", target)]


def graduate_cadres(asked: Asked) -> list[Part]:
    found = asked.tally("cadres")
    return [count("total", "persons", None if found is None else found.get("count|graduate_cadre", 0.0))]


FIGURES: dict[str, Figure] = {
    "ks_exam_passed_total": exam_passed_total,
    "ks_exam_pass_rate": exam_pass_rate,
    "ks_transfers_total": transfers_total,
    "ks_transfer_days": transfer_days,
    "ks_online_rate": online_rate,
    "ks_lessons_total": lessons_total,
    "ks_greeting_sent_rate": greeting_sent_rate,
    "ks_cadre_avg_age": cadre_avg_age,
    "ks_cadre_age_bands": cadre_age_bands,
    "ks_cadre_education": cadre_education,
    "ks_cadre_reserve_ratio": cadre_reserve_ratio,
    "ks_cadre_update_rate": cadre_update_rate,
    "ks_cadre_training_hours": cadre_training_hours,
    "ks_graduate_cadres": graduate_cadres,
}
