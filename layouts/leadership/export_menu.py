"""The export menu of a page: what can be taken away, how far each file is, a word when one is ready."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.leadership import ids
from data.exports.jobs import Job
from layouts.leadership.attributes import attributes

PATH = "/leadership/exports/"
_ASK_MS = 1500
_KINDS = {
    "excel": "Excel", "pdf": "PDF", "png": "图片", "branch-docx": "诊疗报告 Word", "branch-pdf": "诊疗报告 PDF",
    "quarter-docx": "季度通报 Word", "quarter-pdf": "季度通报 PDF", "problems-docx": "问题清单 Word",
    "problems-pdf": "问题清单 PDF",
}  # fmt: skip
_REPORTS = (("支部党建诊疗报告", "branch"), ("季度通报", "quarter"), ("问题清单", "problems"))
_STATES = {"queued": "排队中", "done": "已完成", "failed": "未完成", "cancelled": "已取消"}


@dataclass(frozen=True)
class Takeable:
    """What the page at hand offers: figures by slug, reports that are about it; ``missing`` why nothing is printed."""

    page: bool
    figures: Mapping[str, str]
    is_branch: bool
    is_of_district: bool
    missing: str = ""


def export_menu() -> list[Component]:
    """The closed menu; its entries come with each page."""
    panel = html.Div(
        [
            html.Div(id=ids.EXPORT_ENTRIES),
            html.H3("我的导出"),
            html.Div(id=ids.EXPORT_JOBS),
            html.P("文件保留24小时，只有本人可以下载。", className="aside"),
        ],
        className="export-panel",
    )
    return [
        html.Details([html.Summary("导出"), panel], className="menu export"),
        dcc.Interval(id=ids.EXPORT_ASK, interval=_ASK_MS),
        dcc.Store(id=ids.EXPORT_OPEN, data=[]),
        html.Div(id=ids.EXPORT_TOAST, role="status", **attributes(aria_live="polite")),
    ]


def entries(offer: Takeable) -> list[Component]:
    """Buttons of what this page offers; what needs the server's browser is disabled where there is none."""
    if not offer.page:
        return [html.P("本页不导出：涉及党员个人，只供查看，或未能显示。", className="aside")]
    found: list[Component] = [_row("本页", [_button("excel", offer), _button("pdf", offer)])]
    for slug, title in offer.figures.items():
        found.append(_row(title or "图", [_button("png", offer, slug, title)]))
    shown = {"branch": offer.is_branch, "quarter": offer.is_of_district, "problems": offer.is_of_district}
    for title, report in _REPORTS:
        if shown[report]:
            found.append(
                _row(title, [_button(f"{report}-{form}", offer, title=title) for form in ("docx", "pdf")])
            )
    if offer.missing:
        found.append(html.P(offer.missing, className="aside"))
    return found


def job_list(jobs: Sequence[Job]) -> Component:
    """The viewer's exports, newest first."""
    if not jobs:
        return html.P("还没有导出。", className="empty")
    return html.Ul([_job(job) for job in jobs], className="export-jobs")


def toast(ended: Sequence[Job]) -> list[Component]:
    """A word about each file that is ready, or is not; what was cancelled says nothing."""
    told: list[Component] = []
    for job in ended:
        if job.state == "done":
            told.append(
                html.P([f"“{job.title}”{_KINDS[job.kind]}已生成　", _download(job)], className="ready")
            )
        elif job.state == "failed":
            told.append(html.P(f"“{job.title}”{_KINDS[job.kind]}未能生成：{job.error}", className="failed"))
    return told


def word(text: str, *, failed: bool = False) -> list[Component]:
    """One sentence in place of the toast."""
    return [html.P(text, className="failed" if failed else "ready")]


def _row(title: str, buttons: list[Component]) -> Component:
    return html.Div([html.Span(title, className="name"), *buttons], className="export-row")


def _button(kind: str, offer: Takeable, part: str = "", title: str = "") -> Component:
    printed = kind.endswith(("pdf", "png"))
    form = {"excel": "Excel", "png": "PNG", "pdf": "PDF"}.get(kind) or (
        "Word" if kind.endswith("docx") else "PDF"
    )
    return html.Button(
        form,
        id=ids.export(kind, part),
        type="button",
        disabled=printed and bool(offer.missing),
        title=offer.missing if printed and offer.missing else f"导出为{form}",
        **attributes(aria_label=f"{title or '本页'}导出为{form}"),
    )


def _job(job: Job) -> Component:
    state = job.step if job.state == "running" else _STATES[job.state]
    line: list[Component] = [
        html.Span(job.title, className="name", title=job.title),
        html.Span(_KINDS[job.kind], className="aside"),
        html.Span(f"{job.created_at:%H:%M}", className="aside"),
    ]
    if job.is_open:
        line.append(
            html.Progress(
                value=str(round(job.progress * 100)), max="100", **attributes(aria_label=f"{job.title}进度")
            )
        )
        line += [html.Span(state, className="state"), _act(job, "cancel", "取消")]
    elif job.state == "done":
        line.append(_download(job))
    else:
        line += [
            html.Span(state, className="state", title=job.error),
            _act(job, "again", "重新导出"),
        ]
        if job.error:
            line.append(html.Span(job.error, className="error"))
    return html.Li(line, **attributes(data_state=job.state))


def _act(job: Job, do: str, text: str) -> Component:
    named = attributes(aria_label=f"{text}：{job.title}")
    return html.Button(text, id=ids.export_act(job.id, do), type="button", className="act", **named)


def _download(job: Job) -> Component:
    size = f"{job.size / 1024:,.0f} KB" if job.size < 1024 * 1024 else f"{job.size / 1024 / 1024:,.1f} MB"
    return html.A(
        f"下载（{size}）", href=PATH + quote(job.id), download="", className="plain",
        **attributes(aria_label=f"下载：{job.title}{_KINDS[job.kind]}"),
    )  # fmt: skip
