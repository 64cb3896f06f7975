"""Operational tables of group L: posts and interactions (信息与互动)."""

from __future__ import annotations

import sqlalchemy as sa

from data.contract.table import column, table

posts = table(
    "posts",
    "信息",
    column("post_id", sa.BigInteger, "主键", pk=True),
    column("org_id", sa.BigInteger, "发布党组织", fk="organizations.org_id"),
    column(
        "member_id",
        sa.BigInteger,
        "发布党员",
        fk="members.member_id",
        null=True,
        personal="P1",
        unit="for snapshot/discussion",
    ),
    column("post_kind", sa.String(20), "种类: 支部信息/随手拍/讨论/党务公开/先进经验", enum="post_kind"),
    column("module", sa.String(12), "所属模块(信息/互动/学习/管理/个人)", enum="module"),
    column("title", sa.String(160), "标题"),
    column("published_at", sa.DateTime, "发布时间", index=True),
    column("media_count", sa.SmallInteger, "图片视频数", unit="files", default=0),
    column("status", sa.String(10), "状态", unit="published/withdrawn", default="published"),
    column("is_public", sa.Boolean, "是否可对外展示", unit="passed disclosure review", default=False),
    grain="one row per published post",
    volume="~24,000/yr",
)

post_view_daily = table(
    "post_view_daily",
    "信息浏览日计",
    column("view_id", sa.BigInteger, "主键", pk=True),
    column("post_id", sa.BigInteger, "信息", fk="posts.post_id"),
    column("view_on", sa.Date, "日期"),
    column("views", sa.Integer, "浏览次数", unit="times", default=0),
    unique=[("post_id", "view_on")],
    grain="one row per post and day with views",
    volume="~300,000/yr",
)

post_interactions = table(
    "post_interactions",
    "评论点赞",
    column("interaction_id", sa.BigInteger, "主键", pk=True),
    column("post_id", sa.BigInteger, "信息", fk="posts.post_id"),
    column("member_id", sa.BigInteger, "党员", fk="members.member_id", personal="P1"),
    column("interaction_kind", sa.String(8), "评论/点赞", unit="comment/like"),
    column("occurred_at", sa.DateTime, "时间", index=True),
    grain="one row per comment or like",
    volume="~290,000/yr (≈240,000 comments, ≈50,000 likes)",
)
