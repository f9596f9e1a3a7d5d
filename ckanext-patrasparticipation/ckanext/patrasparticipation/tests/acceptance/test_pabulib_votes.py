"""The real participatory budget: its projects are published, its 76 voters are refused with their numbers."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from ckan.plugins import toolkit as tk
from werkzeug.datastructures import FileStorage

from ckanext.patrasparticipation import harvesters
from ckanext.patrasparticipation.tests.catalogue import samples

ROOT = Path(harvesters.__file__).resolve().parents[1]
NAME = "pabulib_example_valid.pb"
pytestmark = pytest.mark.usefixtures("with_plugins", "with_request_context", "clean_datastore", "own_storage")


@pytest.fixture
def content() -> bytes:
    """The file; it is not part of the project."""
    data = Path(os.environ.get("PATRAS_SHARED", ROOT.parent / "shared" / "data"))
    path = data / "participation" / NAME
    if not path.is_file():
        pytest.skip(
            f"no real participatory budget at {path} (set PATRAS_SHARED to what holds participation/)"
        )
    return path.read_bytes()


def hand_over(content: bytes, name: str = NAME, **more: Any) -> dict[str, Any]:
    upload = FileStorage(io.BytesIO(content), filename=name)
    given = {"package_id": samples.dataset()["id"], "resource_role": "pb_projects", **more}
    answer: dict[str, Any] = samples.act("participation_table_upload", upload=upload, **given)
    return answer


def test_the_projects_are_published_and_the_votes_are_refused_with_their_numbers(
    content: bytes, own_storage: Path
) -> None:
    said = hand_over(content)
    resource_id = said["resource_id"]
    assert said["check"]["ready"], said["check"]
    assert said["sheets"] == ["PROJECTS", "VOTES"]
    (left,) = [one for one in said["check"]["suggestions"] if one["code"] == "voters_left_out"]
    for number in ("76 ψηφοφόρους", "46 ξεχωρίζουν", "76 βρίσκονται σε ομάδες μικρότερες από 5"):
        assert number in left["el"], left

    told = samples.act("participation_table_preview", resource_id=resource_id, sheet="VOTES")
    reason = told["check"]["reason"]
    assert (told["check"]["outcome"], reason["code"]) == ("refused", "voters_refused")
    assert "76 voters" in reason["en"]
    assert (
        "age, sex, education single out 46 of them one by one, and 76 are in groups smaller than 5"
        in reason["en"]
    )
    done = samples.act("participation_table_publish", resource_id=resource_id)
    assert (done["outcome"], done["reason"]["code"]) == ("refused", "voters_refused")
    with pytest.raises(tk.ObjectNotFound):
        samples.act("datastore_search", resource_id=resource_id)

    samples.act("participation_table_preview", resource_id=resource_id, sheet="")
    done = samples.act("participation_table_publish", resource_id=resource_id)
    assert (done["outcome"], done["loaded"], done["rejected"]) == ("published", 10, 0), done
    rows = samples.act("datastore_search", resource_id=resource_id)["records"]
    best = next(row for row in rows if row["project_id"] == "3")
    assert (best["cost"], best["votes"]) == (27000, 59)
    for path in own_storage.rglob("*"):
        if path.is_file():
            assert b"High School/GED" not in path.read_bytes(), f"a voter's education lies in {path.name}"


def test_no_other_way_leads_the_voters_in(content: bytes) -> None:
    package = samples.dataset()["id"]
    file = {"package_id": package, "name": "x"}
    for more in ({"keep_as_file": True}, {"keep_as_file": True, "resource_role": "pb_projects"}, {}):
        upload = FileStorage(io.BytesIO(content), filename=NAME)
        error = samples.refusal("resource_create", upload=upload, **file, **more)
        assert "upload" in error, more
    votes = content.decode("utf-8").partition("VOTES\n")[2]
    said = hand_over(votes.encode("utf-8"), "votes.csv", package_id=package)
    assert not said["check"]["ready"]
    assert said["check"]["reason"]["code"] == "feed_lacks"
    said = hand_over(content, "budget.csv", package_id=package)
    assert not said["check"]["ready"]


def test_a_broken_file_is_refused_with_its_lines(content: bytes) -> None:
    broken = content.replace(b"project_id;cost;votes;name;category", b"project_id;cost;votes;name;target")
    said = hand_over(broken)
    assert said["check"]["reason"]["code"] == "pabulib_faults"
    assert "γραμμή 22" in said["check"]["reason"]["el"]
    assert "beneficiaries" in said["check"]["reason"]["el"]
