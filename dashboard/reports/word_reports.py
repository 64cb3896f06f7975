"""支部党建诊疗报告, 季度通报 and 问题清单 as Word documents, from the same views as their pages."""

from __future__ import annotations

from dashboard.reports.branch_report import BranchReport
from dashboard.reports.documents import Imprint
from dashboard.reports.quarter_reports import Bulletin, ProblemList
from dashboard.reports.word import INK2, RED, Cell, Field, Paper, light


def branch_word(report: BranchReport, imprint: Imprint) -> bytes:
    """The diagnosis report of one branch."""
    words = imprint.words
    paper = Paper(report.title, f"{report.name}　{report.period}", imprint)
    about = f"上级党组织：{report.superior}　组织代码：{report.org_code}　出具日期：{report.issued_on}"
    paper.text(about, indent=False, colour=INK2, size=10.5)
    _facts(paper, report, imprint)
    paper.heading("近十二个月")
    paper.table(
        [Field("月份", 0.3), Field("支部诊疗分", 0.25, True), Field("亮灯", 0.45)],
        [(month.label, month.score, light(month.light, month.shape)) for month in report.history],
    )
    paper.heading("诊断与处方")
    if report.praise:
        paper.text(report.praise)
    for n, one in enumerate(report.prescriptions, 1):
        hint = one.kind == "对标提示"
        paper.item(n, one.name, Cell(one.kind, INK2) if hint else light(one.kind, one.shape), one.text)
    if not report.prescriptions and not report.praise:
        paper.text("本月没有亮灯指标。")
    if report.listed:
        paper.text(f"另有：{'、'.join(report.listed)}。", indent=False, colour=INK2, size=10.5)
    paper.heading("指标明细")
    paper.table(
        [Field("指标", 0.26), Field("类别", 0.14), Field("本支部", 0.13, True), Field(f"{words.whole}平均", 0.13, True),
         Field("对比", 0.08), Field("差值", 0.14, True), Field("亮灯", 0.12)],
        [(one.name, one.group, one.value, one.average, one.side, one.difference, light(one.light, one.shape))
         for one in report.lines],
    )  # fmt: skip
    _warnings(paper, report)
    return paper.content()


def bulletin_word(bulletin: Bulletin, imprint: Imprint) -> bytes:
    """The bulletin of a quarter."""
    paper = Paper("党建工作考评情况通报", bulletin.quarter, imprint)
    paper.text(bulletin.opening(imprint.words))
    means = [Field(name, 0.13, True) for name in bulletin.columns]
    rest = [Field("支部数", 0.11, True), *means, Field("得分", 0.13, True), Field("较上季度位次", 0.18, True)]
    name_width = 0.9 - sum(field.width for field in rest)
    fields = [Field("名次", 0.1, True), Field("党组织", name_width), *rest]
    for name, rows in bulletin.groups:
        paper.heading(name)
        paper.text(bulletin.leading(rows))
        paper.table(fields, [(str(r.place), r.name, r.branches, *r.means, r.total, r.climbed) for r in rows])
    if not bulletin.groups:
        paper.text("本季度没有可供排名的数据。")
    paper.text(bulletin.closing)
    return paper.content()


def problems_word(problems: ProblemList, imprint: Imprint) -> bytes:
    """The problem list of a quarter, as a proposal."""
    paper = Paper("问题清单（建议稿）", problems.aside, imprint)
    paper.text(problems.opening(imprint.words))
    fields = [Field("上级党组织", 0.24), Field("支部", 0.28), Field("问题", 0.22), Field("数值", 0.12, True),
              Field("情形", 0.14)]  # fmt: skip
    for kind, rows in problems.kinds:
        paper.heading(f"{kind}（{len(rows)}项）")
        paper.table(fields, [(r["superior"], r["name"], r["item"], r["value"], r["why"]) for r in rows])
    if not problems.kinds:
        paper.text("本季度没有需要列入清单的问题。")
    return paper.content()


def _facts(paper: Paper, report: BranchReport, imprint: Imprint) -> None:
    words = imprint.words
    score = f"{report.score}　{report.grade}" if report.grade else report.score
    facts: list[tuple[str, Cell | str]] = [
        ("支部亮灯", light(report.light, report.shape)),
        ("支部诊疗分", Cell(score, bold=True)),
        (f"{words.whole}平均", report.average),
    ]
    if report.sector_average:
        facts.append(("同类平均", report.sector_average))
    place = f"高于{report.percentile}的支部" if report.percentile else "–"
    facts.append((f"{words.whole}位次", place))
    width = 1 / len(facts)
    paper.table([Field(name, width) for name, _ in facts], [[value for _, value in facts]])


def _warnings(paper: Paper, report: BranchReport) -> None:
    if not report.warnings:
        return
    paper.heading("未销号预警")
    paper.table(
        [Field("指标", 0.24), Field("亮灯", 0.1), Field("亮灯日期", 0.13), Field("状态", 0.1), Field("责任组织", 0.17),
         Field("整改期限", 0.14), Field("提级", 0.12)],
        [(one.name, light(one.light, one.shape), one.raised_on, one.state, one.owner,
          Cell(f"{one.due_on} 超期", RED, True) if one.overdue else one.due_on, one.climbed)
         for one in report.warnings],
    )  # fmt: skip
