"""A guarded source: the file that holds personal data is refused whole, and refused rows tell none of it."""

from random import Random

import pytest

from ckanext.patrasparticipation.harvesters.messages import rejection
from ckanext.patrasparticipation.harvesters.personal import HIDDEN
from ckanext.patrasparticipation.harvesters.pipeline import Last
from ckanext.patrasparticipation.tests.list_sink import ListSink

from . import people
from .engine import fields, source, walk

CHANCE = Random(21)
AFM = [people.afm(CHANCE) for _ in range(30)]
EMAIL = [f"nobody{number}@example.gr" for number in range(30)]
MOBILE = [people.mobile(CHANCE) for _ in range(30)]
ALL = fields(street={"from": "Οδός", "as": "text"}, lamps={"from": "Πλήθος", "as": "integer"})


def guarded(**changes):
    return source(guarded=True, **{"fields": ALL, **changes})


def table(street=None, lamps=None):
    lines = [
        f"L{number};{street[number] if street else 'Κορίνθου'};{lamps[number] if lamps else 4}"
        for number in range(30)
    ]
    return "\n".join(["code;Οδός;Πλήθος", *lines, ""])


class Keeping(ListSink):
    """A publisher that, as the real one, keeps refused rows of a load that is given up."""

    def discard(self):
        """Nothing is forgotten."""


REFUSED = [
    ({"lamps": AFM}, "Πλήθος", "afm"),
    ({"street": AFM}, "Οδός", "afm"),
    ({"street": EMAIL}, "Οδός", "email"),
    ({"lamps": MOBILE}, "Πλήθος", "phone"),
    ({"street": MOBILE}, "Οδός", "phone"),
]


@pytest.mark.parametrize(("columns", "column", "rule"), REFUSED)
def test_a_file_with_personal_data_is_refused_with_column_rule_and_rows(columns, column, rule, tmp_path):
    report, sink = walk(tmp_path, table(**columns), guarded(), accept_held=True)
    assert (report.outcome, report.exit_code, report.reason.code) == ("refused", 6, "personal_data")
    assert [(found.column, found.rule, found.rows) for found in report.personal] == [(column, rule, 30)]
    assert report.personal[0].first == tuple(range(2, 22))
    assert (sink.batches, sink.published) == ([], None)
    assert f"«{column}»" in report.reason.text["el"]
    assert "2, 3, 4" in report.reason.text["en"]
    told = repr(report) + str([found.told for found in report.personal])
    assert not [value for value in (*AFM, *EMAIL, *MOBILE) if value in told]


def test_the_same_file_without_it_is_published(tmp_path):
    report, sink = walk(tmp_path, table(), guarded())
    assert (report.outcome, report.personal, sink.rows.height) == ("published", (), 30)


def test_a_source_that_is_not_guarded_is_as_before(tmp_path):
    report, sink = walk(tmp_path, table(street=EMAIL), source(fields=ALL))
    assert (report.outcome, sink.rows.height) == ("published", 30)


def test_a_trial_refuses_too(tmp_path):
    assert walk(tmp_path, table(street=EMAIL), guarded(), dry_run=True)[0].outcome == "refused"


def test_a_source_that_becomes_guarded_is_looked_at_though_its_bytes_are_equal(tmp_path):
    before = source(fields=ALL)
    first, _ = walk(tmp_path, table(street=EMAIL), before)
    last = Last(1, None, None, first.origin.sha256, 30, before.schema_hash, first.columns)
    assert walk(tmp_path, table(street=EMAIL), before, last=last)[0].outcome == "unchanged"
    assert walk(tmp_path, table(street=EMAIL), guarded(), last=last)[0].outcome == "refused"


def test_ignored_columns_closed_lists_and_rows_of_others_need_no_look(tmp_path):
    reader = {"type": "delimited", "path": "x", "only": {"kind": ["lamp"]}}
    wanted = guarded(
        reader=reader, ignore=["kind", "who"], fields=fields(street={"from": "Οδός", "as": "text"})
    )
    text = "code;Οδός;kind;who\nA;Κορίνθου;lamp;nobody@example.gr\nB;nobody@example.gr;bin;x\n"
    report, sink = walk(tmp_path, text, wanted)
    assert (report.outcome, sink.rows["code"].to_list()) == ("published", ["A"])


def test_refused_rows_do_not_tell_what_may_be_personal(tmp_path):
    text = "\n".join(
        [
            "code;Οδός;Πλήθος",
            *(f"L{number};Κορίνθου;4" for number in range(20)),
            f"A;Κορίνθου;{EMAIL[0]}",
            f"B;Κορίνθου;κιν. {MOBILE[0]}",
            "C;Κορίνθου;πολλά",
            f"D;{EMAIL[1]};4;{AFM[0]}",
            f"{EMAIL[2]};Κορίνθου;x",
            "L1;Κορίνθου;4",
            "",
        ]
    )
    report, sink = walk(tmp_path, text, guarded(), sink=Keeping())
    assert report.outcome == "refused"
    kept = {row[0]: row[1:] for row in sink.rejected.rows()}
    assert kept == {
        22: ("lamps", "not_an_integer", HIDDEN),
        23: ("lamps", "not_an_integer", HIDDEN),
        24: ("lamps", "not_an_integer", "πολλά"),
        25: (None, "ragged_row", HIDDEN),
        26: ("lamps", "not_an_integer", "x"),
        27: ("code", "duplicate_key", "L1"),
    }


def test_a_hidden_value_says_that_it_is_hidden():
    told = rejection("not_an_integer", "lamps", HIDDEN)
    assert told["el"].startswith(f"«{HIDDEN}»: δεν είναι ακέραιος")
    assert "προσωπικά δεδομένα" in told["el"]
    assert "personal data" in told["en"]


def test_personal_data_in_the_header_stop_the_load_and_are_not_told(tmp_path):
    header = f"code;Οδός;Πλήθος;{EMAIL[0]};{EMAIL[0]}"
    report, sink = walk(tmp_path, f"{header}\nL1;Κορίνθου;4;x;y\n", guarded())
    assert (report.outcome, report.reason.code, report.columns) == ("refused", "personal_names", ())
    assert (EMAIL[0] in repr(report), sink.batches) == (False, [])


def test_a_column_that_cannot_be_read_any_more_tells_no_value(tmp_path):
    text = table(lamps=[f"ΑΦΜ {number}" for number in AFM])
    report, _ = walk(tmp_path, text, guarded())
    assert report.outcome == "refused"
    assert not [value for value in AFM if value in repr(report)]
