"""The operational contract: the 71 tables the product reads, as SQLAlchemy Core metadata.

``from data.contract import METADATA, activities, attendances, …`` gives the tables. Every ``datetime`` is
Asia/Shanghai wall-clock time without zone; every period is half-open ``[from, to)``.
"""

from data.contract.activity_types import ACTIVITY_TYPES, LIFE_TYPES, STUDY_TYPES
from data.contract.appraisal import (
    appraisal_results,
    appraisals,
    honors,
    member_dispositions,
    secretary_projects,
)
from data.contract.cadres import cadre_appointments, cadre_quarterly_updates, cadre_trainings, cadres
from data.contract.development import (
    development_cases,
    development_corrections,
    development_documents,
    development_step_defs,
    development_steps,
)
from data.contract.dues import dues_ledger_entries, dues_obligations, dues_payment_allocations, dues_payments
from data.contract.enums import ENUMS
from data.contract.floating import floating_registrations, floating_reports, lost_contact_cases
from data.contract.learning import (
    app_registrations,
    courses,
    exam_attempts,
    exams,
    learning_records,
    resource_bookings,
    resources,
)
from data.contract.organisation_life import (
    activities,
    activity_requirements,
    activity_tags,
    activity_types,
    attendances,
    condolence_visits,
    heart_talks,
)
from data.contract.points import (
    diagnosis_reports,
    notifications,
    point_entries,
    point_rules,
    problem_items,
    warnings,
)
from data.contract.posts import post_interactions, post_view_daily, posts
from data.contract.registry import (
    divisions,
    member_category_history,
    member_state_history,
    members,
    memberships,
    org_ratings,
    org_terms,
    organization_parent_history,
    organizations,
    party_delegates,
    party_posts,
)
from data.contract.service import (
    community_checkins,
    member_deeds,
    member_submissions,
    member_tasks,
    service_requests,
    volunteer_projects,
    volunteer_records,
)
from data.contract.sources import (
    account_logins,
    admin_accounts,
    data_volume_snapshots,
    month_closings,
    source_systems,
)
from data.contract.table import METADATA
from data.contract.transfers import transfer_steps, transfers
from data.contract.venues import venue_inspections, venues

__all__ = [
    "ACTIVITY_TYPES",
    "ENUMS",
    "LIFE_TYPES",
    "METADATA",
    "STUDY_TYPES",
    "account_logins",
    "activities",
    "activity_requirements",
    "activity_tags",
    "activity_types",
    "admin_accounts",
    "app_registrations",
    "appraisal_results",
    "appraisals",
    "attendances",
    "cadre_appointments",
    "cadre_quarterly_updates",
    "cadre_trainings",
    "cadres",
    "community_checkins",
    "condolence_visits",
    "courses",
    "data_volume_snapshots",
    "development_cases",
    "development_corrections",
    "development_documents",
    "development_step_defs",
    "development_steps",
    "diagnosis_reports",
    "divisions",
    "dues_ledger_entries",
    "dues_obligations",
    "dues_payment_allocations",
    "dues_payments",
    "exam_attempts",
    "exams",
    "floating_registrations",
    "floating_reports",
    "heart_talks",
    "honors",
    "learning_records",
    "lost_contact_cases",
    "member_category_history",
    "member_deeds",
    "member_dispositions",
    "member_state_history",
    "member_submissions",
    "member_tasks",
    "members",
    "memberships",
    "month_closings",
    "notifications",
    "org_ratings",
    "org_terms",
    "organization_parent_history",
    "organizations",
    "party_delegates",
    "party_posts",
    "point_entries",
    "point_rules",
    "post_interactions",
    "post_view_daily",
    "posts",
    "problem_items",
    "resource_bookings",
    "resources",
    "secretary_projects",
    "service_requests",
    "source_systems",
    "transfer_steps",
    "transfers",
    "venue_inspections",
    "venues",
    "volunteer_projects",
    "volunteer_records",
    "warnings",
]
