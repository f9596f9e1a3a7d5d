"""What `make run` does with an index that another configset made, before Solr starts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import ckanext.patrasparticipation as package
from ckanext.patrasparticipation.search import configset

ROOT = Path(next(iter(package.__path__))).parents[2]

pytestmark = pytest.mark.skipif(not (ROOT / "deploy").is_dir(), reason="needs a checkout; this is none")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A catalogue's place with the core that this version writes, and an index in it."""
    monkeypatch.syspath_prepend(str(ROOT))
    from deploy.local.place import Place

    here = Place(tmp_path, 55400, suffix="", redis_number=0, variable="NONE")
    here.log.mkdir()
    configset.write(conf(here))
    index(here)
    return here


def conf(place: Any) -> Path:
    return Path(place.folder / "solr" / place.core / "conf")


def index(place: Any) -> Path:
    """An index on the disk, as Solr would have made it."""
    folder = Path(place.folder / "solr" / place.core / "data" / "index")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def change(place: Any, *, fields: bool) -> None:
    """Write what another version of the package would write."""
    path = conf(place) / "schema.xml"
    text = path.read_text(encoding="utf-8").replace(configset.fingerprint(), "0123456789ab")
    path.write_text(text.replace('name="covers_from"', 'name="covers"') if fields else text, encoding="utf-8")


@pytest.mark.parametrize(("fields", "stays"), [(False, True), (True, False)])
def test_an_index_goes_only_when_its_fields_changed(place: Any, fields: bool, stays: bool) -> None:
    from deploy.local import index as local

    local.follow(place)
    assert not (conf(place).parent / "data").exists()  # nobody had noted which configset made it
    there = index(place)
    local.follow(place)
    assert there.exists()
    change(place, fields=fields)
    local.follow(place)
    assert there.exists() is stays


def test_every_record_is_indexed_again_once(
    place: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from deploy.local import index as local

    asked: list[list[str]] = []
    codes = [4, 1]

    def run(command: list[str], **_more: Any) -> Any:
        asked.append(command[-3:])
        return type("Done", (), {"returncode": codes[len(asked) - 1]})

    monkeypatch.setattr(local.subprocess, "run", run)
    monkeypatch.setattr(local, "ckan_env", lambda _place: {})
    with pytest.raises(SystemExit, match="not made again"):
        local.rebuild(place, empty=False)
    for _ in range(2):  # one record failed, and was named; asking again would not help it
        local.rebuild(place, empty=False)
    assert asked == [["participation", "search", "rebuild"]] * 2
    told = capsys.readouterr().out
    assert "another version's" in told
    assert "some records could not be indexed" in told


def test_a_new_catalogue_has_nothing_to_index(place: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from deploy.local import index as local

    monkeypatch.setattr(local.subprocess, "run", None)
    local.rebuild(place, empty=True)
    local.rebuild(place, empty=False)
