"""Every wish behind the participation half has a test of its number, or says what of it is not built."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[5]
pytestmark = pytest.mark.skipif(not (ROOT / "deploy").is_dir(), reason="needs a checkout; this is none")

CORE = (
    1, 3, 6, 17, 20, 23, 24, 27, 28, 30, 33, 37, 38, 41, 46, 49, 50, 58, 66, 69, 77, 78, 80, 83, 87, 90, 110,
    114, 119, 120,
)  # fmt: skip


@pytest.fixture
def wishes(monkeypatch):
    monkeypatch.syspath_prepend(ROOT)
    return importlib.import_module("deploy.wishes")


def test_the_rows_are_all_there(wishes):
    assert list(wishes.wishes()) == list(range(1, 126))


@pytest.mark.parametrize("row", CORE)
def test_a_core_wish_has_a_test_of_its_number(wishes, row):
    assert wishes.tests().get(row)


def test_what_has_no_test_says_why_or_where_else_it_is_tested(wishes):
    named = wishes.tests()
    silent = [
        row
        for row, wish in wishes.wishes().items()
        if not named.get(row) and not wish.get("tests") and not wish.get("left")
    ]
    assert silent == []
