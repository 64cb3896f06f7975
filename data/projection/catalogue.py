"""The families of measures with the tables each reads: what a changed row must recompute follows from here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from data.projection.families import (
    activities,
    appraisals,
    attendance,
    balance,
    branches,
    condolence,
    contribution,
    development,
    dispositions,
    dues,
    floating,
    groups,
    logins,
    member_lights,
    members,
    members_online,
    platform,
    points,
    projects,
    ratings,
    rhythm,
    secretaries,
    setup,
    step_records,
    structure,
    terms,
    transfers,
    venue_issues,
    venues,
    warnings,
)
from data.projection.source import Block, Row, Source

# A deleted member takes its rows along, so whatever counts rows about members reads the members too.
ROSTER = ("members", "memberships", "member_state_history", "member_category_history")
BELONGING = ("members", "memberships")


class Family(NamedTuple):
    """One family: ``read`` yields its cells; without one of ``tables`` it is not connected, without one of
    ``optional`` it counts what there is."""

    name: str
    read: Callable[[Source, Block], Iterable[Row]]
    tables: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def reads(self) -> tuple[str, ...]:
        """Every table a change of which makes its cells dirty."""
        return (*self.tables, *self.optional)


FAMILIES: tuple[Family, ...] = (
    Family("branches", branches.read, ("organizations",)),
    Family("members", members.read, ROSTER),
    Family("structure", structure.read, ROSTER),
    Family("activities", activities.read, ("activities",)),
    Family("groups", groups.read, ("activities", "organizations")),
    Family("attendance", attendance.read, ("activities", "attendances", *BELONGING)),
    Family("dues", dues.read, ("dues_obligations", "dues_payments", "dues_payment_allocations", "members")),
    Family("transfers", transfers.read, ("transfers", "transfer_steps", "members")),
    Family("floating", floating.read, ("floating_reports", *ROSTER)),
    Family("appraisals", appraisals.read, ("appraisals", "appraisal_results", "lost_contact_cases", *ROSTER)),
    Family("terms", terms.read, ("org_terms", "party_posts", "members")),
    Family("points", points.read, ("point_entries", *ROSTER), ("point_rules",)),
    Family("service", contribution.read_service, ("volunteer_records", *BELONGING)),
    Family("study", contribution.read_study, ("learning_records", *BELONGING)),
    Family("posts", contribution.read_posts, ("posts",)),
    Family("ledger", contribution.read_ledger, ("dues_ledger_entries",)),
    Family(
        "balance",
        balance.read,
        (
            "dues_ledger_entries",
            "dues_obligations",
            "dues_payments",
            "dues_payment_allocations",
            "members",
        ),
    ),
    Family("setup", setup.read, ("organizations", *ROSTER)),
    Family("warnings", warnings.read, ("warnings",)),
    Family("member_lights", member_lights.read, ROSTER, member_lights.TABLES),
    Family(
        "development",
        development.read,
        (
            "development_cases",
            "development_steps",
            "development_step_defs",
            "development_documents",
            "members",
        ),
    ),
    Family(
        "dispositions",
        dispositions.read,
        (
            "member_dispositions",
            "appraisals",
            "appraisal_results",
            "members",
            "memberships",
            "member_state_history",
        ),
    ),
    Family("venues", venues.read, ("venues", "venue_inspections")),
    Family("condolence", condolence.read, ("condolence_visits", *ROSTER)),
    Family("ratings", ratings.read, ("org_ratings",)),
    Family("projects", projects.read, ("secretary_projects",)),
    Family("logins", logins.read, ("admin_accounts", "account_logins")),
    Family(
        "secretaries",
        secretaries.read,
        ("party_posts", "activities", "attendances", "learning_records", "members"),
    ),
    Family(
        "platform",
        platform.read_platform,
        ("posts", "post_view_daily", "post_interactions", "members"),
    ),
    Family("registrations", platform.read_registrations, ("app_registrations", *ROSTER)),
    Family("problems", platform.read_problems, ("problem_items",)),
    Family("rhythm", rhythm.read, ("activities",)),
    Family(
        "step_records",
        step_records.read,
        ("development_cases", "development_steps", "development_step_defs", "members"),
    ),
    Family("venue_issues", venue_issues.read, ("venues", "venue_inspections")),
    Family("online_study", members_online.read_online, ("learning_records", *ROSTER)),
    Family("birthdays", members_online.read_birthdays, ROSTER),
)

FAMILY = {family.name: family for family in FAMILIES}
