"""docs/operational-contract.md is what the metadata says."""

from __future__ import annotations

from data.contract import ENUMS, METADATA
from data.contract.document import GROUPS, PATH, render


def test_the_document_is_what_the_metadata_says() -> None:
    assert PATH.read_text(encoding="utf-8") == render(), "run: python -m data.contract.document"


def test_every_table_and_code_list_has_its_heading() -> None:
    text = render()
    for table in METADATA.tables.values():
        assert text.count(f"#### `{table.name}` {table.comment}\n") == 1
    for name in ENUMS:
        assert text.count(f"### {name}\n") == 1


def test_every_group_has_its_heading() -> None:
    text = render()
    for title, _first in GROUPS:
        assert f"### {title}\n" in text
