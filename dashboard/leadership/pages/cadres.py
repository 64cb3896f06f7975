"""L-10 基层干部: age, education, reserve, quarterly updates and training of cadres of villages and communities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.formats import month_label
from dashboard.leadership.figures.kind_bars import draw_kinds
from dashboard.leadership.figures.month_columns import Series, draw_columns
from dashboard.leadership.figures.pyramid import draw_pyramid
from dashboard.leadership.figures.share_grid import SMALL_SAMPLE, Cell, draw_grid
from dashboard.leadership.parts import Column, Figure, Line, Number, Numbers, Origin, Part, Table, Text
from dashboard.leadership.registry import Asked
from data.clock import add_months, months_between
from data.queries.leadership import cadres
from data.queries.leadership.cadres import BANDS, KINDS, LEVELS, Cadres, Kind
from data.readmodel.scoped import Place, ScopedReader

TREND = 24
KIND_WORDS = dict(
    zip(KINDS, ("村书记", "社区书记", "两新书记", "两委成员", "大学生干部", "后备干部"), strict=True)
)
LEVEL_WORDS = dict(zip(LEVELS, ("研究生", "本科", "大专", "高中", "初中", "小学及以下", "未填"), strict=True))
BAND_WORDS = ("≤30", "31–35", "36–40", "41–45", "46–50", "51–55", "56–60", "≥61")


def build(reader: ScopedReader, asked: Asked) -> Sequence[Part]:
    """Numbers, who they are, whether their files are kept, how they are trained, towns."""
    year = cadres.year_to(asked.month)
    span = months_between(add_months(asked.month, 1 - TREND), asked.month)
    found = cadres.load(reader, asked.place, span[0], asked.month)
    if found is None:
        return [_nothing(asked)]
    parts: list[Part] = [
        _numbers(asked, found, year),
        _pyramid(asked, found),
        _kinds(asked, found),
        _education(asked, found),
        _training(asked, found, span),
    ]
    towns = cadres.towns(reader, asked.place, year[0], asked.month)
    return [*parts, _updates(asked, found, towns), *([_towns(asked, towns)] if len(towns) > 1 else [])]


def _nothing(asked: Asked) -> Text:
    keeps = asked.place.parent_org_id is None or (asked.place.depth == 1 and asked.place.town_id is not None)
    why = (
        "没有登记的基层干部，或干部名册未接入。"
        if keeps
        else "基层干部按村、社区所在的镇街登记：请在镇街党(工)委或全区查看。"
    )
    return Text("nothing", "基层干部", lines=(Line(why),))


def _numbers(asked: Asked, found: Cadres, year: Sequence[str]) -> Numbers:
    every, updated = found.all_kinds, _last_update(found)
    hours = sum(n for months in found.training.values() for month, n in months.items() if month in year)
    training = f"1–{int(asked.month[5:])}月"
    return Numbers(
        "figures",
        "",
        numbers=(
            *_people(asked, every, found.young),
            Number(
                "后备配比",
                found.reserve_ratio,
                "decimal",
                "名/村(社区)",
                note=f"后备 {found.reserve:.0f}",
                why="没有村(社区)",
                origin=_origin(asked, "ks_cadre_reserve_ratio"),
            ),
            Number(
                "季度更新率",
                updated[1].share if updated else None,
                "share",
                note=_quarter(updated[0]) if updated else "",
                why="小样本" if updated else "",
            ),
            Number("今年人均培训", _each(hours, every), "decimal", "学时", note=training),
        ),
        note="干部为今天在职的",
    )


def _people(asked: Asked, every: Kind, young: float) -> list[Number]:
    enough = every.count >= SMALL_SAMPLE
    age, college = _origin(asked, "ks_cadre_avg_age"), _origin(asked, "ks_cadre_education")
    return [
        Number("基层干部", every.count, unit="名", better="neither", note="今天"),
        Number("平均年龄", every.mean_age, "decimal", "岁", better="neither", origin=age),
        Number("35岁及以下", _share(young, every.count), "share", why="小样本"),
        Number("大专及以上", every.college_share if enough else None, "share", why="小样本", origin=college),
    ]


def _origin(asked: Asked, of: str) -> Origin | None:
    """These indicators are of the district."""
    whole = asked.place.parent_org_id is None
    return Origin(of, asked.place.org_id, asked.month) if whole else None


def _share(part: float, of: float) -> float | None:
    return part / of if of >= SMALL_SAMPLE else None


def _each(hours: float, every: Kind) -> float | None:
    return hours / every.count if every.count else None


def _last_update(found: Cadres) -> tuple[str, Cell] | None:
    if not found.updates:
        return None
    month = max(found.updates)
    return month, Cell(*found.updates[month])


def _quarter(month: str) -> str:
    """The quarter that ends with this month: 2026年3季度."""
    return f"{month[:4]}年{int(month[5:]) // 3}季度"


def _pyramid(asked: Asked, found: Cadres) -> Figure:
    some = bool(found.women or found.men)
    words = (
        f"{band}岁女{w:.0f}男{m:.0f}" for band, w, m in zip(BAND_WORDS, found.women, found.men, strict=False)
    )
    return Figure(
        "pyramid",
        "年龄与性别",
        figure=draw_pyramid(asked.look, BAND_WORDS, found.women, found.men) if some else None,
        describes="；".join(words),
        note="岁，今天",
        span=5,
        empty="年龄与性别尚未统计",
    )


def _kinds(asked: Asked, found: Cadres) -> Table:
    rows = [_kind_row(kind, KIND_WORDS[kind.kind]) for kind in found.kinds]
    rows.append(_kind_row(found.all_kinds, "合计"))
    columns = (
        Column("name", "类别", width=104, pinned=True),
        Column("count", "人数", "integer", width=76),
        Column("age", "平均年龄", "decimal", width=96),
        Column("to_35", "≤35岁", "integer", width=84),
        Column("to_45", "36–45", "integer", width=84),
        Column("to_55", "46–55", "integer", width=84),
        Column("over", "≥56", "integer", width=76),
        Column("college", "大专及以上", "share", width=110, explains="已填学历者中；少于5人不算"),
    )
    return Table("kinds", "各类干部", columns=columns, rows=rows, key="name", span=7, note="今天在职")


def _kind_row(kind: Kind, name: str) -> dict[str, object]:
    ages = dict(zip(BANDS, kind.ages, strict=True))
    return {
        "name": name,
        "count": kind.count,
        "age": kind.mean_age,
        "to_35": ages["30"] + ages["35"],
        "to_45": ages["40"] + ages["45"],
        "to_55": ages["50"] + ages["55"],
        "over": ages["60"] + ages["61"],
        "college": kind.college_share if kind.count >= SMALL_SAMPLE else None,
    }


def _education(asked: Asked, found: Cadres) -> Figure:
    look = asked.look
    colors = (look.blue[4], look.blue[3], look.blue[2], look.blue[1], look.blue[0], look.gold, look.rule)
    stacks = [
        Series(LEVEL_WORDS[level], [kind.levels[at] for kind in found.kinds], colors[at])
        for at, level in enumerate(LEVELS)
        if any(kind.levels[at] for kind in found.kinds)
    ]
    names = [KIND_WORDS[kind.kind] for kind in found.kinds]
    return Figure(
        "education",
        "学历",
        figure=draw_kinds(look, names, stacks, unit="名", height=280) if stacks else None,
        describes="；".join(
            f"{LEVEL_WORDS[level]}{found.all_kinds.levels[at]:.0f}名" for at, level in enumerate(LEVELS)
        ),
        note="名，今天",
        span=5,
    )


def _training(asked: Asked, found: Cadres, span: Sequence[str]) -> Figure:
    look = asked.look
    colors = (look.blue[4], look.blue[3], look.blue[2], look.blue[1], look.gold, look.district)
    stacks = [
        Series(KIND_WORDS[kind], cadres.training_months(found.training, kind, span), color)
        for kind, color in zip(KINDS, colors, strict=True)
        if found.training.get(kind)
    ]
    return Figure(
        "training",
        "培训学时",
        figure=draw_columns(
            look,
            span,
            stacks,
            url=lambda month: asked.address.but(month=month).url,
            unit="学时",
            height=280,
        )
        if stacks
        else None,
        describes=f"近24个月干部培训共 {found.hours:,.0f} 学时",
        note="近24个月，今天在职的干部",
        span=7,
        empty="没有培训记录",
    )


def _updates(asked: Asked, found: Cadres, towns: Sequence[tuple[Place, Cadres]]) -> Figure:
    quarters = sorted(found.updates)
    whole = asked.place.short_name
    lines: list[tuple[str, Mapping[str, tuple[float, float]], str]] = [
        (whole, found.updates, asked.address.url)
    ]
    if len(towns) > 1:
        lines += [(one.short_name, of.updates, asked.address.but(org=one.org_id).url) for one, of in towns]
    cells = [
        (name, [Cell(*updates.get(quarter, (0.0, 0.0))) for quarter in quarters], url)
        for name, updates, url in lines
    ]
    heads = [f"{quarter[2:4]}年{int(quarter[5:]) // 3}季" for quarter in quarters]
    return Figure(
        "updates",
        "季度更新率",
        figure=draw_grid(asked.look, cells, heads) if quarters else None,
        describes=f"{len(quarters)} 个季度各镇街干部资料四项按时更新的比例",
        note="%，基本、任职、培训、表现四项在季末后十天内更新；少于5人为小样本",
        empty="没有季度更新记录",
    )


def _towns(asked: Asked, towns: Sequence[tuple[Place, Cadres]]) -> Table:
    rows = []
    for place, of in towns:
        every, updated = of.all_kinds, _last_update(of)
        rows.append(
            {
                "org_id": place.org_id,
                "name": place.short_name,
                "open": asked.address.but(org=place.org_id),
                "count": every.count,
                "age": every.mean_age,
                "young": _share(of.young, every.count),
                "college": every.college_share if every.count >= SMALL_SAMPLE else None,
                "units": of.units,
                "reserve": of.reserve,
                "ratio": of.reserve_ratio,
                "updated": updated[1].share if updated else None,
                "hours": of.hours_each,
            }
        )
    columns = (
        Column("name", "镇街", link="open", grows=True, width=120, pinned=True),
        Column("count", "干部", "integer", width=80),
        Column("age", "平均年龄", "decimal", width=100),
        Column("young", "≤35岁", "share", width=92),
        Column("college", "大专及以上", "share", width=112),
        Column("units", "村(社区)", "integer", width=96),
        Column("reserve", "后备干部", "integer", width=100),
        Column("ratio", "后备配比", "decimal", width=100, explains="后备干部 ÷ 村(社区)"),
        Column("updated", "季度更新率", "share", width=112),
        Column("hours", "今年人均学时", "decimal", width=124),
    )
    return Table(
        "towns",
        "各镇街",
        columns=columns,
        rows=rows,
        note=f"干部为今天，培训为{month_label(asked.month, year=True)}止的今年",
    )
