"""Staff's synonyms come into force through the worker, once at a time, and a refusal leaves all as it was."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.lib.search import commit
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation.cli.synonyms import apply
from ckanext.patrasparticipation.feeds import jobs
from ckanext.patrasparticipation.model import Synonym, SynonymRun
from ckanext.patrasparticipation.search import configset, rebuild, reindex
from ckanext.patrasparticipation.tests.catalogue import samples

SETTING = "ckanext.patrasparticipation.solr_conf"


@pytest.fixture
def conf(
    with_plugins: None, clean_db: None, clean_index: None, pytestconfig: pytest.Config
) -> Iterator[Path]:
    """The conf folder of the tests' core, known to the site; at the end it has no words of staff."""
    core = str(tk.config["solr_url"]).rpartition("/")[2]
    var = Path(os.environ.get("PATRAS_VAR") or pytestconfig.rootpath / "var")
    folder = var / "test" / "solr" / core / "conf"
    before = tk.config[SETTING]
    tk.config[SETTING] = str(folder)
    yield folder
    tk.config[SETTING] = before
    (folder / configset.OF_SITE).write_text("", encoding="utf-8")
    reindex._reload()


def group(*words: str) -> dict[str, Any]:
    return samples.act("participation_synonym_create", words=list(words), why="Για τη δοκιμή.")


def found(text: str) -> tuple[int, str]:
    """How many records an anonymous visitor finds, and at which look."""
    answer = tk.get_action("package_search")({"user": "", "ignore_auth": False}, {"q": text})
    return answer["count"], answer["participation_search"]["stage"]


def test_words_are_found_when_the_worker_has_applied_them(app: Any, conf: Path) -> None:
    samples.dataset(notes_translated={"el": "Συλλογή από φουρφουράδες."})
    commit()
    added = group("φουρφουράδα", "μπιχλιμπίδι παραλίας", "ξωτικόσχημο")
    assert found("μπιχλιμπίδια παραλίας")[1] != "exact" or found("μπιχλιμπίδια παραλίας")[0] == 0
    assert samples.act("participation_synonym_list")["applied"] is False

    assert samples.act("participation_synonym_apply") == {"queued": True}
    assert samples.act("participation_synonym_apply") == {"queued": False}  # one waits, not two
    assert samples.act("participation_synonym_list")["run"]["status"] == "waiting"
    jobs.work(app.flask_app, wait=False)
    shown = samples.act("participation_synonym_list")
    assert (shown["applied"], shown["run"]["status"], shown["run"]["done"]) == (True, "done", 1)
    assert shown["run"]["total"] == 1
    assert found("μπιχλιμπίδια παραλίας") == (1, "exact")
    assert found("ξωτικόσχημων") == (1, "exact")

    assert samples.act("participation_synonym_apply") == {"queued": True}  # again does no harm
    jobs.work(app.flask_app, wait=False)
    assert found("ξωτικόσχημων") == (1, "exact")

    samples.act("participation_synonym_delete", id=added["id"])
    assert samples.act("participation_synonym_list")["applied"] is False
    reindex.apply(reindex.start("a test"))
    assert found("ξωτικόσχημων") == (0, "exact")
    assert (conf / configset.OF_SITE).read_text(encoding="utf-8") == ""


def test_what_solr_refuses_is_taken_back(conf: Path) -> None:
    group("φουρφουράδα", "ξωτικόσχημο")
    reindex.apply(reindex.start("a test"))
    before = (conf / configset.OF_SITE).read_text(encoding="utf-8")
    model.Session.add(Synonym(words=["το", "ξωτικό"], why="Παράκαμψη του ελέγχου.", author="δοκιμή"))
    model.Session.commit()
    with pytest.raises(reindex.CannotApply, match="refused"):
        reindex.apply(reindex.start("a test"))
    assert (conf / configset.OF_SITE).read_text(encoding="utf-8") == before
    shown = samples.act("participation_synonym_list")
    assert (shown["applied"], shown["run"]["status"], shown["run"]["reason"]) == (False, "failed", "refused")
    assert shown["run"]["detail"]
    reindex._reload()  # the core loads with what it had


def test_one_at_a_time_and_a_dead_one_is_seen(conf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reindex, "PATIENCE", "100ms")
    mine = reindex.start("a test")
    with reindex._held():
        model.Session.query(SynonymRun).filter_by(id=mine).update({"status": reindex.RUNNING})
        model.Session.commit()
        assert reindex.newest().status == reindex.RUNNING
        with pytest.raises(reindex.CannotApply, match="busy"):
            reindex.apply(reindex.start("another"))
        model.Session.query(SynonymRun).filter(SynonymRun.id > mine).delete()
        model.Session.commit()
    run = reindex.newest()
    assert (run.status, run.reason) == (reindex.FAILED, "died")


def test_a_folder_that_is_not_solrs_gets_nothing(conf: Path, tmp_path: Path) -> None:
    with pytest.raises(reindex.CannotApply, match="not_there"):
        reindex.apply(reindex.start("a test"), folder=str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_solr_that_is_away_leaves_the_words_as_they_were(
    conf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    group("φουρφουράδα", "ξωτικόσχημο")
    with monkeypatch.context() as away:
        away.setitem(tk.config, "solr_url", "http://127.0.0.1:9/solr/ckan")
        with pytest.raises(reindex.CannotApply, match="away"):
            reindex.apply(reindex.start("a test"))
    assert (conf / configset.OF_SITE).read_text(encoding="utf-8") == ""


def test_a_record_that_cannot_be_indexed_is_named_and_stops_nothing(
    conf: Path, cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = samples.dataset(name="bad-one")
    samples.dataset(name="good-one", notes_translated={"el": "Φουρφουράδα."}, owner_org=bad["owner_org"])
    group("φουρφουράδα", "ξωτικόσχημο")
    plain = rebuild.index_update_package

    def failing(context: Any, record: str, **options: Any) -> None:
        if record == bad["id"]:
            raise ValueError("no document can be made of it")
        plain(context, record, **options)

    monkeypatch.setattr(rebuild, "index_update_package", failing)
    done = cli.invoke(apply, [])
    assert (done.exit_code, "bad-one" in done.output) == (1, True), done.output
    shown = samples.act("participation_synonym_list")
    assert (shown["applied"], shown["run"]["status"], shown["run"]["detail"]) == (True, "done", "bad-one")
    assert found("ξωτικόσχημων") == (1, "exact")


def test_an_operator_applies_by_the_command_line(
    conf: Path, cli: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    group("φουρφουράδα", "ξωτικόσχημο")
    assert cli.invoke(apply, ["--show"]).output == "φουρφουράδα, ξωτικόσχημο\n"
    monkeypatch.setitem(tk.config, SETTING, "")
    with pytest.raises(tk.ValidationError, match="solr_conf"):
        samples.act("participation_synonym_apply")
    without = cli.invoke(apply, [])
    assert (without.exit_code, "--conf" in without.output) == (1, True)
    done = cli.invoke(apply, ["--conf", str(conf)])
    assert (done.exit_code, "in force" in done.output) == (0, True), done.output
    assert samples.act("participation_synonym_list")["applied"] is True
