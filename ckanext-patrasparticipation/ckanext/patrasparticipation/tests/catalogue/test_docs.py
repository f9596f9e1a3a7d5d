"""The documentation says what the program does: nothing missing, nothing stale, nothing from another site."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[5]
DOCS = ROOT / "docs"
PROSE = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]


@pytest.fixture(scope="module")
def reference():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT))
        return importlib.import_module("deploy.reference")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The documentation as a reader sees it, built strictly: a broken link or anchor fails."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def text(place):
    return (ROOT / place).read_text(encoding="utf-8")


def test_the_pages_made_from_code_are_fresh(reference):
    """Run `make docs` after changing a setting, an action or a command."""
    stale = [place for place, page in reference.pages().items() if text(place) != page]
    assert stale == []


def test_every_setting_is_in_the_reference(reference):
    declared = yaml.safe_load(reference.DECLARATION.read_text(encoding="utf-8"))
    keys = [option["key"] for group in declared["groups"] for option in group["options"]]
    assert len(keys) >= 5
    page = text("docs/reference/settings.md")
    assert [key for key in keys if f"## {key}\n" not in page] == []


def test_every_action_is_in_the_reference():
    from ckanext.patrasparticipation.logic import action

    page = text("docs/reference/actions.md")
    assert [name for name in action.__all__ if f"## {name}\n" not in page] == []


def test_every_action_says_what_it_does():
    from ckanext.patrasparticipation.logic import action

    assert [name for name in action.__all__ if not (getattr(action, name).__doc__ or "").strip()] == []


def test_every_command_is_in_the_reference(reference):
    from ckanext.patrasparticipation.cli import participation

    names = [path for path, _command in reference.walk("participation", participation)]
    page = text("docs/reference/commands.md")
    assert [name for name in names if f"## {name}\n" not in page] == []


def test_the_prose_names_only_commands_that_exist(reference):
    from ckanext.patrasparticipation.cli import participation

    make = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.M))
    ours = set(participation.commands)
    for page in PROSE:
        said = page.read_text(encoding="utf-8")
        code = "\n".join(re.findall(r"```.*?```|^ {4}.*$|`[^`]+`", said, re.S | re.M))
        assert set(re.findall(r"\bmake ([a-z][a-z-]*)", code)) <= make, page
        assert set(re.findall(r"\bckan participation ([a-z]+)", code)) <= ours, page


def test_the_prose_names_only_settings_that_exist(reference):
    declared = reference.DECLARATION.read_text(encoding="utf-8")
    for page in PROSE:
        said = re.findall(
            r"\bckanext\.patrasparticipation\.([a-z_]+)\b(?![./(])", page.read_text(encoding="utf-8")
        )
        unknown = {
            key for key in said if key not in declared and not (reference.DECLARATION.parent / key).exists()
        }
        assert unknown - {"wsgi"} == set(), page


def test_every_decision_is_listed():
    index = text("docs/decisions/index.md")
    pages = [page.name for page in (DOCS / "decisions").glob("*.md") if page.name != "index.md"]
    assert len(pages) >= 8
    assert [name for name in pages if f"({name})" not in index] == []


def test_every_decision_says_what_was_given_up():
    for page in (DOCS / "decisions").glob("*.md"):
        said = page.read_text(encoding="utf-8")
        if page.name != "index.md":
            assert "**Context.**" in said, page
            assert "**Decision.**" in said, page
            assert "**What we gave up.**" in said, page


def test_the_site_asks_nothing_of_another_site(site):
    remote = re.compile(r"^(https?:)?//")
    for page in site.rglob("*.html"):
        soup = BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser")
        asked = [tag.get("src") or tag.get("data") for tag in soup.select("[src], object[data]")]
        asked += [
            tag.get("href") for tag in soup.select("link[href]") if "canonical" not in tag.get("rel", [])
        ]
        assert [address for address in asked if address and remote.match(address)] == [], page


def test_the_pictures_are_there_and_small():
    readme = text("README.md")
    pictures = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", readme)
    assert pictures, "the README shows no picture"
    for picture in pictures:
        assert 0 < (ROOT / picture).stat().st_size < 200_000, picture
