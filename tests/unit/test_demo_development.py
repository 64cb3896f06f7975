"""Synthetic applicants: steps in sequence inside their limits, exams at the gates, agreement with the members."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from data.demo.development import write_development
from data.demo.figures import PublishedFigures
from data.demo.haishu import haishu_spec
from data.demo.people_rows import write_people
from data.demo.world import World
from tests.demo_rows import NOW, rows_of

SMALL = haishu_spec().scaled(towns=4, branches=80, members=1600)
TODAY = pd.Timestamp(NOW.date())
Frames = dict[str, pd.DataFrame]


def _members(world: World) -> None:
    write_people(world.writer, world.people, world.roster, world.registry, world.time)


@pytest.fixture(scope="module", params=["25", "43"])
def district(request: pytest.FixtureRequest) -> Frames:
    found = rows_of(replace(SMALL, development_variant=request.param), write_development, _members)
    steps = found["development_steps"]
    for name in ("due_on", "done_on"):
        steps[name] = pd.to_datetime(steps[name])
    cases = found["development_cases"].set_index("case_id")
    definitions = found["development_step_defs"]
    own = definitions[definitions.variant == cases.variant.iloc[0]].set_index("step_no")
    found["steps"] = steps.join(own.drop(columns=["variant", "created_at", "updated_at"]), on="step_no")
    return found


def done_days(district: Frames) -> pd.DataFrame:
    """Days since 1970 of the finished steps, case × step, NaN where not done."""
    done = district["steps"].query("status == 'done'")
    days = done.assign(day=(done.done_on - pd.Timestamp(0)).dt.days)
    return days.pivot(index="case_id", columns="step_no", values="day")


def test_both_lists_of_steps_are_defined_with_their_uploads_exams_and_superiors(district: Frames) -> None:
    rows = district["development_step_defs"]
    sums = rows.groupby("variant")[["requires_upload", "requires_exam", "requires_superior"]].sum()
    assert rows.groupby("variant").step_no.agg(["min", "max", "count"]).to_numpy().tolist() == [
        [1, 25, 25],
        [1, 43, 43],
    ]
    assert sums.loc[25].to_list() == [14, 0, 7]
    assert sums.loc[43].to_list() == [23, 3, 7]
    for variant, stages in ((25, [2, 4, 5, 7, 7]), (43, [5, 10, 10, 10, 8])):
        assert rows[rows.variant == variant].stage_no.value_counts().sort_index().to_list() == stages
    assert (rows.dropna(subset=["anchor_step_no"]).eval("anchor_step_no < step_no")).all()


def test_no_step_is_done_before_the_one_before_it_nor_before_its_earliest_day(district: Frames) -> None:
    days = done_days(district)
    assert days.notna().to_numpy().sum(axis=1).max() == days.shape[1]
    reached = days.notna().to_numpy()
    assert (reached[:, :-1] >= reached[:, 1:]).all()
    assert (np.nan_to_num(np.diff(days.to_numpy(), axis=1), nan=0) >= 0).all()
    early = district["steps"].dropna(subset=["min_days"]).drop_duplicates("step_no")
    assert len(early) >= 4
    for step in early.itertuples():
        waited = (days[step.step_no] - days[int(step.anchor_step_no)]).dropna()
        assert waited.min() >= step.min_days, step.name_zh


def test_a_running_case_has_one_open_step_and_any_other_case_none(district: Frames) -> None:
    cases = district["development_cases"].set_index("case_id")
    open_ = district["steps"].query("status != 'done'")
    assert set(cases.status) >= {"in_progress", "completed", "terminated"}
    assert set(open_.status) <= {"open", "submitted", "returned"}
    assert open_.case_id.is_unique
    assert set(open_.case_id) == set(cases.index[cases.status == "in_progress"])
    assert (open_.set_index("case_id").step_no == cases.current_step_no[open_.case_id]).all()
    assert (open_.set_index("case_id").stage_no == cases.stage_no[open_.case_id]).all()
    assert set(cases.stage_no[cases.status == "in_progress"]) == {1, 2, 3, 4, 5}
    assert (cases.closed_on.notna() == (cases.status != "in_progress")).all()


def test_limits_follow_the_definitions_and_hardly_any_step_misses_its_limit(district: Frames) -> None:
    steps, days = district["steps"], done_days(district)
    limited = steps[steps.max_days.notna()]
    anchor = [days.at[c, int(a)] for c, a in zip(limited.case_id, limited.anchor_step_no, strict=True)]
    before = [days.at[c, n - 1] for c, n in zip(limited.case_id, limited.step_no, strict=True)]
    wanted = np.maximum(np.array(anchor) + limited.max_days, np.array(before) + 4)
    assert ((limited.due_on - pd.Timestamp(0)).dt.days == wanted).all()
    assert steps[steps.max_days.isna()].due_on.isna().all()
    done = limited[limited.status == "done"]
    assert 0.97 < (done.done_on <= done.due_on).mean() < 1


def test_a_few_open_steps_are_overdue_by_less_and_by_more_than_thirty_days(district: Frames) -> None:
    open_ = district["steps"].query("status != 'done'").dropna(subset=["due_on"])
    overdue = (TODAY - open_.due_on).dt.days
    overdue = overdue[overdue > 0]
    assert (overdue <= 30).any()
    assert (overdue > 30).any()
    assert len(overdue) < 0.06 * len(open_)


def test_every_member_admitted_in_the_window_has_the_case_that_led_to_it(district: Frames) -> None:
    cases, days = district["development_cases"], done_days(district)
    members = district["members"].set_index("member_id")
    admitted = cases.dropna(subset=["member_id"]).astype({"member_id": int})
    joined = set(
        members.index[(members.joined_on >= "2024-12-01") & (members.membership_state == "in_party")]
    )
    assert set(admitted.member_id) == joined
    meeting, approval, conversion = (15, 17, 23) if cases.variant.iloc[0] == 25 else (30, 33, 41)
    member = members.loc[admitted.member_id].set_index(admitted.case_id)
    day = pd.to_datetime(member.joined_on).sub(pd.Timestamp(0)).dt.days
    assert (days.loc[admitted.case_id, meeting] == day).all()
    assert days.loc[admitted.case_id, approval].notna().all()
    assert days.reindex(cases.case_id[cases.member_id.isna()])[approval].isna().all()
    assert ((member.member_stage == "full") == days.loc[admitted.case_id, conversion].notna()).all()
    assert (admitted.set_index("case_id").gender == member.gender).all()


def test_every_applicant_is_of_age_on_the_day_of_applying(district: Frames) -> None:
    cases = district["development_cases"]
    eighteen = [date(int(b[:4]) + 18, int(b[5:7]), min(int(b[8:10]), 28)) for b in cases.birthday]
    assert (pd.to_datetime(cases.applied_on) >= pd.to_datetime(pd.Series(eighteen))).all()


def test_a_gate_is_passed_by_those_who_passed_its_exam_and_a_retake_waits_a_week(district: Frames) -> None:
    days, cases = done_days(district), district["development_cases"]
    sat = district["exam_attempts"].merge(district["exams"], on="exam_id")
    gates = dict(zip((2, 3, 5), (6, 11, 21) if cases.variant.iloc[0] == 25 else (15, 25, 38), strict=True))
    for stage, step in gates.items():
        passed = sat[(sat.gate_stage == stage) & (sat.passed == 1)]
        assert set(passed.case_id) == set(days.index[days[step].notna()])
        assert (passed.score >= passed.pass_score).all()
        assert passed.case_id.is_unique
    failed = sat[sat.passed == 0]
    assert (failed.score < failed.pass_score).all()
    times = sat.assign(at=pd.to_datetime(sat.taken_at)).sort_values("at").groupby(["case_id", "gate_stage"])
    assert times["at"].diff().min() >= pd.Timedelta(days=7)
    assert 0.8 < times.first().passed.mean() < 0.95
    assert (sat.taken_at >= sat.opened_at).all()
    assert (sat.taken_at <= sat.closed_at.fillna(f"{NOW}")).all()


def test_done_steps_that_need_a_document_have_one_but_for_very_few(district: Frames) -> None:
    needed = district["steps"].query("status == 'done' and requires_upload == 1")
    papers = district["development_documents"]
    assert set(papers.dev_step_id) <= set(needed.dev_step_id)
    missing = (~needed.dev_step_id.isin(papers.dev_step_id)).mean()
    assert 0 < missing < 0.01
    assert set(district["development_corrections"].dev_step_id) <= set(
        district["steps"].query("status == 'done'").dev_step_id
    )


def test_reminders_come_a_week_and_a_day_before_a_limit_and_on_the_first_day_beyond(district: Frames) -> None:
    sent = district["notifications"].merge(district["steps"], left_on="ref_id", right_on="dev_step_id")
    ahead = (pd.to_datetime(sent.sent_at.str[:10]) - sent.due_on).dt.days
    assert set(sent.notify_kind) == {"dev_deadline"}
    assert set(ahead) == {-7, -1, 1}
    assert not sent.duplicated(["ref_id", "sent_at"]).any()
    assert (sent.unlocked_at < sent.sent_at).mean() > 0.95
    assert (sent.done_on.isna() | (sent.done_on > pd.to_datetime(sent.sent_at.str[:10]))).all()
    overdue = district["steps"].query("status != 'done' and due_on < @TODAY").dev_step_id
    assert set(overdue[overdue.isin(sent.ref_id)]) == set(overdue)


def test_no_row_was_recorded_in_the_future(district: Frames) -> None:
    for name in ("development_cases", "development_steps", "exam_attempts", "development_documents"):
        assert district[name].updated_at.max() <= f"{NOW}", name


@pytest.mark.parametrize("wanted", [12, 60, 400])
def test_a_published_number_of_exams_passed_is_met_exactly(wanted: int) -> None:
    spec = replace(SMALL, figures=PublishedFigures(exams_passed=wanted), development_variant="43")
    attempts = rows_of(spec, write_development)["exam_attempts"]
    assert attempts[attempts.passed == 1].case_id.nunique() == wanted
