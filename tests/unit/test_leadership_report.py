"""The monthly report: the words of the document, how far reports have got, what a person has to confirm, scope."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from dashboard.leadership.parts import Numbers, Part, Table, Text
from dashboard.profile import load_profile
from dashboard.reports.branch_report import BranchReport, branch_report
from dashboard.reports.cycle import branch_checks
from data.clock import add_months
from data.projection.resource_library import Library
from data.readmodel import schema
from data.readmodel.light import Light
from data.readmodel.reader import open_reader
from tests.leadership_pages import areas, built, changed, inside, known, nodes, seen_by
from tests.naive.projected import read_table

PROFILE = load_profile("haishu")


def month() -> str:
    return known()[0].months[-2]


def results() -> dict[int, dict[str, Any]]:
    """Results of the month by branch."""
    table = read_table(known()[2], "branch_results")
    return {org: dict(row) for (org, of), row in table.items() if of == month()}


def lit_branch() -> int:
    found = results()
    return next(org for org in found if found[org]["light"] == Light.RED and found[org]["score"] is not None)


def document(org: int) -> BranchReport:
    with open_reader(known()[2]) as reader:
        check = branch_checks(reader, PROFILE, month()).of(org)
    return branch_report(PROFILE, check, Library(), known()[0].now)


def texts(part: Part) -> list[str]:
    assert isinstance(part, Text)
    return [line.text for line in part.lines]


def values(part: Part) -> dict[str, float | None]:
    assert isinstance(part, Numbers)
    return {number.label: number.value for number in part.numbers}


def reports(town: int, **counts: float) -> sa.Insert:
    rows = [
        {
            "tally": "reports",
            "period_month": month(),
            "town_id": town,
            "key": key.replace("__", "|"),
            "value": n,
        }
        for key, n in counts.items()
    ]
    return sa.insert(schema.tallies).values(rows)


def a_town() -> tuple[int, int]:
    """Committee of a town and the town."""
    for org in areas():
        node = nodes()[org]
        if node["depth"] == 1 and node["town_id"] is not None:
            return org, node["town_id"]
    raise AssertionError


def test_the_preview_says_what_the_document_says() -> None:
    org = lit_branch()
    said = document(org)
    with seen_by("branch_secretary", org) as reader:
        page = built(reader, "report")
    found = texts(page["prescriptions"])
    assert said.prescriptions
    assert found[: 2 * len(said.prescriptions)] == [
        t for one in said.prescriptions for t in (one.name, one.text)
    ]
    table = page["indicators"]
    assert isinstance(table, Table)
    assert [(r["name"], r["value"], r["average"], r["difference"]) for r in table.rows] == [
        (line.name, line.value, line.average, line.difference) for line in said.lines
    ]
    warnings = page["warnings"]
    assert isinstance(warnings, Table)
    assert [row["name"] for row in warnings.rows] == [one.name for one in said.warnings]
    assert values(page["head"])["支部诊疗分"] == results()[org]["score"]


def test_what_stands_above_a_secretary_has_no_name_in_the_preview() -> None:
    org = lit_branch()
    with seen_by("branch_secretary", org) as reader:
        page = built(reader, "report")
    cover = page["cover"]
    assert isinstance(cover, Text)
    assert [line.label for line in cover.lines] == ["支部", "等次", "发布", "送达"]
    assert cover.lines[-1].text == "按镇街汇总，由上级党组织掌握"
    warnings = page["warnings"]
    assert isinstance(warnings, Table)
    owners = {str(row["owner"]) for row in warnings.rows}
    assert owners
    assert owners <= {nodes()[org]["short_name"], "上级党组织"}


def test_an_area_lists_its_branches_with_their_lit_indicators() -> None:
    root, _ = a_town()
    with seen_by("committee_admin", root) as reader:
        table = built(reader, "report")["branches"]
    assert isinstance(table, Table)
    found = {int(str(row["org_id"])): row for row in table.rows}
    with open_reader(known()[2]) as whole:
        written = {one.org_id for one in branch_checks(whole, PROFILE, month()).organisations}
    assert found.keys() == inside(root) & written
    assert found
    for org, row in found.items():
        own = results()[org]
        lights = [own[f"{rule.id}_light"] for rule in PROFILE.light_rules]
        assert (row["red"], row["yellow"]) == (lights.count(Light.RED), lights.count(Light.YELLOW))
        assert row["score"] == own["score"]
    reds = [int(str(row["red"])) for row in table.rows]
    assert reds == sorted(reds, reverse=True)


def test_pushed_is_of_generated_and_opened_of_pushed_in_the_own_town_only() -> None:
    root, town = a_town()
    empty = sa.delete(schema.tallies).where(schema.tallies.c.tally == "reports")
    own = reports(town, branch_diagnosis__generated=8, branch_diagnosis__pushed=6, branch_diagnosis__opened=3)
    whole = reports(
        0, branch_diagnosis__generated=40, branch_diagnosis__pushed=40, branch_diagnosis__opened=4
    )
    with changed(a=empty, b=own, c=whole) as store:
        with seen_by("committee_admin", root, store) as reader:
            town_page = values(built(reader, "report")["sent"])
        with seen_by("district_leader", 1, store) as reader:
            district = built(reader, "report")
    assert (town_page["支部报告已生成"], town_page["支部报告推送率"], town_page["支部报告打开率"]) == (
        8,
        0.75,
        0.5,
    )
    assert values(district["sent"])["支部报告打开率"] == pytest.approx(0.1)
    assert values(district["sent"])["党员提醒推送率"] is None


def test_figures_that_jumped_are_told_to_the_district_alone() -> None:
    o = schema.org_months
    before = add_months(month(), -1)
    fewer = sa.update(o).where(o.c.org_id == 1, o.c.period_month == before).values(members=1)
    with changed(a=fewer) as store:
        with seen_by("district_leader", 1, store) as reader:
            page = built(reader, "report")
        with seen_by("committee_admin", a_town()[0], store) as reader:
            below = built(reader, "report")
    assert [text for text in texts(page["checked"]) if text.startswith("党员较上月变动+")]
    assert "checked" not in below


def test_the_running_month_and_a_month_before_the_branch_have_no_report() -> None:
    org = lit_branch()
    open_month = known()[0].months[-1]
    r = schema.branch_results
    gone = sa.delete(r).where(r.c.org_id == org)
    with changed(a=gone) as store, seen_by("district_leader", 1, store) as reader:
        running = built(reader, "report", org, month=open_month)["report"]
        none = built(reader, "report", org)["report"]
        empty = built(reader, "report", month=known()[0].months[0])["sent"]
    assert texts(running)[0].startswith(f"{int(open_month[5:])}月进行中")
    assert isinstance(none, Text)
    assert (len(none.lines), none.empty) == (0, "支部当月尚未成立、已撤销，或没有诊疗结果，没有报告")
    assert isinstance(empty, Numbers)
    assert {number.why for number in empty.numbers if number.value is None} <= {"只留近三月", "还没有生成"}
