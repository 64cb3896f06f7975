"""Of the comparison: key figures of one side, with how far the first one is from the second."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.formats import month_label
from dashboard.leadership.parts import Better, Kind, Number, Numbers, Origin
from dashboard.leadership.registry import Asked
from dashboard.leadership.sections.compare_sides import Sides
from dashboard.leadership.sections.structure_words import kind_of
from dashboard.leadership.small_rates import FEW, SMALLEST
from data.queries.leadership.condition import Condition

MEASURES = ("members", "present", "required", "dues_full", "dues_owed")


@dataclass(frozen=True)
class _Spec:
    """One key figure: a field of the condition, a measure, or two of them as a share."""

    label: str
    of: str
    field: str
    kind: Kind = "integer"
    unit: str = ""
    better: Better = "up"
    over: str = ""

    def value(self, side: Condition | None) -> float | None:
        """None without a row, a feed or a case."""
        if side is None:
            return None
        if self.field not in side.row:
            found: float | None = getattr(side, self.field)
            return found
        value = side.row[self.field]
        if not self.over:
            return value
        below = side.row[self.over]
        return value / below if value is not None and below else None


_EVERY = (
    _Spec("诊疗分", "score", "score", "decimal", "分"),
    _Spec("党员", "members", "members", unit="名", better="neither"),
    _Spec("红灯支部", "red_branches", "red", unit="个", better="down"),
    _Spec("黄灯支部", "yellow_branches", "yellow", unit="个", better="down"),
    _Spec("亮灯", "light", "light", "light"),
    _Spec("活动参与率", "present", "present", "share", over="required"),
    _Spec("党费收缴率", "dues_full", "dues_full", "share", over="dues_owed"),
)
_OF_AREAS, _OF_BRANCHES = ("red", "yellow"), ("light",)


def figures(
    asked: Asked, sides: Sides, slug: str, side: Condition | None, other: Condition | None
) -> Numbers:
    """Changes where ``other`` is given: this side minus the other one."""
    place = sides.first if slug == "first" else sides.second
    month = sides.month if slug == "first" else sides.other_month
    specs = [one for one in _EVERY if one.field not in (_OF_AREAS if place.is_branch else _OF_BRANCHES)]
    name = sides.names[0] if slug == "first" else sides.names[1]
    words = [kind_of(place), month_label(month, year=True)]
    if other is not None:
        words.append(f"差：减{sides.names[1]}")
    numbers = [_number(one, side, other, place.org_id, month) for one in specs]
    return Numbers(
        slug,
        f"{place.short_name} {name}" if sides.is_periods else place.short_name,
        numbers=numbers if side is not None else (),
        span=6,
        note=" · ".join(word for word in words if word),
        empty="这个月没有记录：尚未成立、已撤销，或早于数据起点",
    )


def _number(spec: _Spec, side: Condition | None, other: Condition | None, org_id: int, month: str) -> Number:
    here, there = spec.value(side), spec.value(other)
    cases = side.row[spec.over] if side is not None and spec.over else None
    few = here is not None and cases is not None and cases < SMALLEST
    differs = here is not None and there is not None and spec.kind != "light"
    return Number(
        spec.label,
        here if here is None else float(here),
        spec.kind,
        spec.unit,
        change=here - there if differs else None,  # type: ignore[operator]
        change_label="差",
        better=spec.better,
        origin=Origin(spec.of, org_id, month),
        note=FEW if few else "",
    )
