"""Every municipal file of the collection: proposed and walked, or refused, as was written down before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from ckanext.patrasparticipation.harvesters import pipeline
from ckanext.patrasparticipation.harvesters.build import build_source
from ckanext.patrasparticipation.harvesters.errors import HarvestError
from ckanext.patrasparticipation.harvesters.propose import Proposal, Wish, propose
from ckanext.patrasparticipation.harvesters.strict_yaml import check
from ckanext.patrasparticipation.schemas import load
from ckanext.patrasparticipation.tests.harvesters.engine import Answer
from ckanext.patrasparticipation.tests.list_sink import ListSink

DATA = next(
    (found for folder in Path(__file__).parents if (found := folder / "shared/data/municipal").is_dir()), None
)
pytestmark = pytest.mark.skipif(
    DATA is None, reason="the municipal files (../shared/data/municipal) are not here"
)
NOW = datetime(2026, 11, 24, 12, tzinfo=timezone.utc)
LIGHTS = {
    "kodikos": "text",
    "odos": "text",
    "ischys_w": "integer",
    "ypsos_m": "number",
    "im_nia": "date",
    "lon": "number",
    "lat": "number",
}
PLACED = {"lon": "number", "lat": "number"}
RECYCLING = {"osm_id": "integer", "osm_url": "text", "recycling_glass": "boolean", "recycling_type": "text"}


@dataclass(frozen=True)
class Loads:
    """The verdict: rows in the table, rows refused, the key, columns that must be there, what is told."""

    rows: int
    key: str
    columns: dict[str, str]
    refused: int = 0
    told: dict[str, str] | None = None


LAMPS = Loads(100, "kodikos", LIGHTS, told={"crs": "EPSG:2100", "decimal": ",", "separator": ";"})
VERDICTS: dict[str, Loads | str] = {
    "faults/01_utf8.csv": LAMPS,
    "faults/02_utf8_bom.csv": LAMPS,
    "faults/03_cp1253.csv": Loads(100, "kodikos", LIGHTS, told={"encoding": "windows-1253"}),
    "faults/04_iso8859_7.csv": Loads(100, "kodikos", LIGHTS, told={"encoding": "iso-8859-7"}),
    "faults/05_utf16le_bom.csv": LAMPS,
    "faults/06_cp737_dos.csv": Loads(100, "kodikos", LIGHTS, told={"encoding": "cp737"}),
    "faults/09_title_rows.csv": Loads(100, "kodikos", LIGHTS, told={"header_row": "4"}),
    "faults/10_footer_totals.csv": LAMPS,
    "faults/11_mixed_eol.csv": LAMPS,
    "faults/13_swapped_lonlat.csv": Loads(
        100, "id", {"id": "integer", **PLACED}, told={"crs": "EPSG:4326 (swapped)"}
    ),
    "faults/14_dup_ids.csv": Loads(110, "row_key", LIGHTS),
    "faults/15_ragged.csv": Loads(50, "kodikos", LIGHTS, refused=50),
    "faults/16_html_as.csv": "web_page",
    "faults/18_gz_as.csv": LAMPS,
    "faults/19_zip_as.csv": LAMPS,
    "faults/20_empty_tail.csv": LAMPS,
    "faults/21_dup_headers.csv": Loads(
        100,
        "kodikos",
        {
            "kodikos": "text",
            "odos": "text",
            "odos_2": "integer",
            "column_4": "number",
            "column_5": "number",
            "y": "number",
            "im_nia": "date",
        },
    ),
    "faults/22_quoted_newline.csv": LAMPS,
    "faults/24_empty.csv": "empty_file",
    "faults/25_header_only.csv": "only_header",
    "faults/26_sep_line.csv": LAMPS,
    "faults/27_nul_bytes.csv": Loads(99, "kodikos", LIGHTS, refused=1),
    "faults/28_nfd.csv": LAMPS,
    "faults/40_2100_unlabelled.geojson": Loads(
        50, "id", {"id": "integer", **PLACED}, told={"crs": "EPSG:2100"}
    ),
    "faults/41_2100_labelled.geojson": Loads(
        50, "id", {"id": "integer", **PLACED}, told={"crs": "EPSG:2100"}
    ),
    "faults/42_3857_unlabelled.geojson": Loads(
        50, "id", {"id": "integer", **PLACED}, told={"crs": "EPSG:3857"}
    ),
    "faults/44_null_empty.geojson": Loads(5, "id", {"id": "integer", **PLACED}, refused=1),
    "faults/45_nan.geojson": Loads(1, "row_key", PLACED),
    "faults/46_truncated.geojson": "truncated",
    "faults/47_bom.geojson": Loads(1, "id", {"id": "integer", **PLACED}),
    "faults/48_strings.geojson": Loads(1, "id", {"id": "integer", **PLACED}),
    "montpellier/OSM_MTP_Recyclage.csv": Loads(69, "osm_id", RECYCLING),
    "montpellier/OSM_MTP_Recyclage.geojson": Loads(69, "osm_id", RECYCLING | PLACED),
    "montpellier/OSM_MTP_Recyclage.kml": "not_a_table",
    "montpellier/OSM_MTP_Recyclage.ods": Loads(69, "osm_id", RECYCLING),
    "montpellier/OSM_MTP_Recyclage.xls": Loads(69, "osm_id", RECYCLING),
    "montpellier/OSM_MTP_Recyclage.zip": Loads(69, "osm_id", {"osm_id": "integer", **PLACED}),
    # the numbers 11 to 14 and 17 are given to two car parks each
    "montpellier/VilleMTP_MTP_ParkingOuv.csv": Loads(
        22,
        "row_key",
        {"id": "integer", "nom": "text", "nbre_place": "integer", "datdc": "date", **PLACED},
        told={"encoding": "windows-1252", "crs": "EPSG:4326"},
    ),
    "montpellier/VilleMTP_MTP_ParkingOuv.kmz": "not_a_table",
    "montpellier/VilleMTP_MTP_ParkingOuv.xls": Loads(
        22, "row_key", {"id": "integer", "nom": "text", "nbre_place": "integer", **PLACED}
    ),
    "montpellier/VilleMTP_MTP_ParkingOuv.zip": Loads(
        22, "row_key", {"nom_c_50": "text", "datfc_d": "date", **PLACED}, told={"encoding": "windows-1252"}
    ),
    "montpellier/VilleMTP_MTP_Quartiers.geojson": Loads(7, "objectid", {"geometry": "geometry"}),
    # three rows hold the mark of letters that were lost before the file was published
    "florence/free-wifi-florence.csv": Loads(
        220, "codice", {"codice": "text", "stato": "text", **PLACED}, refused=3, told={"crs": "EPSG:4326"}
    ),
    "florence/free-wifi-florence.iso19139.xml": "not_a_table",
    # two tables on one sheet: the header of the second one is refused, its rows stand under the first
    "achaia/elstat_A0101_SJO01_TS_QQ_01_2001_04_2024_2A_F_GR.xls": Loads(
        43, "row_key", {"omades_ilikion_kai_fylo": "text"}, refused=2, told={"header_row": "5"}
    ),
    "achaia/elstat_age_gender_achaia.xlsx": Loads(
        793,
        "geografikos_kodikos",
        {"geografiko_epipedo": "integer", "geografikos_kodikos": "text", "perigrafi": "text"},
        told={"header_row": "2", "header_rows": "3"},
    ),
    "achaia/elstat_age_gender_achaia_compatible.csv": Loads(
        793, "location_id", {"level": "integer", "location_id": "text", "name": "text", "sum": "integer"}
    ),
    "achaia/elstat_age_location_education_A1602_SAM03_TB_DC_00_2021_B02_F_GR.xlsx": Loads(
        56, "row_key", {"geografiko_epipedo": "integer", "apolytirio_dimotikou": "integer"}
    ),
    "achaia/elstat_gender_education_employment_status_A1602_SAM04_TB_DC_00_2021_A01_F_GR.xlsx": Loads(
        45, "row_key", {"level": "integer", "name": "text", "active_sum": "integer"}
    ),
    "achaia/elstat_work_location_A1602_SAM04_TB_DC_00_2021_B11_F_GR.xlsx": Loads(
        8, "row_key", {"geografiko_epipedo": "integer", "perigrafi": "text", "synolo": "integer"}
    ),
    "achaia/kallikratis_9031_thessaloniki.js": "not_a_table",
    "achaia/kallikratis_9114_trikala.js": "not_a_table",
    "achaia/kallikratis_9130_aigialeia.js": "not_a_table",
    "achaia/kallikratis_9131_dyt_achaia.js": "not_a_table",
    "achaia/kallikratis_9132_erymanthos.js": "not_a_table",
    "achaia/kallikratis_9186_athens.js": "not_a_table",
    "achaia/kallikratis_9305_heraklion.js": "not_a_table",
}
REST: dict[str, Any] = {
    "name": "upload",
    "about": {
        "title": {"el": "Πίνακας", "en": "Table"},
        "license": "CC0",
        "publisher": "city",
        "contact": {"url": "https://example.org"},
        "theme": "ENER",
        "frequency": "DAILY",
    },
    "expect": {"rows": {"min": 1, "max": 10_000_000}, "rejected": 1},
    "examples": [{"given": {"a": "1"}, "becomes": {}}],
}


def walked(path: Path, found: Proposal) -> tuple[pipeline.Report, ListSink]:
    """The load of a file by the definition that was proposed for it."""
    content = {**found.content, **REST}
    check(content, "source.schema.yaml", path.name)
    source = build_source(content, path.name, load.feeds(), load.table_feed)
    sink = ListSink()
    return pipeline.run(source, opener=Answer(path), sink=sink, now=NOW), sink


def test_no_file_of_the_folders_is_forgotten() -> None:
    assert DATA
    folders = ("faults", "montpellier", "florence", "achaia")
    there = {f"{folder}/{path.name}" for folder in folders for path in (DATA / folder).iterdir()}
    assert there == set(VERDICTS)


@pytest.mark.parametrize("file", [name for name, verdict in VERDICTS.items() if isinstance(verdict, str)])
def test_what_is_no_table_is_refused(file: str, tmp_path: Path) -> None:
    assert DATA
    path = DATA / file
    with pytest.raises(HarvestError) as error:
        propose(path, path.name, Wish(), feeds=load.feeds(), previous=None, folder=tmp_path)
    assert error.value.code == VERDICTS[file]
    assert all(error.value.text.values())


@pytest.mark.parametrize("file", [name for name, verdict in VERDICTS.items() if isinstance(verdict, Loads)])
def test_a_table_is_proposed_and_loads(file: str, tmp_path: Path) -> None:
    assert DATA
    path, verdict = DATA / file, VERDICTS[file]
    assert isinstance(verdict, Loads)
    found = propose(path, path.name, Wish(), feeds=load.feeds(), previous=None, folder=tmp_path)
    assert found.content["feed"] == "table"
    assert found.key == verdict.key
    columns = {column["name"]: column["type"] for column in found.content["columns"]}
    assert {name: columns.get(name) for name in verdict.columns} == verdict.columns
    assert (verdict.told or {}).items() <= found.recognised.items()
    report, sink = walked(path, found)
    assert (report.outcome, report.reason.text["en"]) == ("published", f"{verdict.rows} rows were published.")
    assert (sink.rows.height, sink.rejected.height) == (verdict.rows, verdict.refused)
