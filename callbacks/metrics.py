"""/metrics for Prometheus: versions, their cost, the feed, the screens; counts only, no name of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa
from flask import Flask, Response
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from data.clock import Clock
from data.devices.reports import Reports
from data.errors import AccountsUnreachable, ReadModelError
from data.queries import running
from data.queries.running import Running
from data.readmodel.reader import open_reader

PATH = "/metrics"


def register(server: Flask, engine: sa.Engine, clock: Clock, reports: Reports | None) -> None:
    """Add /metrics over the read model, and over the reports of screens where there are any."""

    @server.get(PATH)
    def metrics() -> Response:
        # A registry of its own for each answer: any worker says what is so now, none what it remembers.
        registry = CollectorRegistry(auto_describe=False)
        registry.register(_Now(engine, clock(), reports))
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class _Now(Collector):
    def __init__(self, engine: sa.Engine, now: datetime, reports: Reports | None) -> None:
        self._engine, self._now, self._reports = engine, now, reports

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            with open_reader(self._engine) as reader:
                found = running.load(reader)
        except ReadModelError:
            yield _gauge("read_model_up", "whether the read model can be read", 0)
        else:
            yield _gauge("read_model_up", "whether the read model can be read", 1)
            yield from self._versions(found)
        yield from self._screens()

    def _versions(self, found: Running) -> Iterator[GaugeMetricFamily]:
        yield _gauge("version", "number of the published version", found.version)
        yield _gauge("published_age_seconds", "since it was published", self._age(found.published_at))
        yield _gauge("feed_up", "whether the operational database answers", found.feed == "ok")
        if found.checked_at is not None:
            yield _gauge("feed_age_seconds", "since it last answered", self._age(found.checked_at))
        if found.as_of is not None:
            yield _gauge("data_age_seconds", "since the newest change in the version", self._age(found.as_of))
        yield _gauge("cycle_seconds", "the version's cycle until it was written", found.seconds)
        yield _gauge("cycle_cells", "cells counted for it", found.cells)
        yield _gauge("cycle_statements", "statements it sent to the operational database", found.statements)
        yield _gauge("cycle_rows", "rows it read there", found.rows_read)
        yield _gauge("set_aside_rows", "rows that no figure counts", found.set_aside)
        yield _gauge("tables_connected", "operational tables that are there", found.connected)
        yield _gauge("tables_missing", "operational tables that are not", found.missing)

    def _screens(self) -> Iterator[GaugeMetricFamily]:
        if self._reports is None:
            return
        try:
            told, standing = self._reports.newest(self._now), self._reports.standing()
        except AccountsUnreachable:
            yield _gauge("accounts_up", "whether the side database answers", 0)
            return
        yield _gauge("accounts_up", "whether the side database answers", 1)
        yield _gauge("screen_alarms", "alarms of screens that stand", len(standing))
        ages = GaugeMetricFamily(
            "vanguard_screen_age_seconds", "since a screen reported", labels=["device", "kind"]
        )
        for one in told:
            if one.device_id is not None:
                ages.add_metric([str(one.device_id), one.kind], self._age(one.at))
        yield ages

    def _age(self, at: datetime) -> float:
        return max(0.0, (self._now - at).total_seconds())


def _gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"vanguard_{name}", says, value=float(value))
