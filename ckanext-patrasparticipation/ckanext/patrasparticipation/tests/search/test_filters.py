"""Filters of the list: several values, days, counts, and an address that keeps all of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan import model
from ckan.lib.search.query import PackageSearchQuery
from ckan.plugins import toolkit as tk
from ckan.tests import factories

from ckanext.patrasparticipation.search import address, filters, period
from ckanext.patrasparticipation.tests.catalogue import samples
from ckanext.patrasparticipation.tests.catalogue.guard_helpers import token_of

HOSTILE = (
    'CSV" OR capacity:private OR tags:"x',
    'CSV") OR (*:*) OR tags:("x',
    "CSV\\",
    '\\" OR *:* OR "',
    "{!lucene}*:*",
    'x{!join from=id to=id}"',
    "CSV\n+*:*",
    "🙂" * 200,
)


class Page:
    """A list as a reader sees it."""

    def __init__(self, app: Any, path: str, status: int = 200, **query: Any) -> None:
        pairs = [
            (key, each)
            for key, value in query.items()
            for each in ([value] if isinstance(value, str) else value)
        ]
        answer = app.get(path, query_string=pairs or None)
        assert answer.status_code == status, (path, pairs, answer.status_code)
        self.soup = BeautifulSoup(answer.body, "html.parser")

    def names(self) -> set[str]:
        """The records in the list."""
        return {link["href"].rpartition("/")[2] for link in self.soup.select(".record h2 a")}

    def facet(self, name: str) -> dict[str, tuple[int, bool]]:
        """The values of a facet: how many, and whether chosen."""
        found = {}
        for link in self.soup.select(f"#facet-{name} li a"):
            number = re.match(r"\d+", link.select_one(".num").get_text(strip=True))
            assert number
            found[link.select_one("[data-content]").get_text(strip=True)] = (
                int(number[0]),
                link.has_attr("aria-current"),
            )
        return found

    def link(self, selector: str, text: str) -> str:
        """The address of the link of that text."""
        return str(next(link["href"] for link in self.soup.select(selector) if text in link.get_text()))

    def text(self, selector: str) -> str:
        """What a part says."""
        return " ".join(part.get_text(" ", strip=True) for part in self.soup.select(selector))


def records() -> str:
    """Six records of two publishers, one of them private; gives the first publisher's name."""
    first = samples.publisher(
        name="dimos", title="Δήμος Πατρέων", title_translated={"el": "Δήμος", "en": "City"}
    )
    owner = first["id"]
    other = samples.publisher(name="limani", title="Λιμάνι")["id"]

    def files(*formats: str) -> list[dict[str, str]]:
        return [{"url": f"https://patras.example/{each}", "format": each} for each in formats]

    samples.dataset(name="one", owner_org=owner, theme=["ENVI"], resources=files("CSV"),
                    temporal_start="2015-01-01", temporal_end="2018-06-30")  # fmt: skip
    samples.dataset(name="two", owner_org=owner, theme=["TRAN"], resources=files("CSV", "JSON"),
                    temporal_start="2018-06-30")  # fmt: skip
    samples.dataset(name="three", owner_org=owner, theme=["ENVI", "TRAN"], resources=files("JSON"),
                    temporal_end="2014-12-31")  # fmt: skip
    samples.dataset(name="four", owner_org=other, theme=["TRAN"], resources=files("PDF"))
    samples.dataset(
        name="five", owner_org=other, theme=["HEAL"], resources=files("CSV"), tags=[{"name": "a b"}]
    )
    samples.dataset(name="hidden", owner_org=owner, theme=["ENVI"], resources=files("CSV"), private=True)
    return str(first["name"])


def test_the_address_is_the_state() -> None:
    given = [
        ("q", "νερό"),
        ("tags", "a"),
        ("tags", "a"),
        ("page", "3"),
        ("sort", ""),
        ("fbclid", "1"),
        ("utm_x", "y"),
    ]
    assert address.state(given) == [("q", "νερό"), ("tags", "a")]
    assert address.facets([*given, ("_tags_limit", "0"), ("ext_from", "x"), ("a b", "c"), ("tags", "b")]) == {
        "tags": ["a", "b"]
    }
    assert address.toggled(given, "tags", "a") == [("q", "νερό")]
    assert address.toggled(given, "tags", "b") == [("q", "νερό"), ("tags", "a"), ("tags", "b")]
    assert address.changed(given, ext_from="2020-01-01", q="") == [("tags", "a"), ("ext_from", "2020-01-01")]
    assert address.joined("/dataset/", []) == "/dataset/"
    assert address.joined("/dataset/", [("q", "a&b=c")]) == "/dataset/?q=a%26b%3Dc"


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_a_page_joins_the_values_of_a_facet_by_or_and_facets_by_and(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    dimos = records()
    assert Page(app, "/dataset/", res_format="CSV").names() == {"one", "two", "five"}
    several = Page(app, "/dataset/", res_format=["CSV", "JSON"], vocab_theme=["ENVI", "TRAN"])
    assert several.names() == {"one", "two", "three"}
    # The other values of a chosen facet keep the counts they would add from.
    assert several.facet("res_format") == {"CSV": (2, True), "JSON": (2, True), "PDF": (1, False)}
    assert several.facet("vocab_theme") == {
        "Περιβάλλον": (2, True),
        "Μεταφορές": (2, True),
        "Υγεία": (1, False),
    }
    assert several.facet("organization") == {"Δήμος": (3, False)} or several.facet("organization") == {}
    # A value is taken off by its link and by its mark above the list; everything else stays.
    for link in (several.link("#facet-res_format a", "JSON"), several.link(".applied a", "JSON")):
        assert "res_format=CSV" in link
        assert "JSON" not in link
        assert link.count("vocab_theme=") == 2
    assert "?" not in several.link(".applied a", "Αφαίρεση όλων")
    # A chosen value that gives nothing stays visible, so that it can be taken off.
    nothing = Page(app, "/dataset/", res_format="PDF", vocab_theme="HEAL")
    assert nothing.names() == set()
    assert nothing.facet("res_format") == {"PDF": (0, True), "CSV": (1, False)}
    # The page of a publisher does the same.
    its = Page(app, f"/organization/{dimos}", res_format=["CSV", "JSON"], vocab_theme=["TRAN"])
    assert its.names() == {"two", "three"}
    assert its.facet("vocab_theme") == {"Περιβάλλον": (2, False), "Μεταφορές": (2, True)}
    # English labels, and the publisher's.
    english = Page(app, "/en/dataset/", organization="dimos", vocab_theme="ENVI")
    assert english.facet("vocab_theme")["Environment"] == (2, True)
    assert english.facet("organization")["City"] == (2, True)
    assert "Publisher: City" in english.text(".applied")
    # What networks hang on a shared address is no filter.
    assert len(Page(app, "/dataset/", fbclid="x", utm_source="y").names()) == 5
    # One more question to Solr per chosen facet, none for the API.
    calls: list[Any] = []
    run = PackageSearchQuery.run
    monkeypatch.setattr(
        PackageSearchQuery, "run", lambda self, *a, **k: calls.append(a) or run(self, *a, **k)
    )
    Page(app, "/dataset/")
    assert len(calls) == 1
    calls.clear()
    Page(app, "/dataset/", res_format=["CSV", "JSON"], vocab_theme="ENVI")
    assert len(calls) == 3


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_the_filter_of_an_api_caller_means_what_it_says(app: Any) -> None:
    records()

    def found(**query: str) -> set[str]:
        answer = app.get("/api/3/action/package_search", query_string=query)
        assert answer.status_code == 200
        return {each["name"] for each in answer.json["result"]["results"]}

    assert found(fq='res_format:"CSV" res_format:"JSON"') == {"two"}
    assert found(fq='res_format:"CSV" res_format:"JSON"') == {"two"}
    with app.flask_app.test_request_context("/dataset/?res_format=CSV&res_format=JSON"):
        answer = samples.act("package_search", fq='res_format:"CSV" res_format:"JSON"')
        assert [each["name"] for each in answer["results"]] == ["two"]


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_a_hostile_value_is_a_value(app: Any) -> None:
    records()
    for value in HOSTILE:
        for path in ("/dataset/", "/organization/dimos"):
            page = Page(app, path, res_format=[value, "PDF"])
            assert page.names() <= {"four"}, value
            assert not page.soup.select("#search-error"), value
            assert value.strip().split("\n")[0] in page.text(".applied"), value
        made = tk.get_action("package_search")({"ignore_auth": True}, filters.asked_by([("tags", value)]))
        assert made["count"] == 0, value
    for name in ("tags x", "a:b", "*", "tags)", "+x", "-capacity", "_query_", "q.op"):
        assert "hidden" not in Page(app, "/dataset/", **{name: "x"}).names(), name
    assert Page(app, "/dataset/", tags="a b").names() == {"five"}
    script = Page(app, "/dataset/", tags='"><script>alert(1)</script>', ext_from="<script>", q="<script>x")
    assert not [each for each in script.soup.select("script") if not each.get("src")]


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_a_period_finds_what_touches_it(app: Any) -> None:
    records()
    cases = {
        ("2018-06-30", ""): {"one", "two"},
        ("2018-07-01", ""): {"two"},
        ("", "2014-12-31"): {"three"},
        ("", "2015-01-01"): {"one", "three"},
        ("2014-06-01", "2016-01-01"): {"one", "three"},
        ("2018-06-30", "2018-06-30"): {"one", "two"},
    }
    for (first, last), names in cases.items():
        page = Page(app, "/dataset/", ext_from=first, ext_to=last)
        assert page.names() == names, (first, last)
        answer = app.get("/api/3/action/package_search", query_string={"ext_from": first, "ext_to": last})
        assert {each["name"] for each in answer.json["result"]["results"]} == names, (first, last)
    chosen = Page(app, "/en/dataset/", ext_from="2014-06-01", ext_to="2016-01-01", res_format="CSV")
    assert "Period: 1 June 2014 to 1 January 2016" in chosen.text(".applied")
    assert "ext_from" not in chosen.link(".applied a", "Period")
    assert chosen.names() == {"one"}


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_a_day_that_is_none_is_named_and_nothing_is_lost(app: Any) -> None:
    records()
    for path in ("/dataset/", "/organization/dimos"):
        for wrong in ("2020-13-01", "χθες", "2020", "20200101", "2020-W01-1", "1/2/2020", "<b>", "9" * 300):
            page = Page(app, path, ext_from=wrong, ext_to="2021-01-01", q="κάδοι", res_format="CSV")
            assert f"Το «{wrong[:40]}» δεν είναι ημερομηνία" in page.text("#search-error"), wrong
            assert "2024-12-31" in page.text("#problem-ext_from")
            assert page.soup.select_one("#field-ext_from")["value"] == wrong
            assert page.soup.select_one("#field-ext_to")["value"] == "2021-01-01"
            assert page.soup.select_one("#field-giant-search")["value"] == "κάδοι"
            assert page.soup.select_one("form input[name=res_format]")["value"] == "CSV"
            assert page.names() == set()
    turned = Page(app, "/en/dataset/", ext_from="2021-01-01", ext_to="2020-01-01")
    assert "ends (2020-01-01) before it begins (2021-01-01)" in turned.text("#search-error")
    refused = app.get("/api/3/action/package_search?ext_from=x&ext_to=2020-01-01")
    assert refused.status_code == 409
    assert list(refused.json["error"]) == ["ext_from", "__type"]
    assert "«x»" in refused.json["error"]["ext_from"][0]
    assert period.filters(period.Period()) == []


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_every_control_keeps_the_others(app: Any) -> None:
    records()
    box = "21.6,38.1,21.9,38.4"
    asked = {
        "q": "κάδοι", "res_format": ["CSV", "JSON"], "sort": "title_sort asc", "ext_bbox": box,
        "ext_from": "2010-01-01", "ext_to": "2030-12-31", "page": "1", "_tags_limit": "0",
    }  # fmt: skip
    page = Page(app, "/dataset/", **asked)
    form = page.soup.select_one("#dataset-search-form")
    fields = [*form.select("[name]"), *page.soup.select('[form="dataset-search-form"][name]')]
    sent = []
    for field in fields:
        chosen = field.select_one("option[selected]") if field.name == "select" else field
        sent.append((field["name"], chosen["value"] if chosen else ""))
    given = [
        (key, each) for key, value in asked.items() for each in ([value] if isinstance(value, str) else value)
    ]
    assert sorted(sent) == sorted(pair for pair in given if pair[0] != "page")
    for link in page.soup.select(".facets .facet li a, .facets .presets a"):
        assert "page=" not in link["href"]
        assert "q=%CE%BA" in link["href"]
        assert "ext_bbox=" in link["href"]
    # By relevance only where there are words.
    worded = Page(app, "/dataset/", q="κάδοι")
    assert [each["value"] for each in worded.soup.select("#field-order-by option")][0] == ""
    assert "Συνάφεια" in worded.text("#field-order-by")
    assert "Συνάφεια" not in Page(app, "/dataset/").text("#field-order-by")
    old = Page(app, "/dataset/", sort="title_string desc")
    assert old.soup.select_one("#field-order-by option[selected]")["value"] == "title_sort desc"


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_an_empty_answer_helps(app: Any) -> None:
    empty = Page(app, "/dataset/")
    assert "δεν έχει ακόμη δεδομένα" in empty.text(".empty-answer")
    records()
    page = Page(
        app,
        "/dataset/",
        q="κάδοι",
        res_format="PDF",
        vocab_theme="HEAL",
        ext_from="1900-01-01",
        ext_to="1900-12-31",
    )
    assert "«κάδοι»" in page.text("h1")
    assert "Υγεία" in page.text(".applied")
    several = Page(app, "/dataset/", res_format="PDF", vocab_theme="HEAL")
    ways = {
        each.select_one("a").get_text(): each.select_one(".num").get_text()
        for each in several.soup.select(".ways li")
    }
    assert ways == {
        "χωρίς το φίλτρο «Μορφή»": "1 σύνολο δεδομένων",
        "χωρίς το φίλτρο «Θέμα ΕΕ»": "1 σύνολο δεδομένων",
        "χωρίς κανένα φίλτρο": "5 σύνολα δεδομένων",
    }
    assert Page(app, several.link(".ways a", "Μορφή")).names() == {"five"}
    assert "Μεταφορές 3" in several.text(".empty-answer .presets")
    three = Page(app, "/dataset/", res_format="PDF", vocab_theme="TRAN", tags="a b").text(".ways")
    assert "χωρίς το φίλτρο «Ετικέτες» 1 σύνολο" in three
    its = Page(app, "/organization/limani", res_format="JSON")
    assert "2 σύνολα δεδομένων" in its.text(".ways")


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_the_closest_answers_say_so_and_their_filters_count_them(app: Any) -> None:
    records()
    page = Page(app, "/dataset/", q="ξκάδοι", res_format=["CSV", "PDF"])
    assert page.names() == {"one", "two", "four", "five"}
    assert "πιο κοντινά" in page.text("#search-results > [role=status]")
    assert page.facet("res_format") == {"CSV": (3, True), "PDF": (1, True), "JSON": (2, False)}
    assert len(page.soup.select("#search-results > [role=status]")) == 1, "said once"
    meant = page.link("#search-results > [role=status] a", "")
    assert meant.count("res_format=") == 2
    assert Page(app, "/dataset/", q="κάδοι").text("#search-results > [role=status]") == ""


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_show_more_shows_more_and_keeps_what_is_chosen(app: Any) -> None:
    owner = samples.publisher()["id"]
    for number in range(6):
        tags = [{"name": f"tag {number}-{each}"} for each in range(10)]
        samples.dataset(name=f"record-{number}", owner_org=owner, tags=tags)
    page = Page(app, "/dataset/")
    assert len(page.facet("tags")) == 10
    more = Page(app, page.link("#facet-tags .meta a", "").partition("#")[0])
    assert len(more.facet("tags")) == 60
    assert "_tags_limit" not in more.link("#facet-tags .meta a", "")
    chosen = Page(app, "/dataset/", tags=["tag 5-9", "tag 0-0"])
    assert chosen.names() == {"record-0", "record-5"}
    assert [each for each, (_count, active) in chosen.facet("tags").items() if active] == [
        "tag 0-0",
        "tag 5-9",
    ]
    assert len(chosen.facet("tags")) == 10


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_strange_addresses_are_answered(app: Any) -> None:
    records()
    for value in ("abc", "99999999999", "-1", "²", "٣", ""):
        assert len(Page(app, "/dataset/", _vocab_theme_limit=value).facet("vocab_theme")) == 3, value
    assert len(Page(app, "/dataset/", _vocab_theme_limit="1").facet("vocab_theme")) == 1
    twice = Page(app, "/dataset/", ext_from=["2018-07-01", "x"], q=["", "zzz"])
    assert twice.names() == {"two"}
    for wrong in ("1,2", "a,b,c,d", "<b>"):
        place = Page(app, "/dataset/", ext_bbox=wrong, res_format="CSV")
        assert f"Το «{wrong}» δεν είναι τόπος" in place.text("#search-error")
        assert place.soup.select_one("#search-error a")["href"] == "#field-place"
        assert place.soup.select_one("form input[name=res_format]")["value"] == "CSV"


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_other_lists_made_of_the_same_parts_stand(app: Any) -> None:
    dimos = records()
    admin = factories.Sysadmin()
    samples.act("group_create", name="topic", title="Θέμα", packages=[{"id": model.Package.get("one").id}])
    for path in (
        "/group/topic",
        f"/organization/bulk_process/{dimos}",
        "/harvest/",
        "/user/",
        "/group/",
        "/organization/",
    ):
        for query in ("", "?q=a&sort=title_string+asc", "?tags=x&tags=y"):
            assert app.get(path + query, headers=token_of(admin)).status_code == 200, (path, query)
    assert Page(app, "/group/topic", res_format=["CSV", "PDF"]).names() == {"one"}


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_a_member_counts_and_sees_what_is_private(app: Any) -> None:
    dimos = records()
    member = factories.User()
    samples.act("organization_member_create", id=dimos, username=member["name"], role="editor")
    answer = app.get("/dataset/?res_format=CSV&vocab_theme=ENVI", headers=token_of(member))
    assert "/dataset/hidden" in answer.body
    assert "/dataset/hidden" not in app.get("/dataset/?res_format=CSV&vocab_theme=ENVI").body
