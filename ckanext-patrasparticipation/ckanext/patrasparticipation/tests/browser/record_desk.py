"""The form of a record as an editor works on it: typing, choosing, adding parts, picking records by name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Dialog, Locator, Page, expect

from . import desk
from .watch import Watched

PART = ".participation-part:has(> fieldset:not([disabled]))"


@dataclass
class RecordForm:
    """The form that stands open in the editor's window."""

    watched: Watched
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("dialog", self._answer)

    def _answer(self, dialog: Dialog) -> None:
        """What the browser asks before it leaves is answered with yes, and remembered."""
        self.asked.append(dialog.type)
        dialog.accept()

    @property
    def page(self) -> Page:
        """The window."""
        return self.watched.page

    def open(self, path: str) -> RecordForm:
        """Open a form with all its sections unfolded."""
        self.watched.open(path)
        self.page.evaluate(desk.OPEN_ALL)
        return self

    def type(self, **texts: str) -> RecordForm:
        """Write into fields, named as their controls are; ``__`` stands for a hyphen."""
        for name, text in texts.items():
            self.page.fill(f"#field-{name.replace('__', '-')}", text)
        return self

    def choose(self, **codes: str) -> RecordForm:
        """Choose one code a field."""
        for name, code in codes.items():
            self.page.select_option(f"#field-{name.replace('__', '-')}", code)
        return self

    def tick(self, **codes: list[str]) -> RecordForm:
        """Tick several codes a field."""
        for name, chosen in codes.items():
            for code in chosen:
                self.page.check(f"#field-{name.replace('__', '-')}-{code}")
        return self

    def parts(self, name: str) -> Locator:
        """The parts of a repeating field that will be saved, in their order."""
        return self.page.locator(f"#field-{name} > ol > {PART}")

    def add(self, name: str, /, choices: dict[str, str] | None = None, **texts: str) -> str:
        """Add a part by its button and write into it; gives the beginning of its controls' names."""
        self.page.click(f"#field-{name} > .participation-parts-add button")
        at = self.parts(name).last.get_attribute("data-part")
        for key, text in texts.items():
            self.page.fill(f"#field-{name}-{at}-{key}", text)
        for key, code in (choices or {}).items():
            self.page.select_option(f"#field-{name}-{at}-{key}", code)
        return f"{name}-{at}"

    def find(self, name: str, typed: str, title: str) -> RecordForm:
        """Search a record by letters of its name, and take it by the keyboard."""
        box = self.page.locator(f"#field-{name}")
        box.focus()
        box.press_sequentially(typed, delay=20)
        option = self.page.locator(".participation-relation-box [role=option]", has_text=title)
        option.first.wait_for()
        expect(option.first).to_be_in_viewport()
        for _step in range(10):
            self.page.keyboard.press("ArrowDown")
            if title in self.page.locator("[role=option][aria-selected=true]").inner_text():
                break
        self.page.keyboard.press("Enter")
        chosen = self.page.locator(".participation-relation", has=self.page.locator(f"#field-{name}"))
        assert title in chosen.locator(".participation-chosen").inner_text()
        return self

    def common(self, title: str, notes: str) -> RecordForm:
        """What every type asks: its names, and that everybody may read it."""
        self.type(title_translated__el=title, notes_translated__el=notes)
        self.choose(private="False")
        return self

    def send(self, save: str = "") -> RecordForm:
        """Press a button of the bar: save, or ``draft``."""
        with self.page.expect_navigation(wait_until="networkidle"):
            self.page.click(f".participation-save button[value='{save}']")
        return self

    def saved(self, save: str = "") -> dict[str, Any]:
        """Save, and give the record as the API shows it to the editor."""
        self.send(save)
        errors = self.page.locator("#participation-errors")
        assert errors.count() == 0, errors.inner_text()
        assert "Αποθηκεύτηκε" in self.page.locator(".flash-messages").inner_text()
        name = self.page.url.rstrip("/").rsplit("/", 1)[-1].split("?")[0]
        found: dict[str, Any] = desk.asked(self.watched, "package_show", id=name)
        return found
