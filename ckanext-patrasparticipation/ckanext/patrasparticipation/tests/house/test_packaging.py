"""What leaves the house: the wheel and the source archive hold every file the program reads."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

import ckanext.patrasparticipation as package

HERE = Path(next(iter(package.__path__)))
ROOT = HERE.parents[2]
BUILD = "import sys, pathlib; from deploy.local import wheel; wheel.build(pathlib.Path(sys.argv[1]))"
CONFIGSET = ("additions.xml", "chains.xml", "mapping-el.txt", "solrconfig.xml", "stopwords_el.txt")
LEFT_HOME = ("tests", "__pycache__")

pytestmark = pytest.mark.skipif(not (ROOT / "deploy").is_dir(), reason="builds from a checkout; this is none")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with both archives."""
    folder = tmp_path_factory.mktemp("dist")
    done = subprocess.run([sys.executable, "-c", BUILD, folder], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def ours() -> set[str]:
    """Every file of the package, the two leaves included, as ``ckanext/patrasparticipation/…``."""
    files = (path.relative_to(HERE) for path in HERE.rglob("*") if path.is_file())
    leaves = (
        Path(leaf) / path.relative_to(HERE / leaf)
        for leaf in ("schemas", "harvesters")
        for path in (HERE / leaf).rglob("*")
        if path.is_file()
    )
    wanted = {path for path in (*files, *leaves) if not set(path.parts) & set(LEFT_HOME)}
    return {f"ckanext/patrasparticipation/{path.as_posix()}" for path in wanted if path.name != ".gitkeep"}


def test_the_wheel_holds_every_file(built: Path) -> None:
    wheel = next(built.glob("*.whl"))
    assert sorted(ours() - set(zipfile.ZipFile(wheel).namelist())) == []


def test_map_typeface_and_translations_are_among_them() -> None:
    inside = "ckanext/patrasparticipation"
    wanted = {
        f"{inside}/public/vendor/maplibre-gl/maplibre-gl.mjs",
        f"{inside}/public/vendor/maplibre-gl/LICENSE.txt",
        f"{inside}/public/vendor/commissioner/LICENSE",
        f"{inside}/i18n/el/LC_MESSAGES/ckanext-patrasparticipation.mo",
        *(f"{inside}/search/solr/{name}" for name in CONFIGSET),
        f"{inside}/schemas/types/dataset.yaml",
        f"{inside}/harvesters/messages.yaml",
    }
    assert sorted(wanted - ours()) == []


def test_the_source_archive_holds_every_file(built: Path) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    inside = {f"ckanext-patrasparticipation/{name}" for name in ours()}
    assert sorted(inside - names) == []


def test_nothing_of_a_machine_is_inside(built: Path) -> None:
    wheel = zipfile.ZipFile(next(built.glob("*.whl")))
    names = wheel.namelist()
    assert not [name for name in names if name.endswith((".pyc", "secrets.json", ".ini.new"))]
    texts = [name for name in names if name.endswith((".py", ".yaml", ".html"))]
    assert not [name for name in texts if str(ROOT).encode() in wheel.read(name)]
