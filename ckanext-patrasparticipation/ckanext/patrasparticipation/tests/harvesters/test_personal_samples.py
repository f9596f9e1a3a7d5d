"""Real tables of cities hold nothing that is found wrongly, and looking at a table costs little."""

import os
import time
from pathlib import Path

import polars as pl
import pytest

from ckanext.patrasparticipation.harvesters.personal import Gate
from ckanext.patrasparticipation.harvesters.readers import Asked, open_raw
from ckanext.patrasparticipation.harvesters.readers.raw import ROW

ROOT = Path(__file__).resolve().parents[5]
SAMPLES = Path(os.environ.get("PATRAS_SHARED", ROOT.parent / "shared" / "data")) / "municipal"
LATIN_1 = {"type": "delimited", "encoding": "windows-1252"}
FILES = {
    "florence/free-wifi-florence.csv": {"type": "delimited"},
    "montpellier/OSM_MTP_Recyclage.csv": {"type": "delimited"},
    "montpellier/VilleMTP_MTP_ParkingOuv.csv": LATIN_1,
    "achaia/elstat_age_gender_achaia_compatible.csv": {"type": "delimited"},
    "patras/gis/gis_district_statistics.csv": {"type": "delimited"},
    "patras/gis/shp/sxoleia.csv": {"type": "delimited"},
    "profiles/patras_street_light_canonical.csv": {"type": "delimited"},
    "profiles/patras_waste_container_canonical.csv": {"type": "delimited"},
    "parkenDD/bielefeld.csv": {"type": "delimited"},
    "faults/03_cp1253.csv": {"type": "delimited"},
}


@pytest.mark.parametrize("name", FILES)
def test_real_tables_of_cities_hold_nothing_personal(name, tmp_path):
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the samples are not beside this repository")
    gate, rows = None, 0
    raw = open_raw(FILES[name]["type"], Asked(path, FILES[name]), tmp_path)
    for batch in raw.batches:
        gate = gate or Gate({column: column for column in batch.columns if column != ROW})
        gate.look(batch)
        rows += batch.height
    assert (rows > 0, gate.findings()) == (True, [])


ORDINARY = {
    "Greek": [f"Οδός Αγίου Ανδρέου {number % 300}, Πάτρα" for number in range(200_000)],
    "codes": [f"LGT-{number:07}" for number in range(200_000)],
    "short": [("ok", "broken", None)[number % 3] for number in range(200_000)],
}


@pytest.mark.parametrize(("name", "seconds"), [("Greek", 0.3), ("short", 0.3), ("codes", 2)])
def test_looking_at_ordinary_text_costs_little(name, seconds):
    """A million ordinary cells cost some 0.3 s on a quiet machine; here 0.2 million, on any machine."""
    rows = pl.DataFrame({ROW: pl.int_range(200_000, eager=True), "c": ORDINARY[name]})
    took = []
    for _ in range(3):
        gate, started = Gate({"c": "Περιγραφή"}), time.perf_counter()
        for batch in rows.iter_slices(50_000):
            gate.look(batch)
        took.append(time.perf_counter() - started)
    assert gate.findings() == []
    assert min(took) < seconds
