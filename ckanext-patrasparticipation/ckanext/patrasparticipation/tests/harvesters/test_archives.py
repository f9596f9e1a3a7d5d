"""Packed and geographic files: what is inside, and what is refused before it is unpacked."""

import gzip
import struct
import zipfile

import numpy as np
import polars as pl
import pyogrio
import pytest
import shapely

from ckanext.patrasparticipation.harvesters.errors import SourceChanged, SourceUnavailable
from ckanext.patrasparticipation.harvesters.readers import Asked, archive, open_raw

CSV = "a;b\n1;Άγιος\n"


def read(kind, path, **options):
    work = path.parent / "work"
    work.mkdir(exist_ok=True)
    raw = open_raw(kind, Asked(path, options), work)
    return pl.concat(list(raw.batches)), raw.choices


def packed(path, members, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as out:
        for name, content in members.items():
            out.writestr(name, content)
    return path


def test_one_file_in_an_archive_is_the_source(tmp_path):
    members = {"φώτα.csv": CSV, "readme.txt.md": "x", "__MACOSX/._φώτα.csv": "x"}
    assert read("delimited", packed(tmp_path / "a.zip", members))[0]["b"].to_list() == ["Άγιος"]
    (tmp_path / "a.gz").write_bytes(gzip.compress(CSV.encode()))
    assert read("delimited", tmp_path / "a.gz")[0]["b"].to_list() == ["Άγιος"]


def test_a_member_called_like_our_own_copies_is_read_whole(tmp_path):
    greek = CSV.encode("windows-1253")
    for name in ("plain.txt", "unpacked.csv"):
        assert read("delimited", packed(tmp_path / "a.zip", {name: greek}))[0]["b"].to_list() == ["Άγιος"]


def test_of_several_one_must_be_named(tmp_path):
    path = packed(tmp_path / "a.zip", {"a.csv": CSV, "b.csv": CSV.replace("1", "2")})
    with pytest.raises(SourceChanged, match="choose_member"):
        read("delimited", path)
    assert read("delimited", path, member="b.csv")[0]["a"].to_list() == ["2"]
    with pytest.raises(SourceChanged, match="choose_member"):
        read("delimited", path, member="c.csv")


def test_greek_names_that_old_tools_wrote_in_cp737(tmp_path):
    path = packed(tmp_path / "a.zip", {"aaaa.csv": CSV})
    name = "φώτα".encode("cp737")
    path.write_bytes(path.read_bytes().replace(b"aaaa", name))
    assert archive.members(path) == ["φώτα.csv"]


@pytest.mark.parametrize(
    "name",
    [
        "../evil.csv",
        "/etc/evil.csv",
        "a/../../evil.csv",
        "..\\evil.csv",
        "C:\\evil.csv",
        "inner.zip",
        "x.tar.gz",
    ],
)
def test_names_that_leave_the_folder_and_archives_inside_are_refused(name, tmp_path):
    path = packed(tmp_path / "a.zip", {name: CSV, "good.csv": CSV})
    with pytest.raises(SourceChanged, match="unsafe_archive"):
        read("delimited", path, member="good.csv")
    assert not list(tmp_path.rglob("evil*"))


def test_a_link_inside_is_refused(tmp_path):
    info = zipfile.ZipInfo("a.csv")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as out:
        out.writestr(info, "/etc/passwd")
    with pytest.raises(SourceChanged, match="unsafe_archive"):
        read("delimited", tmp_path / "a.zip")


def test_what_unpacks_without_end_is_refused(tmp_path):
    bomb = b"\0" * (archive.RATIO_FROM * 3)
    path = packed(tmp_path / "a.zip", {"a.csv": bomb})
    with pytest.raises(SourceChanged, match="unsafe_archive"):
        read("delimited", path)
    (tmp_path / "a.gz").write_bytes(gzip.compress(bomb))
    with pytest.raises(SourceChanged, match="unsafe_archive"):
        read("delimited", tmp_path / "a.gz")


def test_an_archive_that_lies_about_its_size_is_stopped_while_it_unpacks(tmp_path):
    path = packed(tmp_path / "a.zip", {"a.csv": b"a;b\n" + b"x;y\n" * 5_000_000})
    content = path.read_bytes()
    true_size = struct.pack("<L", 4 + 20_000_000)
    assert content.count(true_size) >= 1
    path.write_bytes(content.replace(true_size, struct.pack("<L", 1000)))
    with pytest.raises((SourceChanged, SourceUnavailable)):
        read("delimited", path)


def test_too_many_members_and_cut_archives(tmp_path):
    path = packed(tmp_path / "a.zip", {f"{n}.csv": "" for n in range(archive.MAX_MEMBERS + 1)})
    with pytest.raises(SourceChanged, match="unsafe_archive"):
        read("delimited", path)
    good = packed(tmp_path / "b.zip", {"a.csv": CSV * 100}).read_bytes()
    (tmp_path / "b.zip").write_bytes(good[:-30])
    (tmp_path / "b.gz").write_bytes(gzip.compress(CSV.encode() * 1000)[:-10])
    for name in ("b.zip", "b.gz"):
        with pytest.raises(SourceUnavailable, match="truncated"):
            read("delimited", tmp_path / name)


def vector(path, encoding=None, crs="EPSG:2100", **layer):
    points = shapely.to_wkb(shapely.points([[301661.0, 4235325.0], [301700.0, 4235400.0]]))
    fields = {
        "code": np.array(["Γ1", "Γ2"], dtype=object),
        "n": np.array([1.0, np.nan]),
        "m": np.array([7, 8]),
    }
    pyogrio.raw.write(
        path, points, field_data=list(fields.values()), fields=list(fields), geometry_type="Point", crs=crs,
        encoding=encoding, **layer,
    )  # fmt: skip


def zipped(folder, stem):
    members = {path.name: path.read_bytes() for path in folder.glob(f"{stem}.*") if path.suffix != ".zip"}
    return packed(folder / f"{stem}.zip", members)


def test_a_shapefile_with_and_without_its_encoding(tmp_path):
    vector(tmp_path / "a.shp", "windows-1253")
    (tmp_path / "a.cpg").unlink(missing_ok=True)
    table = tmp_path / "a.dbf"
    content = bytearray(table.read_bytes())
    content[29] = 0x57
    table.write_bytes(content)
    frame, choices = read("vector", zipped(tmp_path, "a"))
    assert choices["encoding"] == "windows-1253"
    assert choices["crs"] == "EPSG:2100"
    assert frame.select("code", "n", "m").rows() == [("Γ1", "1", "7"), ("Γ2", None, "8")]
    assert frame["geometry"][0] == '{"type":"Point","coordinates":[301661.0,4235325.0]}'
    assert frame["__row__"].to_list() == [1, 2]


def test_a_geopackage_and_its_layers(tmp_path):
    vector(tmp_path / "a.gpkg", layer="one")
    assert read("vector", tmp_path / "a.gpkg")[0]["code"].to_list() == ["Γ1", "Γ2"]
    vector(tmp_path / "a.gpkg", layer="two", append=True)
    with pytest.raises(SourceChanged, match="choose_layer"):
        read("vector", tmp_path / "a.gpkg")


KML = """<?xml version="1.0" encoding="UTF-8"?>{dtd}
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>{name}</name>
<Point><coordinates>21.73,38.24</coordinates></Point></Placemark></Document></kml>"""


def test_kml_and_kmz(tmp_path):
    path = tmp_path / "a.kml"
    path.write_text(KML.format(dtd="", name="Σημείο"), encoding="utf-8")
    assert read("vector", path)[0]["Name"].to_list() == ["Σημείο"]
    assert (
        read("vector", packed(tmp_path / "a.kmz", {"doc.kml": path.read_text(encoding="utf-8")}))[0].height
        == 1
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (
            KML.format(dtd='<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]>', name="&a;"),
            "unsafe_content",
        ),
        (
            "<OGRVRTDataSource><OGRVRTLayer><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>",
            "unsafe_content",
        ),
        (KML.format(dtd="<!-- <OGRVRTDataSource> -->", name="x"), "unsafe_content"),
        ("<gml>x</gml>", "wrong_format"),
    ],
)
def test_xml_that_opens_something_else_is_refused(content, code, tmp_path):
    for path in (tmp_path / "a.kml", tmp_path / "a.kmz"):
        if path.suffix == ".kmz":
            packed(path, {"doc.kml": content})
        else:
            path.write_text(content, encoding="utf-8")
        with pytest.raises(SourceChanged) as caught:
            read("vector", path)
        assert caught.value.code == code
        for left in (tmp_path / "work").iterdir():
            left.unlink()
