"""惠济, nodes and frequency of the quarterly score, and the use of the platform."""

from __future__ import annotations

from data.indicators.entry import Indicator

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="hj_n01_assembly",
        name="支部党员大会",
        english="Member assembly",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "15 if >= 1 valid activity in the quarter. Frequency and node: quarter, >= 1, node: day "
            "60 of the quarter"
        ),
        yellow="node passed without it",
        red="period over without it",
        source="kinds article 惠济; frequencies, node days and points proposal",
    ),
    Indicator(
        id="hj_n02_committee",
        name="支委会",
        english="Committee meeting",
        level="branch",
        unit="points",
        better="up",
        formula="3 per month with a valid committee_meeting. Frequency and node: month, >= 1, node: day 10",
        yellow="node passed without it",
        red="period over without it",
        source="kinds article 惠济; frequencies, node days and points proposal",
    ),
    Indicator(
        id="hj_n03_group",
        name="党小组会",
        english="Group meeting",
        level="branch",
        unit="points",
        better="up",
        formula="2 × hs_b_group_meeting per month. Frequency and node: month, >= 1 per group, node: day 15",
        yellow="node passed without it",
        red="period over without it",
        source="kinds article 惠济; frequencies, node days and points proposal",
    ),
    Indicator(
        id="hj_n04_lecture",
        name="党课",
        english="Party lecture",
        level="branch",
        unit="points",
        better="up",
        formula="10 if >= 1 valid party_lecture. Frequency and node: quarter, >= 1, node: day 60",
        yellow="node passed without it",
        red="period over without it",
        source="kinds article 惠济; frequencies, node days and points proposal",
    ),
    Indicator(
        id="hj_n05_theme_day",
        name="“主题党日”",
        english="Theme party day",
        level="branch",
        unit="points",
        better="up",
        formula="7 per month with a valid theme_party_day. Frequency and node: month, >= 1, node: day 20",
        yellow="node passed without it",
        red="period over without it",
        source="kinds article 惠济; frequencies, node days and points proposal",
    ),
    Indicator(
        id="hj_n06_study",
        name="党员参加学习",
        english="Members studying",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "15 × share of members (category normal_active) with >= 1 valid sign-in at a STUDY_TYPES "
            "activity or >= 1 learning record completed in the quarter. Frequency and node: month, "
            ">= 1 study record per member, node: day 25"
        ),
        yellow="node passed without it",
        red="period over without it",
        source="kinds article 惠济; frequencies, node days and points proposal",
    ),
    Indicator(
        id="hj_n07_volunteer",
        name="党员志愿服务",
        english="Volunteer service",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "10 × share of members (category normal_active) with a verified volunteer record in the "
            "quarter. Frequency and node: quarter, >= 1 per member, node: day 75"
        ),
        yellow="node passed without it",
        red="period over without it",
        source="kinds article 惠济; frequencies, node days and points proposal",
    ),
    Indicator(
        id="hj_n08_community",
        name="在职党员进社区",
        english="In-service members in communities",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "8 × share of in-service members with a community_checkins row in the quarter; na if "
            "none. Frequency and node: half-year registration, quarter >= 1 service, node: day 75"
        ),
        yellow="node passed without it",
        red="period over without it",
        source="kinds article 惠济; frequencies, node days and points proposal",
    ),
    Indicator(
        id="hj_n09_posts",
        name="平台信息发布",
        english="Posts on the platform",
        level="branch",
        unit="points",
        better="up",
        formula=(
            "2 per published post of kind branch_news, at most 6. Frequency and node: quarter, >= 3, "
            "node: day 75"
        ),
        yellow="node passed without it",
        red="period over without it",
        source="kinds article 惠济; frequencies, node days and points proposal",
    ),
    Indicator(
        id="hj_quarter_score",
        name="季度党建计分",
        english="Quarterly score",
        level="branch",
        unit="points (0-100)",
        better="up",
        formula="Sum of hj_n01..hj_n09 over non-na items ÷ attainable points of non-na items × 100.",
        yellow="score < 80",
        red="score < 60",
        source="article 惠济 (每季度统计、考核计分); points proposal",
    ),
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
    ),
)
