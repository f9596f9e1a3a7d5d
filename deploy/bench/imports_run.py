"""The measurement of imports in a process of its own, with the tests' settings: see `imports.py`."""

from __future__ import annotations

import json
import os
import random
import sys
import time
from pathlib import Path
from typing import Any

from . import imports_groups as made
from .publish import ROOT

OFFICE = "bench-imports"
TYPE = "citizen_group"
OWN = (
    "id", "index_id", "_version_", "metadata_created", "metadata_modified", "came_from", "indexed_ts",
    "creator_user_id", "timestamp", "data_dict", "validated_data_dict",
)  # fmt: skip
"""What differs between two records of the same values, or (the last two) is compared for itself."""


def main(folder: str, groups: str, plain: str, compared: str) -> None:
    """Measure within a request of an anonymous reader, and print what was found as JSON."""
    from ckan.cli import load_config
    from ckan.config.middleware import make_app

    app: Any = make_app(load_config(str(ROOT / "test.ini")))
    with app._wsgi_app.test_request_context():
        forget()
        try:
            found = measured(Path(folder), int(groups), int(plain), int(compared))
        finally:
            forget()
    print("RESULT " + json.dumps(found, ensure_ascii=False, default=str), flush=True)
    os._exit(0)  # the threads of the web application have nothing left to do


def act(action: str, **data: Any) -> Any:
    """An action called as a plain caller does: nothing deferred."""
    from ckan.plugins import toolkit as tk

    return tk.get_action(action)({"user": site_user()}, data)


def site_user() -> str:
    """The site's own user."""
    from ckan.plugins import toolkit as tk

    return str(tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"])


def forget() -> None:
    """Remove the publisher and all its records."""
    from ckan import model

    group = model.Group.get(OFFICE)
    if group is None:
        return
    for (package_id,) in model.Session.query(model.Package.id).filter_by(owner_org=group.id).all():
        purge(package_id)
    act("organization_purge", id=group.id)


def purge(package_id: str) -> None:
    """Remove a record for good, with what is remembered of its origin."""
    from ckan import model

    from ckanext.patrasparticipation.model import RecordOrigin

    act("dataset_purge", id=package_id)
    model.Session.query(RecordOrigin).filter_by(package_id=package_id).delete()
    model.Session.commit()


def measured(folder: Path, groups: int, plain: int, compared: int) -> dict[str, Any]:
    """Everything, in the order in which it is told."""
    from ckanext.patrasparticipation.imports import columns, work

    office = act(
        "organization_create",
        name=OFFICE,
        title_translated={"el": "Μέτρηση"},
        contact_email="b@patras.example",
    )["id"]
    path = folder / "groups.xlsx"
    broken = made.write(path, groups, columns.shape(TYPE))
    loop(office, "warm", 0, 5)
    seconds = loop(office, "plain", 0, plain // 2)
    sheet = work.read(path, path.name, TYPE, "el")
    first = imported(sheet, office)
    seconds += loop(office, "plain", plain // 2, plain)
    before = state(office)
    again = imported(sheet, office)
    after = state(office)
    told = [each for each in first["problems"] if each["row"] == broken + 2]
    assert len(told) == len(first["problems"]), first["problems"][:5]
    same, different = compare(sheet, office, compared)
    return {
        "plain": {"records": plain, "rate": plain / seconds},
        "import": {"records": groups, "rate": groups / first["seconds"], "counts": first["counts"]},
        "broken": told,
        "again": {
            **again,
            "writes": len(set(after["records"]) ^ set(before["records"])),
            "activities": after["activities"] - before["activities"],
        },
        "compared": compared,
        "same": same,
        "different": different[:10],
    }


def loop(office: str, prefix: str, first: int, last: int) -> float:
    """Seconds of `package_create`, one record after the other."""
    from ckan import model

    started = time.perf_counter()
    for number in range(first, last):
        act("package_create", type=TYPE, owner_org=office, **made.group(number, prefix))
        model.Session.remove()
    seconds = time.perf_counter() - started
    if last - first > 10:
        print(f"plain: {last - first:,} in {seconds:.0f} s, {(last - first) / seconds:.1f}/s", flush=True)
    return seconds


def imported(sheet: Any, office: str) -> dict[str, Any]:
    """An import as the command does it."""
    from ckanext.patrasparticipation import clock
    from ckanext.patrasparticipation.imports import problems, work
    from ckanext.patrasparticipation.records.incoming import Wish

    found, started = work.Findings(), time.perf_counter()
    wish = Wish(TYPE, office, site_user(), clock.now(), import_id="bench")
    for outcome in work.write(sheet, wish):
        found.add(outcome, sheet)
    seconds = time.perf_counter() - started
    print(f"import: {sheet.total:,} in {seconds:.0f} s, {sheet.total / seconds:.1f}/s", flush=True)
    told = [problems.plain(each) for each in found.problems]
    return {"seconds": seconds, "counts": dict(found.counts), "problems": told}


def state(office: str) -> dict[str, Any]:
    """Each record with its moment of change, and how many activities there are."""
    from ckan import model
    from ckanext.activity.model import Activity

    rows = model.Session.query(model.Package.id, model.Package.metadata_modified)
    records = [f"{row.id} {row.metadata_modified}" for row in rows.filter_by(owner_org=office)]
    return {"records": records, "activities": model.Session.query(Activity).count()}


def compare(sheet: Any, office: str, count: int) -> tuple[int, list[str]]:
    """How many of so many records are the same when a plain `package_create` makes them again."""
    from ckan import model

    chosen = random.Random(1).sample([row for row in sheet.table.rows if not row.problems], count)
    same, different = 0, []
    for row in chosen:
        said = {name: value for name, value in row.values.items() if value not in (None, "", [])}
        package = (
            model.Session.query(model.Package)
            .filter(
                model.Package.extras["source_id"].astext == said["source_id"],
                model.Package.owner_org == office,
            )
            .one()
        )
        ours = forms(package.id)
        purge(package.id)
        theirs = forms(act("package_create", type=TYPE, owner_org=office, **said)["id"])
        differs = [part for part in ours if ours[part] != theirs[part]]
        same += not differs
        different += [
            f"{said['source_id']} {part}: {differences(ours[part], theirs[part])}" for part in differs
        ]
    return same, different


def differences(ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    """The fields that differ."""
    names = [name for name in sorted({*ours, *theirs}) if ours.get(name) != theirs.get(name)]
    return "; ".join(f"{name}: {ours.get(name)!r:.80} / {theirs.get(name)!r:.80}" for name in names)


def forms(package_id: str) -> dict[str, dict[str, Any]]:
    """A record as the database has it, as the index has it, as it is shown, and as the stream keeps it."""
    from ckan import model
    from ckan.lib import search
    from ckanext.activity.model import Activity

    model.Session.remove()
    package = model.Session.get_one(model.Package, package_id)
    stored = {column.name: getattr(package, column.name) for column in model.Package.__table__.columns}
    document = search.make_connection().search(f'id:"{package_id}"', rows=1).docs[0]
    shown = act("package_show", id=package_id)
    told = model.Session.query(Activity).filter_by(object_id=package_id).one()
    inside = {name: json.loads(document[name]) for name in ("data_dict", "validated_data_dict")}
    return {
        "stored": bare(stored),
        "indexed": bare(document),
        "shown": bare(shown),
        "told": {"type": told.activity_type, **bare(told.data["package"])},
        **{name: bare(value) for name, value in inside.items()},
    }


def bare(form: dict[str, Any]) -> dict[str, Any]:
    """Without what tells two records of the same values apart."""
    bare_ = {name: value for name, value in form.items() if name not in OWN}
    if isinstance(bare_.get("extras"), list):  # in any order
        bare_["extras"] = sorted(bare_["extras"], key=lambda each: str(each["key"]))
    return bare_


if __name__ == "__main__":
    main(*sys.argv[1:])
