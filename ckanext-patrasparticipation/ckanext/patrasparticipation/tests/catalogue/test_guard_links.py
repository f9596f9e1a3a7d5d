"""S22: an address that is a script is refused where it is written, by an editor who may write."""

import pytest

from ckanext.patrasparticipation.guards import links
from ckanext.patrasparticipation.tests.catalogue import samples
from ckanext.patrasparticipation.tests.catalogue.guard_helpers import editor, token_of

SCRIPTS = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:x",
    "java\nscript:alert(1)",
    "data:text/html,<script>1</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "blob:x",
    "view-source:x",
]
LINKS = [
    "https://a.example/x?y=javascript:1",
    "http://a.example",
    "ftp://a.example/x",
    "a.csv",
    "example.com:8080/x",
    "www.example.com/a:b",
    "",
    "/dataset/x",
    "sftp://a.example/",
    "αρχείο.csv",
    None,
    "localhost:80/x",
]


@pytest.mark.parametrize("address", SCRIPTS)
def test_a_script_is_not_a_link(address):
    assert links.is_script(address)


@pytest.mark.parametrize("address", LINKS)
def test_a_link_is_not_a_script(address):
    assert not links.is_script(address)


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_an_editor_stores_no_script_as_an_address(app):
    user, organization = editor()
    headers = token_of(user)
    dataset = samples.dataset(
        owner_org=organization["id"], resources=[{"name": "a", "url": "https://a.example/a.csv"}]
    )
    for address in SCRIPTS:
        calls = {
            "resource_create": {"package_id": dataset["id"], "url": address, "name": "x"},
            "resource_patch": {"id": dataset["resources"][0]["id"], "url": address},
            "package_patch": {
                "id": dataset["id"],
                "resources": [{"url": "https://a.example/"}, {"url": address}],
            },
            "package_create": samples.fields(
                owner_org=organization["id"], name="n", resources=[{"url": address}]
            ),
        }
        for action, call in calls.items():
            answer = app.post(f"/api/action/{action}", json=call, headers=headers)
            assert answer.status_code == 409, (action, address)
    error = app.post("/api/action/resource_create", json=calls["resource_create"], headers=headers).json[
        "error"
    ]
    assert set(error) == {"url", "__type"}
    good = {"package_id": dataset["id"], "url": "https://a.example/b.csv", "name": "b"}
    assert app.post("/api/action/resource_create", json=good, headers=headers).status_code == 200
