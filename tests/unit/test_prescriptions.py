"""Filling prescription templates and computing limits."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dashboard.prescriptions import due_on, fill
from dashboard.profile import load_profile

TEMPLATE = (
    "【诊断】{short_name}本季度未安排党课。【处方】书记带头讲一课；也可选用：{res}；流动党员同步学习。"
    "【疗程】{due}前完成。"
)


def test_a_complete_set_of_values_fills_every_placeholder() -> None:
    text = fill(TEMPLATE, {"short_name": "薛家村支部", "res": "微党课", "due": "11月30日"})
    assert text == (
        "【诊断】薛家村支部本季度未安排党课。【处方】书记带头讲一课；也可选用：微党课；流动党员同步学习。"
        "【疗程】11月30日前完成。"
    )


@pytest.mark.parametrize("missing", [None, ""])
def test_a_placeholder_without_value_drops_its_sentence_only(missing: str | None) -> None:
    text = fill(TEMPLATE, {"short_name": "薛家村支部", "res": missing, "due": "11月30日"})
    assert "【处方】书记带头讲一课；流动党员同步学习。" in text
    assert "选用" not in text


def test_a_heading_goes_with_its_last_sentence() -> None:
    text = fill(TEMPLATE, {"short_name": "薛家村支部", "res": "微党课"})
    assert "疗程" not in text
    assert text.endswith("流动党员同步学习。")


def test_a_semicolon_left_at_the_end_becomes_a_full_stop() -> None:
    assert fill("先补班子；短板：{items}。", {}) == "先补班子。"


def test_nothing_is_left_of_a_template_none_of_whose_sentences_is_complete() -> None:
    assert fill("【诊断】{a}。【处方】{b}。", {}) == ""


@pytest.mark.parametrize("rule", load_profile("haishu").indicators, ids=lambda rule: rule.id)
def test_no_shipped_template_leaves_a_brace_or_an_empty_bracket(rule) -> None:  # type: ignore[no-untyped-def]
    text = fill(rule.prescription, {"short_name": "薛家村支部"})
    assert "{" not in text
    assert "【】" not in text
    assert not text or text.endswith("。")


def test_a_red_light_has_fifteen_days_and_a_yellow_one_thirty() -> None:
    raised = datetime(2026, 11, 10, 8, 30)
    assert due_on("red", raised) == date(2026, 11, 25)
    assert due_on("yellow", raised) == date(2026, 12, 10)


def test_the_limit_on_the_warning_itself_stands_above_the_rule() -> None:
    assert due_on("red", datetime(2026, 11, 10), date(2026, 11, 12)) == date(2026, 11, 12)
