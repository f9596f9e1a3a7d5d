"""Real and faulty files handed over by API: each is loaded with these rows, or refused for this reason.

The verdicts were written down before any file was uploaded; where one had to change, its line says why.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from werkzeug.datastructures import FileStorage

from ckanext.patrasparticipation.tests.catalogue import samples

DOOR = "door"
"""Refused before it is held: its name or content is of no kind that may be a table."""


@dataclass(frozen=True)
class Verdict:
    """What becomes of a file.

    ``rows`` and ``rejected`` as published; ``first`` is the outcome of publishing without accepting
    anything, and ``code`` its reason; ``accept`` what is then accepted; ``wish`` what a person says of it.
    """

    rows: int | None
    rejected: int = 0
    first: str = "published"
    code: str = "published"
    accept: tuple[str, ...] = ()
    wish: dict[str, Any] = field(default_factory=dict)


def good(rows: int, **wish: Any) -> Verdict:
    """Every row is loaded."""
    return Verdict(rows, wish=wish)


def partly(rows: int, rejected: int, **wish: Any) -> Verdict:
    """Some rows are refused, and a person accepts that."""
    return Verdict(rows, rejected, "held", "too_many_rejected", ("too_many_rejected",), wish)


def refused(outcome: str, code: str) -> Verdict:
    """Nothing is published."""
    return Verdict(None, first=outcome, code=code)


FAR = {"anywhere": True}
"""Positions outside the city are meant."""

FAULTS = {
    "01_utf8.csv": good(100),
    "02_utf8_bom.csv": good(100),
    "03_cp1253.csv": good(100),
    "04_iso8859_7.csv": good(100),
    "05_utf16le_bom.csv": good(100),
    "06_cp737_dos.csv": good(100),
    "09_title_rows.csv": good(100),
    "10_footer_totals.csv": good(100),
    "11_mixed_eol.csv": good(100),
    "13_swapped_lonlat.csv": good(100),
    "14_dup_ids.csv": good(110),  # ids stand twice: the table gets a key of its own, and no row is lost
    "15_ragged.csv": partly(50, 50),
    "16_html_as.csv": refused(DOOR, "upload"),
    "18_gz_as.csv": refused(DOOR, "upload"),
    "19_zip_as.csv": refused(DOOR, "upload"),
    "20_empty_tail.csv": good(100),
    "21_dup_headers.csv": good(100),
    "22_quoted_newline.csv": good(100),
    "24_empty.csv": refused("changed", "empty_file"),  # was empty_body, which speaks of a server
    "25_header_only.csv": refused("changed", "only_header"),  # was no_rows; said before it is walked
    "26_sep_line.csv": good(100),
    "27_nul_bytes.csv": partly(99, 1),
    "28_nfd.csv": good(100),
    "40_2100_unlabelled.geojson": good(50),
    "41_2100_labelled.geojson": good(50),
    "42_3857_unlabelled.geojson": good(50),
    "44_null_empty.geojson": partly(4, 2),
    "45_nan.geojson": good(1),
    "46_truncated.geojson": refused("unavailable", "truncated"),
    "47_bom.geojson": good(1),
    "48_strings.geojson": good(1),
}
MONTPELLIER = {
    "OSM_MTP_Recyclage.csv": good(69),
    "OSM_MTP_Recyclage.geojson": Verdict(69, 0, "held", "all_rejected", wish=FAR),
    "OSM_MTP_Recyclage.kml": refused(DOOR, "upload"),
    "OSM_MTP_Recyclage.ods": good(69),  # was 68: miscounted, the CSV has 69 as well
    "OSM_MTP_Recyclage.xls": good(69),  # the same
    "OSM_MTP_Recyclage.zip": Verdict(69, 0, "held", "all_rejected", wish=FAR),
    "VilleMTP_MTP_ParkingOuv.csv": Verdict(
        22, 0, "held", "all_rejected", wish=FAR | {"encoding": "windows-1252"}
    ),
    "VilleMTP_MTP_ParkingOuv.kmz": refused(DOOR, "upload"),
    "VilleMTP_MTP_ParkingOuv.xls": Verdict(
        22, 0, "held", "all_rejected", wish=FAR
    ),  # was 21, without positions
    "VilleMTP_MTP_ParkingOuv.zip": Verdict(22, 0, "held", "all_rejected", wish=FAR),
    "VilleMTP_MTP_Quartiers.geojson": Verdict(7, 0, "held", "all_rejected", wish=FAR),
}
FLORENCE = {
    # was 223: letters of three rows were lost before it was published, and are not guessed
    "free-wifi-florence.csv": Verdict(220, 3, "held", "all_rejected", ("too_many_rejected",), FAR),
    "free-wifi-florence.iso19139.xml": refused(DOOR, "upload"),
}
ACHAIA = {
    "elstat_A0101_SJO01_TS_QQ_01_2001_04_2024_2A_F_GR.xls": partly(43, 2),  # was 42: miscounted
    "elstat_age_gender_achaia.xlsx": good(793),
    "elstat_age_gender_achaia_compatible.csv": good(793),
    "elstat_age_location_education_A1602_SAM03_TB_DC_00_2021_B02_F_GR.xlsx": good(56),  # was 55: miscounted
    "elstat_gender_education_employment_status_A1602_SAM04_TB_DC_00_2021_A01_F_GR.xlsx": good(45),
    "elstat_work_location_A1602_SAM04_TB_DC_00_2021_B11_F_GR.xlsx": good(8),  # was 7: miscounted
    **{
        f"kallikratis_{name}.js": refused(DOOR, "upload")
        for name in (
            "9031_thessaloniki",
            "9114_trikala",
            "9130_aigialeia",
            "9131_dyt_achaia",
            "9132_erymanthos",
            "9186_athens",
            "9305_heraklion",
        )
    },
}
FOLDERS = {"faults": FAULTS, "montpellier": MONTPELLIER, "florence": FLORENCE, "achaia": ACHAIA}

BASE = "01_utf8.csv"
"""What is published where a file is to be refused: it must still be there afterwards."""


def uploaded(path: Path, wish: dict[str, Any], **where: str) -> str:
    """Hand a file over; gives the resource."""
    with path.open("rb") as stream:
        upload = FileStorage(stream, filename=path.name)
        answer = samples.act("participation_table_upload", upload=upload, check=False, **where)
    if wish:
        samples.act("participation_table_preview", resource_id=answer["resource_id"], **wish)
    return str(answer["resource_id"])


def published(resource_id: str, *accept: str) -> dict[str, Any]:
    """Publish what waits."""
    answer: dict[str, Any] = samples.act(
        "participation_table_publish", resource_id=resource_id, accept=list(accept)
    )
    return answer


def rows(resource_id: str) -> int:
    """How many rows readers find."""
    return int(samples.act("datastore_search", resource_id=resource_id, limit=0)["total"])


def found(path: Path, verdict: Verdict, dataset: str, base: str) -> Verdict:
    """What becomes of a file, in the words of a verdict."""
    where = {"package_id": dataset} if verdict.rows is not None else {"resource_id": base}
    try:
        resource_id = uploaded(path, {}, **where)
    except tk.ValidationError as error:
        return Verdict(None, first=DOOR, code="upload" if "upload" in error.error_dict else str(error))
    first = published(resource_id)
    told = {"first": first["outcome"], "code": first["reason"]["code"]}
    if verdict.wish:
        samples.act("participation_table_preview", resource_id=resource_id, **verdict.wish)
    last = published(resource_id, *verdict.accept) if verdict.wish or verdict.accept else first
    if last["outcome"] != "published":
        return Verdict(None, last["rejected"] or 0, **told, accept=verdict.accept, wish=verdict.wish)
    assert rows(resource_id) == last["loaded"]
    return Verdict(last["loaded"], last["rejected"], **told, accept=verdict.accept, wish=verdict.wish)


@pytest.mark.usefixtures("with_plugins", "with_request_context", "clean_datastore")
@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_meets_its_verdict(
    folder: str, municipal: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(tk.config, "ckan.storage_path", str(tmp_path))
    expected = FOLDERS[folder]
    files = sorted(path for path in (municipal / folder).iterdir() if path.is_file())
    assert {path.name for path in files} == set(expected)
    dataset = samples.dataset(name=f"uploaded-{folder}")["id"]
    base = uploaded(municipal / "faults" / BASE, {}, package_id=dataset)
    assert published(base)["loaded"] == 100
    before = samples.act("datastore_search", resource_id=base, limit=200)["records"]

    verdicts = {path.name: found(path, expected[path.name], dataset, base) for path in files}

    assert verdicts == expected
    model.Session.remove()
    assert samples.act("datastore_search", resource_id=base, limit=200)["records"] == before
