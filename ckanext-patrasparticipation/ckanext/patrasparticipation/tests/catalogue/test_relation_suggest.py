"""Records to pick for a field: the right types, only what the editor may see, however it is typed."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest
from ckan.lib.search import commit
from ckan.tests import factories

from ckanext.patrasparticipation.tests.catalogue import samples
from ckanext.patrasparticipation.tests.catalogue.guard_helpers import token_of

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")

PARK = {"el": "Δέντρα του πάρκου", "en": "Trees of the park"}


def ask(app: Any, user: dict[str, Any] | None, **asked: Any) -> Any:
    given = {"field": "related_dataset", "type": "dataset", **asked}
    headers = token_of(user) if user else {}
    return app.get(f"/api/3/action/participation_relation_suggest?{urlencode(given)}", headers=headers)


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [each["name"] for each in answer.json["result"]["suggestions"]]


def test_a_record_is_found_by_the_beginning_of_a_word(app):
    owner = samples.publisher(title="Δήμος Πατρέων")
    made = samples.dataset(name="trees", title_translated=PARK, owner_org=owner["id"])
    samples.dataset(name="bins", owner_org=owner["id"])
    commit()
    user = factories.User()
    for typed in ("Δέν", "δεντρ", "ΔΕΝΤΡΑ", "dentra", "trees", "παρκ"):
        assert names(ask(app, user, q=typed)) == ["trees"], typed
    told = ask(app, user, q="δεν").json["result"]["suggestions"][0]
    assert told == {
        "id": made["id"],
        "name": "trees",
        "type": "dataset",
        "title": "Δέντρα του πάρκου",
        "detail": "Δήμος Πατρέων",
        "url": "/dataset/trees",
    }
    assert set(names(ask(app, user))) == {"trees", "bins"}, "nothing typed: what changed last"
    assert names(ask(app, user, q="δεν", id=made["id"])) == [], "never itself"
    assert names(ask(app, user, q="δεν", id="trees")) == []
    assert names(ask(app, user, limit=1)) != []


def test_only_what_the_editor_may_see_is_suggested(app):
    user = factories.User()
    own = samples.publisher(users=[{"name": user["name"], "capacity": "editor"}])
    samples.dataset(name="mine", title_translated=PARK, private=True, owner_org=own["id"])
    samples.dataset(name="theirs", title_translated=PARK, private=True)
    gone = samples.dataset(name="gone", title_translated=PARK, owner_org=own["id"])
    samples.act("package_delete", id=gone["id"])
    commit()
    assert ask(app, None, q="δεν").status_code == 403
    assert names(ask(app, user, q="δεν")) == ["mine"]
    assert names(ask(app, factories.User(), q="δεν")) == []


@pytest.mark.parametrize(
    "wrong",
    [{"type": "no_such"}, {"field": "title"}, {"field": "no_such"}, {"field": "impact.no_such"}, {"type": ""},
     {"field": "related_dataset.inner"}, {"limit": 11}, {"limit": "-1"}, {"type": "<script>"}],
)  # fmt: skip
def test_a_wrong_question_is_told(app, wrong):
    assert ask(app, factories.User(), **wrong).status_code == 409


@pytest.mark.parametrize("typed", ['" OR *:*', "{!terms f=id}", "name:*", "(" * 50, "Κ" * 400, "\\", "<b>"])
def test_what_is_typed_is_never_syntax(app, typed):
    samples.dataset(name="trees", title_translated=PARK)
    commit()
    answer = ask(app, factories.User(), q=typed)
    assert answer.status_code == 200, answer.text
    assert ask(app, factories.User(), id=typed).status_code == 200
