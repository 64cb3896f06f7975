"""季度通报 and 问题清单: what a closed quarter says of the committees and of the branches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from dashboard.formats import decimal, signed
from dashboard.indicator_values import value_words
from dashboard.profile import DistrictProfile
from dashboard.words import Words
from data.clock import last_day
from data.errors import SettingError
from data.indicators.sets import BY_ID
from data.queries import committee_scores, report_problems, report_quarter
from data.queries.figures_of_month import Amount
from data.queries.report_problems import STRUCTURE, Problem
from data.readmodel.reader import Reader
from data.scope import Scope

LIMIT = timedelta(days=30)
KINDS = {
    "life": "组织生活制度落实",
    "structure": "组织设置",
    "team": "队伍管理",
    "venue": "阵地保障",
    "report": "信息填报",
}
# Kind of a problem by a word of its indicator, first match; what is left is organisation life.
_KIND_WORDS = (
    ("structure", ("structure", "term", "leadership", "secretary_vacant", "group_setup", "org_info")),
    ("venue", ("venue",)),
    ("report", ("info", "openness", "post", "ledger", "registered", "active_rate", "login", "update_rate")),
    (
        "team",
        ("dues", "transfer", "develop", "dev_", "floating", "unqualified", "red_members", "pocket", "lost",
         "cadre", "condolence", "greeting", "exam", "unpaid", "absent", "project", "star"),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One row of the ranking, as words; ``means`` are those the total is made of."""

    place: int
    name: str
    branches: str
    means: tuple[str, ...]
    total: str
    climbed: str

    @property
    def has_risen(self) -> bool:
        """Whether it gained places."""
        return self.climbed.startswith("+")


def quarter_end(text: str, reader: Reader) -> str:
    """Last month of "2026-Q3" (empty: the last closed quarter). Raises SettingError for one not closed."""
    last = committee_scores.last_quarter(reader)
    if not text:
        return last
    year, _, number = text.upper().replace("-", "").partition("Q")
    if not (year.isdecimal() and len(year) == 4 and number in ("1", "2", "3", "4")):
        raise SettingError("QUARTER", text, "written like 2026-Q3")
    month = f"{year}-{int(number) * 3:02d}"
    if month > last:
        raise SettingError(
            "QUARTER", text, f"not closed; the last one is {committee_scores.quarter_of(last)}"
        )
    return month


def quarter_words(month: str) -> str:
    """2026年第三季度."""
    return f"{month[:4]}年第{'一二三四'[(int(month[5:]) - 1) // 3]}季度"


def problem_kind(indicator: str) -> str:
    """life, structure, team, venue or report."""
    return next((kind for kind, words in _KIND_WORDS if any(w in indicator for w in words)), "life")


@dataclass(frozen=True)
class Bulletin:
    """The quarterly bulletin; ``groups`` are ranked apart, ``columns`` name the means their totals are made of."""

    quarter: str
    columns: tuple[str, ...]
    groups: tuple[tuple[str, tuple[Place, ...]], ...]
    closing: str = (
        "各级党组织要对照得分查找差距，对失分项逐项制定整改措施，压实责任、限时整改；位次下降的党组织要专题研究，"
        "认真分析原因，确保下一季度见到成效。"
    )

    def opening(self, words: Words) -> str:
        """Who was judged, and how."""
        number, scale = sum(len(rows) for _, rows in self.groups), "800分制" if self.columns else "百分制"
        return (
            f"现将{self.quarter}{words.whole}基层党建工作考评情况通报如下。本季度共有{number}个二级党（工）委参加考评，"
            f"按{scale}计分，同类党组织之间排名；新设立不满一个季度的党组织不参加排名。"
        )

    @staticmethod
    def leading(rows: Sequence[Place]) -> str:
        """The first three of a group, and who gained places."""
        first = "、".join(f"{row.name}（{row.total}分）" for row in rows[:3])
        risen = "、".join(row.name for row in rows if row.has_risen)
        return f"得分居前的是：{first}。" + (f"位次上升的有{risen}。" if risen else "")


@dataclass(frozen=True)
class ProblemList:
    """The problem list, by kind; ``due`` is thirty days from the close of the quarter."""

    quarter: str
    kinds: tuple[tuple[str, tuple[dict[str, str], ...]], ...]
    branches: int
    total: int
    due: str

    @property
    def aside(self) -> str:
        """The quarter and how much of it."""
        return f"{self.quarter}　涉及支部 {self.branches} 个，问题 {self.total} 项"

    def opening(self, words: Words) -> str:
        """What the list is, and until when."""
        return (
            "根据季度关账结果，对红灯指标和组织设置不规范情形提出如下问题清单，整改期限30日，"
            f"至{self.due}。本清单经{words.level}级组织部门确认后下发。"
        )


def bulletin_of(profile: DistrictProfile, reader: Reader, month: str) -> Bulletin:
    """The bulletin of a quarter: by the points of 武进 where the district keeps them, else by 诊疗分."""
    if "wj_b" in profile.sets:
        columns: tuple[str, ...] = ("支部均分", "党员均分")
        groups = _by_points(profile, reader, month)
    else:
        columns, groups = (), _by_score(reader, month)
    return Bulletin(quarter_words(month), columns, tuple((name, tuple(rows)) for name, rows in groups))


def problems_of(profile: DistrictProfile, reader: Reader, month: str) -> ProblemList:
    """The problem list of a quarter."""
    indicators = [rule.id for rule in profile.catalogue.rules]
    found = report_problems.load(reader, indicators, month)
    kinds = [
        (word, tuple(_row(p) for p in found if problem_kind(p.indicator) == kind))
        for kind, word in KINDS.items()
    ]
    due = last_day(month) + timedelta(days=1) + LIMIT
    return ProblemList(
        quarter_words(month),
        kinds=tuple((word, rows) for word, rows in kinds if rows),
        branches=len({p.org_id for p in found}),
        total=len(found),
        due=f"{due.year}年{due.month}月{due.day}日",
    )


def _row(problem: Problem) -> dict[str, str]:
    amount = Amount("na") if problem.value is None else Amount.of(problem.value)
    return {
        "superior": problem.superior,
        "name": problem.organisation,
        "item": BY_ID[problem.indicator].name,
        "value": value_words(problem.indicator, amount),
        "why": "设置不规范" if problem.indicator == STRUCTURE else "红灯",
    }


def _by_points(profile: DistrictProfile, reader: Reader, month: str) -> list[tuple[str, list[Place]]]:
    found = committee_scores.load(reader, Scope("drill_down"), quarter_end=month)
    towns, units = profile.words.towns, "直属单位"
    groups: dict[str, list[Place]] = {towns: [], units: []}
    for row in found.rows:
        place = Place(
            row.place,
            row.name,
            str(row.branches),
            (decimal(row.branch_mean, 2), decimal(row.member_mean, 2)),
            decimal(row.total, 2),
            "新" if row.climbed is None else signed(row.climbed),
        )
        groups[units if row.is_unit else towns].append(place)
    return [(name, rows) for name, rows in groups.items() if rows]


def _by_score(reader: Reader, month: str) -> list[tuple[str, list[Place]]]:
    rows = [
        Place(
            row.place,
            row.name,
            str(row.branches),
            (),
            decimal(row.mean, 2),
            "新" if row.place_before is None else signed(row.place_before - row.place),
        )
        for row in report_quarter.load(reader, month)
    ]
    return [("二级党（工）委", rows)] if rows else []
