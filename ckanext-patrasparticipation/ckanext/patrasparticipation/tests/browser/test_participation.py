"""The pages of participation: each type's own, the lists, the home; both languages, wide and at 320 px."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ckanext.patrasparticipation.tests.catalogue.greek_pages import english_runs

from .conftest import Open
from .test_axe import violations
from .test_reading import sound
from .world import act, token, world

__all__ = ["act", "token", "world"]

World = dict[str, dict[str, Any]]

WIDTHS = (1280, 320)
RECORDS = (
    "citizen_group/geitonia-se-kinisi",
    "initiative/skia-stis-plateies",
    "consultation/anaplasi-psilalonion",
    "consultation/kykloforia-sto-kentro",
    "consultation/paidikes-chares",
    "consultation/kanonismos-koinochriston",
    "works_project/ergo-psilalonia",
    "works_project/rampes-agias-sofias",
    "indicator/prasino-ana-katoiko",
    "indicator/diavoulefseis-to-chrono",
)
LISTS = ("participation", "consultation", "citizen_group", "initiative", "works_project", "indicator")
OPEN_ALL = "document.querySelectorAll('main details').forEach((part) => { part.open = true; })"


@pytest.mark.parametrize("language", ["el", "en"])
@pytest.mark.parametrize("path", [*RECORDS, *LISTS])
def test_a_page_of_participation_is_sound(
    tab: Open, world: World, pictures: Path, path: str, language: str
) -> None:
    for width in WIDTHS:
        watched = tab(width)
        page = watched.open(f"{'/en' if language == 'en' else ''}/{path}{'/' if path in LISTS[1:] else ''}")
        watched.picture(pictures, f"participation-{path}-{language}-{width}")
        sound(watched)
        assert violations(page) == [], width
        page.evaluate(OPEN_ALL)
        sound(watched)
        assert violations(page) == [], width
        assert page.locator("html").get_attribute("lang") == language
        if language == "el":
            assert english_runs(page.content()) == []
