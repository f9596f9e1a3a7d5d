"""How open a resource is: its stars, and the cheapest step to the next one."""

import pytest

from ckanext.patrasparticipation.records import openness
from ckanext.patrasparticipation.records.openness import Table, score

OPEN = "CC_BY_4_0"


def resource(kind="", url="https://patras.example/f", **more):
    return {"format": kind, "url": url, **more}


@pytest.mark.parametrize(
    ("kind", "stars", "advice"),
    [
        ("DOC", 1, "table_of_document"),
        ("doc", 1, "table_of_document"),
        ("DOCX", 1, "table_of_document"),
        ("PDF", 1, "source_of_pdf"),
        ("HTML", 1, "data_behind_page"),
        ("ZIP", 1, "unpack"),
        ("WMS", 1, "features_instead_of_pictures"),
        ("XLS", 2, "upload_as_table"),
        (".xls", 2, "upload_as_table"),
        ("XLSX", 2, "upload_as_table"),
        ("SHP", 2, "upload_as_table"),
        ("ODS", 3, "upload_as_table"),
        ("CSV", 3, "upload_as_table"),
        ("GeoJSON", 3, "upload_as_table"),
        ("KML", 3, None),
        ("WFS", 4, None),
        ("JSON-LD", 5, None),
        ("", 1, "state_format"),
        ("μορφή", 1, "state_format"),
    ],
)
def test_a_file_has_the_stars_of_its_format(kind, stars, advice):
    found = score(resource(kind), OPEN)
    assert (found.stars, found.advice) == (stars, advice)


def test_the_media_type_tells_where_the_format_does_not():
    assert score(resource(mimetype="application/msword"), OPEN).reason == "document"


@pytest.mark.parametrize("licence", ["", "NOT_STATED", "CC_BYNC_4_0", "no-such", "<script>"])
def test_without_an_open_licence_there_is_no_star_whatever_the_file(licence):
    for table in (None, Table(described=True, shared=True)):
        assert score(resource("CSV"), licence, table) == openness.Score(0, "no_licence", "choose_licence")


def test_nothing_to_fetch_is_no_star():
    assert score(resource("CSV", url=""), OPEN).reason == "no_file"


@pytest.mark.parametrize(
    ("table", "stars", "advice"),
    [
        (Table(published=False), None, "publish"),
        (Table(), 4, "describe_columns"),
        (Table(described=True), 4, "follow_model"),
        (Table(described=True, shared=True), 5, None),
    ],
)
def test_a_table_has_an_api_whatever_its_file(table, stars, advice):
    found = score(resource("XLS"), OPEN, table)
    assert (found.stars, found.advice) == (stars, advice)


def test_every_code_has_its_words_in_both_languages():
    texts = openness._texts()
    for found in [one for part in texts.values() for one in part.values()]:
        assert set(found) == {"el", "en"}
        assert all(text.strip() for text in found.values())
    told = openness.told(score(resource("DOC"), OPEN))
    assert told["reason"]["code"] == "document"
    assert "CSV" in told["advice"]["el"]
    codes = {*openness.OF_DOCUMENT.values(), "table_of_document", "upload_as_table", "describe_columns"}
    assert codes <= texts["advice"].keys()
