"""opengov.gr: lists to their end, pages of their own, equal numbers of two ministries kept apart."""

import pytest

from ckanext.patrasparticipation.harvesters.errors import DefinitionError
from ckanext.patrasparticipation.harvesters.readers.greek_days import moment

from .protocol_server import BUSY, Told, harvest, sample, speaking
from .test_decidim import table

FIELDS = {"key": "id", "ministry": "ministry", "number": "number", "title": "title", "day": "announced_on",
          "page": "url"}  # fmt: skip
PAGES = {
    **FIELDS,
    "opens": "opens_at",
    "closes": "closes_at",
    "documents": "documents",
    "comments": "comments",
}
LISTING = "/home/category/consultations"


def opengov(url, fields=FIELDS, **options):
    return table(fields, {"type": "opengov", "url": url + LISTING, "from": "2025-01-01", **options})


def page(body):
    return Told(body.encode() if isinstance(body, str) else body, headers={"Content-Type": "text/html"})


def listing(items, following=None):
    entries = "".join(
        f'<li><p><a href="https://www.opengov.gr:443/{ministry}/?p={number}">{title}</a></p>'
        f'<span class="start">{day}</span></li>'
        for ministry, number, title, day in items
    )
    href = f"https://www.opengov.gr{LISTING}/page/{following}"
    link = f'<a class="nextpostslink" href="{href}">»</a>' if following else ""
    listed = f'<div class="downspace_item_content archive_list"><ul>{entries}</ul></div>'
    return page(f"<html><body>{listed}{link}</body></html>")


def test_f_17_the_captured_list_gives_five_and_says_where_it_goes_on(tmp_path):
    captured = sample("opengovgr_consultations_index_excerpt_2025-09.html")
    second = [("minfin", 5532, "Ίδιος αριθμός, άλλο υπουργείο", "3 Ιανουάριος, 2025")]
    with speaking(
        lambda asked: listing(second) if asked.path.endswith("/page/2") else page(captured)
    ) as server:
        report, sink = harvest(opengov(server.url), tmp_path)
    assert report.outcome == "published", report.reason.text["en"]
    assert [asked.path for asked in server.asked] == [LISTING, f"{LISTING}/page/2"]
    assert sink.rows.height == 6
    assert sink.rows["day"].to_list() == [
        "2025-09-24", "2025-08-28", "2025-08-04", "2025-07-04", "2025-06-12", "2025-01-03",
    ]  # fmt: skip
    same = sink.rows.filter(sink.rows["number"] == "5532")
    assert sorted(same["key"]) == ["minfin-5532", "yme-5532"]
    assert sink.rows["page"][0] == "https://www.opengov.gr/yyka/?p=5510"
    assert sink.rows["title"][2].startswith("Έναρξη διαβούλευσης σχεδίου υπουργικής απόφασης «4η")


def test_pages_end_where_everything_is_older_than_what_is_wanted(tmp_path):
    def speak(asked):
        number = int(asked.path.rsplit("/", 1)[1]) if "/page/" in asked.path else 1
        return listing([("yme", number, "τίτλος", f"1 Μάρτιος, {2028 - number}")], following=number + 1)

    with speaking(speak) as server:
        _, sink = harvest(opengov(server.url, **{"from": "2026-01-01"}), tmp_path)
    assert sink.rows["day"].to_list() == ["2027-03-01", "2026-03-01"]
    assert len(server.asked) == 3


ITEM = """<html><body>
<div class="sidespot red_spot"><h4><span>1 Ιανουαρίου 2026, 10:00</span>
<span>15 Ιανουαρίου 2026, 23:59</span></h4></div>
<div class="sidespot orange_spot"><span class="file"><a href="https://www.opengov.gr/yme/wp/a.pdf">α</a></span>
<span class="file"><a href="javascript:alert(1)">β</a></span>
<span class="file"><a href="https://www.opengov.gr/b.doc">γ</a></span></div>
<p>316 Σχόλια επι της Διαβούλευσης 2220 - Όλα τα Σχόλια</p>
<ul class="comment_list"><li id="comment-1">
<div class="author"><strong>Μαρία Παπαδοπούλου</strong></div>κείμενο</li></ul>
</body></html>"""


def test_the_page_of_a_consultation_gives_dates_documents_and_a_number_of_comments_but_no_name(tmp_path):
    def speak(asked):
        return page(ITEM) if asked.path == "/yme/" else listing([("yme", 7, "τίτλος", "1 Ιανουάριος, 2026")])

    with speaking(speak) as server:
        server.stumbles[2] = BUSY
        report, sink = harvest(opengov(server.url, PAGES), tmp_path)
    assert report.outcome == "published", report.reason.text["en"]
    assert server.asked[-1].parameters == {"p": "7"}
    assert sink.rows.row(0, named=True) == {
        "key": "yme-7", "ministry": "yme", "number": "7", "title": "τίτλος", "day": "2026-01-01",
        "page": "https://www.opengov.gr/yme/?p=7", "opens": "2026-01-01T10:00", "closes": "2026-01-15T23:59",
        "documents": "https://www.opengov.gr/yme/wp/a.pdf;https://www.opengov.gr/b.doc", "comments": "316",
    }  # fmt: skip


def test_an_entry_that_is_none_is_put_aside_and_named(tmp_path):
    items = [("yme", 7, "τίτλος", "1 Ιανουάριος, 2026"), ("", 8, "χωρίς", "1 Ιανουάριος, 2026"),
             ("yme", 9, "χωρίς μέρα", "κάποτε"), ("yme", "", "χωρίς αριθμό", "1 Μάιος, 2026")]  # fmt: skip
    with speaking(lambda asked: listing(items)) as server:
        report, sink = harvest(opengov(server.url), tmp_path)
    assert sink.rows["key"].to_list() == ["yme-7"]
    assert report.refused == {(None, "unreadable_part"): 3}
    assert sink.rejected["raw"].to_list() == [f"{server.url}{LISTING}: {place}" for place in (2, 3, 4)]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (page("<html><body>Σφάλμα</body></html>"), "answer_shape"),
        (Told({"error": "json"}), "answer_shape"),
        (listing([]), "answer_shape"),
        (listing([("yme", 7, "τ", "1 Μάιος, 2026")], following=7), "other_question"),
    ],
)
def test_another_page_changes_nothing(answer, code, tmp_path):
    with speaking(lambda asked: answer) as server:
        report, sink = harvest(opengov(server.url), tmp_path)
    assert (report.outcome, report.reason.code, sink.batches) == ("changed", code, [])


def test_a_list_whose_pages_never_end_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr("ckanext.patrasparticipation.harvesters.readers.talk.QUESTIONS", 20)

    def speak(asked):
        number = int(asked.path.rsplit("/", 1)[1]) if "/page/" in asked.path else 1
        return listing([("yme", number, "τ", "1 Μάιος, 2026")], following=number + 1)

    with speaking(speak) as server:
        report, sink = harvest(opengov(server.url), tmp_path)
    assert (report.outcome, report.reason.code, sink.batches) == ("changed", "too_many_pages", [])


def test_hostile_html_gives_words_alone(tmp_path):
    title = "<b>Τίτλος</b> &lt;script&gt; <img src=x onerror=alert(1)>"
    with speaking(lambda asked: listing([("yme", 7, title, "1 Μάιος, 2026")])) as server:
        _, sink = harvest(opengov(server.url), tmp_path)
    assert sink.rows["title"].to_list() == ["Τίτλος <script>"]


def test_who_commented_cannot_be_asked_for():
    with pytest.raises(DefinitionError, match="column_not_given"):
        opengov("https://www.opengov.gr", {**FIELDS, "who": "author"})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("24 Σεπτέμβριος, 2025", "2025-09-24"),
        ("1 Ιανουαρίου 2026, 10:00", "2026-01-01T10:00"),
        ("4 Ιούλιος, 2025", "2025-07-04"),
        ("12 Ιούνιος, 2025", "2025-06-12"),
        ("28 ΑΥΓΟΥΣΤΟΥ 2025", "2025-08-28"),
        ("9 Μαΐου 2025 στις 5", "2025-05-09"),
        ("31 Φεβρουαρίου 2025", None),
        ("24 Σαββάτου 2025", None),
        ("", None),
    ],
)
def test_greek_days_in_both_cases(text, told):
    assert moment(text) == told
