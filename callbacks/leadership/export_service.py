"""The export service of one web server, made of its pages: what a file needs beside the read model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import sqlalchemy as sa

from callbacks.leadership.blocks import all_rows
from callbacks.leadership.exports import Exports
from callbacks.leadership.pages import Pages
from dashboard.leadership.address import Address
from dashboard.leadership.export.chromium import Chromium
from dashboard.leadership.export.documents import Reports
from dashboard.leadership.export.facts import BuildParts, Built, Facts
from dashboard.leadership.export.makers import Makers
from dashboard.leadership.export.worker import Worker
from dashboard.leadership.registry import BY_SLUG
from data.errors import ExportFailed
from data.exports.jobs import Jobs
from data.exports.print_rights import PrintRights
from data.projection.resource_library import Library
from data.viewer import Viewer

_EVERYWHERE = ("", "0.0.0.0", "::", "[::]")


@dataclass(frozen=True)
class ExportPlace:
    """Where files are kept, where the server's own browser finds the server, what reports recommend from."""

    folder: Path
    host: str
    port: int
    library: Callable[[], Library] = Library

    @property
    def seen_host(self) -> str:
        """The address the server answers on for a browser beside it."""
        return "127.0.0.1" if self.host in _EVERYWHERE else self.host


def exports_of(accounts: sa.Engine, pages: Pages, place: ExportPlace) -> Exports:
    """The service over the side database, its tables made. Raises AccountsUnreachable.

    Neither thread nor browser is started before somebody exports.
    """
    jobs, rights = Jobs(accounts, pages.clock), PrintRights(accounts)
    jobs.prepare()
    chromium = Chromium(host=place.seen_host)
    makers = Makers(
        build=builder(pages),
        documents=Reports(pages.engine, pages.profile, pages.clock, place.library),
        chromium=chromium,
        rights=rights,
        base=f"http://{place.seen_host}:{place.port}",
        clock=pages.clock,
        rows_of=partial(all_rows, pages),
    )
    return Exports(jobs, Worker(jobs, makers, place.folder, pages.clock), chromium)


def builder(pages: Pages) -> BuildParts:
    """Makes a page for a file exactly as it is made for the screen."""

    def build(address: Address, viewer: Viewer) -> Built:
        page = BY_SLUG.get(address.page)
        if page is not None and not page.exports:
            raise ExportFailed("本页涉及党员个人，只供查看，不导出")
        answer = pages.answer(address, viewer)
        version = answer.version
        facts = Facts(
            page=answer.page.title,
            organisation=answer.place.name,
            month=answer.month,
            as_of=version.as_of or version.published_at,
            version=version.number,
            is_demo=version.is_demo,
            owner=pages.profile.owner,
            viewer=viewer,
            made_at=pages.clock(),
        )
        return Built(answer.title, answer.parts, facts)

    return build
