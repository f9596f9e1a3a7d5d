"""The configset is whole; the doctor sees an index that another one made; one command makes it again."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import requests
from ckan import model
from ckan.lib.search import commit, make_connection
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.cli.search import search as command
from ckanext.patrasparticipation.doctor import services
from ckanext.patrasparticipation.search import configset, document, rebuild
from ckanext.patrasparticipation.tests.catalogue import samples
from ckanext.patrasparticipation.tests.search import corpus

MEASURED = corpus.CORPUS / "solr" / "schema_additions.xml"
OURS_OTHERWISE = {
    # Nobody reads them back: what is shown comes from the record, "did you mean" from titles.
    ("txt_*", "stored"): "false",
    ("code_*", "stored"): "false",
}
"""Where our schema leaves the measured one, and why."""

catalogue = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def parts(schema: str) -> dict[tuple[str, ...], Any]:
    """Types, fields and copies of a schema by name, each as nested plain values."""
    root = ElementTree.fromstring(re.sub(r"<!--.*?-->", "", schema, flags=re.DOTALL))
    found: dict[tuple[str, ...], Any] = {}
    for each in root.iter():
        if each.tag in ("fieldType", "field", "dynamicField"):
            found[each.tag, each.attrib["name"]] = plain(each)
        elif each.tag == "copyField":
            found[each.tag, each.attrib["source"], each.attrib["dest"]] = plain(each)
    return found


def plain(element: ElementTree.Element) -> dict[str, Any]:
    """An element as a dict: its attributes, and what is in it in order."""
    return {**element.attrib, "in it": [(each.tag, plain(each)) for each in element]}


@pytest.mark.skipif(not MEASURED.is_file(), reason=f"the measured schema is not in {MEASURED}")
def test_everything_that_was_measured_is_in_the_schema() -> None:
    ours = parts(configset.files()["schema.xml"])
    site = {"mapping": ["mapping-letters.txt"], "synonyms": "synonyms_el.txt,synonyms_site.txt"}
    for name, wanted in parts(MEASURED.read_text(encoding="utf-8")).items():
        assert name in ours
        expected = {key: OURS_OTHERWISE.get((name[-1], key), value) for key, value in wanted.items()}
        assert _without(ours[name], site) == _without(expected, site), name


def _without(value: Any, site: dict[str, Any]) -> Any:
    """The element without what ours adds: a mapping of letters before the key's, the site's own synonyms."""
    told = repr(value).replace(site["synonyms"], "synonyms_el.txt")
    letters = repr(("charFilter", {"class": "solr.MappingCharFilterFactory",
                                   "mapping": site["mapping"][0], "in it": []}))  # fmt: skip
    return told.replace(f"{letters}, ", "")


def test_what_is_equal_stays_untouched_and_what_the_site_wrote_too(tmp_path: Path) -> None:
    configset.write(tmp_path)
    (tmp_path / configset.OF_SITE).write_text("κάδος, κουβάς\n", encoding="utf-8")
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    configset.write(tmp_path)
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
    assert (tmp_path / configset.OF_SITE).read_text(encoding="utf-8") == "κάδος, κουβάς\n"


def test_every_file_that_the_schema_names_is_written(tmp_path: Path) -> None:
    configset.write(tmp_path)
    schema = (tmp_path / "schema.xml").read_text(encoding="utf-8")
    named = {
        name
        for value in re.findall(r'(?:words|synonyms|mapping|protected)="([^"]+)"', schema)
        for name in value.split(",")
    }
    assert sorted(named - {path.name for path in tmp_path.iterdir()}) == []
    assert "{{" not in schema


def test_the_fingerprint_changes_with_any_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = configset.fingerprint()
    assert configset.fingerprint() == before
    shutil.copytree(configset.OURS, tmp_path / "solr")
    with (tmp_path / "solr" / "stopwords_el.txt").open("a", encoding="utf-8") as words:
        words.write("λέξη\n")
    monkeypatch.setattr(configset, "OURS", tmp_path / "solr")
    assert configset.fingerprint() != before


@pytest.fixture
def other_core(with_plugins: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """Something that makes a second core with a changed schema, and points the catalogue at it."""
    base = str(tk.config["solr_url"]).rpartition("/")[0]
    system = requests.get(f"{base}/admin/info/system", params={"wt": "json"}, timeout=20).json()
    folder = Path(system["solr_home"]) / "other_configset"

    def make(old: str) -> None:
        configset.write(folder / "conf")
        schema = (folder / "conf" / "schema.xml").read_text(encoding="utf-8")
        changed = schema.replace(configset.fingerprint(), old) if old else _without_mark(schema)
        (folder / "conf" / "schema.xml").write_text(changed, encoding="utf-8")
        asked = {"action": "CREATE", "name": folder.name, "instanceDir": str(folder)}
        requests.get(f"{base}/admin/cores", params=asked, timeout=60).raise_for_status()
        monkeypatch.setitem(tk.config, "solr_url", f"{base}/{folder.name}")

    yield make
    asked = {"action": "UNLOAD", "core": folder.name, "deleteInstanceDir": "true"}
    requests.get(f"{base}/admin/cores", params=asked, timeout=60)
    shutil.rmtree(folder, ignore_errors=True)


def _without_mark(schema: str) -> str:
    return re.sub(r'<field name="participation_configset"[^>]*/>', "", schema)


@pytest.mark.parametrize(("old", "says"), [("0123456789ab", "0123456789ab"), ("", "of another program")])
def test_a_core_with_another_configset_is_wrong(
    other_core: Callable[[str], None], old: str, says: str
) -> None:
    other_core(old)
    (finding,) = [each for each in services.solr() if each.state != "ok"]
    assert finding.state == "wrong"
    assert finding.says.startswith(f"configset {says}; expected {configset.fingerprint()}: `python -m ")


@catalogue
def test_records_that_another_configset_indexed_are_counted_and_made_again_by_one_command(cli: Any) -> None:
    owner = samples.publisher()["id"]
    for name in ("one", "two"):
        samples.dataset(name=name, owner_org=owner)
    assert [finding.state for finding in services.solr()] == ["ok", "ok"]
    (stale,) = make_connection().search("name:one", fl="*").docs
    gone = stale | {"id": "gone", "index_id": "gone", "name": "gone"}
    old = [each | {"participation_configset": "0123456789ab"} for each in (stale, gone)]
    make_connection().add([_addable(each) for each in old], commit=True)
    (finding,) = [each for each in services.solr() if each.state != "ok"]
    assert finding.state == "note"
    assert finding.says == "2 records are indexed by another configset: `ckan participation search rebuild`"
    done = cli.invoke(command, ["rebuild"])
    assert (done.exit_code, done.stderr) == (0, "")
    assert "2 indexed in" in done.stdout
    assert "1 that are no records any more removed" in done.stdout
    assert [finding.state for finding in services.solr()] == ["ok", "ok"]
    assert samples.act("package_search", q="name:gone")["count"] == 0


def _addable(stored: dict[str, Any]) -> dict[str, Any]:
    """A document read from Solr as one that can be written; moments as Solr reads them."""
    texts = {
        key: f"{value.isoformat()}Z" if hasattr(value, "isoformat") else value
        for key, value in stored.items()
    }
    return {key: value for key, value in texts.items() if key != "_version_"}


@catalogue
def test_a_record_that_fails_is_named_and_stops_no_other(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = samples.publisher()["id"]
    for name in ("one", "two", "three"):
        samples.dataset(name=name, owner_org=owner)
    make_connection().delete(q="*:*", commit=True)
    enrich = document.enrich

    def breaks(indexed: dict[str, Any], definition: Any) -> dict[str, Any]:
        if indexed["name"] == "two":
            raise TypeError("nobody thought of this")
        return enrich(indexed, definition)

    monkeypatch.setattr(document, "enrich", breaks)
    monkeypatch.setattr(rebuild, "BATCH", 2)
    done = cli.invoke(command, ["rebuild"])
    assert done.exit_code == 1
    assert "2 indexed in" in done.stdout
    assert done.stderr == "not indexed: two: TypeError: nobody thought of this\n"
    commit()
    found = samples.act("package_search", q="*:*")["results"]
    assert sorted(each["name"] for each in found) == ["one", "three"]


@catalogue
def test_progress_is_told_after_each_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    owner = samples.publisher()["id"]
    ids = [samples.dataset(name=f"record-{number}", owner_org=owner)["id"] for number in range(3)]
    monkeypatch.setattr(rebuild, "BATCH", 2)
    told: list[tuple[int, int]] = []
    assert rebuild.some(ids, lambda done, total: told.append((done, total))).done == 3
    assert told == [(2, 3), (3, 3)]
    assert model.Package.get(ids[0]) is not None


@catalogue
def test_without_solr_the_command_says_so_and_ends_with_four(
    cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(tk.config, "solr_url", "http://127.0.0.1:1/solr/ckan")
    done = cli.invoke(command, ["rebuild"])
    assert done.exit_code == 4
    assert "http://127.0.0.1:1/solr/ckan does not answer" in done.stderr
