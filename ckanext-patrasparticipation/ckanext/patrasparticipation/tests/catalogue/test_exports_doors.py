"""The door of exports: for plain tables, for hostile questions, and for nobody who may not read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from python_calamine import CalamineWorkbook

from ckanext.patrasparticipation.feeds import database
from ckanext.patrasparticipation.reading.export import as_xlsx, slots
from ckanext.patrasparticipation.reading.export.formats import FORMATS

from .feeds_ground import NAME, Ground
from .samples import act, dataset

FIELDS = [
    {"id": "Όνομα α", "type": "text"},
    {"id": "formula", "type": "text"},
    {"id": "amount", "type": "numeric"},
    {"id": "tags", "type": "_text"},
    {"id": "more", "type": "json"},
    {"id": "at", "type": "timestamptz"},
    {"id": "day", "type": "date"},
]
RECORDS: list[dict[str, Any]] = [
    {
        "Όνομα α": "Άλφα 50% ':x'",
        "formula": '=HYPERLINK("http://evil.example")',
        "amount": "9007199254740993.25",
        "tags": ["α", "β,γ"],
        "more": {"a": "γραμμή\nδύο"},
        "at": "2026-01-01T02:30:00+02:00",
        "day": "1821-03-25",
    },
    {"Όνομα α": "\x02Βήτα\x01", "formula": "\tcmd", "amount": "NaN", "day": "infinity"},
    {"Όνομα α": "", "formula": "@SUM(A1)"},
]
WRONG = (
    ("csv", "filters={", "filters"),
    ("csv", "filters=7", "filters"),
    ("csv", 'filters={"nothing":1}', "nothing"),
    ("csv", 'filters={"amount":"ten"}', "filters"),
    ("csv", "filters=" + "[" * 3000, "filters"),
    ("csv", "fields=nothing", "nothing"),
    ("csv", "fields=_id", "_id"),
    ("csv", "fields=amount,_full_text", "_full_text"),
    ("csv", "sort=nothing desc", "nothing"),
    ("csv", "sort=amount; DROP TABLE x", "sort"),
    ("csv", "limit=3", "limit"),
    ("csv", "excel=perhaps", "excel"),
    ("json", "excel=1", "excel"),
    ("csv", "q=a&language=nothing", "language"),
    ("csv", "plain=perhaps", "plain"),
    ("geojson", "", "geojson"),
    ("xlsx", "", "xlsx"),
    ("parquet", "", "parquet"),  # "infinity" is no day
)


@pytest.fixture
def plain(ground: Ground) -> dict[str, str]:
    """A table that no feed keeps: its dataset and resource."""
    package = dataset(name="plain")
    made = act("datastore_create", resource={"package_id": package["id"]}, fields=FIELDS, records=RECORDS)
    return {"dataset": package["id"], "resource": made["resource_id"]}


def get(app: Any, path: str, token: str = "", **headers: str) -> Any:
    headers |= {"Authorization": token} if token else {}
    answer = app.get(path, headers=headers, follow_redirects=False)
    assert answer.data is not None
    return answer


def left(ground: Ground) -> list[Path]:
    """Temporary files that nobody took away."""
    return list((Path(ground.settings["ckan.storage_path"]) / "participation" / "exports").glob("*"))


def test_a_plain_table_and_hostile_questions(app: Any, ground: Ground, plain: dict[str, str]) -> None:
    place = f"/dataset/plain/resource/{plain['resource']}/export."
    answer = get(app, place + "csv")
    rows = list(csv.reader(io.StringIO(answer.data.decode())))
    assert rows[0] == [field["id"] for field in FIELDS]
    assert rows[1][:4] == ["Άλφα 50% ':x'", RECORDS[0]["formula"], "9007199254740993.25", '{α,"β,γ"}']
    assert rows[1][5:] == ["2026-01-01T00:30:00Z", "1821-03-25"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "X-Participation-Generation" not in answer.headers
    objects = json.loads(get(app, place + "json").data)
    assert objects[0]["more"] == {"a": "γραμμή\nδύο"}
    assert objects[0]["tags"] == ["α", "β,γ"]
    assert objects[1]["Όνομα α"] == "\x02Βήτα\x01"
    assert objects == [json.loads(line) for line in get(app, place + "ndjson").data.splitlines()]
    chosen = quote(json.dumps({"Όνομα α": "Άλφα 50% ':x'"}))
    assert len(json.loads(get(app, f"{place}json?filters={chosen}&fields=day").data)) == 1
    assert json.loads(get(app, f"{place}json?q=nothing-like-this").data) == []

    excel = get(app, place + "csv?excel=1").data.decode("utf-8-sig")
    cells = list(csv.reader(io.StringIO(excel), delimiter=";"))
    assert [row[1] for row in cells[1:]] == ["'" + RECORDS[0]["formula"], "'\tcmd", "'@SUM(A1)"]
    assert cells[1][2] == "9007199254740993,25"
    book = get(app, "/el" + place + "xlsx?fields=amount,formula").data
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book))
    assert sheets.sheet_names == ["Δεδομένα", "Λεξικό"]
    assert sheets.get_sheet_by_index(0).to_python()[1][1] == RECORDS[0]["formula"]
    assert b"<f>" not in book

    told: dict[str, set[str]] = {"/el": set(), "/en": set()}
    for form, query, named in WRONG:
        for language in ("/el", "/en"):
            answer = get(app, f"{language}{place}{form}?{query}")
            assert answer.status_code == 400, (form, query, answer.status_code)
            assert answer.content_type == "text/plain; charset=utf-8"
            assert named in answer.data.decode(), (query, answer.data.decode())
            told[language].add(answer.data.decode())
    assert not told["/el"] & told["/en"]
    assert get(app, place + "exe").status_code == 404
    assert get(app, f"/dataset/nothing/resource/{plain['resource']}/export.csv").status_code == 404
    assert get(app, f"/dataset/plain/resource/{NAME}/export.csv").status_code == 404
    assert left(ground) == []


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A site with one place for exports, where every table is large and a sheet holds two rows."""
    monkeypatch.setattr(slots, "LARGE", 0)
    monkeypatch.setattr(as_xlsx, "MOST", 2)
    name = "ckanext.patrasparticipation.exports_at_once"
    before = tk.config.get(name)
    tk.config[name] = 1
    yield
    tk.config[name] = before


def test_limits_and_who_may_read(app: Any, ground: Ground, plain: dict[str, str], few: None) -> None:
    place = f"/dataset/plain/resource/{plain['resource']}/export."
    sheet = get(app, place + "xlsx")
    assert sheet.status_code == 400
    assert b"csv" in sheet.data
    with database.connect(database.READ) as connection:
        slots.hold(connection)
        busy = get(app, place + "csv")
        assert (busy.status_code, busy.headers["Retry-After"]) == (503, "60")
    client = app.flask_app.test_client()
    gone = client.get(place + "json", buffered=False)
    gone.close()  # the reader goes away, and his place is free again
    assert get(app, place + "csv").status_code == 200
    assert left(ground) == []

    act("package_patch", id="plain", private=True)
    owner = act("package_show", id="plain")["owner_org"]
    member, stranger = factories.UserWithToken(), factories.UserWithToken()
    act("organization_member_create", id=owner, username=member["name"], role="editor")
    tokens = {who: user["token"] for who, user in (("mine", member), ("other", stranger))}
    for form in FORMATS:
        if form in ("geojson", "parquet", "xlsx"):
            continue
        for token in ("", tokens["other"]):
            answer = get(app, place + form, token)
            assert answer.status_code == 404
            assert "Άλφα".encode() not in answer.data
        answer = get(app, place + form, tokens["mine"])
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
