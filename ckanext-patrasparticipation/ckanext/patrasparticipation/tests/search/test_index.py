"""A save never fails because of the index: every way we know in which a record was refused by it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
import requests
from ckan import model
from ckan.lib.search import make_connection
from ckan.plugins import get_plugin
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.records import index
from ckanext.patrasparticipation.schemas.load import record_type
from ckanext.patrasparticipation.search import configset
from ckanext.patrasparticipation.tests.catalogue import samples

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

LONG = "ώ" * 20_000  # 40,000 bytes: more than a string of Solr holds
DATES: dict[str, tuple[Any, datetime | None]] = {
    "a year": ("2024", None),  # dateutil: a day of 2024, today's
    "a day as Greeks write it": ("05/06/2024", None),  # dateutil: the 6th of May
    "a Greek month": ("5 Ιουνίου 2024", None),
    "nothing": ("", None),
    "a list": (["2024-01-01", "2024-02-01"], None),
    "a number": (2024, None),
    "forty digits": ("9" * 40, None),
    "no day": ("2024-02-30", None),
    "a day": ("2024-05-01", datetime(2024, 5, 1)),
    "another zone": ("2024-05-01T01:30:00+03:00", datetime(2024, 4, 30, 22, 30)),
    "a moment": ("2024-05-01T10:00:00Z", datetime(2024, 5, 1, 10)),
    "outside the calendar": ("9999-12-31T23:59:59-10:00", None),
}


def stored(name: str) -> dict[str, Any]:
    """The document of a record, as Solr has it."""
    (found,) = make_connection().search(f'name:"{name}"', fl="*").docs
    return found


def names(**asked: Any) -> list[str]:
    """The names of the records that a search finds."""
    return [each["name"] for each in samples.act("package_search", rows=50, **asked)["results"]]


def terms(field_type: str, text: str, side: str) -> set[str]:
    """The words that the core makes of a text, in the index or of a query."""
    asked = {"analysis.fieldtype": field_type, "analysis.fieldvalue": text, "analysis.query": text}
    answer = requests.get(f"{tk.config['solr_url']}/analysis/field", params=asked, timeout=20).json()
    return {token["text"] for token in answer["analysis"]["field_types"][field_type][side][-1]}


@pytest.fixture
def owner() -> str:
    """A publisher's id."""
    return samples.publisher()["id"]


def test_a_date_is_a_whole_date_or_none_and_never_stops_a_save(owner: str) -> None:
    for number, (value, _) in enumerate(DATES.values()):
        extras = [{"key": key, "value": value} for key in ("issued_date", "txt_date", "vocab_date")]
        samples.dataset(name=f"dated-{number}", owner_org=owner, extras=extras)
    found = {case: stored(f"dated-{number}").get("issued_date") for number, case in enumerate(DATES)}
    assert found == {case: moment for case, (_, moment) in DATES.items()}


def test_a_field_of_ours_that_ends_like_a_date_is_one() -> None:
    """Solr takes the longest pattern that fits a name: ``*_date`` before ``txt_*`` and ``code_*``."""
    fields = [
        field for part in ("dataset_fields", "resource_fields") for field in record_type("dataset")[part]
    ]
    ends = [field for field in fields if field["field_name"].endswith("_date")]
    assert [field["field_name"] for field in ends if field.get("preset") != "participation_date"] == []


def test_f_23_texts_longer_than_a_string_of_solr_are_saved_and_found_to_their_end(owner: str) -> None:
    made = samples.dataset(
        name="long",
        owner_org=owner,
        notes_translated={"el": f"{LONG} ουρά", "en": f"{'n ' * 10_000} tail"},
        extras=[{"key": key, "value": LONG} for key in ("free", "vocab_free", "code_free", "txt_free")],
        resources=[
            {"url": "https://example.gr/" + "a" * 1_900, "name": "α", "description": f"{LONG[:9_000]} λέξη"}
        ],
    )
    assert made["notes"].startswith(LONG)
    assert names(q="ουρά") == names(q="tail") == ["long"]


@pytest.mark.parametrize("kind", ["unknown", "harvest", "dataset"])
def test_a_document_of_any_type_fits_whatever_is_in_it(kind: str) -> None:
    """Titles and structures that other extensions and old rows bring: no validator of ours saw them."""
    given = {
        "id": f"id-{kind}", "index_id": f"index-{kind}", "site_id": tk.config["ckan.site_id"], "type": kind,
        "dataset_type": kind, "entity_type": "package", "name": f"any-{kind}", "title": LONG,
        "title_string": LONG, "title_translated": {"el": LONG, "en": "x"}, "free": LONG,
        "undeclared": ["a", "b"], "structure": {"a": {"b": 1}}, "structures": [{"a": 1}],
        "vocab_free": [LONG, "b"], "code_free": [LONG, "b"], "tags": [LONG], "res_url": [LONG],
        "theme": '["ENVI", 1, null, ["x"]]', "language": "[" * 5_000, "nothing": None, "truth": True,
    }  # fmt: skip
    for key in index.TYPED:
        given |= {key: "word", f"extras_{key}": "word"}
    plugin = get_plugin("patrasparticipation")
    make_connection().add([plugin.before_dataset_index(dict(given))], commit=True)
    assert stored(f"any-{kind}")["participation_configset"] == configset.fingerprint()


def test_translated_titles_are_searched_as_text_not_sent_as_structures(owner: str) -> None:
    samples.dataset(name="two", owner_org=owner, title_translated={"el": "Κρήνες", "en": "Fountains"})
    samples.act("package_patch", id="two", title_translated={"el": "Βρύσες", "en": "Taps"})
    assert names(q="taps") == names(q="βρύση") == ["two"]
    assert names(q="fountains") == []


def test_a_free_extra_takes_no_field_of_ours(owner: str) -> None:
    extras = [{"key": key, "value": "word"} for key in (*index.TYPED, "site_id", "capacity")]
    samples.dataset(name="free", owner_org=owner, extras=extras, private=True)
    assert stored("free")["capacity"] == "private"
    assert stored("free")["participation_configset"] == configset.fingerprint()


def test_a_write_that_carries_a_version_is_taken(owner: str) -> None:
    """With CKAN's own string field it is a 500, and so is every optimistic write."""
    samples.dataset(name="versioned", owner_org=owner)
    document = {"index_id": "x", "id": "x", "site_id": "x", "entity_type": "package", "_version_": 0}
    make_connection().add([document], commit=True)
    shown = requests.get(f"{tk.config['solr_url']}/schema/fields/_version_", timeout=20).json()["field"]
    assert (shown["type"], shown["docValues"]) == ("plong", True)
    make_connection().delete(id="x", commit=True)


def test_what_is_counted_has_doc_values_and_what_is_stored_whole_is_not_counted(owner: str) -> None:
    url = f"{tk.config['solr_url']}/schema"
    for name in configset.COUNTED:
        kind = "dynamicfields" if name.endswith("*") else "fields"
        field = requests.get(f"{url}/{kind}/{name}", params={"showDefaults": "true"}, timeout=20).json()
        shown = field["dynamicField" if name.endswith("*") else "field"]
        assert (name, shown["docValues"]) == (name, True)
    whole = requests.get(f"{url}/fields/data_dict", params={"showDefaults": "true"}, timeout=20).json()
    assert whole["field"]["docValues"] is False


def test_f_05_letters_that_look_greek_are_read_as_greek(owner: str) -> None:
    """Diavgeia writes the micro sign and the increment for μ and Δ; who searches does not."""
    subject = "3η Αναµόρφωση Προϋπολογισµού ∆ηµοτικού Λιµενικού Ταµείου έτους 2023"
    samples.dataset(name="diavgeia", owner_org=owner, title_translated={"el": subject})
    samples.dataset(name="other", owner_org=owner, title_translated={"el": "Προϋπολογισμός έτους 2023"})
    for asked in (
        "αναμόρφωση δημοτικού",
        "ΑΝΑΜΟΡΦΩΣΗ",
        "αναμορφωση",
        "αναμόρφωσης",
        "δημοτικός",
        "anamorfosi",
    ):
        assert names(q=asked) == ["diavgeia"], asked


def test_an_acronym_is_no_stop_word_and_a_stop_word_no_acronym(owner: str) -> None:
    samples.dataset(name="ota", owner_org=owner, title_translated={"el": "Έσοδα ΟΤΑ"})
    samples.dataset(name="dei", owner_org=owner, title_translated={"el": "Παροχές ΔΕΗ"})
    samples.dataset(name="none", owner_org=owner, title_translated={"el": "Ό,τι δε μετρήθηκε, ότι λείπει"})
    assert names(q="ΟΤΑ") == ["ota"]
    assert names(q="ΔΕΗ") == ["dei"]


def test_a_part_of_a_word_is_found_from_five_letters_on(owner: str) -> None:
    samples.dataset(name="buildings", owner_org=owner, title_translated={"el": "Μητρώο κτιρίου του κυρίου"})
    samples.dataset(name="rio", owner_org=owner, title_translated={"el": "Παραλία Ρίου"})
    samples.dataset(name="floods", owner_org=owner, title_translated={"el": "Αντιπλημμυρικά έργα"})
    assert names(q="Ρίου") == ["rio"]
    assert names(q="πλημμυρ") == ["floods"]


def test_a_synonym_holds_in_every_inflection(owner: str) -> None:
    samples.dataset(name="lamps", owner_org=owner, title_translated={"el": "Φωτιστικά σώματα"})
    assert terms("text_el", "λάμπες", "query") == terms("text_el", "λαμπα", "index") > {"φωτιστ"}
    assert names(q="λάμπες") == names(q="ΛΑΜΠΑ") == ["lamps"]


def test_greek_is_sorted_as_greeks_sort(owner: str) -> None:
    ordered = ["αλφα", "Άλφα", "Βήτα", "Ένα", "έψιλον", "ηλιος", "ήτα", "ΟΔΟΣ εννέα", "οδός Ρήγα", "Ωμέγα"]
    for number, title in enumerate(reversed(ordered)):
        samples.dataset(name=f"sorted-{number}", owner_org=owner, title_translated={"el": title})
    found = samples.act("package_search", sort="title_sort asc", rows=50)["results"]
    assert [each["title"] for each in found] == ordered


def test_the_publisher_is_asked_of_the_database_once_for_each_record(owner: str) -> None:
    from sqlalchemy import event

    samples.dataset(name="one", owner_org=owner)
    document = stored("one") | {
        "type": "dataset",
        "organization": samples.act("organization_show", id=owner)["name"],
    }
    asked: list[str] = []
    engine = model.Session.get_bind()

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        asked.append(statement)

    model.Session.expire_all()
    event.listen(engine, "before_cursor_execute", note)
    try:
        plugin = get_plugin("patrasparticipation")
        plugin.before_dataset_index(document)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len([statement for statement in asked if 'FROM "group"' in statement]) <= 1
    assert len(asked) <= 1
