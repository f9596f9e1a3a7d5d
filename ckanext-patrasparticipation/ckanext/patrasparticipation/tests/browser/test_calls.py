"""The calls on a dataset's page run as they stand."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import Any

import pytest

from .conftest import Open

RUN = {
    "curl": ["bash", "-c"],
    "Python": [sys.executable, "-c"],
    "JavaScript": ["node", "-e"],
    "R": ["Rscript", "-e"],
}


@pytest.mark.parametrize("language", RUN)
def test_a_call_gives_rows(tab: Open, bins: dict[str, Any], language: str) -> None:
    if not shutil.which(RUN[language][0]):
        pytest.skip(f"{RUN[language][0]} is not on this machine")
    page = tab().open(f"/dataset/{bins['name']}")
    code = page.locator(f"[data-call='{language}']").text_content() or ""
    done = subprocess.run([*RUN[language], code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "asset_id" in done.stdout
