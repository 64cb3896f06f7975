"""The steps of admission in both variants, 25 and 43, with their limits, and the rows that define them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from data.demo.bulk import RowSink
from data.demo.timeline import DAY, Array, Timeline


class Step(NamedTuple):
    """One step; ``anchor`` is the step whose day starts the limits (0 none), days 0 mean no limit.

    ``document`` is the kind of document to upload, if any; ``gap`` the usual days after the step before.
    """

    name: str
    stage: int
    step25: int
    actor: str
    anchor: int
    low: int
    high: int
    gap: int
    document: str = ""
    superior: bool = False
    exam: bool = False


# indicators.md §9.3
STEPS25 = (
    Step("递交入党申请书", 1, 1, "applicant", 0, 0, 0, 0, "application"),
    Step("党组织派人谈话", 1, 2, "branch", 1, 0, 31, 14, "talk_record"),
    Step("推荐和确定入党积极分子", 2, 3, "branch", 2, 0, 365, 110, "resolution"),
    Step("上级党委备案", 2, 4, "committee", 3, 0, 30, 12, superior=True),
    Step("指定培养联系人", 2, 5, "branch", 4, 0, 15, 5),
    Step("培养教育考察", 2, 6, "branch", 3, 365, 0, 390, "form"),
    Step("确定发展对象", 3, 7, "branch", 6, 0, 90, 30, "resolution"),
    Step("报上级党委备案", 3, 8, "committee", 7, 0, 30, 12, superior=True),
    Step("确定入党介绍人", 3, 9, "branch", 8, 0, 15, 6),
    Step("进行政治审查", 3, 10, "branch", 8, 0, 90, 25, "political_review"),
    Step("开展集中培训", 3, 11, "committee", 8, 0, 180, 40, "other"),
    Step("支部委员会审查", 4, 12, "branch", 11, 0, 30, 12, "resolution"),
    Step("上级党委预审", 4, 13, "committee", 12, 0, 30, 12, superior=True),
    Step("填写入党志愿书", 4, 14, "applicant", 13, 0, 15, 6),
    Step("支部大会讨论", 4, 15, "branch", 13, 0, 31, 12, "resolution"),
    Step("上级党委派人谈话", 4, 16, "committee", 15, 0, 60, 20, "talk_record", superior=True),
    Step("上级党委审批", 4, 17, "committee", 15, 0, 90, 25, superior=True),
    Step("再上一级党委组织部门备案", 4, 18, "district", 17, 0, 30, 12, superior=True),
    Step("编入党支部和党小组", 5, 19, "branch", 17, 0, 30, 8),
    Step("入党宣誓", 5, 20, "committee", 17, 0, 90, 25, "other"),
    Step("继续教育考察", 5, 21, "branch", 15, 335, 0, 275, "form"),
    Step("提出转正申请", 5, 22, "applicant", 15, 335, 372, 5, "application"),
    Step("支部大会讨论", 5, 23, "branch", 15, 365, 396, 12, "resolution"),
    Step("上级党委审批", 5, 24, "committee", 23, 0, 90, 35, superior=True),
    Step("材料归档", 5, 25, "committee", 24, 0, 30, 12),
)

# indicators.md §9.2
STEPS43 = (
    Step("递交入党申请书", 1, 1, "applicant", 0, 0, 0, 0, "application"),
    Step("审核申请人资格与材料", 1, 1, "branch", 1, 0, 7, 3),
    Step("党组织派人谈话", 1, 2, "branch", 1, 0, 31, 12),
    Step("上传谈话记录", 1, 2, "branch", 3, 0, 7, 2, "talk_record"),
    Step("建立入党申请人电子档案", 1, 2, "branch", 3, 0, 7, 1),
    Step("党员推荐或群团组织推优", 2, 3, "branch", 3, 0, 330, 80, "form"),
    Step("支委会研究确定入党积极分子", 2, 3, "branch", 6, 0, 30, 12, "resolution"),
    Step("入党积极分子公示", 2, 3, "branch", 7, 0, 15, 7, "publicity"),
    Step("报上级党委备案", 2, 4, "branch", 8, 0, 10, 4),
    Step("上级党委备案批复", 2, 4, "committee", 9, 0, 30, 10, superior=True),
    Step("指定培养联系人", 2, 5, "branch", 10, 0, 15, 6),
    Step("填写培养教育考察登记表", 2, 6, "contact", 11, 0, 15, 6, "form"),
    Step("第一次半年考察", 2, 6, "branch", 7, 150, 213, 142, "form"),
    Step("第二次半年考察", 2, 6, "branch", 7, 335, 396, 172, "form"),
    Step("入党积极分子统一机考", 2, 6, "committee", 7, 180, 420, 12, exam=True),
    Step("听取党小组、培养联系人、党员和群众意见", 3, 7, "branch", 14, 0, 60, 10, "form"),
    Step("支委会讨论确定发展对象人选", 3, 7, "branch", 7, 365, 480, 10, "resolution"),
    Step("发展对象公示", 3, 7, "branch", 17, 0, 15, 7, "publicity"),
    Step("报上级党委备案", 3, 8, "branch", 18, 0, 10, 4),
    Step("上级党委备案同意", 3, 8, "committee", 19, 0, 30, 10, superior=True),
    Step("确定入党介绍人", 3, 9, "branch", 20, 0, 15, 6),
    Step("政治审查(谈话、函调外调)", 3, 10, "branch", 20, 0, 75, 25, "political_review"),
    Step("形成政治审查结论", 3, 10, "branch", 22, 0, 15, 6, "political_review"),
    Step("短期集中培训", 3, 11, "committee", 20, 0, 180, 40, "other"),
    Step("发展对象统一机考", 3, 11, "committee", 24, 0, 30, 10, exam=True),
    Step("支部委员会审查", 4, 12, "branch", 25, 0, 30, 12, "resolution"),
    Step("报上级党委预审", 4, 13, "branch", 26, 0, 10, 4),
    Step("上级党委预审并发放入党志愿书", 4, 13, "committee", 27, 0, 30, 12, superior=True),
    Step("填写入党志愿书", 4, 14, "applicant", 28, 0, 15, 6, "form"),
    Step("支部大会讨论接收预备党员", 4, 15, "branch", 28, 0, 31, 10, "resolution"),
    Step("支部决议报上级党委", 4, 15, "branch", 30, 0, 7, 3),
    Step("上级党委派人谈话", 4, 16, "committee", 31, 0, 45, 15, "talk_record", superior=True),
    Step("上级党委审批", 4, 17, "committee", 31, 0, 90, 20, superior=True),
    Step("通知本人并在党员大会宣布", 4, 17, "branch", 33, 0, 30, 9, "other"),
    Step("再上一级党委组织部门备案", 4, 18, "district", 33, 0, 30, 5, superior=True),
    Step("编入党支部和党小组", 5, 19, "branch", 33, 0, 30, 4),
    Step("入党宣誓", 5, 20, "committee", 33, 0, 90, 20, "other"),
    Step("新党员统一机考", 5, 21, "committee", 30, 180, 365, 130, exam=True),
    Step("预备党员继续教育考察", 5, 21, "branch", 30, 335, 0, 125, "form"),
    Step("提出转正申请", 5, 22, "applicant", 30, 335, 372, 5, "application"),
    Step("支部大会讨论转正", 5, 23, "branch", 30, 365, 396, 12, "resolution"),
    Step("上级党委审批转正", 5, 24, "committee", 41, 0, 90, 35, superior=True),
    Step("材料归档", 5, 25, "committee", 42, 0, 30, 12),
)


@dataclass(frozen=True)
class Procedure:
    """One variant as arrays by 0-based step number."""

    variant: int
    steps: tuple[Step, ...]
    exam_steps: tuple[int, int, int]

    def of25(self, step25: int) -> int:
        """0-based number of the first step that belongs to a step of the 25 list."""
        return next(n for n, step in enumerate(self.steps) if step.step25 == step25)

    @cached_property
    def meeting(self) -> int:
        """The branch meeting that admits: its day is ``members.joined_on``."""
        return self.of25(15)

    @cached_property
    def approval(self) -> int:
        """The committee's approval, from which on the member exists."""
        return self.of25(17)

    @cached_property
    def conversion(self) -> int:
        """The branch meeting on full membership."""
        return self.of25(23)

    @cached_property
    def stage(self) -> Array:
        """Stage of every step."""
        return np.array([s.stage for s in self.steps])

    @cached_property
    def superior(self) -> Array:
        """Whether the superior organisation handles the step."""
        return np.array([s.superior for s in self.steps])


# The 25 steps have no exam of their own: there the exams are sat before the steps that end a training.
PROCEDURES = {
    "25": Procedure(25, STEPS25, (5, 10, 20)),
    "43": Procedure(43, STEPS43, (14, 24, 37)),
}


def write_step_definitions(writer: RowSink, time: Timeline) -> None:
    """Rows of ``development_step_defs``: 25 and 43, whichever the district works by."""
    steps = [
        (number, n + 1, step)
        for number, variant in ((p.variant, p.steps) for p in PROCEDURES.values())
        for n, step in enumerate(variant)
    ]
    rows = [s for _, _, s in steps]
    writer.put(
        "development_step_defs",
        {
            "step_def_id": np.arange(1, len(rows) + 1),
            "variant": np.array([variant for variant, _, _ in steps]),
            "step_no": np.array([number for _, number, _ in steps]),
            "stage_no": np.array([s.stage for s in rows]),
            "step25_no": np.array([s.step25 for s in rows]),
            "name_zh": pa.array([s.name for s in rows]),
            "actor": pa.array([s.actor for s in rows]),
            "anchor_step_no": np.array([s.anchor or -1 for s in rows]),
            "min_days": np.array([s.low or -1 for s in rows]),
            "max_days": np.array([s.high or -1 for s in rows]),
            "requires_upload": np.array([bool(s.document) for s in rows]),
            "requires_exam": np.array([s.exam for s in rows]),
            "requires_superior": np.array([s.superior for s in rows]),
            "created_at": np.full(len(rows), (int(time.starts[0]) - 30) * DAY),
        },
    )
