"""惠济, rhythm of organisation life and the use of the platform."""

from __future__ import annotations

from data.indicators import platform
from data.indicators.entry import Indicator
from data.indicators.shares import over_months, share

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="hj_activity_interval",
        name="活动间隔",
        english="Interval between activities",
        level="branch",
        unit="days",
        better="down",
        formula=(
            "Mean number of days between consecutive valid LIFE activities in the last 6 closed "
            "months; na with < 2 activities."
        ),
        yellow="> 35",
        red="> 62",
        source="article 惠济 (多长时间开展一次活动); thresholds proposal",
        compute=platform.activity_interval,
        reads=("life_activities", "first_life_day", "last_life_day"),
    ),
    Indicator(
        id="hj_posts",
        name="信息发布数",
        english="Posts",
        level="branch",
        unit="posts",
        better="up",
        formula="posts with status published and published_at in the period.",
        source="article 惠济 (2600多条)",
        compute=platform.amount("posts", "posts"),
        reads=("posts",),
    ),
    Indicator(
        id="hj_views",
        name="浏览数",
        english="Views",
        level="branch",
        unit="views",
        better="up",
        formula="Sum of post_view_daily.views with view_on in the period.",
        source="article 惠济 (57000余次)",
        compute=platform.amount("views", "platform"),
        reads=("views",),
    ),
    Indicator(
        id="hj_comments",
        name="评论数",
        english="Comments",
        level="branch",
        unit="comments",
        better="up",
        formula=(
            "post_interactions comment not deleted, occurred_at in the period; attributed to the "
            "organization of the post."
        ),
        source="article 惠济 (27000余条)",
        compute=platform.amount("comments", "platform"),
        reads=("comments",),
    ),
    Indicator(
        id="hj_likes",
        name="点赞数",
        english="Likes",
        level="branch",
        unit="likes",
        better="up",
        formula="As hj_comments for like.",
        source="article 惠济 (5672次)",
        compute=platform.amount("likes", "platform"),
        reads=("likes",),
    ),
    Indicator(
        id="hj_engagement",
        name="互动率",
        english="Engagement",
        level="branch",
        unit="ratio",
        better="up",
        formula="(hj_comments + hj_likes) ÷ hj_views of the period; na if views = 0; limited to 1.",
        source="proposal",
        compute=platform.engagement,
        reads=("comments", "likes", "views"),
    ),
    Indicator(
        id="hj_registered_rate",
        name="注册率",
        english="Registered share",
        level="branch",
        unit="ratio",
        better="up",
        formula="N = members with an app_registrations row; D = MEM. na if D = 0.",
        yellow="< 0.90",
        red="< 0.70",
        source="article 惠济 (注册党员用户11200余名)",
        compute=share("app_users", "members", None, "registrations", "members"),
        reads=("app_users", "members"),
        pooled=("app_users", "members"),
    ),
    Indicator(
        id="hj_active_rate",
        name="月活跃率",
        english="Monthly active share",
        level="branch",
        unit="ratio",
        better="up",
        formula=(
            "N = registered members with last_active_on in the month; D = registered members. na if D = 0."
        ),
        yellow="< 0.60",
        red="< 0.30",
        source="proposal",
        compute=share("app_active", "app_users", None, "registrations"),
        reads=("app_active", "app_users"),
        pooled=("app_active", "app_users"),
    ),
    Indicator(
        id="hj_problem_closed_rate",
        name="问题清单销号率",
        english="Problems closed on time",
        level="branch",
        unit="ratio",
        better="up",
        formula=(
            "problem_items with due_on in the period: N = resolved_at <= end of due_on; D = all. na if D = 0."
        ),
        yellow="< 1",
        red="< 0.70",
        source="article 惠济 (问题清单反馈)",
        compute=over_months("problems_closed_in_time", "problems_due", 3, "problems"),
        reads=("problems_closed_in_time", "problems_due"),
        pooled=("problems_closed_in_time", "problems_due"),
    ),
)
