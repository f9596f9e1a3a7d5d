"""Two Solr cores beside the tests' own: one with our configset, one with the schema that CKAN brings."""

from __future__ import annotations

import http.client
import json
import shutil
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from ckanext.patrasparticipation.search import configset

CORES = ("ours", "stock")


class Request(NamedTuple):
    """What CKAN sends to Solr for one search: under which core's address, and the body of a POST."""

    path: str
    body: str | None


class Solr:
    """The Solr of the tests, spoken to over one connection of loopback."""

    def __init__(self, address: str, home: Path) -> None:
        self.address, self.home = urlsplit(address), home
        self.line = http.client.HTTPConnection(self.address.hostname or "", self.address.port, timeout=600)

    def core(self, name: str) -> str:
        """The address of a core, as CKAN's settings have it."""
        return f"{self.address.scheme}://{self.address.netloc}/solr/{folder(name)}"

    def create(self) -> None:
        """Both cores, empty; what an interrupted run left behind is removed first."""
        self.remove()
        for name in CORES:
            target = self.home / folder(name) / "conf"
            configset.write(target)
            if name == "stock":
                (target / "schema.xml").write_text(configset.core_schema(), encoding="utf-8")
                config = (target / "solrconfig.xml").read_text(encoding="utf-8")
                lines = [
                    line
                    for line in config.splitlines()
                    if 'name="pf"' not in line and 'name="ps"' not in line
                ]
                (target / "solrconfig.xml").write_text("\n".join(lines), encoding="utf-8")
            self.admin(action="CREATE", name=folder(name), instanceDir=folder(name))

    def remove(self) -> None:
        """Neither core, nor its files."""
        known = self.admin(action="STATUS")["status"]
        for name in CORES:
            if folder(name) in known:
                self.admin(action="UNLOAD", core=folder(name), deleteInstanceDir="true")
            shutil.rmtree(self.home / folder(name), ignore_errors=True)

    def settle(self, name: str) -> float:
        """Make visible what was loaded, wait until the index no longer changes, and give its megabytes."""
        self.get(f"/solr/{folder(name)}/update?commit=true&waitSearcher=true")
        size, before = self.size(name), -1.0
        while size != before:
            time.sleep(5)
            size, before = self.size(name), size
        return size

    def size(self, name: str) -> float:
        """Megabytes on disk."""
        status = self.admin(action="STATUS", core=folder(name))["status"][folder(name)]
        return float(status["index"]["sizeInBytes"]) / 1e6

    def forget(self, name: str) -> None:
        """Load the core anew: no cache knows of an earlier search."""
        self.admin(action="RELOAD", core=folder(name))

    def admin(self, **words: str) -> dict[str, Any]:
        """The answer of Solr's own administration.

        Raises:
            RuntimeError: Solr refused.
        """
        self.line.close()  # an idle line may have been closed at the other end
        answer: dict[str, Any] = json.loads(
            self.get("/solr/admin/cores?" + urlencode({**words, "wt": "json"}))
        )
        return answer

    def get(self, path: str) -> bytes:
        """The answer to a GET."""
        return self.ask("GET", path, None)

    def add(self, name: str, documents: Iterable[dict[str, Any]]) -> None:
        """Post a batch of documents."""
        body = json.dumps(
            [{key: value for key, value in each.items() if value is not None} for each in documents]
        )
        self.ask("POST", f"/solr/{folder(name)}/update", body, "application/json")

    def ask(
        self, method: str, path: str, body: str | None, kind: str = "application/x-www-form-urlencoded"
    ) -> bytes:
        """One request and its whole answer.

        Raises:
            RuntimeError: the status is not 200.
        """
        self.line.request(
            method, path, body.encode() if body else None, {"Content-Type": f"{kind}; charset=utf-8"}
        )
        answer = self.line.getresponse()
        told = answer.read()
        if answer.status != 200:
            raise RuntimeError(
                f"{method} {path[:200]}: {answer.status} {told[:2000].decode(errors='replace')}"
            )
        return told

    def milliseconds(self, name: str, request: Request) -> float:
        """How long Solr took for a search, from the first byte sent to the last one read."""
        started = time.perf_counter()
        self.ask("POST" if request.body else "GET", f"/solr/{folder(name)}/{request.path}", request.body)
        return (time.perf_counter() - started) * 1000


def folder(name: str) -> str:
    """The name of the core in Solr, and of its folder."""
    return f"ckan_bench_{name}"
