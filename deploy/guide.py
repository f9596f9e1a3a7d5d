"""Take the pictures of the guide for editors in the real pages: `make run`, then `python -m deploy.guide`.

No test runs this: whoever changes the pages looks at the pictures, and commits those that tell something new.
It makes a dataset of invented street lights in the running catalogue and takes it away again.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from .local.place import Place, catalogue

FOLDER = Path(__file__).parent.parent / "docs" / "assets" / "guide"
CHROMIUM = "/usr/bin/chromium-headless-shell"
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
WINDOW = {"width": 780, "height": 600}
MOST = 60_000
"""Bytes of a picture: the guide is read in offices with slow lines."""
COLOURS = 32
"""Of a picture; ImageMagick's `convert` chooses them."""
NAME = "fotistika-odigou"
HEADER = "Μητρώο φωτιστικών 2024\n\nΚωδικός;Οδός;Ισχύς (W);Ύψος (m)\n"
TOP = "part => scrollTo(0, part.getBoundingClientRect().top + scrollY - 12)"
ENTER = "main button[type=submit], .primary button[type=submit]"


def lights(rows: int, wrong: int = -1) -> bytes:
    """A file as a department keeps it: a title, decimal commas, windows-1253; perhaps with a wrong row."""
    lines = [f"Φ{n:04d};Κορίνθου;{'πολλά' if n == wrong else 70 + n % 3};6,5" for n in range(1, rows + 1)]
    return (HEADER + "\n".join(lines) + "\n").encode("windows-1253")


class Walk:
    """One person's way through the guide, in Greek, in one window."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def open(self, path: str) -> None:
        """Go there and wait until nothing is under way."""
        self.page.goto(self.address + path)
        self.page.wait_for_load_state("networkidle")

    def press(self, selector: str) -> None:
        """Press what leads to another page, and wait for it."""
        with self.page.expect_navigation():
            self.page.locator(selector).last.click()
        self.page.wait_for_load_state("networkidle")

    def shoot(self, name: str, selector: str) -> None:
        """Keep what the window shows when that part stands at its top.

        Raises:
            SystemExit: the picture is larger than the guide's readers should wait for.
        """
        self.page.locator(selector).first.evaluate(TOP)
        path = FOLDER / f"{name}.png"
        self.page.screenshot(path=path)
        subprocess.run(
            ["convert", path, "-strip", "+dither", "-colors", str(COLOURS), f"PNG8:{path}"], check=True
        )
        size = path.stat().st_size
        print(f"{path.name}: {size} bytes")
        if size > MOST:
            sys.exit(f"{path.name} has {size} bytes, more than {MOST}")

    def give(self, selector: str, content: bytes) -> None:
        """Choose a file."""
        file = {"name": "φωτιστικά.csv", "mimeType": "text/csv", "buffer": content}
        self.page.set_input_files(selector, file)

    def log_in(self, name: str, password: str) -> None:
        """As a person does."""
        self.open("/user/login")
        self.page.fill("#field-login", name)
        self.page.fill("#field-password", password)
        self.press(ENTER)

    def make(self) -> None:
        """First steps, the dataset, the file."""
        self.open("/dashboard/datasets")
        self.shoot("1-first-steps", ".first-steps")
        self.open("/dataset/new")
        self.page.fill("#field-title_translated-el", "Φωτιστικά του δήμου")
        self.page.fill("#field-name", NAME)
        self.page.fill("#field-notes_translated-el", "Τα φωτιστικά των δρόμων, με ισχύ και ύψος.")
        self.page.check("#field-theme-TRAN")
        self.page.select_option("#field-license_id", "CC_BY_4_0")
        self.page.select_option("#field-private", "False")
        self.shoot("2-dataset", "label[for=field-title_translated-el]")
        self.press("button[name=save]")
        self.give("#field-upload", lights(40, wrong=3))
        self.shoot("3-upload", "label[for=field-upload]")
        self.press("button[value=go-metadata]")

    def check(self) -> None:
        """What was read, what is wrong with it, and the file that is right."""
        self.shoot("4-check", "h1")
        self.page.locator("#refused details").first.evaluate("part => { part.open = true; }")
        self.shoot("5-errors", "#refused")
        self.give("#another-file", lights(40))
        self.press("#another button")

    def publish(self) -> None:
        """The table, a newer file for it, and the version before."""
        self.press("button[value=publish]")
        self.shoot("6-published", "h1")
        resource = self.page.url.split("/resource/")[1].split("/")[0].split("?")[0]
        self.open(f"/dataset/{NAME}/resource/{resource}/table")
        self.give("#another-file", lights(43))
        self.press("#another button")
        self.shoot("7-replace", "#change")
        self.press("button[value=publish]")
        self.press(".table-ways a[href*='/participation/feed/']")
        self.shoot("8-restore", "h1")


def main() -> None:
    """All eight, in the order of the text."""
    place: Place = catalogue()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_context(viewport=WINDOW, locale="el-GR").new_page()
        page.set_default_timeout(15_000)
        walk = Walk(page, f"http://127.0.0.1:{place.base}")
        walk.log_in("admin", (place.folder / "admin-password").read_text(encoding="utf-8").strip())
        forget(place)
        try:
            walk.make()
            walk.check()
            walk.publish()
        finally:
            browser.close()
            forget(place)


def forget(place: Place) -> None:
    """Take the dataset of the guide out of the catalogue, if it is there."""
    ckan = str(Path(sys.executable).with_name("ckan"))
    subprocess.run([ckan, "-c", str(place.ini), "dataset", "purge", NAME], capture_output=True, check=False)


if __name__ == "__main__":
    main()
