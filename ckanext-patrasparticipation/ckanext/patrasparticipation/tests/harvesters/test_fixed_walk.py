"""A source whose columns are fixed: it is held to its rules wherever its file comes from."""

from __future__ import annotations

import yaml

from ckanext.patrasparticipation.harvesters.source import load_source
from ckanext.patrasparticipation.schemas.load import feed
from ckanext.patrasparticipation.tests.list_sink import ListSink

from .engine import source_yaml, walk

NEEDS = {
    "period": {"from": "Περίοδος", "as": "text"},
    "municipal_unit": {"from": "Ενότητα", "as": "text"},
    "count": {"from": "Πλήθος", "as": "integer"},
    "row_key": {"as": "id", "prefix": "N", "of": ["period", "municipal_unit", "theme", "method"]},
}
FEW = "Περίοδος;Ενότητα;Πλήθος\n2025;370101;4\n2025;370105;22\n2025;370103;60\n"


class Staged(ListSink):
    """A publisher that remembers every row it was ever handed."""

    handed = 0

    def stage(self, batch):
        self.handed += batch.rows.height
        super().stage(batch)


def needs(**more):
    content = source_yaml(feed="needs", fields=NEEDS, duplicates="keep", **more)
    content["examples"] = [
        {"given": {"Περίοδος": "2025", "Ενότητα": "370101", "Πλήθος": "50"}, "becomes": {"count": 50}}
    ]
    return load_source(yaml.safe_dump(content, allow_unicode=True), {"needs": feed("needs")})


def test_a_small_number_refuses_a_harvested_table_and_no_row_of_it_is_staged(tmp_path):
    report, sink = walk(tmp_path, FEW, needs(), sink=Staged())
    assert (report.outcome, report.reason.code) == ("refused", "rules_broken")
    assert [(one.rule, one.first) for one in report.broken] == [("small_count", (2,))]
    assert "4" not in report.reason.text["el"].replace("2", ""), "the sentence tells the small number itself"
    assert sink.handed == 0


def test_a_source_may_say_that_small_numbers_are_hidden_and_ask_for_a_larger_k(tmp_path):
    report, sink = walk(tmp_path, FEW, needs(small_numbers={"hide": True}))
    assert report.outcome == "published", report.reason
    assert sink.rows["count"].to_list() == [None, None, 60]
    assert sink.rows["suppressed"].to_list() == [True, True, False]
    assert [one.code for one in report.suggestions] == ["numbers_hidden"]
    report, sink = walk(tmp_path, FEW, needs(small_numbers={"hide": True, "k": 50}))
    assert sink.rows["count"].to_list() == [None, None, None]


def test_a_new_column_of_the_source_is_refused_by_name_though_it_was_published_before(tmp_path):
    more = (
        FEW.replace("Πλήθος\n", "Πλήθος;Όνομα\n")
        .replace(";4\n", ";40;Μαρία\n")
        .replace("22\n", "22;\n")
        .replace("60\n", "60;\n")
    )
    report, sink = walk(tmp_path, more, needs(), sink=Staged())
    assert (report.outcome, report.reason.code) == ("refused", "columns_not_allowed")
    assert "Όνομα" in report.reason.text["el"]
    assert sink.handed == 0
    assert walk(tmp_path, more, needs(ignore=["Όνομα"]))[0].outcome == "published"


def test_the_detectors_look_at_a_fixed_table_without_being_asked(tmp_path):
    rows = "".join(f"Κριτήριο {number};5;maria{number}@example.gr\n" for number in range(5))
    content = source_yaml(
        feed="criteria",
        fields={
            "criterion": {"from": "Κριτήριο", "as": "text"},
            "points": {"from": "Μόρια", "as": "number"},
            "evidence": {"from": "Δικαιολογητικό", "as": "text"},
        },
    )
    content["examples"] = [
        {"given": {"Κριτήριο": "Α", "Μόρια": "1", "Δικαιολογητικό": "Β"}, "becomes": {"points": 1}}
    ]
    wanted = load_source(yaml.safe_dump(content, allow_unicode=True), {"criteria": feed("criteria")})
    report, sink = walk(tmp_path, "Κριτήριο;Μόρια;Δικαιολογητικό\n" + rows, wanted, sink=Staged())
    assert (report.outcome, [one.rule for one in report.personal]) == ("refused", ["email"])
    assert sink.handed == 0
