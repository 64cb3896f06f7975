"""Ladders of what organisations hand in and put out: posts, lines of the dues ledger, problems on their lists."""

from __future__ import annotations

import sqlalchemy as sa

from data.clock import cutoff
from data.contract import dues_ledger_entries, posts, problem_items
from data.projection.source import Block, Source, branch_filter, in_months
from data.projection.trace import fields as f
from data.projection.trace.ladder import Field, Ladder, Tracer, fails

p, e, q = posts.c, dues_ledger_entries.c, problem_items.c

DELETED = "已删除"
_OF_KIND = {"disclosures": ("disclosure", "非党务公开"), "branch_news": ("branch_news", "非支部工作信息")}
_OF_POST = (
    f.branch(p.org_id),
    f.coded("kind", "种类", p.post_kind, "post_kind"),
    # What a member wrote may name people: its kind says enough.
    Field("title", "标题", sa.case((p.member_id.is_(None), p.title))),
    f.moment("published", "发布时间", p.published_at),
)
_OF_LINE = (
    f.branch(e.org_id),
    f.coded("kind", "科目", e.entry_kind, "ledger_kind"),
    f.day("on", "记账日期", e.entry_on),
    f.moment("recorded", "登记时间", e.recorded_at),
)
_OF_PROBLEM = (
    f.branch(q.org_id),
    f.coded("kind", "类别", q.problem_kind, "problem_kind"),
    f.moment("issued", "反馈时间", q.issued_at),
    f.day("due", "整改期限", q.due_on),
    f.moment("resolved", "销号时间", q.resolved_at),
)


def _posts(measure: str) -> Tracer:
    def tracer(source: Source, block: Block, month: str) -> list[Ladder]:
        reasons = [
            (DELETED, p.deleted_at.is_not(None)),
            ("未发布或已撤回", fails(p.status == "published")),
            ("发布时间在将来", fails(p.published_at <= source.calendar.now)),
        ]
        if measure in _OF_KIND:
            kind, word = _OF_KIND[measure]
            reasons.append((word, fails(p.post_kind == kind)))
        where = sa.and_(in_months(p.published_at, (month,), as_date=False), branch_filter(p.org_id, block))
        return [Ladder("posts", posts, where, p.post_id, p.org_id, reasons, _OF_POST)]

    return tracer


def _ledger(measure: str) -> Tracer:
    def tracer(source: Source, block: Block, month: str) -> list[Ladder]:
        reasons = [
            (DELETED, e.deleted_at.is_not(None)),
            ("补录（封账后记录，不计分）", fails(e.recorded_at < cutoff(month))),
        ]
        if measure == "ledger_dues_entries":
            reasons.append(("非收缴上缴科目", fails(e.entry_kind.in_(("collect", "remit_up")))))
        where = sa.and_(e.period_month == month, branch_filter(e.org_id, block))
        return [
            Ladder("dues_ledger_entries", dues_ledger_entries, where, e.entry_id, e.org_id, reasons, _OF_LINE)
        ]

    return tracer


def _problems(measure: str) -> Tracer:
    def tracer(source: Source, block: Block, month: str) -> list[Ladder]:
        reasons = [
            (DELETED, q.deleted_at.is_not(None)),
            ("尚未到期", fails(q.due_on < source.calendar.now.date())),
        ]
        if measure == "problems_closed_in_time":
            reasons.append(("未按期销号", fails(sa.func.date(q.resolved_at) <= q.due_on)))
        where = sa.and_(in_months(q.due_on, (month,), as_date=True), branch_filter(q.org_id, block))
        return [Ladder("problem_items", problem_items, where, q.problem_id, q.org_id, reasons, _OF_PROBLEM)]

    return tracer


TRACERS: dict[str, Tracer] = {
    **{measure: _posts(measure) for measure in ("posts", *_OF_KIND)},
    **{measure: _ledger(measure) for measure in ("ledger_entries", "ledger_dues_entries")},
    **{measure: _problems(measure) for measure in ("problems_due", "problems_closed_in_time")},
}
