"""JSON in its shapes: an array, lines, GeoJSON by lines or streamed; cut, wrong, or not finite."""

import json

import polars as pl
import pytest

from ckanext.patrasparticipation.harvesters.errors import SourceChanged, SourceUnavailable
from ckanext.patrasparticipation.harvesters.readers import Asked, open_raw
from ckanext.patrasparticipation.harvesters.readers.raw import REFUSED, ROW


def read(folder, kind, content, **options):
    path = folder / "source.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    work = folder / "work"
    work.mkdir(exist_ok=True)
    raw = open_raw(kind, Asked(path, options), work)
    return pl.concat(list(raw.batches), how="diagonal"), raw.choices


def feature(number, **properties):
    point = {"type": "Point", "coordinates": [21.7 + number / 1000, 38.2]}
    return {"type": "Feature", "properties": {"id": number, **properties}, "geometry": point}


def collection(features, layout="lines", **members):
    """As GDAL writes it, as one line, or indented."""
    whole = {"type": "FeatureCollection", **members, "features": features}
    if layout == "lines":
        head = json.dumps({"type": "FeatureCollection", **members})[:-1]
        return f'{head},\n"features": [\n' + ",\n".join(json.dumps(item) for item in features) + "\n]\n}\n"
    return json.dumps(whole, indent=2 if layout == "indented" else None)


def test_nested_records_become_flat_columns(tmp_path):
    record = {
        "loc": {"coordinates": [21.7, 38.2]},
        "notes": [{"colour": "blue"}, {"colour": None}],
        "none": [None],
        "at": {"type": "Point", "coordinates": [1, 2]},
        "tags": ["a", "b"],
        "n": 70.0,
        "ok": True,
        "deep": {"a": {"b": 1}},
        "big": 12345678901234567890123,
    }
    frame, _ = read(tmp_path, "json_array", json.dumps([record]))
    assert frame.row(0, named=True) == {
        ROW: 1,
        "loc.coordinates": "[21.7,38.2]",
        "notes.0.colour": "blue",
        "notes.1.colour": None,
        "at": '{"type":"Point","coordinates":[1,2]}',
        "tags": '["a","b"]',
        "n": "70.0",
        "ok": "true",
        "deep.a.b": "1",
        "big": "12345678901234567890123",
    }


def test_records_may_lie_deeper(tmp_path):
    frame, _ = read(
        tmp_path, "json_array", '{"result": {"records": [{"a": 1}, 5, {"b": "x"}]}}', records="result.records"
    )
    assert frame["a"].to_list() == ["1", None, None]
    assert frame[REFUSED].to_list() == [None, "not_an_object", None]
    with pytest.raises(SourceChanged, match="not_json"):
        read(tmp_path, "json_array", '{"result": {"records": {}}}', records="result.records")
    with pytest.raises(SourceChanged, match="not_json"):
        read(tmp_path, "json_array", '{"a": 1}')


@pytest.mark.parametrize("kind", ["json_array", "ndjson", "geojson"])
def test_a_cut_file_is_unavailable(kind, tmp_path):
    records = [feature(number) for number in range(50)]
    whole = {
        "json_array": json.dumps(records),
        "ndjson": "\n".join(map(json.dumps, records)),
        "geojson": collection(records),
    }[kind]
    for part in (0.5, 0.97):
        with pytest.raises(SourceUnavailable, match="truncated"):
            read(tmp_path, kind, whole[: int(len(whole) * part)])


def test_an_empty_array_is_no_error(tmp_path):
    path = tmp_path / "empty"
    path.write_text("[]")
    raw = open_raw("json_array", Asked(path, {}), tmp_path)
    assert sum(batch.height for batch in raw.batches) == 0


@pytest.mark.parametrize("layout", ["lines", "one", "indented"])
def test_geojson_is_the_same_however_it_is_laid_out(layout, tmp_path):
    features = [feature(number, name="Φως", power=70 + number, empty=None) for number in range(5)]
    frame, choices = read(tmp_path, "geojson", collection(features, layout))
    assert choices["features"] == ("one a line" if layout == "lines" else "streamed")
    assert frame.select("id", "name", "power").rows() == [(str(n), "Φως", str(70 + n)) for n in range(5)]
    assert json.loads(frame["geometry"][1])["coordinates"] == [21.701, 38.2]
    assert frame[ROW].to_list() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("layout", ["lines", "one"])
def test_keys_that_appear_late_and_nested_values_are_not_lost(layout, tmp_path):
    features = [feature(0), feature(1, late="x"), feature(2), feature(3, deep={"a": 1})]
    frame, _ = read(tmp_path, "geojson", collection(features, layout))
    assert frame["late"].to_list() == [None, "x", None, None]
    assert frame["deep.a"].to_list() == [None, None, None, "1"]


@pytest.mark.parametrize("layout", ["lines", "one"])
def test_a_feature_s_own_id_is_a_column(layout, tmp_path):
    features = [{**feature(0), "id": "f.1"}, {**feature(1), "id": "f.2"}]
    frame, _ = read(tmp_path, "geojson", collection(features, layout))
    assert frame["feature_id"].to_list() == ["f.1", "f.2"]
    assert frame["id"].to_list() == ["0", "1"]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("urn:ogc:def:crs:EPSG::2100", "EPSG:2100"),
        ("EPSG:2100", "EPSG:2100"),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326"),
    ],
)
@pytest.mark.parametrize("layout", ["lines", "one"])
def test_the_crs_member_is_told(name, told, layout, tmp_path):
    crs = {"type": "name", "properties": {"name": name}}
    assert read(tmp_path, "geojson", collection([feature(0)], layout, crs=crs))[1]["crs"] == told


def test_the_crs_member_may_come_last(tmp_path):
    text = (
        collection([feature(0)], "one")[:-1]
        + ', "crs": {"type": "name", "properties": {"name": "EPSG:2100"}}}'
    )
    assert read(tmp_path, "geojson", text)[1]["crs"] == "EPSG:2100"


@pytest.mark.parametrize("layout", ["lines", "one"])
def test_what_is_not_finite_becomes_text_to_be_refused(layout, tmp_path):
    text = collection([feature(0, v=1), feature(1, v=2)], layout).replace('"v": 2', '"v": NaN')
    frame, _ = read(tmp_path, "geojson", text)
    assert frame["v"].to_list() == ["1", "NaN"]


def test_a_mark_at_the_start_is_no_obstacle(tmp_path):
    text = collection([feature(0)])
    for content in ("\ufeff" + text, text.encode("utf-16")):
        assert read(tmp_path, "geojson", content)[0].height == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [('{"type": "Point"}', "not_json"), ('{"features": [{]}', "not_json"), ('{"features": 5}', "not_json")],
)
def test_what_is_no_collection(content, code, tmp_path):
    with pytest.raises(SourceChanged) as caught:
        read(tmp_path, "geojson", content)
    assert caught.value.code == code


def test_lines_of_json_each_stand_alone(tmp_path):
    frame, _ = read(tmp_path, "ndjson", '{"a": 1, "b": "γ"}\n\n[1]\n{"a": 2}\nrubbish\n{"a": {"c": 1}}\n')
    assert frame["a"].to_list() == ["1", None, "2", None, None]
    assert frame["a.c"].to_list() == [None, None, None, None, "1"]
    assert frame[REFUSED].to_list() == [None, "not_an_object", None, "not_an_object", None]


def test_five_thousand_keys_are_too_many(tmp_path):
    record = {f"k{number}": number for number in range(5000)}
    for kind, content in (("json_array", json.dumps([record])), ("ndjson", json.dumps(record) + "\n")):
        with pytest.raises(SourceChanged, match="too_many_columns"):
            read(tmp_path, kind, content)


def test_depth_without_end_does_not_end_the_process(tmp_path):
    deep = '{"a":' * 5000 + "1" + "}" * 5000
    with pytest.raises(SourceChanged, match="not_json"):
        read(tmp_path, "json_array", f"[{deep}]")
    assert read(tmp_path, "ndjson", deep + "\n")[0][REFUSED].to_list() == ["not_an_object"]


@pytest.mark.parametrize(
    "odd", ['{"id": "L2", "nome": "b"}', '{"id": "L2"}', '{"id": "L2", "name": "b", "x": null}']
)
@pytest.mark.parametrize("lines", [1, 400_000])
def test_a_key_in_the_place_of_another_is_noticed(tmp_path, odd, lines):
    """Lines of as many keys as the usual one, but not the same ones, lose nothing, in no block."""
    usual = '{"id": "L1", "name": "a"}\n'
    rows, _ = read(tmp_path, "ndjson", usual * lines + odd + "\n" + usual)
    found = rows.row(lines, named=True)
    assert {key: value for key, value in found.items() if value is not None and key != ROW} == {
        key: value for key, value in json.loads(odd).items() if value is not None
    }
    assert rows.height == lines + 2
    assert rows[ROW].to_list()[-1] == lines + 2
