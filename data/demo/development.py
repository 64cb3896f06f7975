"""Development of new members: rows of the cases, their steps, papers, reminders and exams."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from data.demo.bulk import NULL_DAY, coded
from data.demo.development_cases import COMPLETED, STATUSES, Cases, draw_cases
from data.demo.development_papers import write_papers
from data.demo.development_reminders import write_reminders
from data.demo.development_steps import write_step_definitions
from data.demo.exams import write_development_exams
from data.demo.people import EDUCATION
from data.demo.timeline import DAY, Array
from data.demo.world import World

STEP_STATUSES = ("open", "done", "submitted", "returned")
OPEN, DONE, SUBMITTED, RETURNED = range(4)
OCCUPATIONS = ("worker", "farmer", "professional", "manager", "civil_servant", "student", "other", "retired")


def write_development(world: World) -> None:
    """Everything about the applicants: the admitted ones are exactly the members admitted in the window."""
    write_step_definitions(world.writer, world.time)
    cases = draw_cases(world)
    rng = world.time.stream("development-rows")
    recorded = _recorded(world, cases)
    _write_cases(world, rng, cases, recorded)
    step_ids = _write_steps(world, rng, cases, recorded)
    write_papers(world, cases, step_ids, recorded)
    write_reminders(world, cases, step_ids)
    write_development_exams(world, cases)


def _recorded(world: World, cases: Cases) -> Array:
    """(cases, steps) second each step was entered, never before the step before it; of finished steps only."""
    rng = world.time.stream("development-recorded")
    entered = cases.done * DAY + rng.integers(10 * 3600, 3 * DAY, cases.done.shape)
    return np.minimum(np.maximum.accumulate(entered, axis=1), world.time.now_s - 9)


def _write_cases(world: World, rng: np.random.Generator, cases: Cases, recorded: Array) -> None:
    n, people = len(cases), world.people
    admitted = cases.member >= 0
    own = cases.member[admitted]
    woman, education = rng.random(n) < 0.4, np.searchsorted([0.12, 0.62, 0.88], rng.random(n))
    occupation = np.array([0, 2, 3, 1])[rng.integers(0, 4, n)]
    birth = cases.done[:, 0] - (rng.uniform(18.6, 40, n) * 365.25).astype(int)
    woman[admitted], education[admitted] = people.woman[own], people.education[own]
    occupation[admitted], birth[admitted] = people.occupation[own], people.birth[own]
    number = cases.finished.sum(axis=1)
    last = len(cases.procedure.steps) - 1
    at = np.minimum(number, last)
    ended = cases.closed >= 0
    entered = np.where(number > 0, recorded[np.arange(n), np.maximum(number - 1, 0)], world.time.now_s - 9)
    world.writer.put(
        "development_cases",
        {
            "case_id": cases.ids,
            "branch_org_id": world.registry.branch_org[cases.branch],
            "applicant_name": _names(cases),
            "gender": coded(woman.astype(int), ("M", "F")),
            "birthday": birth,
            "education": coded(education, EDUCATION),
            "occupation": coded(occupation, OCCUPATIONS),
            "is_frontline": rng.random(n) < 0.52,
            "variant": np.full(n, cases.procedure.variant),
            "applied_on": cases.done[:, 0],
            "stage_no": cases.procedure.stage[at],
            "current_step_no": at + 1,
            "status": coded(cases.status, STATUSES),
            "closed_on": np.where(ended, cases.closed, NULL_DAY),
            "member_id": np.where(admitted, cases.member + 1, -1),
            "created_at": np.where(
                ended & (cases.status != COMPLETED), np.maximum(entered, cases.closed * DAY + 36000), entered
            ),
        },
    )


def _names(cases: Cases) -> pa.Array:
    """The admitted bear their name in the register."""
    pairs = zip(cases.member.tolist(), cases.ids.tolist(), strict=True)
    return pa.array([f"党员{m + 1:06d}" if m >= 0 else f"申请人{i:06d}" for m, i in pairs])


def _write_steps(world: World, rng: np.random.Generator, cases: Cases, recorded: Array) -> Array:
    """Finished and open steps; returns (cases, steps) keys, -1 where there is no row."""
    shown = cases.finished | cases.current
    row, step = np.nonzero(shown)
    ids = np.full(shown.shape, -1)
    ids[row, step] = world.ids.take("development_steps", len(row))
    finished, superior = cases.finished[row, step], cases.procedure.superior[step]
    waiting = superior & (rng.random(len(row)) < 0.6)
    returned = ~superior & (rng.random(len(row)) < 0.015)
    begin = np.minimum(cases.done[:, 0] * DAY + 33000, world.time.now_s - 30)
    unlocked = np.column_stack([begin, recorded[:, :-1]])[row, step]
    entered = np.where(finished, recorded[row, step], -1)
    committee = world.registry.parent_org[cases.branch[row]]
    actor = np.array([s.actor == "district" for s in cases.procedure.steps])[step]
    reviewed = finished & superior
    world.writer.put(
        "development_steps",
        {
            "dev_step_id": ids[row, step],
            "case_id": cases.ids[row],
            "step_no": step + 1,
            "status": coded(
                np.select([finished, waiting, returned], [DONE, SUBMITTED, RETURNED], OPEN), STEP_STATUSES
            ),
            "unlocked_at": unlocked,
            "due_on": cases.due[row, step],
            "done_on": np.where(finished, cases.done[row, step], NULL_DAY),
            "recorded_at": entered,
            "reviewed_at": np.where(reviewed, entered, -1),
            "reviewed_by_org_id": np.where(reviewed, np.where(actor, 1, committee), -1),
            "created_at": np.maximum(unlocked, entered),
        },
    )
    return ids
