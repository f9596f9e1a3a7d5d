"""An organisation with an editor who has logged in by keyboard, and what there is for them to work on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser

from .desk import PASSWORD, text, write
from .watch import Watched

Act = Callable[..., Any]


@pytest.fixture(scope="module")
def token(city: None) -> str:
    """What speaks for the site's administrator."""
    ini = os.environ["PATRAS_INI"]
    ckan = str(Path(sys.executable).with_name("ckan"))
    told = subprocess.run(
        [ckan, "-c", ini, "user", "token", "add", "tester", "tables"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"CKAN_INI": ini},
    )
    return told.stdout.split()[-1]


@pytest.fixture(scope="module")
def act(token: str, address: str) -> Act:
    """Calls an action as the site's administrator."""

    def call(action: str, **data: Any) -> Any:
        headers = {"Authorization": token, "Content-Type": "application/json"}
        asked = Request(f"{address}/api/3/action/{action}", json.dumps(data).encode(), headers)
        with urlopen(asked) as answer:
            return json.load(answer)["result"]

    return call


@pytest.fixture(scope="module")
def organization(act: Act) -> Iterator[dict[str, str]]:
    """An organisation (``id``) with its ``editor``; both and their datasets are gone afterwards."""
    name = f"syntaktria-{uuid.uuid4().hex[:6]}"  # of a user who is gone the name stays taken
    act("user_create", name=name, email=f"{name}@patras.example", password=PASSWORD)
    people = [{"name": name, "capacity": "editor"}]
    office = {"title": "Δήμος Δοκιμών", "contact_email": "anoixta@patras.example"}
    made = act("organization_create", name="dimos-dokimon", users=people, **office)
    yield {"id": made["id"], "editor": name}
    for found in act("package_search", fq=f"owner_org:{made['id']}", include_private=True)["results"]:
        act("dataset_purge", id=found["id"])
    act("organization_purge", id=made["id"])
    act("user_delete", id=name)


@pytest.fixture(scope="module")
def seat(organization: dict[str, str], browser: Browser, address: str) -> Iterator[Watched]:
    """The editor's browser: one window for the whole story, in Greek."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="el-GR")
    page = context.new_page()
    page.set_default_timeout(30_000)
    watched = Watched(page, address)
    watched.open("/user/login")
    write(page, "#field-login", organization["editor"])
    write(page, "#field-password", PASSWORD)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    yield watched
    context.close()


@pytest.fixture(scope="module")
def table(act: Act, token: str, organization: dict[str, str], browser: Browser, address: str) -> str:
    """The address of a published table of sixty rows, in a dataset of its own."""
    texts = {"title_translated": {"el": "Ιστοί της δοκιμής"}, "notes_translated": {"el": "Οι ιστοί."}}
    about = {"theme": ["TRAN"], "license_id": "CC_BY_4_0", "owner_org": organization["id"]}
    made = act("package_create", name="istoi-tis-dokimis", **texts, **about)
    file: Any = {"name": "ιστοί.csv", "mimeType": "text/csv", "buffer": text(60)}
    context = browser.new_context(extra_http_headers={"Authorization": token})
    answer = context.request.post(
        f"{address}/api/3/action/participation_table_upload",
        multipart={"package_id": made["id"], "upload": file},
    )
    resource = answer.json()["result"]["resource_id"]
    context.close()
    assert act("participation_table_publish", resource_id=resource)["outcome"] == "published"
    return f"/dataset/{made['name']}/resource/{resource}"
