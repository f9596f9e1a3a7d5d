"""Diavgeia: the whole archive, and nobody in it; every answer is one to the question that was asked."""

import json
from datetime import date, datetime, timedelta, timezone

import pytest
import yaml

from ckanext.patrasparticipation.harvesters.errors import DefinitionError
from ckanext.patrasparticipation.harvesters.readers.diavgeia_decision import COLUMNS, day, part
from ckanext.patrasparticipation.harvesters.source import load_source
from ckanext.patrasparticipation.schemas.load import table_feed

from .engine import source_yaml
from .protocol_server import BROKEN, BUSY, CUT, HTML, SLOW, Told, harvest, sample, speaking


def text(raw, **more):
    label = {"el": raw, "en": raw}
    return {"name": named(raw), "type": "text", "label": label, "about": label, **more}


def named(raw):
    return raw.lower().replace(".", "_")


def decisions(url, **options):
    columns = options.pop("columns", COLUMNS)
    reader = {"type": "diavgeia", "url": url, "org": ["6241"], "from": "2023-04-20", "to": "2025-04-20"}
    content = source_yaml(
        feed="table",
        columns=[text("ada", required=True, unique=True), *(text(name) for name in columns if name != "ada")],
        key="ada",
        reader={**reader, **options},
        fields={named(name): {"from": name, "as": "text"} for name in columns},
        examples=[{"given": {"ada": "A"}, "becomes": {"ada": "A"}}],
    )
    return load_source(yaml.safe_dump(content, allow_unicode=True), {}, table=table_feed)


def decision(ada, issued, **more):
    moment = datetime.fromisoformat(f"{issued}T00:00:00+00:00")
    return {
        "ada": ada,
        "subject": f"Απόφαση {ada}",
        "issueDate": int(moment.timestamp() * 1000),
        "organizationId": "6241",
        "decisionTypeId": "Β.4",
        "privateData": False,
        "submissionTimestamp": int(moment.timestamp() * 1000) + 1,
        "versionId": f"v-{ada}",
        "status": "PUBLISHED",
        "documentUrl": f"https://diavgeia.gov.gr/doc/{ada}",
        "extraFieldValues": {"awardAmount": {"amount": 12.5, "currency": "EUR"}},
        **more,
    }


def search(archive, cut=180, whole_last_day=False):
    """Answers as the search does: cuts the range, ends at the start of the last day, pages."""

    def speak(asked):
        assert asked.path == "/search.json"
        start = date.fromisoformat(asked.parameters["from_issue_date"])
        end = min(date.fromisoformat(asked.parameters["to_issue_date"]), start + timedelta(days=cut))
        found = [
            item
            for item in archive
            if start <= issued(item) and (issued(item) < end or (whole_last_day and issued(item) == end))
        ]
        size, page = int(asked.parameters["size"]), int(asked.parameters["page"])
        shown = found[page * size : (page + 1) * size]
        query = (
            f"issueDate:[DT({start}T00:00:00+03:00) TO DT({end}T00:00:00+03:00)]"
            f' AND organizationUid:"{asked.parameters["org"]}"'
        )
        info = {"query": query, "page": page, "size": size, "actualSize": len(shown), "total": len(found)}
        return {"info": info, "decisions": shown}

    return speak


def issued(item):
    return datetime.fromtimestamp(item["issueDate"] / 1000, timezone.utc).date()


DAYS = [date(2023, 4, 20) + timedelta(days=number) for number in range(733)]
ARCHIVE = [decision(f"Ω{number:04}ΩΗΚ-ΑΒΓ", day) for number, day in enumerate(DAYS)]
"""One decision each day of two years, and one on the day after."""


@pytest.mark.parametrize("whole_last_day", [False, True])
def test_f_01_two_years_come_whole_though_the_search_gives_180_days(whole_last_day, tmp_path):
    with speaking(search(ARCHIVE, whole_last_day=whole_last_day)) as server:
        report, sink = harvest(decisions(server.url), tmp_path)
    assert report.outcome == "published", report.reason.text["en"]
    assert sorted(sink.rows["issuedate"]) == [day.isoformat() for day in DAYS[:-1]]
    assert len(server.asked) == 5
    asked = [(item.parameters["from_issue_date"], item.parameters["to_issue_date"]) for item in server.asked]
    assert [end for _, end in asked[:-1]] == [start for start, _ in asked[1:]], "a gap, or days asked twice"


def test_f_01_a_search_that_cuts_more_is_noticed_and_sliced(tmp_path):
    with speaking(search(ARCHIVE, cut=45)) as server:
        report, sink = harvest(decisions(server.url), tmp_path)
    assert sink.rows.height == len(DAYS) - 1, report.reason.text["en"]
    assert "window_cut" in report.choices


def test_f_01_the_captured_answer_is_no_answer_to_two_years(tmp_path):
    """Asked for the window that it was cut to, it is one; its page holds 100 of the 491 that it announces."""
    captured = json.loads(sample("diavgeia_search_180day_window.json"))
    org = ["nosokomeio_limnou", "51611"]
    with speaking(lambda asked: captured) as server:
        wanted = decisions(server.url, org=org)
        report, sink = harvest(wanted, tmp_path)
        assert (report.outcome, report.reason.code) == ("unavailable", "incomplete_pages")
        assert (report.reason.params["found"], report.reason.params["wanted"]) == (100, 491)
        captured["info"]["total"] = 100
        report, sink = harvest(decisions(server.url, org=org, to="2023-10-16"), tmp_path)
        assert report.outcome == "published", report.reason.text["en"]
        assert sink.rows.height == 100
        report, _ = harvest(decisions(server.url, org=["6241"], to="2023-10-16"), tmp_path)
        assert (report.outcome, report.reason.code) == ("changed", "other_question")
        report, _ = harvest(decisions(server.url, org=org, **{"from": "2023-04-21"}), tmp_path)
        assert (report.outcome, report.reason.code) == ("changed", "other_question")


def test_f_02_no_natural_person_of_the_captured_answer_reaches_the_table(tmp_path):
    captured = json.loads(sample("diavgeia_search_180day_window.json"))
    captured["info"]["total"] = 100
    with speaking(lambda asked: captured) as server:
        wanted = decisions(server.url, org=["nosokomeio_limnou", "51611"], to="2023-10-16")
        report, sink = harvest(wanted, tmp_path)
    assert "REDACTED,," in json.dumps(captured, ensure_ascii=False)
    assert "REDACTED" not in repr(sink.rows.to_dicts()) + repr(sink.rejected.to_dicts()) + repr(report)
    private = sink.rows.filter(sink.rows["privatedata"] == "true")
    assert private.height == 11
    kept = {name for name in private.columns if private[name].null_count() < private.height}
    assert kept == {"ada", "decisiontypeid", "issuedate", "organizationid", "documenturl", "privatedata"}
    told = [item for item in captured["decisions"] if not item["privateData"]]
    numbers = {party["afm"] for item in told for party in item["extraFieldValues"].get("person") or []}
    assert numbers
    assert not any(number in repr(sink.rows.to_dicts()) for number in numbers)


def test_f_02_a_person_in_a_decision_that_is_not_marked_is_hidden_all_the_same():
    made = decision("ΩΑΒΓΔ-ΕΖΗ", "2025-01-01", subject="Εξόφληση ΠΑΠΑΔΟΠΟΥΛΟΣ,,ΙΩΑΝΝΗΣ,ΓΕΩΡΓΙΟΣ")
    cells = part(made).cells
    assert (cells.get("subject"), cells["privateData"]) == (None, "true")
    nested = decision("ΩΑΒΓΔ-ΕΖΗ", "2025-01-01")
    nested["extraFieldValues"]["sponsor"] = [{"sponsorAFMName": {"name": "Α,,Β,Γ", "afm": "123456783"}}]
    assert set(part(nested).cells) == {"ada", "decisionTypeId", "issueDate", "organizationId", "documentUrl",
                                       "privateData"}  # fmt: skip
    listed = decision("ΩΑΒΓΔ-ΕΖΗ", "2025-01-01", subject="Άρδευση, ύδρευση, αποχέτευση, φωτισμός")
    assert part(listed).cells["subject"]


def test_f_03_milliseconds_and_text_are_the_same_day():
    captured = json.loads(sample("diavgeia_decision_B.1.3.json"))
    assert part(captured).cells["issueDate"] == "2025-04-17"
    for text in ("2025-04-17T00:00:00.000Z", "2025-04-17T00:00:00+00:00", "2025-04-17T03:00:00+03:00"):
        assert part({**captured, "issueDate": text}).cells == part(captured).cells
    assert (day(1403222400000), day("2014-06-20T00:00:00.000Z"), day("2014-06-20")) == ("2014-06-20",) * 3


def test_f_05_signs_in_place_of_greek_letters_are_letters_again():
    captured = json.loads(sample("diavgeia_search_180day_window.json"))["decisions"][0]
    assert "\u00b5" in captured["subject"]
    assert "\u2206" in captured["subject"]
    told = part(captured).cells["subject"]
    assert told == "3η Αναμόρφωση Προϋπολογισμού Δημοτικού Λιμενικού Ταμείου έτους 2023."


def test_f_04_a_web_page_with_200_is_not_json_and_changes_nothing(tmp_path):
    page = Told(sample("diavgeia_wrong_path_html_with_200.html"), headers={"Content-Type": "text/html"})
    with speaking(lambda asked: page) as server:
        report, sink = harvest(decisions(server.url), tmp_path, accept_held=True)
    assert (report.outcome, report.reason.code, report.exit_code) == ("changed", "answer_not_json", 5)
    assert "JSON" in report.reason.text["en"]
    assert (sink.batches, sink.published) == ([], None)


@pytest.mark.parametrize(
    ("stumble", "outcome", "code"),
    [
        (HTML, "changed", "answer_not_json"),
        (
            Told(b'{"info": {"query": "x"}, "decisions": [{"ada": "\xce\xa9" oops}]}'),
            "changed",
            "answer_not_json",
        ),
        (Told(b'{"info": {"query": "x"}, "decisions": ['), "unavailable", "truncated"),
        (Told({"decisions": []}), "changed", "answer_shape"),
        (Told({"info": {"query": "", "total": 0}, "decisions": []}), "changed", "other_question"),
    ],
)
def test_one_bad_answer_in_the_middle_changes_nothing(stumble, outcome, code, tmp_path):
    with speaking(search(ARCHIVE)) as server:
        server.stumbles[3] = stumble
        report, sink = harvest(decisions(server.url), tmp_path)
    assert (report.outcome, report.reason.code) == (outcome, code)
    assert (sink.batches, sink.published) == ([], None)
    assert "oops" not in repr(report)


def test_stumbles_that_pass_are_waited_out_and_the_waits_are_what_the_source_asked_for(tmp_path):
    waits = []
    with speaking(search(ARCHIVE)) as server:
        server.stumbles |= {2: BUSY, 4: BROKEN, 6: CUT, 8: SLOW}
        report, sink = harvest(decisions(server.url, delay=0.5), tmp_path, waits=waits)
    assert sink.rows.height == len(DAYS) - 1, report.reason.text["en"]
    assert any(1 <= wait < 1.1 for wait in waits)
    assert waits.count(0.5) == 4
    assert report.choices["questions"] == "5"


def test_a_source_that_stays_down_changes_nothing(tmp_path):
    with speaking(lambda asked: BROKEN) as server:
        report, sink = harvest(decisions(server.url), tmp_path)
    assert (report.outcome, report.reason.code, sink.batches) == ("unavailable", "http_status", [])


def test_pages_are_read_to_the_last_and_a_lost_one_is_noticed(tmp_path):
    with speaking(search(ARCHIVE)) as server:
        report, sink = harvest(decisions(server.url, size=50), tmp_path)
        assert sink.rows.height == len(DAYS) - 1, report.reason.text["en"]

    def forgets(asked):
        answer = search(ARCHIVE)(asked)
        if asked.parameters["page"] == "1":
            answer["decisions"] = answer["decisions"][1:]
        return answer

    with speaking(forgets) as server:
        report, _ = harvest(decisions(server.url, size=50), tmp_path)
    assert (report.outcome, report.reason.code) == ("unavailable", "incomplete_pages")


def test_a_search_that_ignores_the_page_ends(tmp_path):
    def stuck(asked):
        asked.parameters["page"] = "0"
        return search(ARCHIVE)(asked)

    with speaking(stuck) as server:
        report, _ = harvest(decisions(server.url, size=50), tmp_path)
        assert (report.outcome, report.reason.code) == ("unavailable", "incomplete_pages")
        assert len(server.asked) == 2


def test_of_two_versions_the_newer_is_kept(tmp_path):
    old = decision("ΩΑΒΓΔ-ΕΖΗ", "2023-05-01", subject="παλιό", versionId="1")
    new = decision("ΩΑΒΓΔ-ΕΖΗ", "2024-05-01", subject="νέο", versionId="2")
    for archive in ([old, new], [new, old]):
        with speaking(search(archive)) as server:
            report, sink = harvest(decisions(server.url), tmp_path)
        assert sink.rows["subject"].to_list() == ["νέο"]


def test_more_than_can_be_paged_is_asked_in_halves(tmp_path):
    def crowded(asked):
        answer = search(ARCHIVE)(asked)
        start, end = (
            date.fromisoformat(asked.parameters[name]) for name in ("from_issue_date", "to_issue_date")
        )
        if (end - start).days > 100:
            answer["info"]["total"] = 20_000
        return answer

    with speaking(crowded) as server:
        report, sink = harvest(decisions(server.url), tmp_path)
    assert sink.rows.height == len(DAYS) - 1, report.reason.text["en"]


def test_decisions_of_another_kind_than_asked_for_are_an_answer_to_another_question(tmp_path):
    with speaking(search(ARCHIVE)) as server:
        report, _ = harvest(decisions(server.url, types=["Β.5"]), tmp_path)
        assert (report.reason.code, report.outcome) == ("other_question", "changed")
        assert server.asked[0].parameters["type"] == "Β.5"
        report, _ = harvest(decisions(server.url, types=["Β.4"]), tmp_path)
        assert report.outcome == "published"


def test_the_second_run_finds_nothing_new(tmp_path):
    from ckanext.patrasparticipation.harvesters.pipeline import Last

    with speaking(search(ARCHIVE)) as server:
        wanted = decisions(server.url)
        report, _ = harvest(wanted, tmp_path)
        last = Last(1, None, None, report.origin.sha256, 732, wanted.schema_hash)
        again, sink = harvest(wanted, tmp_path, last=last)
    assert (again.outcome, sink.batches) == ("unchanged", [])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"columns": ("ada", "signerIds")}, "column_not_given"),
        ({"columns": ("ada", "extraFieldValues.person.0.name")}, "column_not_given"),
        ({"window_days": 181}, "wrong_value"),
        ({"from": "2023-13-01"}, "wrong_value"),
        ({"city": "patras"}, "unknown_key"),
    ],
)
def test_what_may_not_be_asked_is_refused_before_anything_is(change, code):
    with pytest.raises(DefinitionError) as refused:
        decisions("https://diavgeia.gov.gr/opendata", **change)
    assert refused.value.code == code


def test_an_address_inside_is_not_asked(tmp_path):
    with pytest.raises(DefinitionError, match="address_private"):
        harvest(decisions("http://10.0.0.1/opendata"), tmp_path)


def bodies(url, columns, **options):
    content = source_yaml(
        feed="table",
        columns=[text(name, required=name == "uid", unique=name == "uid") for name in columns],
        key="uid",
        reader={"type": "diavgeia", "url": url, **options},
        fields={named(name): {"from": name, "as": "text"} for name in columns},
        examples=[{"given": {"uid": "1"}, "becomes": {"uid": "1"}}],
    )
    return load_source(yaml.safe_dump(content, allow_unicode=True), {}, table=table_feed)


def test_the_bodies_of_a_municipality_come_without_mailboxes_and_tax_numbers(tmp_path):
    captured = json.loads(sample("diavgeia_organizations_patras_subset.json"))
    columns = ("uid", "label", "latinName", "supervisorId")
    with speaking(lambda asked: captured) as server:
        wanted = bodies(server.url, columns, what="organizations", org=["6241"])
        report, sink = harvest(wanted, tmp_path)
    assert report.outcome == "published", report.reason.text["en"]
    found = dict(sink.rows.select("uid", "latinname").iter_rows())
    assert found["6241"] == "dimospatras"
    assert all(row["uid"] == "6241" or row["supervisorid"] == "6241" for row in sink.rows.to_dicts())
    assert sink.rows.height == 12
    with pytest.raises(DefinitionError, match="column_not_given"):
        bodies(server.url, (*columns, "odeManagerEmail"), what="organizations")
    with pytest.raises(DefinitionError, match="column_not_given"):
        bodies(server.url, (*columns, "vatNumber"), what="organizations")


def test_the_units_of_a_body_come_with_their_body(tmp_path):
    captured = json.loads(sample("diavgeia_organization_limnos_units.json"))
    with speaking(lambda asked: captured) as server:
        wanted = bodies(
            server.url, ("uid", "label", "parentId", "organizationId"), what="units", org=["6174"]
        )
        report, sink = harvest(wanted, tmp_path)
    assert report.outcome == "published", report.reason.text["en"]
    assert server.asked[0].path == "/organizations/6174/units.json"
    assert sink.rows.height == len(captured["units"])
    assert set(sink.rows["organizationid"]) == {"6174"}
