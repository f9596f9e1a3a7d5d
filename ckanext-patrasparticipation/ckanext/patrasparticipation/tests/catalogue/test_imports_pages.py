"""The page for staff: a file is tried, imported by the worker, seen, and taken back."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from ckan import model
from ckan.plugins import toolkit as tk
from ckan.tests import factories

from ckanext.patrasparticipation.feeds import jobs
from ckanext.patrasparticipation.imports import files, life
from ckanext.patrasparticipation.model import Import, ImportRow

from . import samples
from .test_imports_sheets import HEAD, ROW, book

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


@pytest.fixture
def people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A publisher, its editor, and somebody else; files lie in a folder of the test."""
    samples.no_jobs()
    monkeypatch.setitem(tk.config, "ckan.storage_path", str(tmp_path / "storage"))
    editor, stranger = factories.UserWithToken(), factories.UserWithToken()
    publisher = samples.publisher(name="dimos")
    samples.act("organization_member_create", id="dimos", username=editor["name"], role="editor")
    return {"publisher": publisher, "editor": editor, "stranger": stranger}


def headers(user: dict[str, Any]) -> dict[str, str]:
    return {"Authorization": user["token"]}


def give(app: Any, user: dict[str, Any], path: Path, **more: str) -> Any:
    data = {
        "type": "dataset",
        "owner_org": "dimos",
        "upload": (io.BytesIO(path.read_bytes()), path.name),
        **more,
    }
    return app.post(
        "/api/3/action/participation_import_preview", data=data, extra_environ={}, headers=headers(user)
    )


def call(app: Any, user: dict[str, Any], action: str, status: int = 200, **data: Any) -> Any:
    answer = app.post(f"/api/3/action/{action}", json=data, headers=headers(user), status=status)
    return answer.json.get("result") if status == 200 else answer.json["error"]


def worked(app: Any) -> None:
    """Do what waits for the worker."""
    with app.flask_app.test_request_context():
        waiting = model.Session.query(Import).filter(Import.status.in_((life.CHECKING, life.WAITING)))
        for one in waiting.all():
            (life.check if one.status == life.CHECKING else life.write)(one)
    model.Session.remove()


def test_a_file_is_tried_imported_and_taken_back(app, people, tmp_path):
    lacking = ("Δρόμοι", "Οι δρόμοι.", "Περιβάλλον", "", "k-2", "")
    wrong = ("Πλατείες", "Οι πλατείες.", "Περιβαλον", "CC_BY_4_0", "k-3", "")
    told = give(app, people["editor"], book(tmp_path / "a.xlsx", ROW, lacking, wrong)).json["result"]
    assert (told["status"], told["total"]) == ("checked", 3)
    assert {name: n for name, n in told["counts"].items() if n} == {"created": 1, "draft": 1, "refused": 1}
    assert [(each["cell"], each["value"], each["expected"]) for each in told["problems"]] == [
        ("C4", "Περιβαλον", "Περιβάλλον")
    ]
    assert model.Session.query(model.Package).count() == 0
    asked = call(app, people["editor"], "participation_import_start", id=told["id"])
    assert asked["status"] == "waiting"
    worked(app)
    done = call(app, people["editor"], "participation_import_show", id=told["id"])
    assert (done["status"], done["can_undo"]) == ("done", True)
    assert [row["outcome"] for row in done["rows"]] == ["created", "draft", "refused"]
    record = samples.act("package_show", id="kadoi")
    assert model.Session.get(model.User, record["creator_user_id"]).name == people["editor"]["name"]
    undone = call(app, people["editor"], "participation_import_undo", id=told["id"])
    assert (undone["status"], undone["undone"]) == ("undone", {"undone": 2})
    assert samples.act("package_search", q="*:*")["count"] == 0


def test_what_somebody_touched_since_is_not_taken_back_and_what_was_changed_is_as_before(
    app, people, tmp_path
):
    first = give(app, people["editor"], book(tmp_path / "a.xlsx", ROW, ("Δρόμοι", *ROW[1:4], "k-2", ""))).json
    call(app, people["editor"], "participation_import_start", id=first["result"]["id"])
    worked(app)
    second = give(
        app,
        people["editor"],
        book(tmp_path / "b.xlsx", ("Κάδοι Β", *ROW[1:]), ("Δρόμοι Β", *ROW[1:4], "k-2", "")),
    )
    import_id = second.json["result"]["id"]
    assert second.json["result"]["counts"]["updated"] == 2
    call(app, people["editor"], "participation_import_start", id=import_id)
    worked(app)
    call(app, people["editor"], "participation_import_undo", status=409, id=first["result"]["id"])
    samples.act("package_patch", id="dromoi", notes_translated={"el": "Άλλο."})
    undone = call(app, people["editor"], "participation_import_undo", id=import_id)
    assert undone["undone"] == {"undone": 1, "touched": 1}
    assert samples.act("package_show", id="kadoi")["title"] == "Κάδοι"
    assert samples.act("package_show", id="dromoi")["title"] == "Δρόμοι Β"


def test_after_it_was_taken_back_the_same_file_brings_the_records_again(app, people, tmp_path):
    path = book(tmp_path / "a.xlsx", ROW)
    for _time in range(2):
        told = give(app, people["editor"], path).json["result"]
        call(app, people["editor"], "participation_import_start", id=told["id"])
        worked(app)
        assert samples.act("package_show", id="kadoi")["state"] == "active"
        call(app, people["editor"], "participation_import_undo", id=told["id"])
        assert samples.act("package_show", id="kadoi")["state"] == "deleted"


def test_headings_that_no_field_has_stop_the_import_until_a_person_leaves_them_out(app, people, tmp_path):
    path = book(tmp_path / "a.xlsx", (*ROW, "x"), head=(*HEAD, "Παρατηρήσεις μου"))
    told = give(app, people["editor"], path).json["result"]
    assert [each["heading"] for each in told["unknown"]] == ["Παρατηρήσεις μου"]
    refused = call(app, people["editor"], "participation_import_start", status=409, id=told["id"])
    assert "Παρατηρήσεις μου" in refused["ignore_unknown"][0]
    call(app, people["editor"], "participation_import_start", id=told["id"], ignore_unknown=True)
    worked(app)
    assert samples.act("package_show", id="kadoi")["title"] == "Κάδοι"


def test_a_worker_that_is_killed_in_the_middle_is_followed_by_one_that_goes_on(
    app, people, tmp_path, monkeypatch
):
    monkeypatch.setattr("ckanext.patrasparticipation.records.upsert.BATCH", 2)
    rows = [(f"Σύνολο {n}", *ROW[1:4], f"k-{n}", "") for n in range(5)]
    told = give(app, people["editor"], book(tmp_path / "a.xlsx", *rows)).json["result"]
    call(app, people["editor"], "participation_import_start", id=told["id"])

    class Killed(BaseException):
        """The process is gone."""

    from ckanext.patrasparticipation.harvesters import faults

    seen: list[str] = []

    def kill(point: str) -> None:
        seen.append(point)
        if seen.count("records_written") == 2 and point == "records_written":
            raise Killed

    monkeypatch.setattr(faults, "point", kill)
    with pytest.raises(Killed):
        worked(app)
    model.Session.rollback()
    monkeypatch.setattr(faults, "point", lambda point: None)
    stopped = call(app, people["editor"], "participation_import_show", id=told["id"])
    assert (stopped["status"], stopped["done"], stopped["can_start"]) == ("stopped", 2, True)
    assert model.Session.query(model.Package).count() == 2
    call(app, people["editor"], "participation_import_start", id=told["id"])
    worked(app)
    done = call(app, people["editor"], "participation_import_show", id=told["id"])
    assert (done["status"], done["counts"]["created"]) == ("done", 5)
    assert samples.act("package_search", q="*:*")["count"] == 5
    assert model.Session.query(ImportRow).count() == 5


def test_a_row_may_point_at_one_further_down(app, people, tmp_path):
    head = (*HEAD[:5], "related_dataset", "name")
    rows = [("Πρώτο", *ROW[1:4], "k-1", "deftero", "proto"), ("Δεύτερο", *ROW[1:4], "k-2", "", "deftero")]
    told = give(app, people["editor"], book(tmp_path / "a.xlsx", *rows, head=head)).json["result"]
    assert told["counts"]["refused"] == 0, told["problems"]
    call(app, people["editor"], "participation_import_start", id=told["id"])
    worked(app)
    done = call(app, people["editor"], "participation_import_show", id=told["id"])
    assert (done["counts"]["created"], done["counts"]["refused"], done["problems"]) == (2, 0, [])


def test_the_page_shows_problems_by_cell_in_both_languages_and_no_script(app, people, tmp_path):
    wrong = (
        "<script>alert(1)</script>",
        "Οι πλατείες.",
        "<img src=x onerror=alert(1)>",
        "CC_BY_4_0",
        "k-3",
        "",
    )
    told = give(app, people["editor"], book(tmp_path / "<b>a.xlsx", ROW, wrong)).json["result"]
    for language in ("el", "en"):
        page = app.get(f"/{language}/participation/imports/{told['id']}", headers=headers(people["editor"]))
        assert "<img src=x" not in page.body
        assert "<script>alert" not in page.body
        soup = BeautifulSoup(page.body, "html.parser")
        assert "C3" in soup.find(id="problems-title").find_parent("section").get_text()
        assert soup.find("form", action=lambda value: value and value.endswith("/start"))
    home = app.get("/el/participation/imports", headers=headers(people["editor"]))
    assert "Εισαγωγή εγγραφών" in home.body
    assert app.get("/participation/imports/template/dataset.xlsx").status_code == 200
    app.get("/participation/imports/template/nothing.xlsx", status=404)


def test_strangers_see_and_do_nothing(app, people, tmp_path):
    path = book(tmp_path / "a.xlsx", ROW)
    told = give(app, people["editor"], path).json["result"]
    assert give(app, people["stranger"], path).status_code == 403
    for action in ("show", "start", "undo"):
        call(app, people["stranger"], f"participation_import_{action}", status=403, id=told["id"])
    call(app, people["stranger"], "participation_import_list", status=403)
    app.get(f"/participation/imports/{told['id']}", headers=headers(people["stranger"]), status=403)
    app.get("/participation/imports", status=403)
    absent = call(app, people["stranger"], "participation_import_show", status=403, id="not-there")
    there = call(app, people["stranger"], "participation_import_show", status=403, id=told["id"])
    assert absent == there


@pytest.mark.parametrize("given", [{"type": "nothing"}, {"owner_org": "nobody"}, {"type": "'; DROP TABLE"}])
def test_a_call_that_makes_no_sense_is_refused(app, people, tmp_path, given):
    assert give(app, people["editor"], book(tmp_path / "a.xlsx", ROW), **given).status_code in (403, 409)
    assert model.Session.query(Import).count() == 0


def test_a_file_that_is_no_spreadsheet_is_told_and_can_be_replaced(app, people, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"<html></html>")
    told = give(app, people["editor"], path).json["result"]
    assert (told["status"], told["reason"]["code"]) == ("failed", "unreadable")
    assert not told["can_start"]
    call(app, people["editor"], "participation_import_start", 409, id=told["id"])
    path = f"/participation/imports/{told['id']}"
    shown = BeautifulSoup(app.get(path, headers=headers(people["editor"])).body, "html.parser")
    assert not shown.select("main form")
    assert shown.select("main a[href*='/participation/imports?type=dataset']")


def test_a_long_file_is_tried_by_the_worker(app, people, tmp_path, monkeypatch):
    monkeypatch.setattr(life, "NOW", 1)
    told = give(app, people["editor"], book(tmp_path / "a.xlsx", ROW, ("Β", *ROW[1:4], "k-2", ""))).json[
        "result"
    ]
    assert told["status"] == "checking"
    worked(app)
    assert call(app, people["editor"], "participation_import_show", id=told["id"])["status"] == "checked"


def test_files_are_forgotten_when_no_import_names_them(app, people, tmp_path):
    import os

    give(app, people["editor"], book(tmp_path / "a.xlsx", ROW))
    stray = files.folder() / "stray"
    stray.write_bytes(b"x")
    os.utime(stray, (0, 0))
    assert files.tidy() == 1
    assert len(list(files.folder().iterdir())) == 1
    assert jobs.IMPORT == "participation:import_records"
