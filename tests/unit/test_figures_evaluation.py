"""The scene 考核排名 on every wall and in both modes: sizes, budgets, empty states, bars that tell the truth."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from importlib import import_module
from typing import Any

import plotly.graph_objects as go
import pytest
import sqlalchemy as sa

from dashboard.figures import committee_ranking, quarterly_score, score_breakdown
from dashboard.panels import BY_SLUG
from dashboard.profile import load_profile
from dashboard.score_items import groups_of, items_of
from dashboard.theme import Theme
from dashboard.wall_profile import load_wall, wall_names
from data.queries.committee_ranking import CommitteeRanking
from data.queries.committee_scores import CommitteeScore
from data.queries.figures_of_month import Amount
from data.queries.indicator_months import IndicatorMonth
from data.queries.quarterly_score import QuarterlyScore, QuarterNode
from data.queries.score_breakdown import ScoreBreakdown
from data.queries.top_and_bottom import RankedBranch
from data.readmodel import schema
from data.readmodel.reader import Reader, open_reader
from data.scope import Mode, Scope
from layouts.panels import committee_ranking as committee_words
from layouts.panels import quarterly_score as quarter_words
from layouts.panels import top_and_bottom as ends_words
from tests.component_text import words
from tests.readmodel_district import fill
from tests.readmodel_rows import reader_of

MODES: dict[Mode, tuple[str, ...]] = {
    "wall_internal": (
        "committee-ranking",
        "score-breakdown",
        "top-and-bottom",
        "platform-operation",
        "quarterly-score",
    ),
    "wall_reception": ("committee-ranking", "score-breakdown", "top-and-bottom"),
}
SHOWN = [(mode, slug) for mode, slugs in MODES.items() for slug in slugs]
EMPTY = {
    "committee-ranking": "尚无计分数据",
    "score-breakdown": "尚无计分数据",
    "top-and-bottom": "尚无支部得分",
    "platform-operation": "尚未推送报告",
    "quarterly-score": "尚无季度计分",
}
THEME = Theme(load_wall("3840x1280"), load_profile("wujin"))


def tallied() -> list[dict[str, Any]]:
    weeks = [date(2026, 11, 15) - timedelta(weeks=n) for n in range(12)]
    rows = [
        ("logins", "", f"{day}|{part}", n)
        for day in weeks
        for part, n in (("accounts", 200), ("compliant", 190))
    ]
    rows += [
        ("reports", "2026-10", f"{kind}|{part}", n)
        for kind in ("branch_diagnosis", "member_index")
        for part, n in (("generated", 90_000), ("pushed", 89_000), ("opened", 70_000))
    ]
    return [
        {"tally": tally, "period_month": month, "town_id": 0, "key": key, "value": n}
        for tally, month, key, n in rows
    ]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    engine = sa.create_engine("sqlite://")
    fill(engine, branches=200)
    with engine.begin() as connection:
        connection.execute(sa.insert(schema.tallies), tallied())
    with open_reader(engine) as opened:
        yield opened
    engine.dispose()


def drawn(reader: Reader, slug: str, mode: Mode, theme: Theme) -> tuple[go.Figure | None, Any]:
    panel = BY_SLUG[slug]
    view = panel.load(reader, Scope(mode))
    texts = import_module(f"layouts.panels.{panel.module}")
    return panel.draw(view, theme), [texts.note(view, theme), texts.body(view, theme)]


@pytest.mark.parametrize("wall", wall_names())
@pytest.mark.parametrize(("mode", "slug"), SHOWN)
def test_words_of_figures_are_captions_inside_their_panel(
    reader: Reader, mode: Mode, slug: str, wall: str
) -> None:
    theme = Theme(load_wall(wall), load_profile("haishu"), mode=mode)
    figure, _ = drawn(reader, slug, mode, theme)
    width, height = theme.size(slug)
    for note in figure.layout.annotations if figure else ():
        assert note.font.size >= theme.caption
        assert 0 <= note.x <= width
        assert theme.caption * 0.45 <= note.y <= height - theme.caption * 0.45


@pytest.mark.parametrize(("mode", "slug"), SHOWN)
def test_panels_keep_their_budget(reader: Reader, mode: Mode, slug: str) -> None:
    figure, texts = drawn(reader, slug, mode, THEME)
    size = len(json.dumps([figure.to_plotly_json() if figure else None], default=str))
    size += len(str(texts).encode())
    assert size <= BY_SLUG[slug].max_bytes


@pytest.mark.parametrize("slug", EMPTY)
def test_an_empty_read_model_is_said_in_words(slug: str) -> None:
    with reader_of() as empty:
        figure, texts = drawn(empty, slug, "wall_internal", THEME)
    assert EMPTY[slug] in words(texts)
    assert not (figure and [trace for trace in figure.data if trace.fill == "toself"])


def committee(total: float) -> CommitteeScore:
    return CommitteeScore(2, "高桥镇党委", False, 1, None, 4, total - 160, 160, total, None)


def test_bars_of_committees_start_at_zero_and_end_at_their_points() -> None:
    view = CommitteeRanking(
        "points", "2026Q3", "2026Q2", 1, (committee(600),), (), None, Amount.of(400), Amount.of(160), False
    )
    track, branch, member = (
        trace for trace in committee_ranking.draw(view, THEME).data if trace.fill == "toself"
    )
    whole = max(track.x) - min(track.x)
    assert min(branch.x) == min(track.x)
    assert max(branch.x) == min(member.x)
    assert (max(branch.x) - min(track.x)) / whole == pytest.approx(440 / 800, abs=0.01)
    assert (max(member.x) - min(track.x)) / whole == pytest.approx(600 / 800, abs=0.01)


def test_an_index_nobody_has_counted_is_no_zero() -> None:
    row = CommitteeScore(2, "高桥镇党委", False, 1, None, 4, 91.5, float("nan"), 91.5, None)
    unknown = Amount("nodata")
    view = CommitteeRanking(
        "check_up", "2026Q3", "2026Q2", 1, (row,), (), None, Amount.of(90), unknown, False
    )
    text = words(committee_words.body(view, THEME))
    assert "–" in text
    assert text.count("91.5") == 1
    assert "0.0" not in text
    assert "nan" not in text


def month(score: float | None, total: float, judged: float = 10) -> IndicatorMonth:
    return IndicatorMonth(0, 0, judged, Amount.of(score), Amount("na"), Amount.of(total))


def breakdown(**found: IndicatorMonth) -> ScoreBreakdown:
    return ScoreBreakdown("2026-09", "2026-06", {name: {"2026-09": at} for name, at in found.items()})


def test_points_of_a_group_are_what_was_booked_of_what_was_attainable() -> None:
    view = breakdown(
        wj_b_aspect_setup=month(90, 500), wj_b_org_info=month(80, 150), wj_b_leadership=month(99, 250)
    )
    (group,) = groups_of(view, THEME.profile)
    assert (group.name, group.attained, group.attainable, group.lost) == ("组织设置", 40, 50, 10)
    assert [item.indicator for item in items_of(view, THEME.profile)] == ["wj_b_org_info", "wj_b_leadership"]


def test_elsewhere_groups_are_weighted_by_the_items_somebody_is_scored_in() -> None:
    huiji = load_profile("huiji")
    view = breakdown(
        hj_n01_assembly=month(50, 0), hj_n02_committee=month(100, 0), hj_n04_lecture=month(None, 0)
    )
    (group,) = groups_of(view, huiji)
    assert (group.name, group.attained, group.attainable) == ("三会一课", 7.5 + 9, 15 + 9)
    assert items_of(view, huiji)[-1].rate is None


@pytest.mark.parametrize(
    ("lowest", "ticks"),
    [(0.79, [0.7, 0.8, 0.9, 1]), (0.0, [0, 0.5, 1]), (1.0, [0.98, 1]), (0.97, [0.96, 0.98, 1])],
)
def test_the_axis_of_shares_has_few_round_ticks(lowest: float, ticks: list[float]) -> None:
    assert score_breakdown.share_ticks(lowest) == ticks


def test_the_weakness_of_a_branch_is_what_costs_it_most_points() -> None:
    # 60 points of dues at 80 cost 12, 20 points of the record at 50 cost 10.
    row = RankedBranch(2, "x", None, 500, None, {"wj_b_dues": 80, "wj_b_org_info": 50})
    assert ends_words.lacking(row, THEME) == "党费足额收缴"
    assert ends_words.lacking(RankedBranch(2, "x", None, 600, None, {"wj_b_dues": 100}), THEME) == ""


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("高桥村第一支部", "高桥村第一"),
        ("区法院党支部", "区法院"),
        ("老支部", "老支部"),
        ("某某某某某某某某支部", "某某某某某某…"),
    ],
)
def test_a_branch_is_named_without_the_word_branch(name: str, shown: str) -> None:
    assert ends_words.branch_name(name) == shown


def test_a_node_whose_days_are_over_and_that_is_not_done_is_late() -> None:
    def node(passed: int, points: float) -> QuarterNode:
        return QuarterNode("hj_n01_assembly", Amount.of(points), date(2026, 11, 29), passed, 1)

    def shown(nodes: tuple[QuarterNode, ...]) -> str:
        view = QuarterlyScore(
            "2026Q3", "2026Q4", date(2026, 12, 1), Amount.of(84), Amount("nodata"), (), nodes
        )
        return str(quarter_words.body(view, THEME))

    assert "quarter-node late" in shown((node(1, 7.5),))
    assert "quarter-node late" not in shown((node(1, 15), node(0, 7.5)))
    assert quarterly_score.done(node(1, 7.5), THEME) == 0.5
