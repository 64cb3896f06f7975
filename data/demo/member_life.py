"""Everything that is recorded about members and branches beside meetings, dues and development."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.demo.accounts import write_accounts
from data.demo.community import write_checkins
from data.demo.condolence import write_condolence
from data.demo.dispositions import write_dispositions
from data.demo.heart_talks import write_heart_talks
from data.demo.honours import write_honours
from data.demo.inspections import write_inspections
from data.demo.member_work import write_submissions, write_tasks
from data.demo.messages import write_messages
from data.demo.problems import write_problems
from data.demo.quizzes import write_quizzes
from data.demo.ratings import write_ratings
from data.demo.reminders import write_reminders
from data.demo.reports import write_reports
from data.demo.requirements import write_requirements
from data.demo.secretary_projects import write_projects
from data.demo.timeline import Array
from data.demo.voices import write_voices
from data.demo.warnings import Pushed
from data.demo.world import World


def write_member_life(world: World, unqualified: Sequence[tuple[Array, Array, Array]]) -> None:
    """Talks, visits, tasks, summaries, quizzes, community service, honours, delegates, dispositions."""
    write_heart_talks(world)
    write_condolence(world)
    write_tasks(world)
    write_submissions(world)
    write_quizzes(world)
    write_checkins(world)
    write_honours(world)
    write_voices(world)
    write_dispositions(world, unqualified)


def write_organisation_life(world: World, venues: Array) -> None:
    """Ratings, projects, inspections, accounts with their logins, due rules; ``venues`` as ``write_venues``."""
    write_requirements(world.writer, world.time)
    write_ratings(world)
    write_projects(world)
    write_inspections(world, venues)
    write_accounts(world)


def write_follow_up(world: World, lights: Mapping[str, Array], warned: Pushed) -> None:
    """What the lights lead to: reports, lists of problems, reminders and messages."""
    write_reports(world)
    write_problems(world, lights)
    _, reminded, members = write_reminders(world, lights)
    write_messages(world, warned, reminded, members)
