"""The page of the search's words: for administrators only, whatever is typed, with a preview that is true."""

from __future__ import annotations

from typing import Any

import pytest
from ckan import model
from ckan.lib.search import commit
from ckan.tests import factories

from ckanext.patrasparticipation.model import Synonym
from ckanext.patrasparticipation.search import misses
from ckanext.patrasparticipation.tests.catalogue import samples
from ckanext.patrasparticipation.tests.catalogue.guard_helpers import token_of

PAGE = "/participation/synonyms"
SOUND = {"words": ["φουρφουράδα", "ξωτικόσχημο"], "why": "Για τη δοκιμή."}
CALLS: dict[str, dict[str, Any]] = {
    "participation_search_miss_list": {},
    "participation_synonym_list": {},
    "participation_synonym_preview": {"words": SOUND["words"]},
    "participation_synonym_create": SOUND,
    "participation_synonym_apply": {},
    "participation_synonym_delete": {"id": "1"},
}


def people() -> dict[str, dict[str, str]]:
    """Headers of somebody of each kind."""
    users = {role: factories.User() for role in ("stranger", "member", "editor", "admin")}
    samples.publisher(
        users=[{"name": user["name"], "capacity": role} for role, user in users.items() if role != "stranger"]
    )
    users["sysadmin"] = factories.Sysadmin()
    return {"nobody": {}, **{role: token_of(user) for role, user in users.items()}}


def rows() -> int:
    model.Session.rollback()
    return model.Session.query(Synonym).count()


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_only_administrators_come_in(app: Any) -> None:
    for role, headers in people().items():
        allowed = role in ("admin", "sysadmin")
        before = rows()
        for action, data in CALLS.items():
            answer = app.post(f"/api/3/action/{action}", json=data, headers=headers)
            wanted = {200} if allowed else {403}
            if allowed and action == "participation_synonym_delete":
                wanted = {404}
            if allowed and action == "participation_synonym_apply":
                wanted = {409}  # the tests' site does not know where Solr's files are
            if role == "sysadmin" and action == "participation_synonym_create":
                wanted = {409}  # the administrator has added it already
            assert answer.status_code in wanted, (role, action, answer.get_data(as_text=True)[:300])
        assert rows() == before + (role == "admin")
        for method, address in (
            ("get", PAGE), ("post", PAGE), ("post", f"{PAGE}/1/delete"), ("post", f"{PAGE}/apply"),
        ):  # fmt: skip
            if not allowed:
                told = getattr(app, method)(address, headers=headers, follow_redirects=False)
                assert told.status_code == 403, (role, method, address)
    assert app.get(PAGE, headers=token_of(factories.Sysadmin())).status_code == 200


HOSTILE = [
    ("<script>alert(1)</script>\nκάδος", "&lt;script&gt;"),
    ("κάδος => μπάζα\nλέξη", "«=»"),
    ("κάδος\\nμπάζα\nλέξη", "«\\»"),
    ("κά\x1bδος\nλέξη", "U+001B"),
    ("#κάδος\nλέξη", "«#»"),
    ("x" * 10_000 + "\nλέξη", "2000"),
    ("λέξη " * 20 + "\nάλλη", "60"),
    ("κάδος", "δύο"),
    ("το κτίριο της πόλης\nλέξη", "«το»"),
    ("ΚΕΠ, κέντρο εξυπηρέτησης πολιτών", "ήδη ομάδα"),
    ("{{ 7*7 }}\nλέξη", "{"),
    ("'; DROP TABLE participation_synonym; --\nλέξη", "δεν είναι λέξη"),
]


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_what_cannot_be_a_group_is_told_beside_the_field(app: Any) -> None:
    headers = token_of(factories.Sysadmin())
    for typed, told in HOSTILE:
        for do in ("preview", "add"):
            fields = {"words": typed, "why": "<img src=x onerror=alert(1)>", "do": do}
            page = app.post(PAGE, data=fields, headers=headers, follow_redirects=False)
            text = page.get_data(as_text=True)
            if do == "preview" and "ήδη" in told:  # what is there already may be looked at
                continue
            assert page.status_code == 200, (typed[:50], page.status_code)
            error = text.partition('id="synonym-words-error">')[2].partition("</p>")[0]
            assert told in error, (typed[:50], error)
            assert "<script>alert" not in text
            assert "<img src=x" not in text
    bad = app.post(PAGE, data={"words": "α1, β2", "why": "", "do": "add"}, headers=headers)
    assert 'id="synonym-why-error"' in bad.get_data(as_text=True)
    for value in (7, {"a": 1}, [1, 2], ["α1", None], [["α1"], "β2"], None, ""):
        answer = app.post(
            "/api/3/action/participation_synonym_preview", json={"words": value}, headers=headers
        )
        assert answer.status_code == 409, (value, answer.get_data(as_text=True)[:200])
    for value in ("x", "-1", str(2**70), None, [1], 1):
        answer = app.post("/api/3/action/participation_synonym_delete", json={"id": value}, headers=headers)
        assert answer.status_code in (400, 404, 409), (value, answer.status_code)
    nul = app.post(PAGE, data={"words": "κά\0δος\nλέξη", "why": "γιατί", "do": "add"}, headers=headers)
    assert nul.status_code == 400  # such a request reaches no page at all
    for days in ("x", "-1", "99999999999999999999", "1;2"):
        assert app.get(f"{PAGE}?days={days}&words=%1b%3Cb%3E", headers=headers).status_code == 200
    assert rows() == 0


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_staff_see_what_found_nothing_look_add_and_remove(app: Any) -> None:
    headers = token_of(factories.Sysadmin())
    owner = samples.publisher()["id"]
    for number, title in enumerate(("Φουρφουράδες της πόλης", "Ξωτικόσχημα παραλίας", "Κήποι")):
        samples.dataset(
            name=f"record-{number}", title_translated={"el": title, "en": f"Title {number}"}, owner_org=owner
        )
    samples.dataset(
        name="hidden", title_translated={"el": "Φουρφουράδες κρυφές"}, owner_org=owner, private=True
    )
    commit()
    for _ in range(2):
        misses.note("ΜΠΙΧΛΙΜΠΊΔΙ", "exact")
        misses.note("<b>σημάδι", "any")
    misses.note("μόνο μία φορά", "exact")
    page = app.get(PAGE, headers=headers).get_data(as_text=True)
    assert "μπιχλιμπιδι" in page
    assert "b σημαδι" in page
    assert "μονο μια φορα" not in page
    assert "ΔΕΔΔΗΕ" in page

    typed = {"words": "φουρφουράδα, ξωτικόσχημο\nμπιχλιμπίδι", "why": "Για τη δοκιμή."}
    text = app.post(PAGE, data=typed | {"do": "preview"}, headers=headers).get_data(as_text=True)
    shown = text.partition('class="synonyms-preview')[2].partition("</dl>")[0]
    assert "Ξωτικόσχημα παραλίας" in shown
    assert "Κήποι" not in shown
    assert "κρυφές" not in shown
    asked = app.post(
        "/api/3/action/participation_synonym_preview", json={"words": typed["words"]}, headers=headers
    )
    found = {row["word"]: (row["count"], row["added"]) for row in asked.json["result"]}
    assert found == {"φουρφουράδα": (1, 1), "ξωτικόσχημο": (1, 1), "μπιχλιμπίδι": (0, 2)}
    assert rows() == 0
    noted = {each["words"] for each in misses.most_asked(30)}
    assert noted == {"b σημαδι", "μπιχλιμπιδι"}  # a preview is nobody's question

    added = app.post(PAGE, data=typed | {"do": "add"}, headers=headers, follow_redirects=False)
    assert added.status_code == 302
    kept = model.Session.query(Synonym).one()
    assert kept.words == ["φουρφουράδα", "ξωτικόσχημο", "μπιχλιμπίδι"]
    page = app.get(PAGE, headers=headers).get_data(as_text=True)
    assert "φουρφουράδα · ξωτικόσχημο · μπιχλιμπίδι" in page
    assert "ckan participation search apply" in page  # this site does not know Solr's folder
    gone = app.post(f"{PAGE}/{kept.id}/delete", headers=headers, follow_redirects=False)
    assert gone.status_code == 302
    assert rows() == 0
    again = app.get(gone.headers["Location"], headers=headers).get_data(as_text=True)
    assert "ξωτικόσχημο\nμπιχλιμπίδι</textarea>" in again
