"""Each search as a file: what it holds, who sees what in it, and that no title breaks it."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from ckan import model
from ckan.lib import search
from ckan.tests import factories

from ckanext.patrasparticipation.search import exports
from ckanext.patrasparticipation.tests.catalogue import samples
from ckanext.patrasparticipation.tests.catalogue.guard_helpers import token_of
from ckanext.patrasparticipation.views import search as views

ATOM = {"atom": exports.ATOM}
HOSTILE = '=HYPERLINK("http://x")\x0b<b>&\n]]>\'";,\u2028\x85'
pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def records() -> dict[str, Any]:
    """Three records, the first with a title that is meant to break things, and a private one."""
    owner = samples.publisher(name="dimos", title_translated={"el": "Δήμος", "en": "City"})
    files = [{"url": "https://patras.example/a", "format": each} for each in ("CSV", "GeoJSON", "CSV")]
    more = {"owner_org": owner["id"], "resources": files}
    titles = {"el": HOSTILE, "en": "+1+1"}
    samples.dataset(name="one", title_translated=titles, theme=["ENVI", "TRAN"], **more,
                    temporal_start="2020-01-01")  # fmt: skip
    samples.dataset(name="two", title_translated={"el": "Δύο"}, **more)
    samples.dataset(name="three", title_translated={"el": "Τρία", "en": "Three"}, **more)
    samples.dataset(name="hidden", private=True, **more)
    return owner


def table(answer: Any) -> list[dict[str, str]]:
    """The lines of a CSV."""
    assert answer.status_code == 200
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True), newline=""), strict=True))


def feed(answer: Any) -> ElementTree.Element:
    """A feed that holds what RFC 4287 wants of it, and of each entry."""
    assert answer.status_code == 200
    root = ElementTree.fromstring(answer.get_data())
    assert root.tag == f"{{{exports.ATOM}}}feed"
    for part in (root, *root.findall("atom:entry", ATOM)):
        for name in ("id", "title", "updated"):
            assert len(part.findall(f"atom:{name}", ATOM)) == 1, name
        assert urlsplit(part.findtext("atom:id", "", ATOM)).scheme in ("urn", "http")
        moment = part.findtext("atom:updated", "", ATOM)
        assert datetime.fromisoformat(moment.replace("Z", "+00:00")).tzinfo
        assert part.findtext("atom:author/atom:name", "", ATOM)
        assert links(part)["alternate"].startswith("http://test.ckan.net/")
    assert links(root)["self"]
    return root


def links(part: ElementTree.Element) -> dict[str, str]:
    """The addresses of a feed or entry by relation."""
    return {link.get("rel", ""): link.get("href", "") for link in part.findall("atom:link", ATOM)}


def path(url: str) -> str:
    """An absolute address of this site as the test client wants it."""
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def test_the_table_has_a_line_for_each_record_and_no_formula(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    records()
    monkeypatch.setattr(views, "CSV_PAGE", 2)  # so that three records are two looks
    answer = app.get("/dataset/search.csv?sort=title_sort+asc")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["X-Total-Count"] == "3"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert 'filename="search.csv"' in answer.headers["Content-Disposition"]
    text = answer.get_data(as_text=True)
    assert text.splitlines()[0] == ",".join(exports.COLUMNS)
    assert text.count("\r\n") == text.count("\n") == 4
    lines = {line["name"]: line for line in table(answer)}
    assert set(lines) == {"one", "two", "three"}
    assert lines["one"] == {
        "name": "one",
        "type": "dataset",
        "title_el": '\'=HYPERLINK("http://x") <b>& ]]>\'";,',
        "title_en": "'+1+1",
        "publisher": "dimos",
        "publisher_title": "Δήμος",
        "themes": "ENVI; TRAN",
        "theme_titles": "Περιβάλλον; Μεταφορές",
        "licence": "CC_BY_4_0",
        "licence_title": lines["two"]["licence_title"],
        "formats": "CSV; GeoJSON",
        "period_start": "2020-01-01",
        "period_end": "",
        "modified": lines["one"]["modified"],
        "address": "http://test.ckan.net/dataset/one",
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", lines["one"]["modified"])
    english = {line["name"]: line for line in table(app.get("/en/dataset/search.csv?vocab_theme=TRAN"))}
    assert list(english) == ["one"]
    assert (english["one"]["publisher_title"], english["one"]["theme_titles"]) == (
        "City",
        "Environment; Transport",
    )
    assert english["one"]["address"] == "http://test.ckan.net/en/dataset/one"
    assert table(app.get("/dataset/search.csv?tags=nothing")) == []


@pytest.mark.parametrize("first", "=+-@")
def test_no_cell_begins_as_a_formula(first: str) -> None:
    for before in ("", " ", "\t", "\r", "\n", "\x00", "\u00a0", "\u2028"):
        assert exports.cell(f"{before}{first}1+1")[0] == "'", repr(before)
    assert exports.cell("Δρόμοι - πεζόδρομοι") == "Δρόμοι - πεζόδρομοι"
    assert exports.cell(None) == ""


def test_json_gives_the_records_and_leads_through_all_of_them(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    records()
    monkeypatch.setattr(views, "JSON_PAGE", 2)
    answer = app.get("/dataset/search.json?res_format=CSV&res_format=PDF&fbclid=x&page=7")
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    told = answer.json
    assert (told["count"], len(told["results"])) == (3, 2)
    assert "fbclid" not in told["next"]
    assert "start=2" in told["next"]
    rest = app.get(path(told["next"])).json
    assert (rest["count"], len(rest["results"]), rest["next"]) == (3, 1, None)
    found = [*told["results"], *rest["results"]]
    assert {record["name"] for record in found} == {"one", "two", "three"}
    plain = app.get("/api/3/action/package_search?fq=res_format:CSV").json["result"]["results"]
    assert sorted(found, key=lambda each: each["name"]) == sorted(plain, key=lambda each: each["name"])
    again = app.get(
        "/dataset/search.json?res_format=CSV",
        headers={"If-None-Match": app.get("/dataset/search.json?res_format=CSV").headers["ETag"]},
    )
    assert again.status_code == 304


def test_the_feed_is_atom_whatever_the_titles_hold(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    records()
    monkeypatch.setattr(views, "ATOM_PAGE", 2)
    answer = app.get("/dataset/search.atom?res_format=CSV&sort=title_sort+asc")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    root = feed(answer)
    titles = [entry.findtext("atom:title", "", ATOM) for entry in root.findall("atom:entry", ATOM)]
    assert titles == ["Τρία", "Δύο"]  # what changed last comes first, whatever the order of the page
    assert (
        links(root)["self"] == "http://test.ckan.net/dataset/search.atom?res_format=CSV&sort=title_sort+asc"
    )
    assert links(root)["alternate"] == "http://test.ckan.net/dataset/?res_format=CSV&sort=title_sort+asc"
    last = feed(app.get(path(links(root)["next"])))
    assert last.findtext("atom:entry/atom:title", "", ATOM) == '=HYPERLINK("http://x") <b>& ]]>\'";,'
    assert "next" not in links(last)
    english = feed(app.get("/en/dataset/search.atom?q=three"))
    assert english.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    assert english.findtext("atom:title", "", ATOM).endswith("data for “three”")
    assert english.findtext("atom:entry/atom:title", "", ATOM) == "Three"
    assert english.findtext("atom:entry/atom:author/atom:name", "", ATOM) == "City"
    hostile = feed(
        app.get("/dataset/search.atom", query_string={"q": "\x0b<a>&\x1f \ufffe", "tags": "\x01]]>"})
    )
    assert hostile.findall("atom:entry", ATOM) == []
    page = BeautifulSoup(app.get("/dataset/?res_format=CSV&page=1").body, "html.parser")
    found = page.select_one('link[rel=alternate][type="application/atom+xml"]')
    assert found["href"] == "/dataset/search.atom?res_format=CSV"
    assert [link["href"] for link in page.select(".exports a")] == [
        f"/dataset/search.{kind}?res_format=CSV" for kind in ("atom", "csv", "json")
    ]
    its = BeautifulSoup(app.get("/en/organization/dimos?res_format=CSV").body, "html.parser")
    assert its.select(".exports a")[1]["href"] == "/en/dataset/search.csv?res_format=CSV&organization=dimos"


def test_a_file_holds_what_its_reader_may_see(app: Any) -> None:
    owner = records()
    member, stranger = factories.User(), factories.User()
    samples.act("organization_member_create", id=owner["id"], username=member["name"], role="editor")
    draft = model.Package.get("two")
    draft.state = "draft"
    model.Session.commit()
    search.rebuild(draft.id)
    for kind in ("csv", "json", "atom"):
        for query in (
            "",
            "?q=hidden",
            "?tags=x&q=Κάδοι",
            "?organization=dimos",
            "?capacity=private",
            "?state=draft",
        ):
            for headers in ({}, token_of(stranger)):
                answer = app.get(f"/dataset/search.{kind}{query}", headers=headers)
                assert "/dataset/hidden" not in answer.get_data(as_text=True), (kind, query)
                assert '"hidden"' not in answer.get_data(as_text=True), (kind, query)
                assert "/dataset/two" not in answer.get_data(as_text=True), (kind, query)
        answer = app.get(f"/dataset/search.{kind}", headers=token_of(member))
        assert "hidden" in answer.get_data(as_text=True)
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "private" not in app.get(f"/dataset/search.{kind}").headers["Cache-Control"]


def test_a_wrong_question_is_refused_in_words(app: Any) -> None:
    records()
    for kind in ("csv", "json", "atom"):
        for query, words in (
            ("ext_from=x", "«x»"),
            ("ext_from=2021-01-01&ext_to=2020-01-01", "2020-01-01"),
            ("ext_bbox=1,2", "αναζήτηση"),
            ("q=" + "a" * 600, "512"),
        ):
            answer = app.get(f"/dataset/search.{kind}?{query}")
            assert answer.status_code == 400, (kind, query)
            assert words in answer.body, (kind, query)
    for start in ("x", "-1", "10000", "999999999"):
        assert app.get(f"/dataset/search.json?start={start}").status_code == 400, start
    assert app.get("/dataset/search.xlsx").status_code == 404


def allowed(rules: list[tuple[str, str]], address: str) -> bool:
    """What RFC 9309 says of an address: the longest rule that fits decides, of two equal ones the kinder."""
    fitting = [
        (len(pattern), kind == "allow")
        for kind, pattern in rules
        if re.match(re.escape(pattern).replace(r"\*", ".*").replace(r"\$", "$"), address)
    ]
    return max(fitting)[1] if fitting else True


OPEN = (
    "/", "/dataset/", "/dataset", "/dataset/kadoi", "/dataset/kadoi/resource/1", "/dataset/?page=2",
    "/dataset/search-for-water", "/organization/", "/organization/dimos", "/about",
)  # fmt: skip
CLOSED = (
    "/dataset/?q=a", "/dataset?q=a", "/dataset/?page=2&q=a", "/dataset/?tags=x&page=2", "/dataset/search.csv",
    "/dataset/search.atom?q=a", "/organization/dimos?tags=a", "/organization/?q=a", "/group/x?q=a",
)  # fmt: skip


def test_robots_read_records_and_no_permutations(app: Any) -> None:
    lines = [line.partition(":") for line in app.get("/robots.txt").body.splitlines()]
    pairs = [(name.strip().lower(), value.strip()) for name, _, value in lines]
    rules = [pair for pair in pairs if pair[0] in ("allow", "disallow")]
    for language in ("", "/en", "/el"):
        for address in OPEN:
            assert allowed(rules, language + address), language + address
        for address in CLOSED:
            assert not allowed(rules, language + address), language + address
    samples.publisher(name="dimos")
    for address, wanted in (
        ("/dataset/", False), ("/dataset/?page=1", False), ("/dataset/?tags=x", True),
        ("/en/dataset/?q=a&page=1", True),
        ("/organization/dimos", False), ("/organization/dimos?tags=x", True), ("/organization/?q=a", True),
    ):  # fmt: skip
        page = BeautifulSoup(app.get(address).body, "html.parser")
        told = [meta["content"] for meta in page.select("meta[name=robots]")]
        assert told == (["noindex, follow"] if wanted else []), address
