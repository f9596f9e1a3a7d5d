"""The same rows in every format: each is read back by another reader, and count and checksum agree."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timezone
from typing import Any
from urllib.parse import quote

import polars as pl
from python_calamine import CalamineWorkbook
from werkzeug.datastructures import FileStorage

from .feeds_ground import NAME, Ground
from .samples import act

SOURCE = """
name: test-lights
feed: table
key: code
columns:
- {name: code, type: text, label: {el: Κωδικός, en: Code}, about: {el: Ο κωδικός., en: The code.}, required: true, unique: true, max_length: 64, index: true}
- {name: text, type: text, label: {el: Κείμενο, en: Text}, about: {el: Κείμενο., en: Text.}, search: true}
- {name: lon, type: number, label: {el: Μήκος, en: Longitude}, about: {el: Μήκος., en: Longitude.}, unit: deg}
- {name: lat, type: number, label: {el: Πλάτος, en: Latitude}, about: {el: Πλάτος., en: Latitude.}, unit: deg}
- {name: count, type: integer, label: {el: Πλήθος, en: Count}, about: {el: Πλήθος., en: Count.}, unit: '1'}
- {name: share, type: number, label: {el: Μερίδιο, en: Share}, about: {el: Μερίδιο., en: Share.}, unit: '1'}
- {name: works, type: boolean, label: {el: Λειτουργεί, en: Works}, about: {el: Λειτουργεί., en: Works.}}
- {name: day, type: date, label: {el: Ημέρα, en: Day}, about: {el: Ημέρα., en: Day.}}
- {name: at, type: timestamp, label: {el: Στιγμή, en: Moment}, about: {el: Στιγμή., en: Moment.}}
about:
  title: {el: Δοκιμή, en: Test}
  license: CC_BY_4_0
  publisher: dimos-dokimis
  contact: {name: Τμήμα, email: lights@example.gr}
  theme: TRAN
  frequency: DAILY
reader: {type: delimited, path: lights.csv, separator: ',', encoding: utf-8, header_row: 1}
fields:
  code: {from: code, as: text}
  text: {from: text, as: text}
  position: {from: [lon, lat], as: point}
  count: {from: count, as: integer}
  share: {from: share, as: number}
  works: {from: works, as: boolean}
  day: {from: day, as: date}
  at: {from: at, as: timestamp}
expect:
  rows: {min: 1, max: 100000}
  rejected: 0
examples:
- given: {code: A, count: '1'}
  becomes: {code: A, count: 1}
"""  # noqa: E501
TEXTS = (
    "Οδός Αγίου Ανδρέου",
    'με "εισαγωγικά", κόμμα; άνω τελεία',
    "δύο\nγραμμές",
    "",
    "=1+1",
    "-3",
    "00123",
    "αλφάβητο 𝛂 ß",
)
KINDS = {
    "code": "text", "text": "text", "lon": "float", "lat": "float", "count": "int", "share": "float",
    "works": "bool", "day": "date", "at": "moment",
}  # fmt: skip
HALF = {"works": True}


def lines() -> str:
    """The file of the source: 400 rows with everything that formats trip over."""
    out = io.StringIO()
    write = csv.writer(out)
    write.writerow(KINDS)
    for n in range(400):
        share = "" if n % 7 == 0 else repr(math.sin(n) * 10 ** (n % 9 - 4))
        write.writerow(
            [
                f"A{n:04d}",
                TEXTS[n % len(TEXTS)],
                "" if n % 11 == 0 else f"{21.7 + n * 1e-4:.5f}",
                "" if n % 11 == 0 else f"{38.2 + n * 1e-4:.5f}",
                "" if n % 5 == 0 else 10**15 + n if n % 2 else -n,
                share,
                "" if n % 13 == 0 else str(n % 2 == 0).lower(),
                "" if n % 17 == 0 else date(1999 + n % 27, 1 + n % 12, 1 + n % 28).isoformat(),
                "" if n % 19 == 0 else f"2026-03-{1 + n % 28:02d}T{n % 24:02d}:{n % 60:02d}:07Z",
            ]
        )
    return out.getvalue()


def moment(value: Any) -> str:
    """A moment in UTC, however the reader gives it."""
    when = datetime.fromisoformat(value.replace("Z", "+00:00")) if isinstance(value, str) else value
    aware = when if when.tzinfo else when.replace(tzinfo=timezone.utc)
    return aware.astimezone(timezone.utc).isoformat()


def whole(value: Any) -> str:
    return str(int(value))


CANON: dict[str, Callable[[Any], str]] = {
    "text": str,
    "float": lambda value: repr(float(value)),
    "int": whole,
    "bool": lambda value: str(value).lower(),
    "date": lambda value: value if isinstance(value, str) else value.isoformat()[:10],
    "moment": moment,
}


def checksum(rows: list[dict[str, Any]]) -> tuple[int, str]:
    """How many rows, and the SHA-256 of the sorted rows in one spelling; nothing and no text are the same."""
    spelled = [
        [None if row[name] in (None, "") else CANON[kind](row[name]) for name, kind in KINDS.items()]
        for row in rows
    ]
    text = "\n".join(sorted(json.dumps(row, ensure_ascii=False) for row in spelled))
    return len(rows), hashlib.sha256(text.encode()).hexdigest()


def from_csv(data: bytes) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def from_excel_csv(data: bytes) -> list[dict[str, Any]]:
    """What Excel would read: semicolons, decimal commas, an apostrophe before what looks like a formula."""
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))
    for row in rows:
        assert not row["text"].startswith(("=", "+", "-", "@"))
        row["text"] = row["text"].removeprefix("'")
        assert "." not in row["share"]
        row |= {name: row[name].replace(",", ".") for name in ("lon", "lat", "share")}
    return rows


def from_xlsx(data: bytes) -> list[dict[str, Any]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    header, *rows = book.get_sheet_by_index(0).to_python()
    meanings = book.get_sheet_by_index(1).to_python()
    assert [line[0] for line in meanings[1:]] == header
    return [dict(zip(header, row, strict=True)) for row in rows]


def from_geojson(data: bytes) -> list[dict[str, Any]]:
    rows = []
    for feature in json.loads(data)["features"]:
        lon, lat = (feature["geometry"] or {"coordinates": (None, None)})["coordinates"]
        assert feature["id"] == feature["properties"]["code"]
        rows.append(feature["properties"] | {"lon": lon, "lat": lat})
    return rows


READERS: dict[str, Callable[[bytes], list[dict[str, Any]]]] = {
    "csv": from_csv,
    "xlsx": from_xlsx,
    "json": json.loads,
    "ndjson": lambda data: [json.loads(line) for line in data.splitlines()],
    "geojson": from_geojson,
    "parquet": lambda data: pl.read_parquet(io.BytesIO(data)).to_dicts(),
}


def get(app: Any, path: str, status: int = 200, **headers: str) -> Any:
    answer = app.get(path, headers=headers, follow_redirects=False)
    assert answer.data is not None
    assert answer.status_code == status, (path, answer.status_code, answer.data[:300])
    return answer


def test_the_same_rows_in_all_formats(app: Any, ground: Ground) -> None:
    ground.define(SOURCE)
    ground.file.write_text(lines(), encoding="utf-8")
    report = ground.harvest()
    assert report.outcome == "published", (report.reason, report.totals)
    place = f"/dataset/{NAME}/resource/{ground.state.resource_id}/export."
    half = f"?filters={quote(json.dumps(HALF))}&sort=count"
    for query, expected in (("", 400), (half, 184), ("?sort=code desc", 400)):
        found = {}
        for form, read in READERS.items():
            answer = get(app, f"{place}{form}{query}")
            found[form] = checksum(read(answer.data))
            assert answer.headers["X-Participation-Generation"] == "1"
            assert answer.headers["Cache-Control"] == "public, no-cache"
            assert f'filename="{NAME}-20' in answer.headers["Content-Disposition"]
            assert not answer.headers.get("Set-Cookie")
        sign = "&" if query else "?"
        found["excel"] = checksum(from_excel_csv(get(app, f"{place}csv{query}{sign}excel=1").data))
        if not query:
            for form in ("csv", "geojson"):
                found[f"file {form}"] = checksum(
                    READERS[form](get(app, f"/feed/{NAME}/1/{NAME}.{form}").data)
                )
        assert len(set(found.values())) == 1, found
        assert found["csv"][0] == expected
    types = pl.read_parquet(io.BytesIO(get(app, f"{place}parquet").data)).schema
    assert [str(kind) for kind in types.dtypes()] == [
        "String", "String", "Float64", "Float64", "Int64", "Float64", "Boolean", "Date",
        "Datetime(time_unit='us', time_zone='UTC')",
    ]  # fmt: skip
    assert pl.read_parquet(io.BytesIO(get(app, f"{place}parquet?fields=day,code").data)).columns == [
        "day",
        "code",
    ]
    nothing = quote(json.dumps({"code": "nothing"}))
    for form, read in READERS.items():
        assert read(get(app, f"{place}{form}?filters={nothing}").data) == [], form
    whole = get(app, f"{place}csv")
    assert get(app, f"{place}csv", 304, **{"If-None-Match": whole.headers["ETag"]}).data == b""
    assert get(app, f"{place}csv", 206, Range="bytes=0-3").data == b"code"
    _bundle_and_citation(app, ground)


def _bundle_and_citation(app: Any, ground: Ground) -> None:
    """The zip holds the version's own bytes and says what they are; the citation leads to them."""
    kept = {"name": "Οδηγίες", "url": "x", "keep_as_file": True}
    act("resource_create", package_id=NAME, upload=upload("Οδηγίες.txt", b"read me"), **kept)
    act("resource_create", package_id=NAME, upload=upload("waits.csv", b"a,b\n1,held-secret\n"), url="x")
    answer = get(app, f"/dataset/{NAME}/export.zip")
    assert answer.headers["Cache-Control"] == "public, no-cache"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as found:
        assert found.testzip() is None
        inside = {name: found.read(name) for name in found.namelist()}
    for form in ("csv", "geojson"):
        assert inside[f"data/{NAME}.{form}"] == get(app, f"/feed/{NAME}/1/{NAME}.{form}").data
    assert inside["data/odigies.txt"] == b"read me"
    assert not any(b"held-secret" in content for content in inside.values())
    columns = list(csv.DictReader(io.StringIO(inside["dictionary.csv"].decode())))
    labels = {line["column"]: (line["label_el"], line["label_en"]) for line in columns}
    assert labels["day"] == ("Ημέρα", "Day")
    assert b"creativecommons.org/licenses/by/4.0" in inside["LICENCE.txt"]
    readme = inside["README.txt"].decode()
    cited = act("participation_table_citation", resource_id=ground.state.resource_id)
    file = f"/feed/{NAME}/1/{NAME}.csv"
    assert (cited["generation"], cited["url"].endswith(file)) == (1, True)
    assert cited["csl"]["en"]["URL"] == cited["url"]
    assert "Municipality of Testing (20" in cited["text"]["en"]
    assert "Έκδοση 1" in cited["text"]["el"]
    assert "version = {1}" in cited["bibtex"]["el"]
    for language in ("el", "en"):
        assert cited["text"][language] in readme
        page = get(app, f"/{language}/dataset/{NAME}").data.decode()
        assert cited["text"][language] in page
        assert file in page
        assert f"/dataset/{NAME}/export.zip" in page
    table = get(app, f"/en/dataset/{NAME}/resource/{ground.state.resource_id}?q=Αγίου").data.decode()
    assert f"/export.parquet?q={quote('Αγίου')}" in table
    act("package_patch", id=NAME, private=True)
    for path in ("export.zip", f"resource/{ground.state.resource_id}/export.csv"):
        hidden = get(app, f"/dataset/{NAME}/{path}", 404)
        assert b"A0001" not in hidden.data
    call = "/api/3/action/participation_table_citation?resource_id="
    assert get(app, call + ground.state.resource_id, 404).json["error"]["__type"] == "Not Found Error"
    assert get(app, call + "nothing", 404).json["error"]["__type"] == "Not Found Error"


def upload(name: str, content: bytes) -> FileStorage:
    return FileStorage(io.BytesIO(content), filename=name)
