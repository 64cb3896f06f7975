"""支部党建诊疗报告 of a hand-made district: five branches of villages, one of a school, one closed month."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.prescriptions import Finding, fill, in_order
from dashboard.profile import load_profile
from dashboard.reports.branch_report import BranchReport, branch_report
from dashboard.reports.cycle import branch_checks
from dashboard.reports.documents import Imprint, render
from dashboard.reports.grades import grade
from dashboard.reports.resources import fitting, nearest
from data.projection.resource_library import Base, Library, Resource, read_library
from data.readmodel.light import Light
from data.readmodel.reader import open_reader
from tests.naive.life import random_district
from tests.naive.projected import new_source, new_store, projector
from tests.readmodel_rows import ROOT, node, reader_of

Row = dict[str, Any]
PROFILE, MONTH, NOW = load_profile("haishu"), "2026-10", datetime(2026, 11, 5, 9)
RULES = {rule.id: rule for rule in PROFILE.light_rules}
SCORES = {11: 60.0, 12: 70.0, 13: 80.0, 14: 90.0, 15: 100.0, 16: 95.0}


def result(org: int, **columns: Any) -> Row:
    lights = {f"{name}_light": 2 for name in RULES}
    return {"org_id": org, "period_month": MONTH, "light": 2, "score": SCORES[org], **lights, **columns}


def report_of(org: int = 11, library: Library | None = None, **columns: Any) -> BranchReport:
    """The report of one branch; the others are green, three of them with an attendance of 100 %."""
    rows = [result(n, hs_b_attendance_rate_value=1.0) for n in SCORES if n != org]
    warnings = columns.pop("warnings", [])
    counts = {"required": 20.0, "present": 15.0, **columns.pop("counts", {})}
    with reader_of(
        nodes=[node(n, sector="school" if n == 16 else "village", lng=121.5, lat=29.8) for n in SCORES],
        branch_results=[result(org, **columns), *rows],
        branch_months=[{"org_id": n, "period_month": MONTH, "eligible": 1.0, **counts} for n in SCORES],
        org_warnings=warnings,
    ) as reader:
        check = branch_checks(reader, PROFILE, MONTH).of(org)
    return branch_report(PROFILE, check, library or Library(), NOW)


def page_of(report: BranchReport, is_demo: bool = True) -> str:
    return render("branch", Imprint.of(PROFILE, NOW, is_demo), report=report)


def test_a_low_attendance_is_told_with_value_line_number_and_the_distance_to_the_average() -> None:
    report = report_of(light=3, hs_b_attendance_rate_value=0.75, hs_b_attendance_rate_light=3)
    (one,) = report.prescriptions
    assert one.kind == "黄灯"
    assert one.text.startswith(
        "【诊断】组织11本月组织生活参与率75.0%，低于80%。【处方】逐人了解5人次未到的原因"
    )
    line = next(line for line in report.lines if line.name == "组织生活参与率")
    assert (line.value, line.average, line.side, line.difference) == ("75.0%", "95.8%", "低于", "−20.8百分点")
    assert len(report.lines) == 26


def test_the_score_stands_beside_district_sector_and_percentile() -> None:
    report = report_of(org=14)
    assert (report.score, report.grade) == ("90.0", "健康")
    assert report.average == "82.5（高于 7.5）"
    assert report.sector_average == "80.0（高于 10.0）"
    assert report.percentile == "50.0%"
    assert report_of(org=16).sector_average is None, "one school is no group"


def test_a_branch_without_any_light_is_praised_with_its_best_group() -> None:
    scores = {f"hs_b_{name}_score": 100.0 for name in ("deliberation", "openness", "attendance_rate")}
    report = report_of(**scores)
    assert report.praise == "本月各项指标正常。继续保持：组织生活100.0分，等于全区平均100.0分。"
    assert report.prescriptions == ()
    assert report_of(light=3, hs_b_term_light=3, **scores).praise is None


def test_at_most_five_are_prescribed_and_the_others_listed() -> None:
    lit = {f"{name}_light": 4 for name in list(RULES)[:7]}
    report = report_of(light=4, **lit)
    assert len(report.prescriptions) == 5
    assert len(report.listed) == 2
    assert all("（红灯）" in name for name in report.listed)
    assert report.grade == "需诊治"


def test_an_open_warning_is_told_with_limit_and_who_has_it() -> None:
    warning = {
        "warning_id": 1, "indicator_id": "hs_b_term", "level": "red", "org_id": 11, "period": MONTH,
        "state": "acknowledged", "raised_at": datetime(2026, 10, 1), "rectify_due_on": date(2026, 10, 16),
        "owner_org_id": 11, "escalation": 2, "escalated_to_org_id": ROOT,
    }  # fmt: skip
    report = report_of(warnings=[warning, {**warning, "warning_id": 2, "state": "closed"}])
    (one,) = report.warnings
    assert (one.owner, one.due_on, one.overdue, one.state) == ("组织11", "2026-10-16", True, "已确认")
    assert one.climbed == "组织1"


def test_the_page_is_complete_without_anything_beside_it_and_marks_demo_data() -> None:
    report = report_of(light=4, hs_b_life_gap_value=2.0, hs_b_life_gap_light=4)
    page = page_of(report)
    assert "已连续2个月没有开展组织生活，已亮红灯" in page
    assert "演示数据" in page
    assert "演示数据" not in page_of(report, is_demo=False)
    assert not re.search(r"(src|href)=|@import|url\(|{{|None", page)


@pytest.mark.parametrize(
    ("score", "light", "word"),
    [
        (85.0, Light.GREEN, "健康"),
        (84.9999, Light.GREEN, "亚健康"),
        (85.0, Light.YELLOW, "亚健康"),
        (60.0, Light.GREEN, "亚健康"),
        (59.9999, Light.GREEN, "需诊治"),
        (99.0, Light.RED, "需诊治"),
        (None, Light.RED, None),
    ],
)
def test_grades_are_half_open(score: float | None, light: Light, word: str | None) -> None:
    assert grade(score, light) == word


def test_red_stands_before_yellow_before_hints_and_each_by_weight() -> None:
    def of(name: str, light: Light, worse: bool = False) -> Finding:
        return Finding(RULES[name], light, worse)

    findings = [
        of("hs_b_volunteer", Light.GREEN, worse=True),
        of("hs_b_theory_study", Light.GREEN, worse=True),
        of("hs_b_openness", Light.YELLOW),
        of("hs_b_theme_party_day", Light.YELLOW),
        of("hs_b_venue", Light.RED),
        of("hs_b_term", Light.RED),
        # Below the average, but its template tells of a fault there is not.
        of("hs_b_attendance_rate", Light.GREEN, worse=True),
        of("hs_b_life_gap", Light.NODATA, worse=True),
    ]
    assert [one.rule.id.removeprefix("hs_b_") for one in in_order(findings)] == [
        "term", "venue", "theme_party_day", "openness", "theory_study", "volunteer",
    ]  # fmt: skip


@given(
    st.sampled_from([rule.prescription for rule in RULES.values()]),
    st.dictionaries(
        st.sampled_from(
            ["short_name", "value", "avg", "threshold", "n", "months", "due", "year", "res", "title"]
        ),
        st.sampled_from(["某支部", "3", "75.0%", "", None]),
    ),
)
def test_no_template_ever_shows_a_placeholder_or_an_empty_bracket(
    template: str, values: dict[str, str | None]
) -> None:
    text = fill(template, values)
    assert not re.search(r"[{}]|【】|“”|】【|【[^】]*】$|None", text)


class TestResources:
    LIBRARY = Library(
        tuple(
            Resource(key, "lecture", f"课{key}", topic, uses)
            for key, topic, uses in (
                (1, "party_history", 5), (2, "party_building", 0), (3, "current_affairs", 2),
                (4, "rural", 1), (5, "discipline", 0),
            )
        ),
        (Base("远", 121.9, 29.8), Base("近", 121.51, 29.8)),
        frozenset({(11, 2)}),
    )  # fmt: skip

    def test_the_least_used_of_the_topic_come_first_without_those_the_branch_used(self) -> None:
        def titles(indicator: str, org: int, sector: str) -> list[str]:
            return [one.title for one in fitting(self.LIBRARY, indicator, org, sector)]

        assert titles("hs_b_theory_study", 12, "school") == ["课2", "课3"]
        assert titles("hs_b_theory_study", 11, "school") == ["课3", "课1"]
        assert titles("hs_b_theory_study", 11, "village") == ["课4", "课3"]
        assert titles("hs_b_red_members", 11, "village") == ["课5"]

    def test_the_nearest_base_is_named_and_without_anything_the_sentence_falls_away(self) -> None:
        base = nearest(self.LIBRARY.bases, (121.5, 29.8))
        assert base is not None
        assert base.name == "近"
        assert nearest(self.LIBRARY.bases, None) is None
        lit = {"light": 4, "hs_b_party_lecture_value": 0.0, "hs_b_party_lecture_light": 4}
        (told,) = report_of(library=self.LIBRARY, **lit).prescriptions
        (untold,) = report_of(**lit).prescriptions
        assert "选用：“课4”、“课3”、就近现场教学点“近”；" in told.text
        assert "选用" not in untold.text
        assert "支部书记带头讲一课" in untold.text


def test_no_name_and_no_number_of_a_member_stands_in_any_branch_report() -> None:
    district = random_district(5)
    for number, row in enumerate(district.rows["members"]):
        row |= {"name": f"某人{number:03d}", "member_no": f"NO-{number:06d}"}
    source, store = new_source(district.rows), new_store()
    projector(source, store, lambda: district.now).run()
    library = read_library(source, district.now.date())
    with open_reader(store) as reader:
        checks = branch_checks(reader, PROFILE, district.months[-2])
    pages = "".join(
        page_of(branch_report(PROFILE, checks.of(one.org_id), library, district.now))
        for one in checks.organisations
    )
    assert district.rows["members"]
    assert checks.organisations
    assert "支部党建诊疗报告" in pages
    assert not re.findall(r"某人\d{3}|NO-\d{6}", pages)
