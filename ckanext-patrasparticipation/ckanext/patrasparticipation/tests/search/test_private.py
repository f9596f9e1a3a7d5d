"""Private, draft and deleted records leave no trace in any answer of the search for who may not read them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from ckan.lib.search import commit
from ckan.tests import factories

from ckanext.patrasparticipation.tests.catalogue import samples
from ckanext.patrasparticipation.tests.catalogue.guard_helpers import token_of

TYPED = {
    "exact": "Κρυφόδεντρα",
    "Greeklish": "kryfodentra",
    "close": "κρυφόδενρτα",
    "any": "κρυφόδενρτα φτερωτός ελέφαντας",
    "phrase": '"Κρυφόδεντρα της πόλης"',
    "syntax": "title:*ρυφόδεντρα OR name:zz*",
    "unwanted": "-φτερωτός",
    "everything": "*:*",
}
"""What finds the hidden records in every stage, where the reader may see them."""
STAGES = {"exact": "exact", "Greeklish": "exact", "close": "close", "any": "any", "phrase": "exact"}
LIMITS: tuple[dict[str, Any], ...] = (
    {},
    {"include_private": "true", "include_drafts": "true", "include_deleted": "true"},
    {"fq": "+state:(active OR draft OR deleted)", "include_private": "true"},
    {"fq": "+capacity:private", "include_private": "true"},
    {"ext_search_stage": "any", "include_private": "true"},
    {"qf": "title_suggest", "include_private": "true"},
)
FACETS = {"facet.field": '["organization","tags","res_format","name","vocab_theme"]'}
EXPORTS = ("/dataset/search.atom", "/dataset/search.csv", "/dataset/search.json")
PAGES = (
    "/dataset/", "/organization/visible", "/en/dataset/", "/feeds/custom.atom", "/feeds/dataset.atom",
    "/feeds/organization/visible.atom", "/feeds/tag/zz-tag.atom", "/catalog.jsonld", "/", *EXPORTS,
)  # fmt: skip
TRACES = re.compile(r"zz-hidden|zz-format|Τ[ιί]τλος που κρύβεται|Unseen")
"""In what the hidden records say of themselves; none of it is typed."""


@pytest.fixture
def owner(with_plugins: None, clean_db: None, clean_index: None) -> dict[str, Any]:
    """A publisher with one public record and a private, a draft and a deleted one."""
    owner = samples.publisher(name="visible")
    samples.dataset(name="in-sight", owner_org=owner["id"], notes_translated={"el": "Ορατό."})
    for name, more in {"private": {"private": True}, "draft": {"state": "draft"}, "deleted": {}}.items():
        samples.dataset(
            name=f"zz-hidden-{name}",
            title_translated={"el": "Κρυφόδεντρα της πόλης: Τίτλος που κρύβεται", "en": "Unseen trees"},
            tags=[{"name": "zz-hidden-tag"}],
            resources=[
                {"url": "https://a.example/zz-hidden.csv", "name": "zz-hidden-file", "format": "zz-format"}
            ],
            theme=["TECH"],
            owner_org=owner["id"],
            **more,
        )
    samples.act("package_delete", id="zz-hidden-deleted")
    commit()
    return owner


def addresses() -> Iterator[str]:
    """Every door through which the search answers, with what can be typed and asked for at it."""
    for name, typed in TYPED.items():
        for limit in LIMITS:
            yield f"/api/3/action/package_search?{urlencode({'q': typed, **limit, **FACETS})}"
        if name in ("close", "any", "everything"):
            yield from (f"{page}?{urlencode({'q': typed})}" for page in PAGES)
    for half in ("κρυ", "kryfo", "Κρυφόδεντρα", "unse", "ορατο"):
        for limit in ({}, {"organization": "visible"}):
            yield f"/api/3/action/participation_search_suggest?{urlencode({'q': half, **limit})}"
        yield f"/api/3/action/package_autocomplete?{urlencode({'q': half})}"
    yield "/api/3/action/organization_show?id=visible&include_datasets=true"
    yield "/api/3/action/organization_list?all_fields=true"
    yield f"/dataset/?{urlencode({'vocab_theme': 'TECH'})}"


def told(app: Any, address: str, headers: dict[str, str]) -> Any:
    """What the reader gets: the answer of an action, or the text of a page."""
    answer = app.get(address, headers=headers)
    assert answer.status_code < 500, address
    return answer.json["result"] if "/api/" in address else answer.get_data(as_text=True)


def counts(answer: dict[str, Any]) -> dict[str, int]:
    """How many of a publisher's records an answer counts, by publisher; and every theme."""
    return answer["facets"]["organization"] | answer["facets"]["vocab_theme"]


@pytest.mark.parametrize("reader", ["nobody", "a member of another organisation"])
@pytest.mark.usefixtures("owner")
def test_a_stranger_finds_no_trace(app: Any, reader: str) -> None:
    headers = {} if reader == "nobody" else token_of(another_member())
    found = []
    for address in addresses():
        answer = told(app, address, headers)
        text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
        found += [(address, trace) for trace in TRACES.findall(text)]
        if "package_search" in address:
            wrong = answer["count"] > 1 or counts(answer) not in ({}, {"visible": 1, "ENVI": 1})
            found += [(address, answer)] if wrong or answer["participation_search"]["did_you_mean"] else []
    assert found == []
    assert told(app, "/api/3/action/organization_show?id=visible", headers)["package_count"] == 1
    listed = told(app, "/api/3/action/organization_list?all_fields=true", headers)
    assert {each["name"]: each["package_count"] for each in listed}["visible"] == 1


def another_member() -> dict[str, Any]:
    user: dict[str, Any] = factories.User()
    samples.publisher(name="another", users=[{"name": user["name"], "capacity": "admin"}])
    return user


def test_an_editor_finds_the_private_record_in_every_stage(app: Any, owner: dict[str, Any]) -> None:
    user = factories.User()
    samples.act("member_create", id=owner["id"], object=user["id"], object_type="user", capacity="editor")
    headers = token_of(user)
    for name, stage in STAGES.items():
        asked = urlencode({"q": TYPED[name], "include_private": "true", **FACETS})
        answer = told(app, f"/api/3/action/package_search?{asked}", headers)
        assert [each["name"] for each in answer["results"]] == ["zz-hidden-private"], name
        assert answer["participation_search"]["stage"] == stage, name
        assert counts(answer) == {"visible": 1, "TECH": 1}, name
        told_word = answer["participation_search"]["did_you_mean"]
        assert told_word == ("Κρυφόδεντρα" if stage == "close" else None), name
    for page in ("/dataset/", "/organization/visible", *EXPORTS):
        shown = told(app, f"{page}?{urlencode({'q': TYPED['close']})}", headers)
        assert "zz-hidden-private" in shown, page
        assert "zz-hidden-deleted" not in shown, page
