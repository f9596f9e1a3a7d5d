"""Decidim: its ZIP and its API, in the words of both its old and its new releases; never a user of it."""

import csv
import io
import re
import zipfile

import pytest
import yaml

from ckanext.patrasparticipation.harvesters.errors import DefinitionError
from ckanext.patrasparticipation.harvesters.plain_text import words
from ckanext.patrasparticipation.harvesters.readers import archive
from ckanext.patrasparticipation.harvesters.source import load_source
from ckanext.patrasparticipation.schemas.load import table_feed

from .engine import source_yaml, walk
from .protocol_server import BROKEN, BUSY, HTML, PAGE, Told, harvest, sample, speaking

PROPOSALS = {"id": "id", "title": "title/el", "state": "state", "supports": "supports", "answer": "answer/el"}
NAME = "participate.example.org-open-data-"


def table(raw, reader, **changes):
    label = {"el": "α", "en": "a"}
    columns = [{"name": name, "type": "text", "label": label, "about": label} for name in raw]
    columns[0] |= {"required": True, "unique": True}
    content = {
        "feed": "table",
        "columns": columns,
        "key": next(iter(raw)),
        "reader": reader,
        "fields": {name: {"from": column, "as": "text"} for name, column in raw.items()},
        "examples": [{"given": {next(iter(raw.values())): "1"}, "becomes": {next(iter(raw)): "1"}}],
        **changes,
    }
    return load_source(yaml.safe_dump(source_yaml(**content), allow_unicode=True), {}, table=table_feed)


def proposals(url, fields=PROPOSALS, **options):
    reader = {"type": "decidim", "url": url, "via": "open_data", "entity": "proposals", **options}
    return table(fields, reader)


def csv_of(*rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def packed(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(f"{NAME}{name}.csv", content)
        zipped.writestr("README.md", "every column explained")
        zipped.writestr("LICENSE.md", "ODbL 1.0")
    return out.getvalue()


ROW = {
    "id": "7",
    "title/el": "Περισσότερα δέντρα &amp; παγκάκια",
    "title/en": "More trees",
    "body/el": "Μένω στην Κορίνθου 5, τηλ. 6944123456",
    "state": "accepted",
    "answer/el": "<p>Εγκρίθηκε.<br>Θα γίνει το <b>2026</b>.</p><script>alert(1)</script>",
    "supports": "35",
    "endorsements/user_endorsements": "Μαρία Παπαδοπούλου",
    "author/name": "Μαρία Παπαδοπούλου",
}
FILES = packed(
    proposals=csv_of(ROW, {**ROW, "id": "8", "title/el": 'Γραμμή\nπου σπάει; και «εισαγωγικά» "έτσι"'}),
    proposal_comments=csv_of({"id": "1", "author/name": "Μαρία Παπαδοπούλου", "body": "x"}),
    users=csv_of({"id": "1", "name": "Μαρία Παπαδοπούλου"}),
    moderations=csv_of({"id": "1", "name": "Μαρία Παπαδοπούλου"}),
)


def test_the_proposals_of_a_zip_come_with_plain_words_and_without_their_authors(tmp_path, monkeypatch):
    opened = []
    extract = archive.extract
    monkeypatch.setattr(archive, "extract", lambda *how: opened.append(how[1]) or extract(*how))
    with speaking(lambda asked: Told(FILES, headers={"Content-Type": "application/zip"})) as server:
        report, sink = harvest(proposals(server.url), tmp_path)
    assert report.outcome == "published", report.reason.text["en"]
    assert [asked.path for asked in server.asked] == ["/open-data/download"]
    first, second = sink.rows.to_dicts()
    assert first == {
        "id": "7",
        "title": "Περισσότερα δέντρα & παγκάκια",
        "state": "accepted",
        "supports": "35",
        "answer": "Εγκρίθηκε.\nΘα γίνει το 2026.",
    }
    assert second["title"] == 'Γραμμή\nπου σπάει; και «εισαγωγικά» "έτσι"'
    assert opened == [f"{NAME}proposals.csv"], "a file that nobody asked for was opened"
    assert "Παπαδοπούλου" not in repr(sink.batches) + repr(report)


def test_a_zip_may_lie_in_the_folder_of_incoming_files(tmp_path):
    from ckanext.patrasparticipation.harvesters.fetch import Opener, Policy
    from ckanext.patrasparticipation.harvesters.pipeline import run
    from ckanext.patrasparticipation.tests.list_sink import ListSink

    from .engine import NOW

    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "decidim.zip").write_bytes(FILES)
    reader = {"type": "decidim", "path": "decidim.zip", "via": "open_data", "entity": "proposals"}
    sink = ListSink()
    with Opener(Policy(files_folder=tmp_path / "in", spool=tmp_path / "spool")) as opener:
        report = run(table(PROPOSALS, reader), opener=opener, sink=sink, now=NOW)
    assert (report.outcome, sink.rows.height) == ("published", 2)


@pytest.mark.parametrize(
    "column",
    ["author/name", "author/id", "endorsements/user_endorsements", "body/el", "user_group/name", "email"],
)
def test_columns_about_persons_are_refused_before_anything_is_asked(column):
    with pytest.raises(DefinitionError) as refused:
        proposals("https://participate.example.org", {**PROPOSALS, "more": column})
    assert refused.value.code == "column_not_given"


@pytest.mark.parametrize("entity", ["users", "moderations", "moderated_users", "proposal_comments"])
def test_files_about_persons_cannot_be_named(entity):
    with pytest.raises(DefinitionError, match="wrong_value"):
        proposals("https://participate.example.org", entity=entity)


@pytest.mark.parametrize(
    ("answer", "outcome", "code"),
    [
        (HTML, "changed", "html_page"),
        (Told(PAGE[:10]), "changed", "wrong_format"),
        (Told({"message": "no"}), "changed", "wrong_format"),
        (Told(FILES[:400]), "unavailable", "truncated"),
        (Told(packed(results=csv_of({"id": "1"}))), "changed", "choose_member"),
        (Told(packed(proposals=csv_of({"id": "1", "title/en": "x"}))), "changed", "missing_columns"),
        (BROKEN, "unavailable", "http_status"),
    ],
)
def test_a_bad_zip_changes_nothing(answer, outcome, code, tmp_path):
    with speaking(lambda asked: answer) as server:
        report, sink = harvest(proposals(server.url), tmp_path)
    assert (report.outcome, report.reason.code) == (outcome, code)
    assert (sink.batches, sink.published) == ([], None)


def test_a_zip_that_would_fill_the_disk_is_refused(tmp_path):
    bomb = packed(proposals="id;title/el\n" + "0" * 40_000_000)
    with speaking(lambda asked: Told(bomb)) as server:
        report, _ = harvest(proposals(server.url), tmp_path)
    assert (report.outcome, report.reason.code) == ("changed", "unsafe_archive")


API = {"id": "id", "title": "title/el", "state": "state", "likes": "likeCount", "answer": "answer/el",
       "lat": "coordinates/latitude", "component": "component"}  # fmt: skip


def node(number):
    return {
        "id": str(number),
        "title": {
            "translations": [{"locale": "en", "text": "Trees"}, {"locale": "el", "text": "<b>Δέντρα</b>"}]
        },
        "state": "accepted",
        "likeCount": 3,
        "endorsementsCount": 3,
        "answer": None,
        "coordinates": {"latitude": 38.2, "longitude": 21.7},
        "author": {"name": "Μαρία Παπαδοπούλου"},
    }


def decidim(there=("id", "title", "state", "likeCount", "answer", "coordinates"), pages=3, kind="Proposals"):
    """An API of a release that has these fields; it answers with what is asked for, and no more."""

    def speak(asked):
        assert asked.path == "/api"
        query, variables = asked.post["query"], asked.post["variables"]
        if "applicationName" in query:
            return {"data": {"decidim": {"version": "0.27.9", "applicationName": "Πάτρα"}}}
        if "__type(" in query:
            return {"data": {"__type": {"fields": [{"name": name} for name in there]}}}
        if unknown := set(re.findall(r"(\w+Count)", query)) - set(there):
            return {"errors": [{"message": f"Field {unknown} doesn't exist on type 'Proposal'"}]}
        page = int(variables["after"] or 0)
        things = [node(page * 2 + half) for half in (0, 1)]
        nodes = [{key: thing[key] for key in thing if re.search(rf"\b{key}\b", query)} for thing in things]
        info = {"hasNextPage": page + 1 < pages, "endCursor": str(page + 1)}
        return {"data": {"component": {"__typename": kind, "proposals": {"pageInfo": info, "nodes": nodes}}}}

    return speak


def by_api(url, **options):
    return proposals(url, API, via="api", components=["12"], **options)


@pytest.mark.parametrize("likes", ["likeCount", "endorsementsCount"])
def test_the_api_is_asked_in_the_words_of_its_release_page_by_page(likes, tmp_path):
    there = ("id", "title", "state", likes, "answer", "coordinates", "author")
    with speaking(decidim(there)) as server:
        server.stumbles |= {2: BUSY, 5: BROKEN}
        report, sink = harvest(by_api(server.url), tmp_path)
    assert report.outcome == "published", report.reason.text["en"]
    assert sink.rows["id"].to_list() == [str(number) for number in range(6)]
    assert sink.rows.row(0, named=True) == {
        "id": "0", "title": "Δέντρα", "state": "accepted", "likes": "3", "answer": None, "lat": "38.2",
        "component": "12",
    }  # fmt: skip
    assert report.choices["decidim"] == "0.27.9"
    queries = " ".join(asked.post["query"] for asked in server.asked)
    assert "author" not in queries


def test_a_field_that_the_release_does_not_have_is_a_missing_column(tmp_path):
    with speaking(decidim(("id", "title", "state", "answer", "coordinates"))) as server:
        report, sink = harvest(by_api(server.url), tmp_path)
    assert (report.outcome, report.reason.code) == ("changed", "missing_columns")
    assert report.reason.params["columns"] == ["likeCount"]
    assert sink.batches == []


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"errors": [{"message": "Query has depth of 9, which exceeds max depth of 8"}]}, "source_error"),
        ({"data": {"component": None}}, "answer_shape"),
        ({"data": {"component": {"__typename": "Surveys"}}}, "other_question"),
        ({"data": None}, "answer_shape"),
        (["data"], "answer_shape"),
        (HTML, "answer_not_json"),
    ],
)
def test_an_answer_of_another_kind_changes_nothing(answer, code, tmp_path):
    with speaking(decidim()) as server:
        server.stumbles[4] = answer if isinstance(answer, Told) else Told(answer)
        report, sink = harvest(by_api(server.url), tmp_path)
    assert (report.outcome, report.reason.code, sink.batches) == ("changed", code, [])


def test_pages_that_never_end_are_noticed(tmp_path):
    def stuck(asked):
        answer = decidim(pages=9)(asked)
        if "component" in answer.get("data", {}):
            answer["data"]["component"]["proposals"]["pageInfo"]["endCursor"] = "1"
        return answer

    with speaking(stuck) as server:
        report, _ = harvest(by_api(server.url), tmp_path)
    assert (report.outcome, report.reason.code) == ("unavailable", "incomplete_pages")


def test_processes_come_without_a_component(tmp_path):
    process = {
        "id": "3",
        "slug": "dentra",
        "title": node(1)["title"],
        "startDate": "2026-01-01",
        "endDate": None,
    }

    def speak(asked):
        if "__type(" in asked.post["query"]:
            return {"data": {"__type": {"fields": [{"name": name} for name in process]}}}
        if "participatoryProcesses" in asked.post["query"]:
            return {"data": {"participatoryProcesses": [process]}}
        return {"data": {"decidim": {"version": "0.30.1"}}}

    fields = {"id": "id", "slug": "slug", "title": "title/el", "opens": "startDate", "closes": "endDate"}
    with speaking(speak) as server:
        wanted = proposals(server.url, fields, via="api", entity="participatory_processes")
        _, sink = harvest(wanted, tmp_path)
    assert sink.rows.row(0) == ("3", "dentra", "Δέντρα", "2026-01-01", None)


def test_components_are_named_for_what_they_hold():
    with pytest.raises(DefinitionError, match="components"):
        proposals("https://participate.example.org", API, via="api")
    with pytest.raises(DefinitionError, match="wrong_value"):
        proposals("https://participate.example.org", API, via="api", entity="debates", components=["1"])


PLANS = {
    "plan_id": "ID", "district": "Districte", "category": "Categoria", "subcategory": "Subcategoria",
    "title": "Títol", "description": "Descripció", "proposals": "Propostes", "supports": "Suports",
    "comments": "Comentaris", "participants": "Participants", "contributions": "Intervencions", "url": "URL",
}  # fmt: skip


def test_f_08_a_real_file_comes_whole_and_without_a_tag(tmp_path):
    content = sample("decidim_barcelona_action_plans.csv")
    assert b"<div>" in content
    stripped = {"description": {"from": "Descripció", "as": "text", "html": "strip"}}
    plain = {name: {"from": raw, "as": "text"} for name, raw in PLANS.items()}
    wanted = table(PLANS, {"type": "delimited", "path": "plans.csv"}, fields=plain | stripped)
    report, sink = walk(tmp_path, content, wanted)
    assert report.outcome == "published", report.reason.text["en"]
    assert (sink.rows.height, report.totals.rejected) == (1467, 0)
    assert not sink.rows["description"].str.contains(r"</?(div|p|br|ul|li|a|strong|em|span)\b").any()
    assert sink.rows["description"][0].startswith("Revisió del pla d’equipament, finalització")


RESULTS = {
    "external_id": "external_id",
    "title": "title_ca",
    "starts_on": "start_date",
    "progress": "progress",
}


def results(share):
    label = {"el": "α", "en": "a"}
    columns = [{"name": name, "type": "text", "label": label, "about": label} for name in RESULTS]
    columns[0] |= {"required": True, "unique": True}
    columns[1]["required"] = True
    columns[2]["type"] = "date"
    fields = {name: {"from": raw, "as": "text"} for name, raw in RESULTS.items()}
    return table(
        RESULTS,
        {"type": "delimited", "path": "results.csv"},
        columns=columns,
        fields={**fields, "starts_on": {"from": "start_date", "as": "date"}},
        ignore=["result_id", "decidim_category_id", "decidim_scope_id", "parent_id", "parent_external_id",
                "end_date", "decidim_accountability_status_id", "proposal_ids", "title_es", "title_en",
                "description_ca", "description_es", "description_en", "weighted_progress", "relative_weight",
                "PAM/PAD"],
        expect={"rows": {"min": 0, "max": 100}, "rejected": share},
        examples=[{"given": {"external_id": "1", "title_ca": "t", "start_date": "01/06/2015"},
                   "becomes": {"starts_on": "2015-06-01"}}],
    )  # fmt: skip


def test_f_09_results_without_a_title_are_errors_by_row_and_the_rest_comes_or_nothing_as_configured(tmp_path):
    good, bad = (
        sample("decidim_barcelona_results_import_valid.csv"),
        sample("decidim_barcelona_results_import_invalid.csv"),
    )
    untitled = good.decode().rstrip("\n") + "\n" + ",,,,90,423,01/06/2015,,,100,,,,,,,,1,1,PAD\n"
    short = bad.decode().splitlines()[1:]  # its rows lack cells besides
    mixed = untitled + "\n".join(short) + "\n"
    before = len(good.decode().splitlines()) - 1
    report, sink = walk(tmp_path, mixed, results(1))
    assert report.outcome == "published", report.reason.text["en"]
    assert report.refused == {("title", "empty"): 1, (None, "ragged_row"): len(short)}
    assert sink.rejected["row_number"].to_list() == list(range(before + 2, before + 3 + len(short)))
    assert sink.rows.height == before
    report, sink = walk(tmp_path, mixed, results(0))
    assert (report.outcome, report.reason.code, sink.batches) == ("held", "too_many_rejected", [])
    report, sink = walk(tmp_path, bad, results(1))
    assert (report.outcome, report.reason.code) == ("held", "all_rejected")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("απλό κείμενο, 3 < 5 και 7 > 2", "απλό κείμενο, 3 < 5 και 7 > 2"),
        ("<p>ένα</p><p>δύο&nbsp;τρία</p>", "ένα\nδύο τρία"),
        ("<ul><li>ένα<li>δύο</ul>", "ένα\nδύο"),
        ("<script>alert('x')</script>κείμενο<style>p{}</style>", "κείμενο"),
        ("<img src=x onerror=alert(1)>", ""),
        ("&lt;b&gt; μένει γραμμένο", "<b> μένει γραμμένο"),
        ("<a href='javascript:x'>σύνδεσμος</a>", "σύνδεσμος"),
        ("ανοιχτό <div", "ανοιχτό <div"),
        ("<!-- σχόλιο -->ορατό", "ορατό"),
    ],
)
def test_html_becomes_the_words_that_are_seen(html, text):
    assert words(html).strip() == text
