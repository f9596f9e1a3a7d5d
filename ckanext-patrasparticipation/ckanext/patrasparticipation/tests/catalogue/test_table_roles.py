"""A table with a role: its columns are fixed, its rules hold, no small number of people passes any door."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from python_calamine import CalamineWorkbook
from werkzeug.datastructures import FileStorage

from ckanext.patrasparticipation.harvesters.sample.xlsx import workbook
from ckanext.patrasparticipation.records import vocabularies
from ckanext.patrasparticipation.schemas.load import feeds

from . import samples
from .chain_samples import CONSULTATION, create
from .role_files import BROKEN, SOUND
from .samples import hand_over_table as hand_over
from .samples import publish_table as publish
from .samples import table_rows as rows

pytestmark = pytest.mark.usefixtures("with_plugins", "with_request_context", "clean_datastore", "own_storage")


@pytest.fixture
def anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every role may stand on a dataset, so that each is tried on one."""
    known = vocabularies.terms
    every = {
        code: replace(term, attributes={**term.attributes, "types": "dataset"})
        for code, term in known("resource_role").items()
    }
    monkeypatch.setattr(vocabularies, "terms", lambda name: every if name == "resource_role" else known(name))


@pytest.mark.usefixtures("anywhere")
@pytest.mark.parametrize("role", sorted(SOUND))
def test_a_table_of_each_role_is_published_with_its_fixed_columns_and_its_dictionary(role: str) -> None:
    said = hand_over(SOUND[role], role)
    assert said["check"]["ready"], said["check"]
    assert said["feed"] == role
    done = publish(said["resource_id"])
    assert done["outcome"] == "published", done
    assert done["loaded"] == SOUND[role].count("\n") - 1
    fields = samples.act("datastore_info", id=said["resource_id"])["fields"]
    feed = feeds()[role]
    assert [field["id"] for field in fields] == [column.name for column in feed.columns]
    for field, column in zip(fields, feed.columns, strict=True):
        assert field["info"]["label_el"] == column.label["el"]
        assert field["info"]["label_en"] == column.label["en"]
        assert field["info"]["notes_el"] == column.about["el"]
        assert field["info"]["notes_en"] == column.about["en"]
    assert samples.act("resource_show", id=said["resource_id"])["resource_role"] == role
    assert hand_over(SOUND[role], role, resource_id=said["resource_id"])["check"]["difference"]["unchanged"]


@pytest.mark.usefixtures("anywhere")
@pytest.mark.parametrize("role", sorted(BROKEN))
def test_a_table_that_breaks_a_rule_is_refused_with_column_rows_rule_found_and_expected(role: str) -> None:
    content, rule, column, first = BROKEN[role]
    said = hand_over(content, role)
    assert not said["check"]["ready"]
    (broken,) = said["check"]["broken"]
    assert (broken["rule"], broken["column"], tuple(broken["first"])) == (rule, column, first)
    assert broken["found"] or rule == "unique"
    assert broken["text"]["el"]
    assert broken["text"]["en"]
    done = publish(said["resource_id"])
    assert (done["outcome"], done["reason"]["code"]) == ("refused", "rules_broken")
    with pytest.raises(tk.ObjectNotFound):
        samples.act("datastore_search", resource_id=said["resource_id"])


def test_a_column_that_the_role_does_not_have_is_refused_by_name_until_somebody_leaves_it_out() -> None:
    content = "Κριτήριο;Μόρια;Όνομα αιτούντος\nΑνεργία;15;Μαρία\n"
    said = hand_over(content, "criteria")
    assert said["check"]["reason"]["code"] == "columns_not_allowed"
    assert "Όνομα αιτούντος" in said["check"]["reason"]["el"]
    assert [column["raw"] for column in said["columns"] if column["note"]] == ["Όνομα αιτούντος"]
    assert publish(said["resource_id"])["outcome"] == "refused"
    leave = [{"raw": "Όνομα αιτούντος", "skip": True}]
    samples.act("participation_table_preview", resource_id=said["resource_id"], columns=leave)
    assert publish(said["resource_id"])["outcome"] == "published"
    assert set(rows(said["resource_id"])[0]) == {"criterion", "points", "evidence", "legal_basis"}


def test_a_column_that_must_be_there_and_a_value_of_another_kind_are_named() -> None:
    said = hand_over("Κριτήριο;Δικαιολογητικό\nΑνεργία;Βεβαίωση\n", "criteria")
    assert said["check"]["reason"]["code"] == "feed_lacks"
    assert "Μόρια" in said["check"]["reason"]["el"]
    said = hand_over("Κριτήριο;Μόρια\nΑνεργία;πολλά\nΤέκνα;5\n", "criteria")
    (refused,) = said["check"]["rejected_rows"]
    assert (refused["row_number"], refused["column"], refused["raw"]) == (2, "points", "πολλά")


def test_row_016_small_needs_are_hidden_by_an_editor_with_what_would_give_them_back() -> None:
    content = (
        "Περίοδος;Δημοτική ενότητα;Θέμα;Πλήθος\n"
        "2025;370101;Υγεία;4\n2025;370105;Υγεία;22\n2025;370103;Υγεία;60\n2025;3701;Υγεία;86\n"
    )
    said = hand_over(content, "needs")
    assert [one["rule"] for one in said["check"]["broken"]] == ["small_count"]
    assert said["check"]["broken"][0]["expected"]["el"] == "0 ή τουλάχιστον 10"
    told = samples.act("participation_table_preview", resource_id=said["resource_id"], hide_small=True)
    assert told["check"]["ready"], told["check"]
    assert [one["code"] for one in told["check"]["suggestions"]] == ["numbers_hidden"]
    assert publish(said["resource_id"])["outcome"] == "published"
    found = {row["municipal_unit"]: (row["count"], row["suppressed"]) for row in rows(said["resource_id"])}
    assert found == {
        "370101": (None, True),
        "370105": (None, True),
        "370103": (60, False),
        "3701": (86, False),
    }
    csv = samples.act("resource_show", id=said["resource_id"])
    assert csv["datastore_active"]


def test_the_smallest_number_is_that_of_the_record_and_ten_for_health_minors_and_poverty() -> None:
    content = "Περίοδος;Είδος συνεισφοράς;Πλήθος\n2025;idea;7\n2025;opinion;30\n"
    usual = hand_over(content, "contributions_aggregate")
    assert usual["check"]["ready"]
    health = samples.dataset(theme=["HEAL"])["id"]
    assert hand_over(content, "contributions_aggregate", package_id=health)["check"]["broken"]
    strict = samples.dataset(k_threshold=20)["id"]
    said = hand_over(content, "contributions_aggregate", package_id=strict)
    assert said["check"]["broken"][0]["expected"]["en"] == "0 or at least 20"
    samples.act("package_patch", id=strict, k_threshold=6)
    told = samples.act("participation_table_preview", resource_id=said["resource_id"])
    assert told["check"]["ready"], "the answer of the old threshold was remembered"


def test_free_text_is_published_only_when_somebody_says_that_they_read_it(anywhere: None) -> None:
    text = "Προτείνω να γίνει ποδηλατόδρομος στον δρόμο μου. " * 8
    content = f"Κωδικός πρότασης;Τίτλος;Κατάσταση;Κείμενο ύστερα από έλεγχο\nΠ1;Δρόμος;submitted;{text}\n"
    said = hand_over(content, "proposals")
    assert [odd["code"] for odd in said["check"]["odd"]] == ["reviewed_text"]
    assert publish(said["resource_id"])["reason"]["code"] == "reviewed_text"
    assert publish(said["resource_id"], "reviewed_text")["outcome"] == "published"
    personal = content.replace("δρόμο μου", "δρόμο μου, maria@example.gr,")
    told = hand_over(personal, "proposals")
    assert [one["rule"] for one in told["check"]["personal"]] == ["email"]
    assert publish(told["resource_id"], "reviewed_text")["outcome"] == "refused"


DOORS = {
    "datastore_create": {
        "fields": [{"id": "count", "type": "int"}],
        "records": [{"count": 1}],
        "force": True,
    },
    "datastore_upsert": {"records": [{"count": 1}], "method": "insert", "force": True},
}


@pytest.mark.parametrize("action", sorted(DOORS))
def test_no_row_of_a_role_comes_in_by_the_doors_of_the_datastore(action: str) -> None:
    said = hand_over(SOUND["needs"], "needs")
    for act in (publish, rows):
        error = samples.refusal(action, resource_id=said["resource_id"], **DOORS[action])
        assert "participation_table_upload" in str(error["resource_id"]), error
        act(said["resource_id"])
    assert len(rows(said["resource_id"])) == 2
    if action == "datastore_create":
        made = {"package_id": samples.dataset()["id"], "resource_role": "needs"}
        error = samples.refusal(action, resource=made, **DOORS[action])
        assert "resource_id" in error


def test_a_stranger_learns_nothing_at_the_doors_of_the_datastore(app: Any) -> None:
    said = hand_over(SOUND["needs"], "needs")
    who = {"Authorization": factories.UserWithToken()["token"]}
    for action, data in DOORS.items():
        given = {"resource_id": said["resource_id"], **data}
        assert app.post(f"/api/action/{action}", json=given, headers=who).status_code == 403


def test_a_role_is_not_put_on_rows_or_files_that_did_not_pass_it() -> None:
    plain = samples.dataset()["id"]
    upload = FileStorage(io.BytesIO(b"a;b\n1;2\n3;4\n"), filename="x.csv")
    said = samples.act("participation_table_upload", upload=upload, package_id=plain)
    publish(said["resource_id"])
    error = samples.refusal("resource_patch", id=said["resource_id"], resource_role="needs")
    assert "resource_role" in error, error
    kept = FileStorage(io.BytesIO(b"a;b\n1;2\n3;4\n"), filename="y.csv")
    error = samples.refusal(
        "resource_create", package_id=plain, upload=kept, resource_role="needs", keep_as_file=True
    )
    assert "upload" in error
    kept = FileStorage(io.BytesIO(b"a;b\n1;2\n3;4\n"), filename="y.csv")
    file = samples.act("resource_create", package_id=plain, upload=kept, keep_as_file=True)
    error = samples.refusal("resource_patch", id=file["id"], resource_role="needs")
    assert "resource_role" in error
    table = hand_over(SOUND["needs"], "needs")
    publish(table["resource_id"])
    for other in ("criteria", "", "other"):
        error = samples.refusal("resource_patch", id=table["resource_id"], resource_role=other)
        assert "resource_role" in error, other
    assert (
        samples.act("resource_patch", id=table["resource_id"], name="Νέο όνομα")["resource_role"] == "needs"
    )


@pytest.mark.parametrize(
    "role",
    ["<script>alert(1)</script>", "ζ" * 5000, "needs' OR 1=1", ["needs"], {"a": 1}, 7, "tally", "statute"],
)
def test_a_role_that_is_none_or_not_of_this_type_is_refused(role: Any) -> None:
    error = samples.refusal(
        "resource_create",
        package_id=samples.dataset()["id"],
        url="https://example.org/a.csv",
        resource_role=role,
    )
    assert "resource_role" in error, error


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty_file"),
        ("Κριτήριο;Μόρια\n", "only_header"),
        ("Κριτήριο;Μόρια;Μόρια\nΑ;1;2\n", "columns_not_allowed"),
        ("Κριτήριο;Μόρια\n<script>alert(1)</script>;nan\n", "all_rejected"),
        ("Κριτήριο;Μόρια\nΑνεργία;1e999\n", "all_rejected"),
    ],
)
def test_hostile_files_of_a_role_are_refused_with_a_reason(content: str, code: str) -> None:
    said = hand_over(content, "criteria", name="x.csv")
    codes = {said["check"]["reason"]["code"], *(odd["code"] for odd in said["check"].get("odd", ()))}
    assert code in codes, codes
    assert not said["check"]["ready"]


def test_the_roles_are_listed_with_their_columns_and_an_empty_file_for_each(app: Any) -> None:
    found = samples.act("participation_role_list", type="dataset")
    assert {one["code"] for one in found if one["table"]} >= {
        "needs",
        "criteria",
        "stock_flow",
        "observations",
    }
    assert "tally" not in {one["code"] for one in found}
    for one in samples.act("participation_role_list"):
        if not one["table"]:
            continue
        for kind, address in one["table"]["templates"].items():
            answer = app.get(address.split("://")[1].partition("/")[2].join(["/", ""]))
            assert answer.status_code == 200, (kind, address)
    answer = app.get("/participation/template/needs.csv")
    assert (
        answer.data.decode("utf-8-sig").strip()
        == "Περίοδος;Δημοτική ενότητα;Θέμα;Μέθοδος;Πλήθος;Αποκρύπτεται"
    )
    for nothing in ("statute.csv", "needs.exe", "nope.csv", "..%2Fneeds.csv"):
        assert app.get(f"/participation/template/{nothing}", status=404)


def test_an_empty_workbook_filled_in_comes_back_as_its_table(app: Any, tmp_path: Path) -> None:
    values = ("2025", "Δ.Ε. Πατρέων", "Υγεία", "Συνεντεύξεις", 40, "όχι")
    path = tmp_path / "needs.xlsx"
    path.write_bytes(app.get("/participation/template/needs.xlsx").data)
    headings = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0]
    path.write_bytes(workbook("Δεδομένα", [headings, values]))
    said = hand_over(path.read_bytes(), "needs", name="ανάγκες.xlsx")
    assert publish(said["resource_id"])["outcome"] == "published", said["check"]
    (row,) = rows(said["resource_id"])
    assert (row["municipal_unit"], row["theme"], row["count"]) == ("370101", "health", 40)


def test_the_numbers_of_a_table_agree_with_those_of_its_record(anywhere: None) -> None:
    dataset = samples.dataset()["id"]
    package = model.Package.get(dataset)
    package.extras["votes"] = "227"
    model.Session.commit()
    said = hand_over(SOUND["tally"], "tally", package_id=dataset)
    assert said["check"]["ready"], said["check"]
    model.Package.get(dataset).extras["votes"] = "228"
    model.Session.commit()
    told = samples.act("participation_table_preview", resource_id=said["resource_id"])
    (broken,) = told["check"]["broken"]
    assert (broken["rule"], broken["found"], broken["expected"]) == ("total_of_record", "227", "228")
    assert publish(said["resource_id"])["outcome"] == "refused"


def test_row_038_ideas_opinions_requests_and_proposals_are_counted_by_their_kind() -> None:
    said = hand_over(SOUND["contributions_aggregate"], "contributions_aggregate")
    publish(said["resource_id"])
    assert [(row["kind"], row["stance"], row["count"]) for row in rows(said["resource_id"])] == [
        ("proposal", "for", 42),
        ("objection", "against", 17),
    ]
    wrong = SOUND["contributions_aggregate"].replace("Πρόταση", "Παράπονο")
    (refused,) = hand_over(wrong, "contributions_aggregate")["check"]["rejected_rows"]
    assert (refused["row_number"], refused["column"], refused["raw"]) == (2, "kind", "Παράπονο")


def test_row_052_the_actions_of_a_plan_say_owner_due_day_and_status_and_begin_before_they_end() -> None:
    said = hand_over(SOUND["actions_plan"], "actions_plan")
    publish(said["resource_id"])
    (row,) = rows(said["resource_id"])
    assert (row["owner"], row["due_date"], row["status"]) == (
        "Διεύθυνση Πληροφορικής",
        "2025-12-31",
        "in_progress",
    )
    late = hand_over(BROKEN["actions_plan"][0], "actions_plan")
    assert late["check"]["broken"][0]["text"]["el"].startswith("Στήλη «Έναρξη», γραμμές 2")


def test_row_080_a_plan_has_goal_action_timetable_indicator_and_funding() -> None:
    said = hand_over(SOUND["actions_plan"], "actions_plan")
    publish(said["resource_id"])
    (row,) = rows(said["resource_id"])
    wanted = {
        "goal": "Ψηφιακή συμμετοχή",
        "action": "Πλατφόρμα διαβούλευσης",
        "owner": "Διεύθυνση Πληροφορικής",
        "start_date": "2025-01-01",
        "due_date": "2025-12-31",
        "status": "in_progress",
        "indicator": "diavouleyseis-ana-etos",
        "budget": 25000,
        "funding": "ΕΣΠΑ 2021–2027",
    }
    assert {name: row[name] for name in wanted} == wanted


def test_row_067_criteria_with_their_points_are_open_and_the_points_of_persons_are_not() -> None:
    said = hand_over(SOUND["criteria"], "criteria")
    publish(said["resource_id"])
    assert [row["points"] for row in rows(said["resource_id"])] == [20, 15.5]
    personal = "Κριτήριο;Μόρια;ΑΦΜ αιτούντος\nΑνεργία;15;090000045\n"
    assert hand_over(personal, "criteria")["check"]["reason"]["code"] == "columns_not_allowed"


def test_row_070_a_stock_that_does_not_add_up_is_not_published() -> None:
    said = hand_over(SOUND["stock_flow"], "stock_flow")
    publish(said["resource_id"])
    first = rows(said["resource_id"])[0]
    assert (first["opening"], first["in"], first["out"], first["closing"]) == (120.5, 80, 95.5, 105)
    found = samples.act("datastore_search", resource_id=said["resource_id"], filters={"in": 80})
    assert found["total"] == 1
    worse = hand_over(BROKEN["stock_flow"][0], "stock_flow", resource_id=said["resource_id"])
    assert worse["check"]["broken"][0]["expected"] == "28"
    assert publish(said["resource_id"])["outcome"] == "refused"
    assert rows(said["resource_id"])[0] == first, "the good table did not stay"


def test_rows_that_came_by_the_datastore_never_get_a_role_of_fixed_columns() -> None:
    made = samples.act(
        "datastore_create",
        resource={"package_id": samples.dataset()["id"], "name": "x"},
        fields=[{"id": "count", "type": "int"}],
        records=[{"count": 1}],
    )
    error = samples.refusal("resource_patch", id=made["resource_id"], resource_role="needs")
    assert "resource_role" in error


def test_row_028_the_tables_of_a_consultation_stand_on_it_and_agree_with_it() -> None:
    consultation = create({**CONSULTATION, "consultation_type": "poll"}, votes=227, participants=90)
    tally = hand_over(SOUND["tally"], "tally", package_id=consultation["id"])
    assert publish(tally["resource_id"])["outcome"] == "published"
    proposals = hand_over(SOUND["proposals"], "proposals", package_id=consultation["id"])
    assert publish(proposals["resource_id"])["outcome"] == "published"
    assert [row["state"] for row in rows(proposals["resource_id"])] == ["accepted", "under_review"]
    more = hand_over(
        SOUND["tally"].replace("Λευκό;12", "Λευκό;13"), "tally", resource_id=tally["resource_id"]
    )
    (broken,) = more["check"]["broken"]
    assert (broken["rule"], broken["found"], broken["expected"]) == ("total_of_record", "228", "227")
    assert publish(tally["resource_id"])["outcome"] == "refused"
    profile = SOUND["participation_profile"].replace(";60", ";70")
    told = hand_over(profile, "participation_profile", package_id=consultation["id"])
    assert (told["check"]["broken"][0]["found"], told["check"]["broken"][0]["expected"]) == ("95", "90")
    kept = {one["resource_role"] for one in samples.act("package_show", id=consultation["id"])["resources"]}
    assert kept == {"tally", "proposals", "participation_profile"}
    error = samples.refusal(
        "resource_create",
        package_id=consultation["id"],
        url="https://e.gr/a.csv",
        resource_role="observations",
    )
    assert "resource_role" in error


def test_no_filters_at_all_may_be_said_as_null(app: Any) -> None:
    said = hand_over(SOUND["criteria"], "criteria")
    publish(said["resource_id"])
    at = f"/api/3/action/datastore_search?resource_id={said['resource_id']}&filters=null"
    assert app.get(at).json["result"]["total"] == 2
