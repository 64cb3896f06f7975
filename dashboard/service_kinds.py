"""Kinds of volunteer service in words, the same on the wall and on the kiosk."""

from __future__ import annotations

SERVICES = {
    "community": "社区治理",
    "environment": "环境整治",
    "medical": "医疗导医",
    "security": "平安巡防",
    "poverty_help": "帮困助老",
    "culture": "文体宣传",
    "emergency": "应急值守",
    "professional": "专业技能",
}
