"""Reading members' files: scope, reason and record first, then the restricted store and the operational database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from data.clock import Clock, month_of
from data.errors import OutOfScope, ReadModelError, SourceError
from data.persons import registered
from data.persons.file import LEAST_REASON, Listed, MemberFile
from data.persons.stored import Stored
from data.projection.source import Source
from data.projection.trace.evidence import Witness
from data.projection.trace.tracing import open_source
from data.readmodel.light import Light
from data.readmodel.scoped import ScopedReader
from data.viewer import Viewer

# Indicators that say what a role does not get to see.
OF_GRADES = frozenset({"hs_m_appraisal", "hs_m_peer_review"})
OF_DISPOSITIONS = frozenset({"hs_m_discipline"})


@dataclass(frozen=True)
class StoredMemberFiles:
    """`MemberFiles` over a read-only engine of the operational database and the restricted store.

    One of the two may be away; what it would tell is left out. Both away: ReadModelError.
    """

    operational: sa.Engine
    store: sa.Engine
    clock: Clock
    witness: Witness

    def members(self, reader: ScopedReader, org_id: int, month: str, reason: str) -> list[Listed]:
        """Members of a branch today; of the closed month while the operational database does not answer."""
        now = self.clock()
        self._may_look(now, reader.viewer, "members", str(org_id), reason)
        place = self._inside(now, reader, org_id, "members", str(org_id))
        self._note(now, reader.viewer, "members", place, str(org_id), reason)
        stored = Stored(self.store)
        try:
            with open_source(self.operational, month_of(now.date()), now) as source:
                known = registered.roster(source, place)
        except SourceError:
            away = stored.of_branch(place, month)
            return [Listed(key, None, None, None, *away[key]) for key in sorted(away)]
        try:
            held = stored.of_branch(place, month)
        except ReadModelError:
            held = {}
        return [
            Listed(key, one.name, one.category, one.joined_on, *held.get(key, (None, Light.NODATA)))
            for key, one in known
        ]

    def file(self, reader: ScopedReader, member_id: int, month: str, reason: str) -> MemberFile:
        """The file: what cannot be told while the operational database does not answer is left out."""
        now, viewer = self.clock(), reader.viewer
        self._may_look(now, viewer, "member", str(member_id), reason)
        stored = Stored(self.store)
        try:
            with open_source(self.operational, month_of(now.date()), now) as source:
                branch = registered.branch_of(source, member_id)
                self._look(now, reader, branch, member_id, reason)
                found = _told(source, viewer, member_id)
        except SourceError:
            branch = stored.branch_of(member_id)
            self._look(now, reader, branch, member_id, reason)
            found = MemberFile(member_id, 0, None, Light.NODATA)
        found = replace(found, branch_org_id=branch or 0)
        try:
            return _with_months(found, stored, month, _hidden(viewer))
        except ReadModelError:
            if found.person is None:
                raise
            return found

    def _look(
        self, now: datetime, reader: ScopedReader, branch: int | None, member_id: int, reason: str
    ) -> None:
        place = self._inside(now, reader, branch, "member", str(member_id))
        self._note(now, reader.viewer, "member", place, str(member_id), reason)

    def _may_look(self, now: datetime, viewer: Viewer, action: str, subject: str, reason: str) -> None:
        if not viewer.sees_persons:
            self._note(now, viewer, action, None, subject, reason, outcome="refused")
            raise OutOfScope(action, "the role sees no persons")
        if viewer.gives_reason and len(reason.strip()) < LEAST_REASON:
            raise OutOfScope(action, "no reason was given")

    def _inside(self, now: datetime, reader: ScopedReader, org: int | None, action: str, subject: str) -> int:
        """The branch as far as it is the viewer's; a member of nowhere is a member of elsewhere."""
        try:
            place = reader.place(-1 if org is None else org)
        except OutOfScope:
            self._note(now, reader.viewer, action, None, subject, "", outcome="refused")
            raise
        return place.org_id

    def _note(
        self,
        now: datetime,
        viewer: Viewer,
        action: str,
        org_id: int | None,
        subject: str,
        reason: str,
        outcome: str = "ok",
    ) -> None:
        self.witness(
            now,
            viewer,
            action,
            page=action,
            org_id=org_id,
            subject=subject,
            reason=reason.strip(),
            outcome=outcome,
        )


def _told(source: Source, viewer: Viewer, member_id: int) -> MemberFile:
    return MemberFile(
        member_id,
        0,
        None,
        Light.NODATA,
        person=registered.person(source, member_id),
        events=tuple(registered.events(source, member_id)),
        notices=tuple(
            one for one in registered.notices(source, member_id) if one.indicator not in _hidden(viewer)
        ),
        grades=registered.grades(source, member_id) if viewer.sees_grades else None,
        dispositions=registered.dispositions(source, member_id) if viewer.sees_dispositions else None,
        read_at=source.read_at,
    )


def _with_months(found: MemberFile, stored: Stored, month: str, hidden: frozenset[str]) -> MemberFile:
    lights = stored.lights(found.member_id)
    own = dict(lights).get(month)
    if own is None:
        return replace(found, lights=lights)
    return replace(
        found,
        month=month,
        light=own,
        classes=stored.classes(found.member_id, month),
        items=stored.items(found.member_id, month, hidden),
        lights=lights,
    )


def _hidden(viewer: Viewer) -> frozenset[str]:
    """Indicators of grades and dispositions for whoever may not see these."""
    grades = frozenset() if viewer.sees_grades else OF_GRADES
    return grades | (frozenset() if viewer.sees_dispositions else OF_DISPOSITIONS)
