"""Figures and words of the check-up scene, of the warning overview and of today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.figures import basics_radar as radar_figure
from dashboard.figures import check_up_matrix as matrix_figure
from dashboard.indicator_values import value_words
from dashboard.lit_rules import board_rules, checked_rules
from dashboard.panels import BY_SLUG
from dashboard.prescriptions import RESOURCE_WORDS, resources_for
from dashboard.profile import available_districts, load_profile
from dashboard.theme import Theme
from dashboard.wall_profile import load_wall, wall_names
from data.contract.codes_of_work import WORK
from data.queries.check_up_matrix import CheckedIndicator, CheckUp
from data.queries.diagnosis import AxisScore, Diagnosis
from data.queries.figures_of_month import Amount
from data.queries.indicator_months import IndicatorMonth
from data.queries.light_map import LightMap, RedBranch
from data.queries.prescriptions import Ailment, Prescriptions
from data.queries.warning_board import CrossedLine, WarningBoard
from data.readmodel.reader import Reader, open_reader
from data.readmodel.results import RADAR_AXES
from data.scope import Scope
from layouts.panels import (
    basics_radar,
    check_up_matrix,
    light_map,
    prescriptions,
    warning_board,
)
from tests.component_text import raw_values, words
from tests.readmodel_district import fill
from tests.readmodel_rows import reader_of

SLUGS = (
    "light-map", "check-up-matrix", "basics-radar", "warning-board", "prescriptions", "warning-overview", "today",
)  # fmt: skip
SCOPES = (Scope("wall_internal", 22), Scope("wall_reception", 12))
TODAY = date(2026, 11, 21)


def theme_of(wall: str = "3840x1280", district: str = "haishu") -> Theme:
    return Theme(load_wall(wall), load_profile(district))


THEME = theme_of()


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    engine = sa.create_engine("sqlite://")
    fill(engine, branches=340)
    with open_reader(engine) as opened:
        yield opened
    engine.dispose()


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.mode)
def test_no_word_of_a_figure_is_smaller_than_a_caption_and_all_traces_are_of_the_bundle(
    reader: Reader, slug: str, scope: Scope
) -> None:
    panel = BY_SLUG[slug]
    view = panel.load(reader, scope)
    for wall in wall_names():
        theme = theme_of(wall)
        figure = panel.draw(view, theme)
        if figure is not None:
            assert all(annotation.font.size >= theme.caption for annotation in figure.layout.annotations)
            assert {trace.type for trace in figure.data} <= {"scatter"}
            assert len(figure.to_json()) < panel.max_bytes


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("scope", SCOPES, ids=lambda scope: scope.mode)
@pytest.mark.parametrize("district", available_districts())
def test_every_district_has_a_picture_of_a_read_model_without_rows(
    slug: str, scope: Scope, district: str
) -> None:
    panel = BY_SLUG[slug]
    layer = import_module(f"layouts.panels.{panel.module}")
    with reader_of() as bare:
        view = panel.load(bare, scope)
    theme = theme_of(district=district)
    panel.draw(view, theme)
    assert isinstance(layer.body(view, theme), list)
    assert layer.note(view, theme) is not None


@pytest.mark.parametrize(("district", "count"), [("haishu", 26), ("jiangning", 15)])
def test_the_check_up_has_the_published_number_of_indicators(district: str, count: int) -> None:
    assert len(checked_rules(load_profile(district))) == count


@pytest.mark.parametrize("district", ["haishu", "jiangning"])
def test_the_board_shows_the_fifteen_warnings_where_the_district_has_them(district: str) -> None:
    rules = list(board_rules(load_profile(district)))
    assert (len(rules), rules[0], rules[-1]) == (15, "jn_w01_dues_over_6m", "jn_w15_structure_abnormal")


def test_elsewhere_the_board_shows_the_fifteen_lines_with_most_lights() -> None:
    theme = theme_of(district="wujin")
    rules = list(checked_rules(theme.profile))
    view = WarningBoard((CrossedLine(rules[-1], 9, 1, None), CrossedLine(rules[0], 0, 3, None)), "2026-09")
    shown = warning_board.tiles(view, theme)
    assert len(shown) == 15
    assert [rule.id for rule, _ in shown[:2]] == [rules[-1], rules[0]]


def test_a_tile_says_its_lights_and_a_fall_is_good() -> None:
    view = WarningBoard((CrossedLine("jn_w12_term_expired", 3, 0, 7.0),), "2026-09")
    tree = warning_board.body(view, THEME)
    assert raw_values(tree) == {"jn_w12_term_expired_red": "3", "jn_w12_term_expired_yellow": "0"}
    assert "−4" in words(tree)
    assert "c-ok" in str(tree)
    assert words(tree).count("无数据") == 14
    assert "9月" in words(warning_board.note(view, THEME))


def red_branches(*months: int) -> LightMap:
    branches = tuple(RedBranch("古林镇", "薛家村党支部", n) for n in months)
    return LightMap((), (), branches, len(months), 5)


def test_a_red_branch_is_named_with_its_town_and_its_months() -> None:
    text = words(light_map.body(red_branches(4, 0), THEME))
    for part in ("古林", "薛家村党支部", "|4|", "本月新亮"):
        assert part in text


def test_a_map_without_red_branches_tells_no_red_from_no_data() -> None:
    assert "无亮灯数据" in words(light_map.body(red_branches(), THEME))


def checked(indicator: str, **changes: Any) -> CheckedIndicator:
    month = {
        "red": 4.0, "yellow": 0.0, "judged": 9.0, "score": Amount("value", 96.6),
        "value": Amount("value", 0.9851), "total": Amount("value", 9), **changes,
    }  # fmt: skip
    return CheckedIndicator(indicator, IndicatorMonth(**month), changes.get("worst"), (90.0, 96.6))


def check_up(*items: CheckedIndicator) -> CheckUp:
    return CheckUp(("2026-09", "2026-10"), items)


def test_a_row_says_name_value_mean_score_and_lights() -> None:
    tree = check_up_matrix.body(check_up(checked("hs_b_dues_collection")), THEME)
    text = words(tree)
    for part in (THEME.profile.rule("hs_b_dues_collection").short, "98.5%", "96.6"):
        assert part in text
    assert raw_values(tree)["hs_b_dues_collection_red"] == "4"


def test_of_a_gap_the_worst_branch_of_what_is_counted_the_sum_is_written() -> None:
    month = {"value": Amount("value", 0.05), "total": Amount("value", 5)}
    gap = CheckedIndicator("hs_b_life_gap", checked("hs_b_life_gap").month, Amount("value", 3), ())
    text = words(check_up_matrix.body(check_up(gap, checked("hs_b_unqualified", **month)), THEME))
    assert "最差 3 个月" in text
    assert "共 5 人" in text


def test_an_indicator_outside_the_light_system_is_no_row_and_an_empty_check_up_says_so() -> None:
    assert "尚无体检结果" in words(check_up_matrix.body(check_up(checked("wj_b_dues")), THEME))


@pytest.mark.parametrize("wall", wall_names())
def test_twenty_six_rows_fit_and_are_high_enough_for_two_lines(wall: str) -> None:
    theme = theme_of(wall)
    cells = matrix_figure.cells(theme, 26)
    assert max(cell.top + cell.height for cell in cells) <= theme.size("check-up-matrix")[1] + 0.5
    assert min(cell.height for cell in cells) >= theme.data * 1.08 + theme.caption * 1.1


@pytest.mark.parametrize(
    ("indicator", "amount", "shown"),
    [
        ("hs_b_attendance_rate", Amount("value", 0.9051), "90.5%"),
        ("hs_b_theory_study", Amount("value", 5.27), "5.3 次"),
        ("hs_b_star", Amount("value", 3.8), "3.8 星"),
        ("hs_b_secretary_project", Amount("value", 0.112), "11.2%"),
        ("hs_b_floating", Amount("na"), "–"),
        ("jn_w13_secretary_vacant", Amount("value", 12), ""),
    ],
)
def test_a_value_is_written_in_its_unit(indicator: str, amount: Amount, shown: str) -> None:
    assert value_words(indicator, amount) == shown


def radar_of(now: float | None, before: float | None) -> Diagnosis:
    axes = tuple(AxisScore(axis, now, before, 85.0) for axis in RADAR_AXES)
    return Diagnosis("古林镇", "2026-10", axes)


@pytest.mark.parametrize(
    ("now", "before", "shown"), [(80.0, 77.7, "▲2.3"), (80.0, 80.5, "▼0.5"), (80.0, 80.01, "平")]
)
def test_the_radar_says_the_change_of_a_quarter_with_an_arrow(now: float, before: float, shown: str) -> None:
    figure = radar_figure.draw(radar_of(now, before), THEME)
    assert any(shown in annotation.text for annotation in figure.layout.annotations)
    assert "古林镇" in basics_radar.title(radar_of(now, before), THEME)
    assert "7月" in words(basics_radar.note(radar_of(now, before), THEME))


def test_a_radar_of_gaps_says_no_data_and_draws_no_arrow() -> None:
    view = radar_of(None, None)
    figure = radar_figure.draw(view, THEME)
    assert not any("▲" in annotation.text for annotation in figure.layout.annotations)
    assert "无数据" in words(basics_radar.body(view, THEME))


def ailing(*items: Ailment, resources: dict[str, float] | None = None) -> Prescriptions:
    return Prescriptions(items, {"template": 24.0} if resources is None else resources, TODAY)


def test_a_prescription_names_finding_measure_resource_and_limit() -> None:
    view = ailing(Ailment("hs_b_term", 14, 15, date(2026, 12, 10), 3))
    text = words(prescriptions.body(view, THEME))
    rule = THEME.profile.rule("hs_b_term")
    for part in (rule.short, rule.finding, rule.measure, "工作模板 24 个", "12-10", "14", "15"):
        assert part in text


def test_when_every_limit_has_passed_the_overdue_are_counted_instead() -> None:
    text = words(prescriptions.body(ailing(Ailment("hs_b_term", 14, 15, None, 33)), THEME))
    assert "超期 |33| 件" in text


def test_six_ailments_of_the_light_system_are_shown_and_a_missing_library_is_said() -> None:
    ids = [*list(checked_rules(THEME.profile))[:8], "ks_rectified_rate"]
    view = ailing(*(Ailment(i, 1, 0, None, 0) for i in reversed(ids)), resources={})
    text = words(prescriptions.body(view, THEME))
    assert text.count("诊断") == 6
    assert "资料库无数据" in text
    assert "前 6 项" in prescriptions.note(view, THEME)


def test_every_indicator_finds_a_kind_of_the_library() -> None:
    kinds = {resources_for(rule.id)[0] for d in available_districts() for rule in load_profile(d).light_rules}
    assert kinds <= set(WORK["resource_kind"]) & set(RESOURCE_WORDS)
    assert resources_for("hs_b_party_lecture")[0] == "lecture"
