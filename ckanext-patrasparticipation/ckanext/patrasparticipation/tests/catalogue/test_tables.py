"""A spreadsheet that staff hand over: held, looked at, published, replaced, described, taken back."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from werkzeug.datastructures import FileStorage

from ckanext.patrasparticipation.feeds import catalogue, database, generation
from ckanext.patrasparticipation.model import Table, Upload
from ckanext.patrasparticipation.reading import aggregate, warm
from ckanext.patrasparticipation.tables import held, publication, register

from . import samples
from .samples import publish_table as publish
from .samples import table_rows as rows

HEADER = "Κωδικός;Οδός;Ισχύς (W);Ύψος (m);Ημερομηνία"
pytestmark = pytest.mark.usefixtures("with_plugins", "with_request_context", "clean_datastore", "own_storage")


@pytest.fixture
def dataset() -> str:
    """A dataset for tables."""
    return str(samples.dataset(name="fota-dromon")["id"])


def text(count: int, header: str = HEADER, row: Callable[[int], str] | None = None) -> bytes:
    """A semicolon file with decimal commas, in windows-1253."""
    line = row or (lambda number: f"Φ{number:04d};Κορίνθου;{70 + number % 3};6,5;05/03/2014")
    return "\n".join([header, *map(line, range(count)), ""]).encode("windows-1253")


def hand_over(content: bytes, name: str = "φώτα.csv", **where: str) -> dict[str, Any]:
    """Upload through the action; gives what it says."""
    upload = FileStorage(io.BytesIO(content), filename=name)
    answer: dict[str, Any] = samples.act("participation_table_upload", upload=upload, **where)
    return answer


def test_a_file_is_held_then_published_with_its_types_and_its_dictionary(
    dataset: str, own_storage: Path
) -> None:
    said = hand_over(text(30), package_id=dataset)
    resource_id = said["resource_id"]
    assert said["check"]["ready"], said["check"]
    assert (said["check"]["loaded"], said["check"]["rejected"]) == (30, 0)
    assert said["recognised"]["encoding"] == "windows-1253"
    assert not list(own_storage.rglob("resources/*")), "CKAN stored the file where readers find it"
    with pytest.raises(tk.ObjectNotFound):
        samples.act("datastore_search", resource_id=resource_id)

    assert publish(resource_id)["outcome"] == "published"

    fields = {field["id"]: field for field in samples.act("datastore_info", id=resource_id)["fields"]}
    kinds = {name: field["type"] for name, field in fields.items()}
    assert kinds == {
        "kodikos": "text",
        "odos": "text",
        "ischys_w": "int8",
        "ypsos_m": "float8",
        "imerominia": "date",
    }, kinds
    assert fields["ypsos_m"]["info"]["unit"] == "m"
    assert fields["odos"]["info"]["label_el"] == "Οδός"
    assert rows(resource_id, filters={"kodikos": "Φ0001"})[0] == {
        "kodikos": "Φ0001",
        "odos": "Κορίνθου",
        "ischys_w": 71,
        "ypsos_m": 6.5,
        "imerominia": "2014-03-05",
    }
    resource = samples.act("resource_show", id=resource_id)
    assert resource["url"].endswith(f"/feed/{said['source']}/current.csv")
    assert resource["datastore_active"]
    assert resource["size"] > 0
    assert register.waiting(resource_id) is None
    assert not list(held.folder().iterdir())
    shown = samples.act("participation_table_show", resource_id=resource_id)
    assert shown["published"]["rows"] == 30
    assert shown["file"] is None
    again = hand_over(text(30), resource_id=resource_id)
    assert again["check"]["difference"] == {
        "generation": 2,
        "inserted": 0,
        "updated": 0,
        "deleted": 0,
        "unchanged": 30,
    }
    assert publish(resource_id)["outcome"] == "unchanged"


def test_a_replacement_is_compared_asks_and_leaves_the_good_table_when_it_fails(dataset: str) -> None:
    resource_id = hand_over(text(60), package_id=dataset)["resource_id"]
    publish(resource_id)
    samples.act(
        "participation_table_describe",
        resource_id=resource_id,
        columns=[{"name": "odos", "label_en": "Street", "about_el": "Όπως στο κτηματολόγιο."}],
    )
    before = rows(resource_id)

    found = [samples.act("datastore_search", resource_id=resource_id, filters={"ischys_w": 70}) for _ in "12"]
    assert found[0] == found[1], "the total that was kept is not told as the one that was counted"
    assert found[0]["total"] == 20

    more = text(61, row=lambda n: f"Φ{n:04d};{'Ερμού' if n == 5 else 'Κορίνθου'};70;6,5;05/03/2014")
    changed = hand_over(more, resource_id=resource_id)
    assert changed["check"]["difference"]["inserted"] == 1
    assert changed["check"]["difference"]["deleted"] == 0

    fallen = hand_over(text(30), resource_id=resource_id)
    assert [odd["code"] for odd in fallen["check"]["odd"]] == ["rows_dropped"]
    assert publish(resource_id)["reason"]["code"] == "rows_dropped"
    lost = hand_over(text(60, "Κωδικός;Οδός", lambda n: f"Φ{n:04d};Κορίνθου"), resource_id=resource_id)
    assert [odd["code"] for odd in lost["check"]["odd"]] == ["columns_lost"]
    assert set(lost["lost"]) == {"Ισχύς (W)", "Ύψος (m)", "Ημερομηνία"}
    assert publish(resource_id, "rows_dropped")["reason"]["code"] == "columns_lost"
    broken = hand_over(b"", resource_id=resource_id)
    assert broken["check"]["reason"]["code"] == "empty_file"
    assert publish(resource_id)["outcome"] == "changed"
    assert rows(resource_id) == before
    assert samples.act("participation_table_show", resource_id=resource_id)["published"]["generation"] == 1

    hand_over(text(60, "Κωδικός;Οδός", lambda n: f"Φ{n:04d};Κορίνθου"), resource_id=resource_id)
    assert publish(resource_id, "columns_lost")["outcome"] == "published"
    fields = {field["id"]: field for field in samples.act("datastore_info", id=resource_id)["fields"]}
    assert list(fields) == ["kodikos", "odos"]
    assert fields["odos"]["info"]["label_en"] == "Street"
    assert fields["odos"]["info"]["notes_el"] == "Όπως στο κτηματολόγιο."


def test_refused_rows_are_listed_by_row_and_column_and_must_be_accepted(dataset: str) -> None:
    content = text(60, row=lambda n: f"Φ{n:04d};Κορίνθου;{'πολλά' if n == 7 else 70};6,5;05/03/2014")
    said = hand_over(content, package_id=dataset)
    (refused,) = said["check"]["rejected_rows"]
    assert (refused["row_number"], refused["column"], refused["raw"]) == (9, "ischys_w", "πολλά")
    assert "πολλά" in refused["reason"]["el"]
    assert publish(said["resource_id"])["reason"]["code"] == "too_many_rejected"
    assert publish(said["resource_id"], "too_many_rejected")["loaded"] == 59
    assert samples.act("participation_feed_rejected", id=said["resource_id"])["total"] == 1


def afm(number: int) -> str:
    """A tax number with its check digit."""
    digits = f"{number:08d}"
    total = sum(int(digit) << (8 - place) for place, digit in enumerate(digits))
    return digits + str(total % 11 % 10)


PERSONAL = {
    "afm": ("ΑΦΜ", lambda n: afm(9000000 + n * 37)),
    "email": ("E-mail", lambda n: f"polites{n}@example.gr"),
    "phone": ("Κινητό", lambda n: f"69{n:08d}"),
}


def test_personal_data_stop_at_the_door_with_column_rule_and_rows(dataset: str) -> None:
    resource_id = None
    for header, value in PERSONAL.values():
        where = {"resource_id": resource_id} if resource_id else {"package_id": dataset}
        content = text(40, f"Κωδικός;{header}", lambda n, value=value: f"Φ{n:04d};{value(n)}")  # type: ignore[misc]
        said = hand_over(content, **where)
        resource_id = said["resource_id"]
        assert not said["check"]["ready"]
        (finding,) = said["check"]["personal"]
        assert finding["rows"] == 40
        assert list(finding["first"])[:2] == [2, 3]
        assert header in said["check"]["reason"]["el"] or finding["column"] in said["check"]["reason"]["el"]
        assert publish(resource_id)["outcome"] == "refused"
        with pytest.raises(tk.ObjectNotFound):
            samples.act("datastore_search", resource_id=resource_id)
    with pytest.raises(tk.ValidationError) as kept:
        samples.act("participation_table_keep", resource_id=resource_id)
    assert "upload" in kept.value.error_dict
    samples.act(
        "participation_table_preview", resource_id=resource_id, columns=[{"raw": "Κινητό", "skip": True}]
    )
    assert publish(str(resource_id))["outcome"] == "published"
    assert set(rows(str(resource_id))[0]) == {"kodikos"}


def test_what_waits_can_be_taken_back_or_kept_as_a_file(dataset: str) -> None:
    said = hand_over(text(5), package_id=dataset)
    path = held.path(register.need_waiting(said["resource_id"]))
    assert path.stat().st_mode & 0o077 == 0
    samples.act("participation_table_discard", resource_id=said["resource_id"])
    assert not path.exists()
    with pytest.raises(tk.ObjectNotFound):
        samples.act("participation_table_publish", resource_id=said["resource_id"])

    hand_over(text(5), resource_id=said["resource_id"])
    resource = samples.act("participation_table_keep", resource_id=said["resource_id"])
    assert resource["url_type"] == "upload"
    assert resource["url"].endswith(".csv")
    assert model.Session.query(Table).count() == model.Session.query(Upload).count() == 0


def test_a_publication_that_was_cut_settles_its_definition(dataset: str) -> None:
    resource_id = hand_over(text(5), package_id=dataset)["resource_id"]
    publish(resource_id)
    table = register.need(resource_id)
    good = table.definition
    for pending, wanted in ((good, good), ({**good, "duplicates": "drop"}, good)):
        table = register.need(resource_id)
        table.pending = pending
        model.Session.commit()
        publication.rescue()
        table = register.need(resource_id)
        assert table.pending is None
        assert table.definition == wanted
    with database.connect(database.READ) as connection:
        current = generation.read(connection, source=str(table.source))
    assert current
    assert current.entry.schema_hash == catalogue.table_source(table, good).schema_hash


def test_a_feeds_table_is_not_replaced_by_a_file_and_a_report_is_no_table(dataset: str) -> None:
    with pytest.raises(tk.ValidationError) as refused:
        hand_over(b"%PDF-1.4", "report.pdf", package_id=dataset)
    assert "csv" in str(refused.value.error_dict["upload"])
    with pytest.raises(tk.ValidationError) as refused:
        hand_over(text(1), "table.exe", package_id=dataset)
    assert "upload" in refused.value.error_dict


def test_the_groups_of_a_long_table_are_counted_before_a_reader_asks(
    dataset: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm, "MANY", 50)
    content = text(60, row=lambda n: f"Φ{n:04d};{('Ερμού', 'Κορίνθου')[n % 2]};70;6,5;05/03/2014")
    resource_id = hand_over(content, package_id=dataset)["resource_id"]
    publish(resource_id)

    def counted(*_: Any) -> None:
        raise AssertionError("counted again")

    monkeypatch.setattr(aggregate, "answer", counted)
    asked = {"resource_id": resource_id, "group_by": "odos", "measures": "count", "limit": 1}
    answer = samples.act("participation_table_aggregate", **asked)
    assert answer["records"] == [{"odos": "Ερμού", "count": 30}]
    assert answer["truncated"] is True
    with pytest.raises(AssertionError, match="counted again"):
        samples.act("participation_table_aggregate", resource_id=resource_id, group_by="ypsos_m")
