"""Every call on a table's page about the API runs as it stands, in each language."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from bs4 import BeautifulSoup

from .conftest import Open
from .test_axe import violations

RUN = {
    "curl": ["bash", "-c"],
    "Python": [sys.executable, "-c"],
    "pandas": [sys.executable, "-c"],
    "R": ["Rscript", "-e"],
    "JavaScript": ["node", "-e"],
}
# A column of a plain table, and its values: whatever ends a text somewhere.
HOSTILE = "Οδός's $(touch owned) \\n"
VALUES = ["it's `touch owned` $(touch owned)", 'say "Ναι" \\ ${x} «address»', "Αγίου Νικολάου; rm -rf x"]


@pytest.fixture(scope="module")
def token(city: None) -> str:
    """A token of the administrator."""
    ini = os.environ["PATRAS_INI"]
    command = [
        str(Path(sys.executable).with_name("ckan")),
        "-c",
        ini,
        "user",
        "token",
        "add",
        "tester",
        "calls",
    ]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | {"CKAN_INI": ini})
    return done.stdout.split()[-1]


@pytest.fixture(scope="module")
def plain(token: str, address: str) -> tuple[str, str]:
    """A table that no feed keeps, with a name and values that must be quoted: dataset and resource."""

    def do(action: str, **sent: Any) -> Any:
        head = {"Authorization": token, "Content-Type": "application/json"}
        asked = Request(f"{address}/api/3/action/{action}", json.dumps(sent).encode(), head)
        try:
            with urlopen(asked) as answer:
                return json.load(answer)["result"]
        except HTTPError as refused:
            raise AssertionError(refused.read().decode()) from refused

    owner = do("organization_list")[0]
    dataset = do(
        "package_create", name="plain-calls", owner_org=owner,
        title_translated={"el": "Απλός πίνακας", "en": "Plain table"},
        notes_translated={"el": "Ένας πίνακας.", "en": "A table."}, license_id="CC_BY_4_0",
        theme=["TRAN"], frequency="DAILY", contact_name="x", contact_email="x@example.gr",
    )  # fmt: skip
    fields = [{"id": HOSTILE, "type": "text"}, {"id": "n", "type": "int"}]
    records = [{HOSTILE: value, "n": number} for number, value in enumerate(VALUES)]
    made = do("datastore_create", resource={"package_id": dataset["id"]}, fields=fields, records=records)
    return "plain-calls", made["resource_id"]


@pytest.fixture(scope="module")
def tables(bins: dict[str, Any], plain: tuple[str, str]) -> dict[str, tuple[str, str, str]]:
    """Dataset, resource and a column: of a feed and of a plain table."""
    kept = next(each["id"] for each in bins["resources"] if each.get("datastore_active"))
    return {"feed": (bins["name"], kept, "asset_id"), "plain": (*plain, HOSTILE)}


@pytest.mark.parametrize("kind", ["feed", "plain"])
def test_every_call_runs(
    tables: dict[str, tuple[str, str, str]], address: str, tmp_path: Path, kind: str
) -> None:
    dataset, resource, column = tables[kind]
    with urlopen(f"{address}/el/dataset/{dataset}/resource/{resource}/api") as answer:
        page = BeautifulSoup(answer.read(), "html.parser")
    found = [
        (section["id"], code["data-call"], code.text)
        for section in page.select("section.calls")
        for code in section.select("[data-call]")
    ]
    names = {name for name, _language, _code in found}
    assert names == {"first", "filter", "words", "pages", "aggregate", "export", "whole"}
    assert len(found) == len(names) * len(RUN)
    runnable = [each for each in found if shutil.which(RUN[each[1]][0])]
    with ThreadPoolExecutor(4) as several:
        done = list(several.map(lambda each: run(tmp_path, *each), runnable))
    for (name, language, code), (status, said, errors) in zip(runnable, done, strict=True):
        assert status == 0, (name, language, code, errors)
        wanted = {"pages": "3" if kind == "plain" else "", "aggregate": "count"}.get(name, column)
        assert wanted.split("'")[0] in said, (name, language, code, said[:500])
    assert not list(tmp_path.rglob("owned"))
    if not shutil.which("Rscript"):
        pytest.skip("Rscript is not on this machine; the other languages ran")


def run(folder: Path, name: str, language: str, code: str) -> tuple[int, str, str]:
    """How a call ended, what it printed or saved, and its complaints."""
    place = folder / f"{name}-{language}"
    place.mkdir()
    env = os.environ | {"LC_ALL": "C.UTF-8"}
    command = [*RUN[language], code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=place, env=env)
    saved = "".join(path.read_text(encoding="utf-8-sig") for path in place.iterdir())
    return done.returncode, unescaped(done.stdout) + saved, done.stderr


def unescaped(text: str) -> str:
    """JSON as curl prints it, with its letters."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False)
    except ValueError:
        return text


def test_who_may_not_read_a_table_gets_no_calls(
    address: str, tables: dict[str, tuple[str, str, str]]
) -> None:
    dataset, resource, _column = tables["feed"]
    other = tables["plain"][1]
    for path in (
        f"/dataset/{dataset}/resource/none/api",
        f"/dataset/none/resource/{resource}/api",
        f"/dataset/{dataset}/resource/{other}/api",
        f"/dataset/{dataset}/resource/%00/api",
    ):
        with pytest.raises(HTTPError) as refused:
            urlopen(address + path)
        assert refused.value.code in (400, 404), path


@pytest.mark.parametrize("language", ["el", "en"])
def test_the_page_is_for_everybody(
    tab: Open, pictures: Path, tables: dict[str, tuple[str, str, str]], language: str
) -> None:
    dataset, resource, _column = tables["feed"]
    watched = tab(width=320)
    page = watched.open(f"/{language}/dataset/{dataset}/resource/{resource}/api")
    assert watched.problems == []
    assert watched.too_wide() == []
    assert violations(page) == []
    watched.picture(pictures, f"table-api-{language}")
