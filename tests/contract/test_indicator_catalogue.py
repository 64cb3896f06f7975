"""The catalogue of indicators: complete, counted, computed, every name it reads is counted somewhere, documented."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

import app
from dashboard.indicator_document import (
    PATH,
    check_sums,
    is_derived,
    render,
    shipped_member_rules,
    shipped_rules,
)
from data import provenance
from data.contract import METADATA
from data.demo.development_steps import PROCEDURES
from data.indicators.entry import Indicator
from data.indicators.member.catalogue import MEMBER_FORMULAS
from data.indicators.member.wujin import ITEMS
from data.indicators.regulations import REGULATIONS
from data.indicators.sets import INDICATORS, RADAR_AXES
from data.queries.district_figures import FIGURES

BY_ENTRY = {entry.id: entry for entry in INDICATORS}
# Made of the scores of other indicators, which say themselves what they read.
COMPOSED = ("jn_r_", "jn_s_", "wj_b_aspect_", "wj_b_total", "wj_b_last_year")
# Held or not by two days of the year; and posts, which the published total leaves too few of for any line.
WITHOUT_LINES = ("jn_w07_life_meeting_missing", "hj_n09_posts")
OF_MEMBERS = {*MEMBER_FORMULAS, *ITEMS, "ks_member_points", "ks_member_rank"}


def is_composed(entry: Indicator) -> bool:
    return entry.id.startswith(COMPOSED)


def test_ids_are_unique_and_the_sums_of_the_catalogue_hold() -> None:
    assert len(BY_ENTRY) == len(INDICATORS)
    wrong = [
        row for row in check_sums(shipped_rules(), shipped_member_rules()) if abs(row[2] - row[3]) > 1e-9
    ]
    assert wrong == []
    assert sum(not is_derived(entry) for entry in INDICATORS) == 202


def test_every_entry_says_what_it_is() -> None:
    lacking = [
        e.id for e in INDICATORS if not (e.name and e.english and e.unit and e.formula.strip() and e.source)
    ]
    assert lacking == []


@pytest.mark.parametrize("entry", INDICATORS, ids=lambda entry: entry.id)
def test_every_entry_is_computed_at_its_level(entry: Indicator) -> None:
    if entry.level == "branch":
        assert entry.compute is not None or entry.id in RADAR_AXES
    elif entry.level == "member":
        assert entry.id in OF_MEMBERS
    else:
        assert entry.id in FIGURES


@pytest.mark.parametrize("entry", INDICATORS, ids=lambda entry: entry.id)
def test_every_name_an_entry_reads_is_counted_from_tables_of_the_contract(entry: Indicator) -> None:
    origins = provenance.origins(entry)
    assert set(provenance.tables(entry)) <= set(METADATA.tables)
    if entry.level == "area":
        assert origins
    if entry.level == "branch" and not is_composed(entry):
        assert any(origin.tables for origin in origins)
    for name in entry.pooled or ():
        assert name in entry.reads


def test_every_light_has_a_rule_with_a_line_and_what_to_do() -> None:
    rules = shipped_rules()
    lit = [e.id for e in INDICATORS if e.level == "branch" and (e.yellow or e.red)]
    lit = [name for name in lit if name not in RADAR_AXES and not is_derived(BY_ENTRY[name])]
    assert [name for name in lit if name not in rules] == []
    assert [name for name in lit if not (rules[name].finding and rules[name].measure)] == []
    assert [name for name in lit if not (rules[name].yellow or rules[name].red)] == [*WITHOUT_LINES]


def test_both_lists_of_steps_are_as_long_as_the_document_says() -> None:
    assert {variant: len(found.steps) for variant, found in PROCEDURES.items()} == {"25": 25, "43": 43}


def test_every_regulation_an_entry_names_is_registered() -> None:
    for entry in INDICATORS:
        assert set(provenance.regulations(entry)) <= set(REGULATIONS)
    assert provenance.regulations(BY_ENTRY["hs_b_member_assembly"]) == {"R01": REGULATIONS["R01"]}


def test_the_document_is_what_the_program_says() -> None:
    assert PATH.read_text("utf-8") == render(), "run: python -m dashboard.indicator_document"


class TestCommand:
    """`python app.py indicators`."""

    def _run(self, *arguments: str) -> str:
        result = CliRunner().invoke(app.main, ["indicators", *arguments], catch_exceptions=False)
        assert result.exit_code == 0
        return result.output

    def test_a_set_is_listed_with_weights_and_lines(self) -> None:
        listed = self._run("--set", "hj", "--district", "huiji")
        assert listed.count("│ hj_") == 19
        assert "hj_quarter_score" in listed
        assert "< 80" in listed
        assert "hs_b_" not in listed

    def test_one_entry_tells_formula_measures_tables_regulation_and_prescription(self) -> None:
        told = self._run("ks_dev_upload_rate", "--district", "kunshan")
        for word in (
            "dev_uploads_due",
            "应传材料环节",
            "development_step_defs",
            "补传原件",
            "requires_upload",
        ):
            assert word in told
        assert "R01" in self._run("hs_b_member_assembly")

    def test_an_unknown_id_is_answered_with_what_is_near(self) -> None:
        result = CliRunner().invoke(app.main, ["indicators", "hs_b_dues"])
        assert result.exit_code != 0
        assert "hs_b_dues_collection" in str(result.exception)
