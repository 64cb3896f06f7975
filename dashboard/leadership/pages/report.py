"""L-15 月度报告预览: what the branches receive about the fifth, and whether it has reached them."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.formats import integer, month_label, percent, signed
from dashboard.leadership.parts import Column, Kind, Line, Number, Numbers, Part, Table, Text
from dashboard.leadership.registry import Asked
from dashboard.leadership.sections import report_parts
from dashboard.reports.branch_report import branch_report
from dashboard.reports.grades import grade
from dashboard.reports.placeholders import measures_read
from data.clock import add_months
from data.queries import report_changes
from data.queries.leadership import branch_file, report_list, town_tallies
from data.queries.leadership.report_list import Reported
from data.queries.leadership.town_tallies import Cells
from data.readmodel.light import Light
from data.readmodel.scoped import ScopedReader

BRANCH, MEMBER = "branch_diagnosis", "member_index"
SMALL_SAMPLE = 5
# The projection tells of so many closed months.
KEPT_MONTHS = 3


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """A branch sees its report, an area how far the reports of its branches have got."""
    if asked.month > asked.closed:
        return [_not_yet(asked)]
    if asked.place.is_branch:
        return _preview(reader, asked)
    found = report_list.load(
        reader, asked.place, asked.month, [rule.id for rule in asked.profile.light_rules]
    )
    return [
        _sent(reader, asked, found),
        *_checked(reader, asked),
        *_by_town(reader, asked),
        _branches(asked, found),
    ]


def _not_yet(asked: Asked) -> Text:
    words = f"{month_label(asked.month)}进行中，关账后于次月{asked.profile.calendar.publish_day}日前后出具诊疗报告"
    last = Line(f"查看{month_label(asked.closed)}的报告", link=asked.address.but(month=asked.closed))
    return Text("report", "月度诊疗报告", lines=(Line(words), last))


def _preview(reader: ScopedReader, asked: Asked) -> list[Part]:
    indicators = tuple(rule.id for rule in asked.profile.light_rules)
    measures = [name for name in sorted(measures_read(indicators)) if name in reader.branch_months.c]
    check = branch_file.check(reader, asked.place, asked.month, indicators, measures)
    if check is None:
        return [
            Text("report", "支部党建诊疗报告", empty="支部当月尚未成立、已撤销，或没有诊疗结果，没有报告")
        ]
    report = branch_report(asked.profile, check, asked.library(), asked.now)
    return [
        report_parts.head(asked, check),
        report_parts.cover(asked, report, _sent_words(reader, asked)),
        report_parts.history(asked, check),
        report_parts.prescriptions(asked, report),
        report_parts.indicators(asked, report),
        report_parts.warnings(report),
    ]


def _sent_words(reader: ScopedReader, asked: Asked) -> str:
    """How the reports of the branch's town have got on: the state of a single one is not kept."""
    town = next((one for one in reader.path(asked.place) if one.depth == 1), None)
    cells = None if town is None else town_tallies.of_place(reader, town, "reports", asked.month, asked.month)
    if town is None or cells is None:
        return "按镇街汇总，由上级党组织掌握"
    made, pushed, opened = _counts(cells, asked.month, BRANCH)
    if _is_past(asked):
        return "送达情况只保留近三个月"
    if not made:
        return f"{town.short_name}当月还没有生成报告"
    return f"{town.short_name}生成{integer(made)}份，推送{integer(pushed)}份，打开{integer(opened)}份"


def _is_past(asked: Asked) -> bool:
    """Whether the month is older than the states of reports are kept."""
    return asked.month < add_months(asked.closed, 1 - KEPT_MONTHS)


def _counts(cells: Cells, month: str, kind: str) -> tuple[float, float, float]:
    """(generated, pushed, opened) reports of a kind."""
    made, pushed, opened = (
        cells.get((month, f"{kind}|{state}"), 0.0) for state in ("generated", "pushed", "opened")
    )
    return made, pushed, opened


def _sent(reader: ScopedReader, asked: Asked, found: Sequence[Reported]) -> Numbers:
    cells = town_tallies.of_place(reader, asked.place, "reports", asked.month, asked.month)
    lit = sum(one.light in (Light.RED, Light.YELLOW) for one in found)
    numbers = [
        Number("应出报告支部", len(found), unit="个", better="neither"),
        Number("亮灯支部", lit, unit="个", better="down"),
    ]
    why = "按镇街汇总" if cells is None else "只留近三月" if _is_past(asked) else "还没有生成"
    for kind, word in ((BRANCH, "支部报告"), (MEMBER, "党员提醒")):
        made, pushed, opened = (0.0, 0.0, 0.0) if cells is None else _counts(cells, asked.month, kind)
        numbers.append(Number(f"{word}已生成", made or None, unit="份", why=why))
        for state, part, of in (("推送率", pushed, made), ("打开率", opened, pushed)):
            note = "小样本" if 0 < of < SMALL_SAMPLE else f"{integer(part)} 份" if of else ""
            numbers.append(Number(f"{word}{state}", part / of if of else None, "share", note=note, why=why))
    return Numbers(
        "sent",
        "报告送达",
        numbers=numbers,
        note=f"{month_label(asked.month, year=True)}的报告，推送÷生成、打开÷推送",
    )


def _checked(reader: ScopedReader, asked: Asked) -> list[Part]:
    """District figures that jumped: reports wait until a person has confirmed them (indicators.md §11.7)."""
    if asked.place.parent_org_id is not None or not asked.viewer.is_of_district:
        return []
    whole, _ = reader.of_district()
    lines = [
        Line(
            f"{report_changes.WORDS[one.figure]}较上月变动{signed(one.share * 100, 1)}%",
            aside=f"{_figure(one.figure, one.before)} → {_figure(one.figure, one.now)}",
        )
        for one in report_changes.jumps(whole, asked.month)
    ]
    return [
        Text(
            "checked",
            "发布前核对",
            lines=lines,
            span=12,
            note=f"变动超过{report_changes.LIMIT:.0%}的须由人确认后发布",
            empty="全区主要数字较上月没有超过30%的变动",
        )
    ]


def _figure(name: str, value: float) -> str:
    if name in report_changes.COUNTS:
        return integer(value)
    return f"{value:.1f}分" if name == "score" else percent(value)


def _by_town(reader: ScopedReader, asked: Asked) -> list[Part]:
    """Only where more than one town is below."""
    towns = town_tallies.of_towns(reader, asked.place, "reports", asked.month, asked.month)
    if len(towns) < 2:
        return []
    rows: list[dict[str, object]] = []
    for place, cells in towns:
        row: dict[str, object] = {
            "org_id": place.org_id,
            "name": place.short_name,
            "open": asked.address.to("report", place.org_id),
        }
        for kind in (BRANCH, MEMBER):
            made, pushed, opened = _counts(cells, asked.month, kind)
            row |= {
                f"{kind}_made": made,
                f"{kind}_pushed": pushed / made if made else None,
                f"{kind}_opened": opened / pushed if pushed else None,
            }
        rows.append(row)
    columns = [Column("name", "党组织", link="open", grows=True, width=100, pinned=True)]
    shares: tuple[tuple[str, str, Kind], ...] = (
        ("made", "生成", "integer"),
        ("pushed", "推送率", "share"),
        ("opened", "打开率", "share"),
    )
    for kind, word in ((BRANCH, "支部报告"), (MEMBER, "党员提醒")):
        columns += [Column(f"{kind}_{at}", f"{word}{title}", form, width=130) for at, title, form in shares]
    return [
        Table(
            "towns",
            f"{asked.profile.words.towns}送达情况",
            columns=columns,
            rows=rows,
            note=f"{month_label(asked.month, year=True)}，{len(rows)} 个，不含{asked.profile.words.direct}单位",
        )
    ]


def _branches(asked: Asked, found: Sequence[Reported]) -> Table:
    """The lit first; each opens its report."""
    rows = [
        {
            "org_id": one.place.org_id,
            "name": one.place.short_name,
            "open": asked.address.to("report", one.place.org_id),
            "superior": one.superior,
            "light": one.light,
            "score": one.score,
            "grade": grade(one.score, one.light, asked.profile.healthy_score) or "",
            "red": one.red,
            "yellow": one.yellow,
        }
        for one in sorted(found, key=lambda one: (-one.red, -one.yellow, one.score or 0, one.place.position))
    ]
    columns = (
        Column("name", "党支部", link="open", grows=True, width=110, pinned=True),
        Column("superior", "上级", grows=True, width=140),
        Column("light", "亮灯", "light", width=100),
        Column("score", "诊疗分", "decimal", width=100, origin="score"),
        Column("grade", "等次", "state", width=100),
        Column("red", "红灯项", "integer", width=90, better="down"),
        Column("yellow", "黄灯项", "integer", width=90, better="down"),
    )
    return Table(
        "branches",
        "支部报告",
        columns=columns,
        rows=rows,
        origin_month=asked.month,
        note=f"{len(rows)} 份，点支部看预览",
        empty="当月没有支部出具报告",
    )
