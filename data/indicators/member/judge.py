"""From facts to what a branch shows of its members: 0/1 or a number per member and month for every measure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from data.indicators.member import duty, kunshan, wujin
from data.indicators.member.catalogue import MEMBER_FORMULAS
from data.indicators.member.cube import Array, MemberCube
from data.indicators.member.facts import ABROAD, AGED, EXCELLENT, EXEMPT, FLOW_OUT, NORMAL
from data.indicators.member.party_life import unpaid
from data.indicators.member.rules import MemberRules
from data.indicators.member.setting import MemberResult, MemberSetting
from data.readmodel.light import Light
from data.readmodel.measures.members import SCORE_BANDS, band_measure

LONG = 3
TALK_BELOW, MODEL_FROM = 80, 160
GRADED = ("graded_excellent", "graded_qualified", "graded_basic", "graded_unqualified")


def results(at: MemberSetting, rules: MemberRules) -> dict[str, MemberResult]:
    """All 33 indicators, by id."""
    return {name: entry.formula(at, rules[name]) for name, entry in MEMBER_FORMULAS.items()}


def worst_light(at: MemberSetting, found: dict[str, MemberResult]) -> Array:
    """Light of the member: the worst of all; a member not scored has none."""
    worst = np.where(at.scored, np.int8(Light.GREEN), np.int8(Light.NA))
    for one in found.values():
        worst = np.maximum(worst, np.where(one.light > Light.NODATA, one.light, Light.NA))
    return np.asarray(worst)


def contributions(cube: MemberCube, rules: MemberRules) -> Iterator[tuple[str, Array]]:
    """(measure, members × months): what each enrolled member adds to the measure of its branch."""
    at = MemberSetting(cube)
    lit = {name for name in MEMBER_FORMULAS if rules[name].yellow or rules[name].red}
    found = {name: MEMBER_FORMULAS[name].formula(at, rules[name]) for name in sorted(lit)}
    light = worst_light(at, found)
    yield "red_members", light == Light.RED
    yield "yellow_members", light == Light.YELLOW
    yield from _three_no(at, found)
    yield from _warned(at, found)
    yield from _solid(at, found)
    grade = at["grade"]
    for code, name in enumerate(GRADED, EXCELLENT):
        yield name, grade == code
    yield from _scores(at, rules)
    yield from _took_part(at)


def _three_no(at: MemberSetting, found: dict[str, MemberResult]) -> Iterator[tuple[str, Array]]:
    """三不党员: who does not pay, does not come, does not do what the branch asks."""
    u, _ = unpaid(at)
    kinds = {
        "long_unpaid": at.scored & (u >= LONG),
        "long_absent": at.scored & (found["hs_m_life_gap"].value >= LONG),
        "task_red": found["hs_m_task"].light == Light.RED,
    }
    yield from kinds.items()
    yield "three_no", np.any(list(kinds.values()), axis=0)


def _warned(at: MemberSetting, found: dict[str, MemberResult]) -> Iterator[tuple[str, Array]]:
    """江宁 warnings about members; they look at everybody enrolled."""
    u, _ = unpaid(at)
    yield "unpaid_3_to_6", (u >= 3) & (u <= 6)
    yield "unpaid_over_6", u > 6
    case, silent = duty.has_lost_case(at), duty.silence(at)
    # Who may stay away is never lost by silence, and nobody who came less than six months ago.
    heard = at.is_category(ABROAD) | (at["recent"] > 0)
    silent = np.where(heard | at.is_category(AGED, ABROAD, EXEMPT), 0, silent)
    lost = (case & ~heard) | (silent >= 6)
    yield "lost_members", lost
    yield "silent_members", ~lost & (silent >= 3)
    missed = _missed_quarters(at)
    yield "floating_missed_1", missed == 1
    yield "floating_missed_2", missed >= 2
    days = at["letter_days"]
    yield "pocket_soon", (days <= 0) & (days >= -15)
    yield "pocket_overdue", days > 0


def _missed_quarters(at: MemberSetting) -> Array:
    """Closed quarters in a row without an approved report, of whoever still floats at the end of the month.

    A quarter that began before the data neither adds nor breaks.
    """
    ends = np.asarray(at.timeline.quarter_position == 2)
    reported = (at["proofs_approved"] + at["thoughts_approved"]) > 0
    due = at["floating_due"] > 0
    run = np.zeros(at.shape)
    for j in range(at.shape[1]):
        before = run[:, j - 1] if j else np.zeros(at.shape[0])
        known = j - 2 >= at.cube.known_from
        judged = ends[j] and known and not (at.cube.is_open and j == at.shape[1] - 1)
        run[:, j] = np.where(due[:, j] & ~reported[:, j], before + 1, 0) if judged else before
    return run * at.is_category(FLOW_OUT)


def _solid(at: MemberSetting, found: dict[str, MemberResult]) -> Iterator[tuple[str, Array]]:
    """六过硬: scored members without the lights of each axis."""

    def without(*names: str, red_only: bool = False) -> Array:
        limit = Light.RED if red_only else Light.YELLOW
        return np.asarray(at.scored & ~np.any([found[name].light >= limit for name in names], axis=0))

    yield "solid_politics", without("hs_m_life_gap", "hs_m_appraisal", red_only=True)
    yield "solid_study", without("hs_m_study_hours")
    yield "solid_discipline", without("hs_m_dues", "hs_m_discipline")
    yield "solid_duty", without("hs_m_task")
    asked = at.scored & ~at.is_category(AGED, FLOW_OUT)
    yield "service_scored", asked
    yield "solid_service", asked & (at.to_date_of_quarter(at["service_hours"]) > 0)
    yield "solid_style", without("hs_m_complaint", "hs_m_rectification")


def _scores(at: MemberSetting, rules: MemberRules) -> Iterator[tuple[str, Array]]:
    score = wujin.year_score(at, rules)
    yield "wj_member_score_sum", np.nan_to_num(score)
    yield "wj_member_scored", ~np.isnan(score)
    yield "wj_members_160", score >= MODEL_FROM
    yield "wj_members_below_80", score < TALK_BELOW
    yield from _banded("wj_score", score)
    points = kunshan.points(at, rules)
    rule = rules["ks_member_points"]
    yield "ks_points_sum", np.nan_to_num(points)
    yield "ks_points_scored", ~np.isnan(points)
    yellow, red = rule.beyond(points)
    yield "ks_points_below_60", yellow
    yield "ks_points_below_40", red
    yield from _banded("ks_score", points)


def _banded(name: str, score: Array) -> Iterator[tuple[str, Array]]:
    """Members by band of their score; NaN lies in none."""
    for low, high in pairwise((*SCORE_BANDS[name], np.inf)):
        yield band_measure(name, int(low)), (score >= low) & (score < high)


def _took_part(at: MemberSetting) -> Iterator[tuple[str, Array]]:
    """Members who studied, served and talked at least once, of those who take part normally."""
    normal, enrolled = at.is_category(NORMAL), at["enrolled"] > 0
    served = at["services"]
    studied = at["study_type_signins"] + at["courses_done"]
    yield "normal_members", normal
    yield "studied_in_quarter", normal & (at.to_date_of_quarter(studied) > 0)
    yield "served_in_quarter", normal & (at.to_date_of_quarter(served) > 0)
    yield "served_in_month", normal & (served > 0)
    yield "talked_in_year", enrolled & (at.to_date(at["talks"]) > 0)
    at_work = at["in_service"] > 0
    checkins = at["community_services"] + at["community_registers"]
    yield "in_service_members", at_work
    yield "in_community_in_quarter", at_work & (at.to_date_of_quarter(checkins) > 0)
    young, registered = at["is_under_45"] > 0, at["registered"] > 0
    yield "under_45", young
    yield "under_45_registered", young & registered
    yield "registered_members", registered
