"""A page that is watched while a browser reads it: errors, foreign requests, sideways scroll."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request, Response

OURS = ("data:", "blob:", "about:")
WIDER = """() => [...document.querySelectorAll('body *')]
  .filter((part) => part.getBoundingClientRect().right > innerWidth + 1)
  .filter((part) => !part.closest('.scroll, .map-frame'))
  .slice(0, 4).map((part) => part.tagName + '.' + part.className)"""


STEP, QUIET, LONG = 40, 120, 30_000
"""Milliseconds: between two looks, without a request until a page has settled, until it is too slow."""
LOOKED_AT = "PATRAS_PICTURES"
"""Set it to keep pictures for people to look at: they cost a tenth of the time."""


@dataclass
class Watched:
    """One tab of the browser and what went wrong in it; ``expected`` is a status that it may meet."""

    page: Page
    address: str
    expected: int = 200
    problems: list[str] = field(default_factory=list)
    under_way: set[Request] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.page.on("console", lambda said: self._said(said.type, said.text))
        self.page.on("pageerror", lambda error: self.problems.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("requestfinished", self._ended)
        self.page.on("requestfailed", self._ended)
        self.page.on("response", self._answered)

    def _said(self, kind: str, text: str) -> None:
        about_status = f"status of {self.expected}" in text  # the page itself, already told by its answer
        if kind == "error" and not about_status:
            self.problems.append(f"console: {text}")

    def _asked(self, asked: Request) -> None:
        self.under_way.add(asked)
        url = asked.url
        if not url.startswith(OURS) and urlsplit(url).netloc != urlsplit(self.address).netloc:
            self.problems.append(f"another host: {url}")

    def _ended(self, asked: Request) -> None:
        self.under_way.discard(asked)

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and response.status != self.expected:
            self.problems.append(f"{response.status}: {response.url}")

    def open(self, path: str) -> Page:
        """Go there and wait until nothing is under way."""
        self.under_way.clear()
        self.page.goto(self.address + path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until nothing was under way for a moment; Playwright's ``networkidle`` takes half a second."""
        end, quiet = time.monotonic() + LONG / 1000, 0
        while quiet < QUIET:
            self.page.wait_for_timeout(STEP)
            quiet = 0 if self.under_way else quiet + STEP
            assert time.monotonic() < end, [asked.url for asked in self.under_way]

    def too_wide(self) -> list[str]:
        """The parts that stick out to the side, where the page scrolls sideways."""
        fits = self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        return [] if fits else self.page.evaluate(WIDER) or ["something without a box"]

    def picture(self, folder: Path, name: str, **options: Any) -> None:
        """Keep a picture of the whole page for people to look at, where somebody wants to."""
        if LOOKED_AT not in os.environ:
            return
        folder.mkdir(parents=True, exist_ok=True)
        file = re.sub(r"[^a-z0-9-]+", "-", name.lower()).strip("-") or "home"
        self.page.screenshot(path=folder / f"{file}.png", full_page=True, **options)
