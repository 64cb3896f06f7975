"""The documents say what the program does: every setting, command and link in them exists, and none is left out."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import app
from dashboard.leadership.registry import PAGES
from dashboard.settings import Settings

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_documented(name: str) -> None:
    assert f"| `{name.upper()}` |" in (ROOT / "docs/settings.md").read_text("utf-8")


def test_no_document_names_a_setting_that_does_not_exist() -> None:
    documented = re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/settings.md").read_text("utf-8"), re.M)
    assert sorted(documented) == sorted(name.upper() for name in Settings.model_fields)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text("utf-8"))
    missing = [link for link in links if not (document.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_in_a_document_exists(document: Path) -> None:
    used = set(re.findall(r"app\.py (?!`)([a-z]+)", document.read_text("utf-8")))
    assert used <= set(app.main.commands)


def test_every_leadership_page_stands_in_the_document_beside_its_number() -> None:
    document = (ROOT / "docs/leadership.md").read_text("utf-8")
    rows = [line for line in document.splitlines() if line.startswith("| L-") or "`trace`" in line]
    missing = [
        page.slug
        for page in PAGES
        if not any(f"`{page.slug}`" in row and (page.code in row or page.code == "L-00") for row in rows)
    ]
    assert missing == []


def test_the_parameters_the_document_names_are_those_the_pages_read() -> None:
    said = (ROOT / "docs/leadership.md").read_text("utf-8")
    named = said.partition("and what single pages know:")[2].partition("A value nobody knows")[0]
    sources = "".join(
        file.read_text("utf-8") for file in sorted((ROOT / "dashboard/leadership").rglob("*.py"))
    )
    constants = dict(re.findall(r'\b([A-Z]+) = "([a-z]+)"', sources))
    for names, values in re.findall(r'^((?:[A-Z]+, )+[A-Z]+) = ((?:"[a-z-]+", )+"[a-z-]+")', sources, re.M):
        constants |= dict(zip(names.split(", "), re.findall(r'"([a-z-]+)"', values), strict=True))
    read = re.findall(r'address\.more\.get\("?(\w+)', sources)
    parameters = {constants.get(name, name) for name in read}
    slugs = {page.slug for page in PAGES}
    assert set(re.findall(r"`([a-z-]+)`", named)) - slugs | {"member"} == parameters


def test_both_readmes_name_the_two_commands_the_makefile_has() -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    for name in ("README.md", "README.zh-CN.md"):
        commands = re.findall(r"^make ([a-z]+)", (ROOT / name).read_text("utf-8"), re.M)
        assert commands == ["demo", "test"]
        assert set(commands) <= set(targets)


def test_ci_runs_exactly_the_test_command_of_the_readme() -> None:
    assert (ROOT / ".ci/run").read_text("utf-8").rstrip().splitlines()[-1] == "make test"


def test_help_lists_every_command() -> None:
    result = CliRunner().invoke(app.main, ["--help"])
    assert result.exit_code == 0
    for command in ("demo", "generate", "simulate", "project", "serve", "check"):
        assert command in result.output
