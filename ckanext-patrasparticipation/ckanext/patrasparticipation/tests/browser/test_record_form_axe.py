"""axe finds nothing in any form, every section open and a part of each kind added, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .record_desk import RecordForm
from .staff_fixtures import Act, act, organization, seat, token
from .test_axe import WIDTHS, violations
from .watch import Watched

__all__ = ["Act", "act", "organization", "seat", "token"]  # fixtures

TYPES = ("dataset", "citizen_group", "initiative", "consultation", "works_project", "indicator")
ENGLISH = re.compile(r"[A-Za-z]{2,}(?: [A-Za-z]{2,}){2,}")
DATA = "[data-content], .brand, #field-license_id"  # what is not words of ours
ADDERS = ".participation-parts-add button"


@pytest.fixture(scope="module")
def form(seat: Watched) -> RecordForm:
    """The editor's form."""
    return RecordForm(seat)


@pytest.mark.parametrize("start", ["", "/en"])
@pytest.mark.parametrize("record_type", TYPES)
def test_axe_finds_nothing_in_a_form(form: RecordForm, record_type: str, start: str, pictures: Path) -> None:
    page = form.open(f"{start}/{record_type}/new").page
    for adder in page.locator(ADDERS).all():
        adder.click()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], width
        assert form.watched.too_wide() == [], width
        form.watched.picture(pictures, f"form{start}-{record_type}-{width}")
    page.set_viewport_size({"width": 1280, "height": 900})
    if not start:
        page.evaluate("(data) => document.querySelectorAll(data).forEach((one) => one.remove())", DATA)
        assert not ENGLISH.findall(page.locator("body").inner_text())
    assert form.watched.problems == []


@pytest.mark.parametrize("start", ["", "/en"])
def test_axe_finds_nothing_where_staff_choose_what_to_add(
    form: RecordForm, start: str, pictures: Path
) -> None:
    page = form.open(f"{start}/participation/new").page
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page) == [], width
        assert form.watched.too_wide() == []
        form.watched.picture(pictures, f"new-record{start}-{width}")
    page.set_viewport_size({"width": 1280, "height": 900})
