"""Public documents that could not be made anew: withdrawn in time, with a reason, and back when they are made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from data.errors import DocumentWithdrawn
from data.public.document import Document
from data.public.reader import open_public, read_withdrawn
from data.public.schema import documents
from data.public.withdrawal import OLDEST, Withdrawn
from data.readmodel.reader import Reader
from data.readmodel.schema import nodes
from tests.publishing_trial import Other, Trial, publishing
from tests.readmodel_district import NOW


@pytest.fixture
def trial(tmp_path: Path) -> Iterator[Trial]:
    with publishing(tmp_path) as found:
        yield found


def test_what_cannot_be_made_anew_for_too_long_is_withdrawn_and_comes_back_when_it_is_made(
    trial: Trial, caplog: pytest.LogCaptureFixture
) -> None:
    trial.publisher.run()
    trial.fail("one")
    trial.new_version()
    trial.publisher.run()
    before = trial.key()
    trial.now = NOW + OLDEST - timedelta(seconds=1)
    assert trial.publisher.run().withdrawn == 0
    assert (trial.read("one"), trial.key()) == (Other("一"), before)
    trial.now = NOW + OLDEST
    assert trial.publisher.run().withdrawn == 1
    with pytest.raises(DocumentWithdrawn, match="too_old"):
        trial.read("one")
    with open_public(trial.url).connect() as connection:
        bodies = connection.execute(sa.select(documents.c.body).where(documents.c.name == "one")).scalars()
        assert list(bodies) == [""], "the text is gone, not only marked"
    assert trial.read("two") == Other("二")
    assert read_withdrawn(open_public(trial.url)) == [Withdrawn("one", "too_old", NOW)]
    assert "public_document_withdrawn name=one reason=too_old" in caplog.text
    assert trial.key() != before, "screens draw anew without a new version"
    withdrawn = trial.key()
    assert trial.publisher.run().withdrawn == 0
    assert trial.key() == withdrawn
    trial.set("one", Other("一"))
    trial.publisher.run()
    assert trial.read("one") == Other("一")
    assert (read_withdrawn(open_public(trial.url)), trial.key() != withdrawn) == ([], True)


def test_what_names_an_organisation_that_is_not_public_any_more_is_withdrawn_at_once(trial: Trial) -> None:
    with trial.read_model.begin() as connection:
        public = sa.select(nodes.c.org_id).where(nodes.c.is_public).order_by(nodes.c.org_id.desc()).limit(1)
        org = connection.execute(public).scalar_one()
        values = {"short_name": "先锋里党支部", "name": "先锋里党支部"}
        connection.execute(nodes.update().where(nodes.c.org_id == org).values(values))
    trial.set("one", Other("先锋里党支部举办故事会"))
    trial.publisher.run()
    trial.fail("one")
    trial.fail("two")
    trial.new_version()
    assert trial.publisher.run().withdrawn == 0
    with trial.read_model.begin() as connection:
        connection.execute(nodes.update().where(nodes.c.org_id == org).values(is_public=False))
    trial.new_version()
    assert trial.publisher.run().withdrawn == 1
    with pytest.raises(DocumentWithdrawn, match="not_public"):
        trial.read("one")
    assert trial.read("two") == Other("二")


def test_a_list_of_documents_that_breaks_off_leaves_none_for_ever(trial: Trial) -> None:
    trial.publisher.run()

    def broken_off(reader: Reader) -> Iterator[Document[Any]]:
        yield trial.documents["one"]
        reader.connection.execute(sa.text("SELECT * FROM no_such_table"))

    trial.publisher.catalogue = broken_off
    trial.new_version()
    assert trial.publisher.run().failed > 0
    assert (trial.is_behind("one"), trial.is_behind("two")) == (False, True)
    trial.now = NOW + OLDEST
    assert trial.publisher.run().withdrawn == 1
    with pytest.raises(DocumentWithdrawn):
        trial.read("two")
