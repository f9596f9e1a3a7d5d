"""A real browser before a real catalogue that holds the sample city."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from ckanext.datastore.backend.postgres import get_write_engine
from ckanext.datastore.tests.helpers import clear_db
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy.orm import scoped_session, sessionmaker

from ckanext.patrasparticipation.tests.browser.watch import Watched

CHROMIUM = "/usr/bin/chromium-headless-shell"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--enable-unsafe-swiftshader", "--disable-quic",
]  # fmt: skip
EDITOR = ("tester", "a-long-test-password")

Open = Callable[..., Watched]


def ckan(*words: str) -> None:
    """One ``ckan`` command with the settings of the served catalogue; its last words stand in a failure."""
    ini = os.environ["PATRAS_INI"]
    command = [str(Path(sys.executable).with_name("ckan")), "-c", ini, *words]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"CKAN_INI": ini})
    assert done.returncode == 0, (
        f"{' '.join(words)}: {done.returncode}\n{(done.stdout + done.stderr)[-3000:]}"
    )


@pytest.fixture(scope="session")
def city(reset_db: Callable[[], None]) -> None:
    """The sample city, harvested as an operator does it, and an administrator."""
    reset_db()
    ckan("search-index", "clear")  # that of the served site, which has an id of its own
    clear_db(scoped_session(sessionmaker(bind=get_write_engine())))
    ckan("participation", "sample", str(Path(os.environ["CKAN_STORAGE_PATH"]) / "participation" / "incoming"))
    ckan("participation", "harvest", "--all")
    name, password = EDITOR
    ckan("sysadmin", "add", "--create", name, "email=tester@patras.example", f"password={password}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a window; it draws pages and WebGL in software."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def tab(browser: Browser, city: None, address: str) -> Iterator[Open]:
    """Makes watched tabs: ``tab(width=1280, expected=200, **options of a browser context)``."""
    contexts = []

    def new(width: int = 1280, expected: int = 200, **options: Any) -> Watched:
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, **options))
        return Watched(contexts[-1].new_page(), address, expected)

    yield new
    for context in contexts:
        context.close()


def press(page: Any, button: Any) -> None:
    """Press a button and wait for the page it leads to: the page before it is idle, too."""
    with page.expect_navigation(wait_until="networkidle"):
        button.click()


@pytest.fixture(scope="session")
def logged_in(browser: Browser, city: None, address: str) -> dict[str, Any]:
    """The state of a browser in which the administrator has logged in."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}/user/login")
    page.fill("#field-login", EDITOR[0])
    page.fill("#field-password", EDITOR[1])
    press(page, page.locator("main form, .primary form").locator("button[type=submit]"))
    state: dict[str, Any] = context.storage_state()
    context.close()
    return state


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where the screenshots go."""
    return Path(os.environ.get("PATRAS_VAR", "var")) / "screenshots"


@pytest.fixture(scope="session")
def bins(city: None, address: str) -> dict[str, Any]:
    """The record of the waste bins, asked of the served catalogue."""
    with urlopen(f"{address}/api/3/action/package_search?fq=participation_feed:waste_container") as answer:
        found: dict[str, Any] = json.load(answer)["result"]["results"][0]
    return found
