"""The run sheet of a visit as a Word document: when, which scene, on what, and the docent's words."""

from __future__ import annotations

from dashboard.formats import moment_label
from dashboard.rehearsal import Rehearsal, SpokenStep
from dashboard.reports.documents import Imprint
from dashboard.reports.word import INK2, RED, Cell, Field, Paper

FIELDS = (Field("时间", 0.13), Field("场景", 0.14), Field("聚焦", 0.15), Field("讲解词", 0.58))


def clock(seconds: int) -> str:
    """Minutes and seconds since the beginning: 02:30."""
    return f"{seconds // 60:02d}:{seconds % 60:02d}"


def lasting(seconds: int) -> str:
    """A length in words: 11分30秒."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}分{f'{rest}秒' if rest else '钟'}" if minutes else f"{rest}秒"


def focus_words(step: SpokenStep, whole: str) -> str:
    """What the wall dwells on: the town and the month the step names, else the whole district."""
    return " · ".join(word for word in (step.town_name, step.month or "") if word) or whole


def run_sheet(rehearsal: Rehearsal, imprint: Imprint) -> bytes:
    """The finished file."""
    words = f"{len(rehearsal.steps)}个环节　共{lasting(rehearsal.seconds)}"
    paper = Paper(rehearsal.title, f"{words}　数据截至{moment_label(rehearsal.as_of)}", imprint)
    paper.table(FIELDS, [_row(step, imprint.words.whole) for step in rehearsal.steps])
    if unsaid := [step for step in rehearsal.steps if step.missing]:
        numbers = "、".join(str(step.number) for step in unsaid)
        paper.text(f"第{numbers}个环节有数据暂缺，相关语句已略去。", indent=False, colour=INK2, size=10.5)
    if long := [step for step in rehearsal.steps if step.is_too_long]:
        numbers = "、".join(str(step.number) for step in long)
        paper.text(f"第{numbers}个环节讲解词偏长，请适当精简。", indent=False, colour=RED, size=10.5)
    return paper.content()


def _row(step: SpokenStep, whole: str) -> tuple[Cell | str, ...]:
    time = f"{clock(step.starts_s)}–{clock(step.starts_s + step.seconds)}"
    return time, Cell(f"{step.number} {step.title}", bold=True), focus_words(step, whole), step.text
