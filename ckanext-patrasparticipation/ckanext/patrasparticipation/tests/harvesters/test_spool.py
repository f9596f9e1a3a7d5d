"""The folder downloads lie in: private, and swept of what was left behind long ago."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from ckanext.patrasparticipation.harvesters import spool


def test_what_was_left_a_day_ago_is_swept_and_the_rest_stays(tmp_path: Path) -> None:
    old, young = tmp_path / f"{spool.PREFIX}old", tmp_path / f"{spool.PREFIX}young"
    for folder in (old, young):
        folder.mkdir()
    os.utime(old, (0, time.time() - spool.DAY - 60))
    made = spool.folder(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted([young, made])
    assert made.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_vanishes_while_we_look_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "glob", lambda self, _pattern: [self / f"{spool.PREFIX}gone"])
    assert spool.folder(tmp_path).is_dir()
