"""Made-up parameters for every reading action of ours, the DataStore's and CKAN's: no answer is 500."""

from __future__ import annotations

import json
import os
from typing import Any
from urllib.request import urlopen

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from ...guards.careless import CARELESS

EXAMPLES = int(os.environ.get("PATRAS_ASKED", "2"))  # of each action and mode; more by hand
LIKELY = ("participation_", "datastore_", "package_s", "resource_s", "/dataset/", "/feed/")
MORE = 4  # times as many examples for these

LISTED: dict[str, str] = {}
"""Action of CKAN -> why its 500 stays; none does."""


@pytest.fixture(scope="module")
def document(city: None, address: str) -> dict[str, Any]:
    """The document, with ids, columns and sources that there are in the places where they belong."""
    with urlopen(f"{address}/api/openapi.json") as answer:
        whole: dict[str, Any] = json.load(answer)
    with urlopen(f"{address}/api/3/action/package_search?fq=participation_feed:waste_container") as answer:
        dataset = json.load(answer)["result"]["results"][0]
    table = next(each["id"] for each in dataset["resources"] if each.get("datastore_active"))
    with urlopen(f"{address}/api/3/action/datastore_info?id={table}") as answer:
        columns = [field["id"] for field in json.load(answer)["result"]["fields"]]
    ids = [dataset["name"], dataset["id"], table, dataset["organization"]["name"]]
    known = {
        "resource_id": {"enum": [table, table, table, "none"]},
        "id": {"anyOf": [{"enum": ids}, {"type": "string"}]},
        "source": {"enum": [dataset["participation_source"], "none"]},
        "kind": {"enum": ["csv", "geojson", "json", "atom", "none"]},
    }
    for path, methods in whole["paths"].items():
        for parameter in methods.get("get", {}).get("parameters", ()):
            if parameter["name"] in known:
                parameter["schema"] = known[parameter["name"]]
            elif parameter["name"] == "filters" and "content" in parameter:
                parts = {column: {} for column in columns[:12]}
                schema = {"type": "object", "properties": parts, "additionalProperties": False}
                parameter["content"] = {"application/json": {"schema": schema}}
            elif (
                parameter["name"] in ("sort", "fields", "group_by")
                and "action/" in path
                and "schema" in parameter
            ):
                parameter["schema"] = {"anyOf": [{"enum": columns}, parameter["schema"]]}
    return whole


def test_nothing_fails(document: dict[str, Any], address: str) -> None:
    schema = schemathesis.openapi.from_dict(document)
    asked: set[str] = set()
    failed: dict[str, str] = {}
    for path, methods in document["paths"].items():
        if "get" not in methods or "security" in methods["get"]:
            continue
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            if mode is GenerationMode.NEGATIVE and not methods["get"].get("parameters"):
                continue
            count = EXAMPLES * (MORE if any(word in path for word in LIKELY) else 1)
            for url in ask(schema[path]["GET"].as_strategy(generation_mode=mode), address, count):
                failed.setdefault(path.rpartition("/")[2], url)
        asked.add(path.rpartition("/")[2])
    assert {"datastore_search", "package_search", "participation_feed_rejected"} <= asked
    assert failed.keys() <= LISTED.keys(), failed
    assert CARELESS.keys() <= asked, "an action that is not there any more"


def ask(strategy: Any, address: str, count: int) -> list[str]:
    """The addresses that were answered with a failure of the server."""
    failed: list[str] = []

    @settings(
        max_examples=count, deadline=None, database=None, derandomize=EXAMPLES == 2,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate],
    )  # fmt: skip
    @given(case=strategy)
    def once(case: Any) -> None:
        answer = case.call(base_url=address)
        if answer.status_code >= 500:
            failed.append(f"{answer.status_code} {answer.request.url}")

    once()
    return failed


def test_what_is_guarded_still_fails_in_ckan(address: str, city: None) -> None:
    for call in ("group_autocomplete", "tag_show?id=x&include_datasets=perhaps", "package_list?limit=-1"):
        with pytest.raises(OSError, match="HTTP Error 409"):
            urlopen(f"{address}/api/3/action/{call}")
