"""What the leadership pages of `app.py serve` are made of: accounts, evidence, members' files, notes on
warnings, exports."""

from __future__ import annotations

from functools import partial

from callbacks.direction.stores import direction_stores
from callbacks.leadership.application import Leadership
from callbacks.leadership.export_service import ExportPlace
from commands.cycle import library_of
from dashboard.area_file import AreaFile
from dashboard.settings import Settings
from data.accounts import audit
from data.accounts.store import open_accounts
from data.clock import Clock, shanghai_now
from data.persons.reading import StoredMemberFiles
from data.projection.resource_library import LastingLibrary
from data.projection.trace.connection import open_evidence
from data.projection.trace.evidence import Evidence
from data.readmodel.member_store import open_members
from data.workbench.workbench import Workbench


def leadership_of(settings: Settings, clock: Clock = shanghai_now) -> Leadership:
    """The parts of the leadership pages; databases that are away are met when a page asks for them.

    Raises AccountsUnreachable.
    """
    accounts = open_accounts(settings.accounts)
    # Whoever looks at persons is written down before the first row is read.
    witness = partial(audit.record, accounts)
    operational = open_evidence(settings.operational)
    store = open_members(f"sqlite:///{(settings.data_dir / settings.district / 'members.db').as_posix()}")
    workbench = Workbench(accounts, clock)
    workbench.prepare()
    library = LastingLibrary(lambda: library_of(settings, clock()), clock)
    direction = direction_stores(accounts)
    services = {
        "screens": direction.reports,
        "evidence": Evidence(operational, clock, witness),
        "members": StoredMemberFiles(operational, store, clock, witness),
        "workbench": workbench,
        "library": library,
        "areas": AreaFile(settings.town_areas, settings.town_areas_datum) if settings.town_areas else None,
    }
    files = ExportPlace(
        settings.data_dir / settings.district / "exports", settings.host, settings.port,
        library,
    )  # fmt: skip
    return Leadership(accounts, settings, services, files, direction)
