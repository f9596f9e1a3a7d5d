"""The doctor sees what is well, and says what is wrong and what was expected."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.plugins import toolkit as tk

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.doctor import databases, engine, safety, services
from ckanext.patrasparticipation.doctor.examine import examine
from ckanext.patrasparticipation.model import Outbox, SourceState

NOBODY = "127.0.0.1:1"  # no service listens there

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db")


def states(check: Callable[[], Any]) -> list[str]:
    return [finding.state for finding in check()]


def test_databases_redis_and_solr_of_the_tests_are_well() -> None:
    checks = (databases.main, databases.datastore, databases.read_account, services.redis, services.solr)
    assert [finding for check in checks for finding in check() if finding.state != "ok"] == []


@pytest.mark.parametrize(
    ("check", "setting", "value"),
    [
        (databases.main, "sqlalchemy.url", f"postgresql://ckan:x@{NOBODY}/ckan"),
        (databases.datastore, "ckan.datastore.write_url", f"postgresql://ckan:x@{NOBODY}/ds"),
        (databases.read_account, "ckan.datastore.read_url", f"postgresql://ckan:x@{NOBODY}/ds"),
        (services.solr, "solr_url", f"http://{NOBODY}/solr/ckan"),
        (services.web, "ckan.site_url", f"http://{NOBODY}"),
        (safety.answers, "ckan.site_url", f"http://{NOBODY}"),
    ],
)
def test_what_does_not_answer_is_wrong(
    check: Callable[[], Any], setting: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(tk.config, setting, value)
    (finding,) = check()
    assert finding.state == "wrong"
    assert "not reachable" in finding.says or "does not answer" in finding.says


def test_a_read_account_that_may_write_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tk.config, "ckan.datastore.read_url", tk.config["ckan.datastore.write_url"])
    assert states(databases.read_account) == ["wrong"]


def test_debugging_and_a_weaker_setting_are_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tk.config, "debug", True)
    monkeypatch.setitem(tk.config, "ckan.auth.user_create_organizations", True)
    says = [finding.says for finding in safety.settings() if finding.state == "wrong"]
    assert "debug = True; expected false" in says
    assert "ckan.auth.user_create_organizations = True; expected False" in says


def test_sql_search_with_a_denied_function_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    functions = tmp_path / "functions.txt"
    functions.write_text("abs\nts_rewrite\n", encoding="utf-8")
    monkeypatch.setitem(tk.config, "ckan.datastore.sqlsearch.enabled", True)
    monkeypatch.setitem(tk.config, "ckan.datastore.sqlsearch.allowed_functions_file", str(functions))
    on, function = safety.sql_search()
    assert (on.state, function.state) == ("wrong", "wrong")
    assert "ts_rewrite" in function.says


@pytest.mark.parametrize(("mode", "state"), [(0o600, "ok"), (0o640, "ok"), (0o644, "wrong")])
def test_a_settings_file_that_everybody_reads_is_wrong(
    mode: int, state: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ini = tmp_path / "ckan.ini"
    ini.touch()
    ini.chmod(mode)
    monkeypatch.setitem(tk.config, "__file__", str(ini))
    assert states(safety.secrets) == [state]


def test_a_short_secret_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tk.config, "WTF_CSRF_SECRET_KEY", "short")
    assert any("WTF_CSRF_SECRET_KEY has 5 characters" in finding.says for finding in safety.secrets())


@pytest.mark.parametrize(("minutes", "state"), [(1, "ok"), (30, "wrong")])
def test_what_the_outbox_owes_for_long_is_wrong(minutes: int, state: str) -> None:
    since = clock.now() - timedelta(minutes=minutes)
    owed = Outbox(source="lights", generation=1, kind="files", payload={}, created=since, attempts=0)
    model.Session.add(owed)
    model.Session.flush()
    (finding,) = engine.outbox()
    assert (finding.state, finding.says[:9]) == (state, "1 waiting")


def test_a_held_source_is_noted() -> None:
    state = SourceState(source="lights", feed="street_light", generation=3, wrote={}, failures=0)
    state.last_outcome = "held"
    model.Session.add(state)
    model.Session.flush()
    (finding,) = engine.sources()
    assert finding.state == "note"
    assert finding.says == "lights: held, generation 3, last success never"


def test_the_command_ends_with_one_when_something_is_wrong(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tk.config, "solr_url", f"http://{NOBODY}/solr/ckan")
    from ckanext.patrasparticipation.cli.doctor import doctor

    done = cli.invoke(doctor, ["--json"])
    assert done.exit_code == 1
    told = json.loads(done.output)
    assert told["well"] is False
    assert {"part", "state", "says"} == set(told["findings"][0])


def test_an_unreachable_main_database_leaves_out_what_lies_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tk.config, "sqlalchemy.url", f"postgresql://ckan:x@{NOBODY}/ckan")
    assert not {"outbox", "worker"} & {finding.part for finding in examine()}
