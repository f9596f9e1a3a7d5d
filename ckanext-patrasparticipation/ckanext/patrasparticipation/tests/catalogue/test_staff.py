"""What helps the people of a publisher: first steps, what waits, stars of openness, a colleague's letter."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.plugins import toolkit as tk
from ckan.tests import factories

from ckanext.patrasparticipation import clock
from ckanext.patrasparticipation.model import SourceState
from ckanext.patrasparticipation.staff import invitation
from ckanext.patrasparticipation.tables import held, register

from . import samples
from .guard_helpers import PASSWORD, Browser
from .test_guard_mail import certificate, settings, smtp

__all__ = ["certificate"]
pytestmark = pytest.mark.usefixtures("with_plugins")


@pytest.fixture(scope="module", autouse=True)
def _empty(reset_db: Callable[[], None], reset_index: Callable[[], None]) -> None:
    """An empty catalogue, once: every test has publishers of its own."""
    reset_db()
    reset_index()


@pytest.fixture(autouse=True)
def _own_ground(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Files of its own, no counters of an earlier run, no mail server."""
    monkeypatch.setitem(tk.config, "ckan.storage_path", str(tmp_path))
    monkeypatch.setitem(tk.config, "smtp.server", "")
    for key in connect_to_redis().scan_iter("participation:*:invite:*"):
        connect_to_redis().delete(key)


def person(role: str, publisher: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Somebody with a role in a publisher."""
    user = factories.User(password=PASSWORD, **more)
    samples.act("organization_member_create", id=publisher["id"], username=user["name"], role=role)
    return user


def ask(user: str, action: str, **data: Any) -> Any:
    """The answer of an action called by a person, with their rights."""
    return tk.get_action(action)({"user": user, "ignore_auth": False}, data)


def ticks(user: str) -> dict[str, bool]:
    return {one["code"]: one["done"] for one in ask(user, "participation_first_steps_show")["steps"]}


def hand_over(dataset: dict[str, Any], user: str) -> str:
    """A file that waits; gives the table's resource."""
    resource = samples.act("resource_create", package_id=dataset["id"], url="https://patras.example/f.csv")
    register.add(f"table-{resource['id'][:8]}", resource["id"], dataset["id"], user)
    held.take(resource["id"], io.BytesIO(b"a;b\n1;2\n"), "φώτα.csv", user, 0)
    model.Session.commit()
    return str(resource["id"])


def tried(resource: str, **more: Any) -> None:
    """What an attempt to publish leaves behind."""
    table = register.need(resource)
    given = {"source": table.source, "feed": "table", "dataset_id": table.dataset_id, "resource_id": resource}
    state = model.Session.get(SourceState, table.source) or SourceState(**given, wrote={}, failures=0)
    for name, value in more.items():
        setattr(state, name, value)
    model.Session.add(state)
    model.Session.commit()


@pytest.mark.usefixtures("with_request_context")
def test_the_steps_tick_themselves_off_and_what_waits_is_told_to_its_editors_only() -> None:
    silent = samples.publisher(contact_email="")
    editor, boss, reader = (person(role, silent)["name"] for role in ("editor", "admin", "member"))
    stranger = person("editor", samples.publisher())["name"]
    assert ticks(editor) == {"contact": False, "dataset": False, "table": False, "published": False}
    assert ticks(boss)["colleague"] is True
    assert ask(reader, "participation_first_steps_show")["steps"] == []
    assert ask(factories.User()["name"], "participation_first_steps_show")["publishers"] == []
    with pytest.raises(tk.NotAuthorized):
        ask("", "participation_first_steps_show")

    samples.act("organization_patch", id=silent["id"], contact_email="anoixta@patras.example")
    fields = samples.fields(owner_org=silent["id"], frequency="DAILY")
    dataset = ask(editor, "package_create", **fields)
    assert ticks(editor) == {"contact": True, "dataset": True, "table": False, "published": False}
    resource = hand_over(dataset, editor)
    shown = ask(editor, "participation_first_steps_show")
    assert ticks(editor) == {"contact": True, "dataset": True, "table": True, "published": False}
    assert shown["steps"][3]["resource"] == resource
    assert [one["kind"] for one in shown["waiting"]] == ["held"]
    assert shown["waiting"][0]["name"] == "φώτα.csv"
    for other in (stranger, reader):
        assert ask(other, "participation_first_steps_show")["waiting"] == []

    why = {"code": "personal", "el": "Η στήλη ΑΦΜ", "en": "The column"}
    tried(resource, last_try=clock.now(), last_outcome="refused", last_reason=why)
    (waiting,) = ask(editor, "participation_first_steps_show")["waiting"]
    assert (waiting["kind"], waiting["reason"]) == ("refused", {"el": "Η στήλη ΑΦΜ", "en": "The column"})
    held.forget(register.need_waiting(resource))
    long_ago = clock.now() - timedelta(days=9)
    tried(resource, generation=1, last_outcome="published", last_success=long_ago, last_try=long_ago)
    assert all(ticks(editor).values())
    assert [one["kind"] for one in ask(editor, "participation_first_steps_show")["waiting"]] == ["late"]

    ask(editor, "participation_first_steps_hide", hidden=True)
    assert ask(editor, "participation_first_steps_show")["hidden"]
    ask(editor, "participation_first_steps_hide", hidden=False)
    assert not ask(editor, "participation_first_steps_show")["hidden"]


@pytest.mark.usefixtures("with_request_context")
def test_the_least_open_files_are_listed_for_those_who_can_publish_them_better() -> None:
    publisher = samples.publisher()
    editor, stranger = person("editor", publisher)["name"], person("editor", samples.publisher())["name"]
    files = [("report", "DOC"), ("sheet", "XLS"), ("open", "CSV"), ("service", "WFS")]
    resources = [{"name": name, "format": kind, "url": "https://patras.example/x"} for name, kind in files]
    dataset = samples.dataset(owner_org=publisher["id"], private=True, resources=resources)
    waiting = hand_over(dataset, editor)
    seen = ask(editor, "participation_openness_show", id=dataset["name"])["resources"]
    assert [one["stars"] for one in seen] == [1, 2, 3, 4, None]
    assert seen[0]["advice"]["code"] == "table_of_document"
    assert seen[4]["id"] == waiting
    assert [one["name"] for one in ask(editor, "participation_openness_list")] == ["report", "sheet", "open"]
    assert [one["name"] for one in ask(editor, "participation_openness_list", limit=1)] == ["report"]
    assert ask(stranger, "participation_openness_list") == []
    for user in (stranger, ""):
        with pytest.raises(tk.NotAuthorized):
            ask(user, "participation_openness_show", id=dataset["name"])


def people(publisher: dict[str, Any]) -> list[str]:
    """The names of a publisher's people."""
    shown = samples.act("organization_show", id=publisher["id"], include_users=True)
    return [one["name"] for one in shown["users"]]


def letter(said: list[bytes]) -> tuple[Any, str]:
    """The message that the server was given, and its text."""
    start = next(place for place, line in enumerate(said) if line[:4].upper() == b"DATA")
    message = email.message_from_bytes(b"".join(said[start + 1 :]), policy=email.policy.default)
    return message, message.get_content()


def test_a_colleague_is_invited_by_a_letter_and_lands_on_the_first_steps(
    app: Any, monkeypatch: pytest.MonkeyPatch, ckan_config: Any, certificate: Path
) -> None:
    publisher = samples.publisher(title_translated={"el": "Δήμος Πατρέων", "en": "City of Patras"})
    boss, editor = person("admin", publisher), person("editor", publisher)
    known = factories.User(email="old@patras.example")
    browser = Browser(app).log_in(boss)
    page = f"/participation/invite/{publisher['name']}"
    asked = {"email": "maria@patras.example", "role": "editor"}

    assert Browser(app).log_in(editor).post(page, asked).status_code == 403
    assert Browser(app).post(page, asked).status_code == 403
    told = browser.get(page).get_data(as_text=True)
    assert "smtp.server, smtp.mail_from" in told
    assert 'name="email"' not in told
    assert "smtp.server" in browser.post(page, asked).get_data(as_text=True)
    assert model.User.by_email("maria@patras.example") is None

    ckan_config["smtp.server"], ckan_config["smtp.mail_from"] = "127.0.0.1:9", "anoixta@patras.example"
    ckan_config["smtp.starttls"] = False
    assert browser.post(page, asked).status_code == 200
    lost = model.Session.query(model.User).filter_by(email="maria@patras.example")
    assert [user.state for user in lost] == ["deleted"]
    assert lost.one().name not in people(publisher)

    answers = []
    for address in ("maria@patras.example", known["email"]):
        with smtp(certificate) as (port, said):
            settings(monkeypatch, ckan_config, port, authorities=str(certificate / "cert.pem"))
            answer = browser.post(page, {"email": address, "role": "editor"})
        message, text = letter(said)
        answers.append((answer.status_code, answer.headers["Location"]))
        assert message["To"].addresses[0].addr_spec == address
        assert "Δήμος Πατρέων" in text
        assert "City of Patras" in text
        if address == "maria@patras.example":
            invitation_text = text
    assert answers[0] == answers[1], "who has an account is not told"
    assert "/user/reset/" not in text
    assert known["name"] in people(publisher)

    link = re.search(r"https?://[^/]+(/user/reset/\S+)", invitation_text)
    assert link
    colleague = Browser(app)
    assert colleague.get(link[1]).status_code == 200
    chosen = {"name": "maria", "password1": PASSWORD, "password2": PASSWORD}
    answer = colleague.post(link[1], chosen)
    assert answer.headers["Location"].endswith("/user/login")
    colleague.log_in({"name": "maria"})
    dashboard = colleague.get("/dashboard/datasets").get_data(as_text=True)
    assert 'class="steps"' in dashboard
    assert "Δήμος Πατρέων" in dashboard
    for address in ("not an address", "", "x@patras.example\r\nBcc: y@example.gr"):
        answer = browser.post(page, {"email": address, "role": "editor"})
        assert 'aria-invalid="true"' in answer.get_data(as_text=True), address


@pytest.mark.usefixtures("with_request_context")
def test_invitations_are_counted_and_a_role_is_one_of_three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(tk.config, "smtp.server", "127.0.0.1:9")
    monkeypatch.setitem(tk.config, "smtp.mail_from", "anoixta@patras.example")
    publisher = samples.publisher()
    boss = person("admin", publisher)["name"]
    asked = {"group_id": publisher["id"], "email": "x@patras.example", "role": "sysadmin"}
    for _ in range(invitation.MOST + 2):
        with pytest.raises(tk.ValidationError) as refused:
            ask(boss, "user_invite", **asked)
        assert "role" in refused.value.error_dict
    for _ in range(invitation.MOST):
        invitation._count(boss)
    with pytest.raises(tk.ValidationError) as refused:
        ask(boss, "user_invite", **{**asked, "role": "editor"})
    assert "email" in refused.value.error_dict
