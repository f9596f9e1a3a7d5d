"""The index follows a publisher that is called otherwise."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.patrasparticipation.feeds import database, jobs
from ckanext.patrasparticipation.tests.catalogue import samples

WAITING = "SELECT count(*) FROM jobs.procrastinate_jobs WHERE task_name = %s AND status = 'todo'"


def waiting() -> int:
    """How many publishers are to be indexed again."""
    with database.connect(database.MAIN) as connection:
        found = connection.execute(WAITING, [jobs.INDEX]).fetchone()
    return int(found[0]) if found else 0


def names(query: str) -> list[str]:
    """The records that a search finds."""
    return sorted(each["name"] for each in samples.act("package_search", q=query)["results"])


@pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")
def test_records_are_found_by_the_new_name_of_their_publisher_and_show_it(app: Any) -> None:
    samples.no_jobs()
    owner = samples.publisher(title="Γραφείο Καθαριότητας")["id"]
    for name in ("bins", "routes"):
        samples.dataset(name=name, owner_org=owner)
    samples.dataset(name="elsewhere", owner_org=samples.publisher(title="Λιμενικό Ταμείο")["id"])
    assert names("καθαριότητα") == ["bins", "routes"]

    samples.act("organization_patch", id=owner, description="Άλλη περιγραφή")
    assert waiting() == 0
    titles = {"el": "Διεύθυνση Πρασίνου", "en": "Greenery Office"}
    for _ in range(2):  # the second changes nothing
        samples.act("organization_patch", id=owner, title_translated=titles)
    assert waiting() == 1
    jobs.work(app.flask_app, wait=False)

    assert waiting() == 0
    assert names("διευθύνσεις πρασίνου") == names("greenery") == ["bins", "routes"]
    assert names("καθαριότητα") == []
    (shown,) = samples.act("package_search", q="name:bins")["results"]
    assert shown["organization"]["title"] == "Διεύθυνση Πρασίνου"
