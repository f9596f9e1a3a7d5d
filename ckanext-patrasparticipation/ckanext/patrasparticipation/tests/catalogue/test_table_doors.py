"""Nothing of a private dataset's table passes any door, whoever knocks, unless it is his to read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from ckan.tests import factories
from werkzeug.datastructures import FileStorage

from . import samples

SECRET = "απόρρητος-φάρος"
"""Stands in the title, in a label, in the rows and in the names: whoever sees it has seen too much."""
NAME = "aporritos-faros"
TRACES = (SECRET, NAME, "Απόρρητος")


@dataclass(frozen=True)
class Ground:
    """A private dataset with one published table and a file that waits."""

    dataset: str
    resource: str
    source: str
    org: dict[str, Any]

    def reads(self) -> Iterator[str]:
        """Every address at which something of the table may be read."""
        page = f"/dataset/{NAME}"
        one = f"{page}/resource/{self.resource}"
        yield from (page, f"/dataset/{self.dataset}", one, f"{one}/api", f"{page}/export.zip")
        yield from (
            f"{one}/export.{kind}" for kind in ("csv", "xlsx", "json", "ndjson", "geojson", "parquet")
        )
        yield f"{one}/export.csv?excel=1&fields=onoma"
        yield from (
            f"/feed/{self.source}/{name}"
            for name in ("current.csv", f"1/{self.source}.csv", "1/rejected.csv")
        )
        yield from (
            f"/datastore/dump/{self.resource}?format={kind}" for kind in ("csv", "tsv", "json", "xml")
        )
        calls = {
            "package_show": {"id": NAME},
            "resource_show": {"id": self.resource},
            "datastore_search": {"resource_id": self.resource},
            "datastore_info": {"id": self.resource},
            "participation_table_show": {"resource_id": self.resource},
            "participation_table_aggregate": {
                "resource_id": self.resource,
                "group_by": "onoma",
                "measures": "count",
            },
            "participation_table_citation": {"resource_id": self.resource},
            "participation_openness_show": {"id": NAME},
            "participation_feed_show": {"id": self.source},
            "participation_feed_versions": {"id": self.resource},
            "participation_feed_rejected": {"id": self.source},
        }
        for action, given in calls.items():
            yield f"/api/action/{action}?" + "&".join(f"{key}={value}" for key, value in given.items())

    def writes(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every action by which something of the table is changed, or its waiting file is seen."""
        one = {"resource_id": self.resource}
        yield "participation_table_preview", one
        yield "participation_table_publish", one
        yield "participation_table_describe", {**one, "columns": [{"name": "onoma", "label_en": "x"}]}
        yield "participation_table_keep", one
        yield "participation_table_discard", one
        yield "participation_feed_runs", {"id": self.source}
        yield "participation_feed_restore", {"id": self.source, "generation": 1}
        yield "participation_feed_harvest", {"id": self.source}

    def pages_of_staff(self) -> Iterator[str]:
        """Pages that only editors have."""
        one = f"/dataset/{NAME}/resource/{self.resource}"
        yield from (f"{one}/table", f"{one}/columns")


LISTS = (
    "/api/action/package_search?q=faros&include_private=true",
    "/api/action/participation_search_suggest?q=aporr",
    "/api/action/participation_feed_list",
    "/api/action/datastore_search?resource_id=_table_metadata",
    "/api/openapi.json",
    "/dataset/?q=φάρος",
    "/data.atom?q=φάρος",
)
"""Doors to many things at once, of which this must not be one."""


@pytest.fixture
def ground(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ground:
    monkeypatch.setitem(tk.config, "ckan.storage_path", str(tmp_path))
    org = samples.publisher()
    titles = {"el": f"Απόρρητος {SECRET}", "en": SECRET}
    made = samples.dataset(name=NAME, title_translated=titles, owner_org=org["id"], private=True)
    given: dict[str, str] = {"package_id": made["id"]}
    for _time in range(2):
        content = f"Κωδικός;Όνομα\nA1;{SECRET} {_time}\nA2;άλλο\nA3;άλλο πάλι\n".encode()
        upload = FileStorage(io.BytesIO(content), filename=f"{SECRET}.csv")
        said = samples.act("participation_table_upload", upload=upload, **given)
        given = {"resource_id": said["resource_id"]}
        if not _time:
            assert samples.act("participation_table_publish", **given)["outcome"] == "published"
    return Ground(made["id"], said["resource_id"], said["source"], org)


def traces(text: str, address: str) -> bool:
    """Whether an answer tells of the table; what the reader typed himself tells nothing."""
    return any(trace in text for trace in TRACES if trace not in address)


def headers(role: str, org: dict[str, Any]) -> dict[str, str]:
    """The token of somebody in that role."""
    if role == "anonymous":
        return {}
    user = factories.UserWithToken()
    if role == "outsider":
        factories.Organization(users=[{"name": user["name"], "capacity": "admin"}])
    else:
        samples.act("organization_member_create", id=org["id"], username=user["name"], role=role)
    return {"Authorization": user["token"]}


@pytest.mark.usefixtures("with_plugins", "clean_datastore")
@pytest.mark.parametrize("role", ["anonymous", "outsider", "editor", "admin"])
def test_a_private_table_passes_no_door_but_its_own_peoples(role: str, app: Any, ground: Ground) -> None:
    who, mine = headers(role, ground.org), role in ("editor", "admin")
    for address in ground.reads():
        answer = app.get(address, headers=who, status=None)
        if mine:
            assert answer.status_code in (200, 400), (role, address, answer.status_code)
        else:
            assert answer.status_code in (403, 404), (role, address, answer.status_code)
            assert answer.status_code == 404 or role == "outsider", (role, address)
            assert not traces(answer.text, address), (role, address)
    for address in LISTS:
        answer = app.get(address, headers=who, status=None)
        seen = any(trace in answer.text for trace in TRACES)
        assert answer.status_code < 500, (role, address)
        assert mine or not seen, (role, address)
    for address in ground.pages_of_staff():
        answer = app.get(address, headers=who, status=None)
        assert mine or (answer.status_code in (302, 403, 404) and SECRET not in answer.text), (role, address)
    if not mine:
        for action, data in ground.writes():
            answer = app.post(f"/api/action/{action}", json=data, headers=who)
            assert answer.status_code in (403, 404), (role, action, answer.status_code)
            assert not any(trace in answer.text for trace in TRACES), (role, action)
        upload = {"resource_id": ground.resource, "upload": (io.BytesIO(b"a;b\n1;2\n"), "x.csv")}
        answer = app.post("/api/action/participation_table_upload", data=upload, headers=who)
        assert answer.status_code in (403, 404)
        shown = samples.act("participation_table_show", resource_id=ground.resource)
        assert shown["published"]["generation"] == 1
        assert shown["file"]["name"] == f"{SECRET}.csv"
