"""A page that is watched while a browser reads it: errors, foreign requests, sideways scroll."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response

OURS = ("data:", "blob:", "about:")
WIDER = """() => [...document.querySelectorAll('body *')]
  .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
  .filter((part) => !part.closest('.scroll, .map-frame'))
  .slice(0, 4).map((part) => part.tagName + '.' + part.className)"""


@dataclass
class Watched:
    """One tab of the browser and what went wrong in it; ``expected`` is a status that it may meet."""

    page: Page
    address: str
    expected: int = 200
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self._said(said.type, said.text))
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self.page.on("request", lambda asked: self._asked(asked.url))
        self.page.on("response", self._answered)

    def _said(self, kind: str, text: str) -> None:
        about_status = f"status of {self.expected}" in text  # the page itself, already told by its answer
        if kind == "error" and not about_status:
            self.problems.append(f"console: {text}")

    def _asked(self, url: str) -> None:
        if not url.startswith(OURS) and urlsplit(url).netloc != urlsplit(self.address).netloc:
            self.problems.append(f"another host: {url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status != self.expected:
            self.problems.append(f"{response.status}: {response.url}")

    def open(self, path: str) -> Page:
        """Go there and wait until nothing is under way."""
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("networkidle")
        return self.page

    def too_wide(self) -> list[str]:
        """The parts that stick out to the side, where the page scrolls sideways."""
        fits = self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        return [] if fits else self.page.evaluate(WIDER) or ["something without a box"]

    def picture(self, folder: Path, name: str, **options: Any) -> None:
        """Keep a picture of the whole page for people to look at."""
        folder.mkdir(parents=True, exist_ok=True)
        file = re.sub(r"[^a-z0-9-]+", "-", name.lower()).strip("-") or "home"
        self.page.screenshot(path=folder / f"{file}.png", full_page=True, **options)
