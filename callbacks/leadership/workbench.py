"""Steps at the warning workbench: checked against the viewer's scope, taken once, each on record."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from callbacks.leadership.forms import Action, Said, Sent
from callbacks.leadership.navigation import Note
from callbacks.leadership.pages import Pages
from data.errors import AccountsUnreachable, StepOvertaken, StepRefused
from data.queries.leadership import warnings
from data.readmodel.scoped import ScopedReader, open_scoped
from data.viewer import Viewer
from data.workbench.note import ACTIONS, Step
from data.workbench.workbench import Workbench

ACTION = "workbench"
_DONE = {
    "acknowledge": "已签收", "assign": "已转办", "comment": "已批注", "close": "已办结", "reopen": "已重新打开",
}  # fmt: skip
_NOT_THERE = "没有这条预警，或不在您的查看范围内"


def action(pages: Pages, viewer: Callable[[], Viewer], note: Note) -> Action:
    """What the form of a warning does."""

    def act(sent: Sent) -> Said:
        found = pages.services.get("workbench")
        if not isinstance(found, Workbench):
            return Said("refused", "工作台未接入")
        step = _step(sent)
        if step is None:
            return Said("refused", _NOT_THERE)
        said, org_id = _taken(found, pages, viewer(), step)
        outcome = {"done": "ok"}.get(said.outcome, said.outcome)
        note(
            f"warning-{step.action}",
            page="warnings",
            org_id=org_id,
            subject=str(step.warning_id),
            outcome=outcome,
        )
        return said

    return act


def _taken(workbench: Workbench, pages: Pages, who: Viewer, step: Step) -> tuple[Said, int | None]:
    """What came of a step, and the organisation it is about where that is known."""
    with open_scoped(pages.engine, who) as reader:
        about = warnings.one(reader, step.warning_id)
        if about is None:
            return Said("refused", _NOT_THERE), None
        return _outcome(workbench, reader, step), about.place.org_id


def _outcome(workbench: Workbench, reader: ScopedReader, step: Step) -> Said:
    try:
        workbench.take(reader, step)
    except StepRefused as refusal:
        return Said("refused", refusal.reason)
    except StepOvertaken as overtaken:
        words = f"{overtaken.name}刚刚处理了这条预警（见工作台记录）。您填写的内容还在，请核对后再提交。"
        return Said("overtaken", words)
    except AccountsUnreachable:
        return Said("refused", "没有保存：账户库没有应答，请稍后再试")
    return Said("done", f"{_DONE[step.action]}，已记入审计")


def _step(sent: Sent) -> Step | None:
    """The step as it was sent; None where a number is no number or the button is no step."""
    warning, revision = _number(sent.kept, "warning"), _number(sent.kept, "revision")
    if warning is None or revision is None or sent.act not in ACTIONS:
        return None
    return Step(
        warning,
        revision,
        sent.act,
        sent.fields.get("text", ""),
        sent.fields.get("assignee", ""),
    )


def _number(given: Mapping[str, str], name: str) -> int | None:
    text = given.get(name, "")
    return int(text) if text.removeprefix("-").isdecimal() and len(text) <= 18 else None
