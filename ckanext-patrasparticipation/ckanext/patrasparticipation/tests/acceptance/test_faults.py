"""Thirty-one files with one fault each: what becomes of every one is written down here."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from ckanext.patrasparticipation.harvesters.source import load_source
from ckanext.patrasparticipation.schemas.load import feeds, table_feed

HEAD = """
name: fault
feed: table
key: code
about:
  title: &text {el: Σφάλμα, en: Fault}
  license: NOT_STATED
  publisher: nobody
  contact: {name: nobody}
  theme: ENER
  frequency: NEVER
expect: {rows: {min: 1, max: 10000}, rejected: 0.9}
"""
LIGHTS = """
columns:
- {name: code, type: text, label: *text, about: *text, required: true, unique: true}
- {name: street, type: text, label: *text, about: *text}
- {name: power_w, type: number, unit: W, label: *text, about: *text}
- {name: height_m, type: number, unit: m, label: *text, about: *text}
- {name: lon, type: number, label: *text, about: *text, required: true}
- {name: lat, type: number, label: *text, about: *text, required: true}
- {name: installed_on, type: date, label: *text, about: *text}
reader: {type: delimited, path: FILE, decimal: ','}
fields:
  code: {from: Κωδικός, as: text}
  street: {from: Οδός, as: text}
  power_w: {from: Ισχύς (W), as: number}
  height_m: {from: Ύψος (m), as: number}
  position: {from: [Χ, Υ], as: point}
  installed_on: {from: Ημ/νία, as: date}
examples:
- given:
    Κωδικός: Φ0000
    Οδός: Κορίνθου
    Ισχύς (W): '70'
    Ύψος (m): 6,5
    Χ: 21,7
    Υ: 38,2
    Ημ/νία: 05/03/2014
  becomes: {code: Φ0000, height_m: 6.5, installed_on: '2014-03-05'}
"""
POINTS = """
columns:
- {name: code, type: text, label: *text, about: *text, required: true, unique: true}
- {name: lon, type: number, label: *text, about: *text, required: true}
- {name: lat, type: number, label: *text, about: *text, required: true}
- {name: value, type: number, label: *text, about: *text}
reader: {type: geojson, path: FILE}
fields:
  code: {from: id, as: text}
  position: {from: geometry, as: point}
examples:
- given: {id: 1, geometry: {type: Point, coordinates: [21.73, 38.24]}}
  becomes: {code: '1', lon: 21.73, lat: 38.24}
"""
SWAPPED = (
    POINTS.replace("{type: geojson, path: FILE}", "{type: delimited, path: FILE}")
    .replace("{from: geometry, as: point}", "{from: [lon, lat], as: point}")
    .replace(
        "{id: 1, geometry: {type: Point, coordinates: [21.73, 38.24]}}",
        "{id: '1', lon: '21.73', lat: '38.24'}",
    )
)
NUMBERS = (
    POINTS.replace("{from: id, as: text}", "{as: constant, value: one}")
    .replace("fields:", "fields:\n  value: {from: v, as: number}")
    .replace("{id: 1, geometry", "{v: 1.5, geometry")
    .replace("{code: '1', lon", "{code: one, lon")
)


@dataclass(frozen=True)
class Verdict:
    """What must become of a file: outcome, reason, counts, and choices that the report must tell."""

    source: str
    outcome: str = "published"
    reason: str = "published"
    counts: tuple[int, int, int, int] | None = (100, 100, 0, 0)  # in, loaded, rejected, deduplicated
    choices: dict[str, str] = field(default_factory=dict)
    refused: dict[tuple[str | None, str], int] = field(default_factory=dict)


GRID = "EPSG:2100"
VERDICTS = {
    "01_utf8.csv": Verdict(LIGHTS, choices={"encoding": "utf-8", "separator": ";"}),
    "02_utf8_bom.csv": Verdict(LIGHTS, choices={"encoding": "utf-8 (BOM)"}),
    "03_cp1253.csv": Verdict(LIGHTS, choices={"encoding": "windows-1253"}),
    "04_iso8859_7.csv": Verdict(LIGHTS, choices={"encoding": "iso-8859-7"}),
    "05_utf16le_bom.csv": Verdict(LIGHTS, choices={"encoding": "utf-16 (BOM)"}),
    "06_cp737_dos.csv": Verdict(LIGHTS, choices={"encoding": "cp737"}),
    "09_title_rows.csv": Verdict(LIGHTS, choices={"header_row": "4"}),
    "10_footer_totals.csv": Verdict(LIGHTS, choices={"footer": "ΣΥΝΟΛΟ | Πηγή: Δ/νση Η/Μ"}),
    "11_mixed_eol.csv": Verdict(LIGHTS),
    "13_swapped_lonlat.csv": Verdict(SWAPPED, choices={"crs of position": "EPSG:4326 (swapped)"}),
    "14_dup_ids.csv": Verdict(LIGHTS, counts=(110, 100, 10, 0), refused={("code", "duplicate_key"): 10}),
    "15_ragged.csv": Verdict(LIGHTS, counts=(100, 50, 50, 0), refused={(None, "ragged_row"): 50}),
    "16_html_as.csv": Verdict(LIGHTS, "changed", "html_page", None),
    "18_gz_as.csv": Verdict(LIGHTS, choices={"encoding": "utf-8"}),
    "19_zip_as.csv": Verdict(LIGHTS, "changed", "choose_member", None),
    "20_empty_tail.csv": Verdict(LIGHTS),
    "21_dup_headers.csv": Verdict(LIGHTS, "changed", "missing_columns", None),
    "22_quoted_newline.csv": Verdict(LIGHTS, choices={"quote": '"'}),
    "24_empty.csv": Verdict(LIGHTS, "unavailable", "empty_body", None),
    "25_header_only.csv": Verdict(LIGHTS, "held", "no_rows", None),
    "26_sep_line.csv": Verdict(LIGHTS, choices={"encoding": "windows-1253", "header_row": "2"}),
    "27_nul_bytes.csv": Verdict(LIGHTS, counts=(100, 99, 1, 0), refused={("power_w", "not_a_number"): 1}),
    "28_nfd.csv": Verdict(LIGHTS),
    "40_2100_unlabelled.geojson": Verdict(POINTS, counts=(50, 50, 0, 0), choices={"crs of position": GRID}),
    "41_2100_labelled.geojson": Verdict(POINTS, counts=(50, 50, 0, 0), choices={"crs of position": GRID}),
    "42_3857_unlabelled.geojson": Verdict(
        POINTS, counts=(50, 50, 0, 0), choices={"crs of position": "EPSG:3857"}
    ),
    "44_null_empty.geojson": Verdict(POINTS, counts=(6, 1, 5, 0)),
    "45_nan.geojson": Verdict(NUMBERS, "held", "all_rejected", (1, 0, 1, 0)),
    "46_truncated.geojson": Verdict(POINTS, "unavailable", "truncated", None),
    "47_bom.geojson": Verdict(POINTS, counts=(1, 1, 0, 0)),
    "48_strings.geojson": Verdict(POINTS, counts=(1, 1, 0, 0)),
}


def test_no_fault_is_without_a_verdict(municipal):
    assert {path.name for path in (municipal / "faults").iterdir()} == set(VERDICTS)


@pytest.mark.parametrize("name", VERDICTS)
def test_a_fault_gets_its_verdict(name, walk):
    verdict = VERDICTS[name]
    text = HEAD + verdict.source.replace("FILE", name)
    report, sink = walk(load_source(text, feeds(), name=name, table=table_feed))
    assert (report.outcome, report.reason.code) == (verdict.outcome, verdict.reason), report.reason.text["en"]
    assert verdict.choices.items() <= report.choices.items()
    if verdict.counts:
        totals = report.totals
        assert (totals.rows_in, totals.loaded, totals.rejected, totals.deduplicated) == verdict.counts
    if verdict.refused:
        assert report.refused == verdict.refused
    if verdict.outcome != "published":
        assert sink.published is None


@pytest.mark.parametrize(
    "name", [n for n, v in VERDICTS.items() if v.source is LIGHTS and v.outcome == "published"]
)
def test_whatever_the_fault_the_accents_and_the_days_are_right(name, walk):
    """Ά is the letter that tells windows-1253 from ISO-8859-7; 5 March the day that readers turn into May."""
    text = HEAD + LIGHTS.replace("FILE", name)
    _, sink = walk(load_source(text, feeds(), name=name, table=table_feed))
    rows = sink.rows
    assert any(street.startswith("Άγιος Ανδρέας") for street in rows["street"])
    assert str(rows["installed_on"][0]) == "2014-03-05"
    assert rows["height_m"][0] == 6.5
    assert (round(rows["lon"][0], 4), round(rows["lat"][0], 4)) == (21.7352, 38.2467)
