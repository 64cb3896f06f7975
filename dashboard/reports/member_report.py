"""党员锋领指数报告: one member's points, lights and messages, for the member and the branch secretary only."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from dashboard.formats import decimal, percent
from dashboard.prescriptions import fill
from dashboard.profile import DistrictProfile
from dashboard.reports.documents import Imprint, render
from dashboard.reports.grades import LIGHT_SHAPES, LIGHT_WORDS, compared
from data.indicators.sets import BY_ID
from data.queries.report_member import Item, MemberMonth, Standing
from data.readmodel.light import Light

_CLASSES = ("党内生活", "岗位履职", "道德品行", "作用贡献")
# The scheme whose members have points of 100 and a rank of their own.
POINTS_SCHEME = "kunshan"
_COLOUR = {Light.YELLOW: "黄", Light.RED: "红"}


def write_audit(file: Path, who: str, member_no: str, month: str, now: datetime) -> None:
    """One line per report asked for, written before it is made; the file is only ever added to."""
    file.parent.mkdir(parents=True, exist_ok=True)
    line = {"at": f"{now:%Y-%m-%d %H:%M:%S}", "who": who, "member_no": member_no, "month": month}
    with file.open("a", encoding="utf-8") as log:
        log.write(json.dumps(line, ensure_ascii=False) + "\n")
    file.chmod(0o600)


def member_document(profile: DistrictProfile, found: MemberMonth, imprint: Imprint) -> str:
    """The report of one member as a document."""
    known = [own for own, _ in found.classes if own is not None]
    means = [mean for _, mean in found.classes if mean is not None]
    return render(
        "member",
        imprint,
        index_name=profile.index_name,
        member_no=found.member_no,
        period=f"{found.month[:4]}年{int(found.month[5:])}月",
        word=LIGHT_WORDS[found.light],
        shape=LIGHT_SHAPES[found.light],
        total=decimal(sum(known) if known else None),
        average=decimal(sum(means) if means else None),
        classes=[(name, *_pair(*pair)) for name, pair in zip(_CLASSES, found.classes, strict=True)],
        items=[_item(profile, one) for one in found.items],
        standing=_standing(found.standing) if profile.scheme == POINTS_SCHEME else (),
        messages=[text for one in found.items if (text := message(profile, one, found.month))],
    )


def _standing(standing: Standing | None) -> list[tuple[str, str]]:
    """Label and text of the member points this district ranks by; empty for whoever has none."""
    if standing is None:
        return []
    below = "–" if standing.share_below is None else f"高于 {percent(standing.share_below)} 的党员"
    return [
        ("党员积分", decimal(standing.points)),
        ("支部内排名", "–" if standing.rank is None else f"第 {standing.rank} 名"),
        ("位次", below),
        ("积分亮灯", LIGHT_WORDS[standing.light]),
    ]


def message(profile: DistrictProfile, one: Item, month: str) -> str:
    """What a lit indicator tells the member, at least that it is lit; empty without a light."""
    if one.light < Light.YELLOW:
        return ""
    value = None if one.value is None else f"{one.value:g}"
    values = {"month": f"{int(month[5:])}月", "light": _COLOUR[one.light], "value": value}
    told = fill(profile.member_rules[one.indicator].message, values)
    return told or f"“{BY_ID[one.indicator].name}”已亮{_COLOUR[one.light]}灯，请与支部联系。"


def _item(profile: DistrictProfile, one: Item) -> dict[str, str]:
    return {
        "name": BY_ID[one.indicator].name,
        "group": profile.member_rules[one.indicator].group,
        "points": decimal(one.points),
        "average": decimal(one.average),
        "light": LIGHT_WORDS[one.light],
        "shape": LIGHT_SHAPES[one.light],
    }


def _pair(own: float | None, mean: float | None) -> tuple[str, str, str]:
    side = "–" if own is None or mean is None else compared(own, mean, 0.1)
    return decimal(own), decimal(mean), side
